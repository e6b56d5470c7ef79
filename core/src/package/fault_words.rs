//! What is missing and what is wrong, in words for people.

use super::words::Language;
use super::{Fault, Lack};

impl Lack {
    /// In words.
    pub fn words(&self, language: Language) -> String {
        let (chinese, english) = match self {
            Self::ServerKeysUnconfirmed => (
                "服务器公钥是包里自带的，没有从别处核对".to_owned(),
                "the server's keys came inside the package and were not confirmed from elsewhere".to_owned(),
            ),
            Self::ServerUnknown => (
                "签名的服务器不是这里认识的：没有它的公钥，只能按包里自带的核对".to_owned(),
                "signed by a server whose keys are not known here: checked only with the keys inside the package"
                    .to_owned(),
            ),
            Self::NoServerKeys => ("没有服务器公钥".to_owned(), "there are no keys of a server".to_owned()),
            Self::NoContents => (
                "服务器没有声明包里原有哪些记录：可能有记录被抽走".to_owned(),
                "the server does not say what was in here: entries may have been taken out".to_owned(),
            ),
            Self::NoReceipt => (
                "没有回执：服务器可能从未收到".to_owned(),
                "no receipt: the server may never have seen it".to_owned(),
            ),
            Self::ReceiptUnchecked => (
                "没有服务器公钥，回执无法核对".to_owned(),
                "the receipt cannot be checked without a key of the server".to_owned(),
            ),
            Self::NotInLog => (
                "没有证明回执在服务器日志中".to_owned(),
                "nothing shows that its receipt is in the server's log".to_owned(),
            ),
            Self::DeviceNotVouched => (
                "没有服务器证明这是该设备的密钥".to_owned(),
                "no server vouches for the device's key".to_owned(),
            ),
            Self::PhotoAbsent => ("照片不在包里".to_owned(), "the photo is not in the package".to_owned()),
            Self::RulesAbsent { rules } => (
                format!("检查表 {}… 不在包里，等级未重新评定", &rules.hex()[..12]),
                format!("rules {}… are not here, so grades were not checked", &rules.hex()[..12]),
            ),
            Self::RulesUnknown { rules } => (
                format!("检查表 {}… 是本程序不认识的格式", &rules.hex()[..12]),
                format!("rules {}… are of a format unknown to this program", &rules.hex()[..12]),
            ),
            Self::UnknownKind { kind } => (
                format!("本程序不认识 {kind} 类记录，未核对内容"),
                format!("entries of kind {kind} are unknown to this program: its content was not checked"),
            ),
            Self::WithoutEffect { problem } => (
                format!("服务器已收存，但不生效（原因 {}）", problem.number()),
                format!("the server keeps it without effect (reason {})", problem.number()),
            ),
            Self::Gap { from, to } => (
                format!("该设备的第 {from} 至 {to} 份记录不在包里"),
                format!("entries {from} to {to} of its device are not here"),
            ),
        };
        language.of(chinese, english)
    }
}

impl Fault {
    /// In words; the file is named beside them.
    pub fn words(&self, language: Language) -> String {
        let (chinese, english) = match self {
            Self::Header { called: Some(name) } => {
                (format!("文件头另称 {name}"), format!("its header calls it {name}"))
            }
            Self::ForeignKey { kid } => (
                format!("不是该服务器签的名（密钥 {kid}）"),
                format!("signed by a key that is not the server's ({kid})"),
            ),
            Self::Unreadable { detail } => {
                (format!("无法读取：{detail}"), format!("cannot be read: {detail}"))
            }
            Self::OtherName { says } => {
                (format!("名不副实：内容自称 {says}"), format!("under another name: it says it is {says}"))
            }
            Self::OtherBytes { found } => (
                format!("内容被换或损坏（SHA-256 实为 {}…）", &found.hex()[..12]),
                format!("exchanged or damaged (its SHA-256 is {}…)", &found.hex()[..12]),
            ),
            Self::Revoked { at } => (
                format!("设备密钥已于 {} 作废", language.time(*at)),
                format!("its device's key was revoked on {}", language.time(*at)),
            ),
            Self::PlaceTaken { by } => (
                format!("回执与记录 {by} 的回执占同一位"),
                format!("its receipt claims the place of entry {by}"),
            ),
            Self::OtherPredecessor { entry } => (
                format!("与前一份记录 {entry} 不相衔接"),
                format!("it does not follow entry {entry}, which stands before it"),
            ),
            Self::Forked { with } => (
                format!("与记录 {with} 在设备记录链中占同一位"),
                format!("it has the same place in its device's chain as entry {with}"),
            ),
            Self::Content { problem } => (
                format!("内容不合规则（{}）", problem.number()),
                format!("its content does not follow the rules ({})", problem.number()),
            ),
            Self::RootMissing { size } => {
                (format!("缺少日志根 {size}"), format!("the root of size {size} is not here"))
            }
            plain => {
                let (chinese, english) = plain.plain_words();
                (chinese.to_owned(), english.to_owned())
            }
        };
        language.of(chinese, english)
    }

    /// The words of those that have no details.
    const fn plain_words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Checksum => ("校验和不符：文件损坏", "its checksum is wrong: the file is damaged"),
            Self::Record => ("目录中的记载被改动", "its record in the directory was changed"),
            Self::End => (
                "包的结尾被改动，或后面另有内容",
                "the end of the package was changed, or something follows it",
            ),
            Self::CutOff => ("包在这里被截断", "the package is cut off here"),
            Self::OutOfOrder => ("文件次序不对或重复", "the file is out of order or there twice"),
            Self::TooLarge => ("文件过大，没有读取", "too large, and was not read"),
            Self::FileMissing => ("文件缺失", "the file is missing"),
            Self::OtherText => ("说明文字被改动", "the text was changed"),
            Self::Stray => ("与包里任何内容无关，不应在此", "nothing in the package has to do with it"),
            Self::BadSignature => (
                "签名不符：内容被改动或他人所签",
                "the signature does not fit: changed, or signed by somebody else",
            ),
            Self::NoDeviceKey => ("包里没有该设备的公钥", "the package has no key of its device"),
            Self::TwoDeviceKeys => {
                ("同一设备有两把不同的公钥", "two different keys are given for the device")
            }
            Self::BeforeEnrolment => {
                ("回执早于设备登记", "the receipt is from before the device was enrolled")
            }
            Self::OtherReceipt => ("这是另一份记录的回执", "the receipt is about another entry"),
            Self::ReceiptLacksPhotos => ("回执没有列出全部照片", "the receipt does not name every photo"),
            Self::ProofFails => ("日志证明不成立", "the proof does not lead to the root of the log"),
            Self::ForgedTime => {
                ("记录里的服务器时间不是服务器签的", "the server's time in it was not signed by the server")
            }
            Self::Removed => {
                ("服务器放入的这份记录被抽走", "the server put this entry in, and it was taken out")
            }
            Self::Added => ("服务器没有放入这份记录", "the server did not put this entry in"),
            Self::Header { .. }
            | Self::ForeignKey { .. }
            | Self::Unreadable { .. }
            | Self::OtherName { .. }
            | Self::OtherBytes { .. }
            | Self::Revoked { .. }
            | Self::PlaceTaken { .. }
            | Self::OtherPredecessor { .. }
            | Self::Forked { .. }
            | Self::Content { .. }
            | Self::RootMissing { .. } => ("文件头被改动", "its header was changed"),
        }
    }
}
