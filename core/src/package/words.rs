//! What was found out, in words for people. The number stands before each sentence, for those who ask for help.

use super::{Claim, Findings, NotAPackage, Proof, Verdict, Whole};
use crate::clock::{Instant, Span};
use crate::evidence::{CameraWay, FileClaims, Position};

/// A language of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

impl Language {
    pub(super) fn of<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// The time in China to the second, since that is what stands in records.
    pub(super) fn time(self, at: Instant) -> String {
        let (date, time) = (at.date(), at.time_of_day());
        self.of(format!("{date} {time}（北京时间）"), format!("{date} {time} (China time)"))
    }

    fn span(self, span: Span) -> String {
        let minutes = span.as_millis().unsigned_abs() / 60_000;
        let (hours, minutes) = (minutes / 60, minutes % 60);
        self.of(format!("{hours} 小时 {minutes} 分"), format!("{hours} h {minutes} min"))
    }
}

impl Whole {
    /// The verdict in one sentence.
    pub const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Holds, Language::Chinese) => "核对通过：包里的每一项都已核实，没有改动。",
            (Self::Holds, Language::English) => {
                "All of it holds: everything in the package is proven unchanged."
            }
            (Self::HoldsButNotAllProven, Language::Chinese) => "没有发现改动，但有些内容未能核实。",
            (Self::HoldsButNotAllProven, Language::English) => {
                "Nothing is wrong, but not everything could be proven."
            }
            (Self::Broken, Language::Chinese) => "有问题：包里有被改动、缺失或伪造的内容。",
            (Self::Broken, Language::English) => "Broken: something in it was changed, taken out or forged.",
        }
    }
}

impl Verdict {
    /// One word.
    pub const fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Proven, Language::Chinese) => "已核实",
            (Self::Proven, Language::English) => "proven",
            (Self::OnlyClaimed, Language::Chinese) => "仅为自述",
            (Self::OnlyClaimed, Language::English) => "only claimed",
            (Self::Broken, Language::Chinese) => "有问题",
            (Self::Broken, Language::English) => "broken",
        }
    }
}

impl NotAPackage {
    /// Why it cannot be read.
    pub const fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::NotAZip, Language::Chinese) => "这不是证据包：不是 ZIP 文件。",
            (Self::NotAZip, Language::English) => "This is no evidence package: it is not a ZIP file.",
            (Self::OtherZip, Language::Chinese) => {
                "这个 ZIP 文件不是巡安写的，或者被解压后重新压缩过。请用原来的文件。"
            }
            (Self::OtherZip, Language::English) => {
                "Xun'an did not write this ZIP file, or it was unpacked and packed anew. Use the file as it was."
            }
        }
    }
}

impl Findings {
    /// Everything in it, in sentences: what is broken first, then what is lacking, proven and claimed.
    pub fn sentences(&self, language: Language) -> Vec<(Tone, String)> {
        let broken = self.broken.iter().map(|broken| {
            let file = broken.file.map(|file| format!("{file}: ")).unwrap_or_default();
            (Tone::Broken, numbered(broken.fault.number(), &(file + &broken.fault.words(language))))
        });
        let lacking =
            self.lacking.iter().map(|it| (Tone::Lacking, numbered(it.number(), &it.words(language))));
        let proven = self.proven.iter().map(|it| (Tone::Proven, numbered(it.number(), &it.words(language))));
        let claimed =
            self.claimed.iter().map(|it| (Tone::Claimed, numbered(it.number(), &it.words(language))));
        broken.chain(lacking).chain(proven).chain(claimed).collect()
    }
}

/// What a sentence of a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something is wrong.
    Broken,
    /// Something is missing for a proof.
    Lacking,
    /// Something is proven.
    Proven,
    /// Something is only claimed.
    Claimed,
}

fn numbered(number: &str, words: &str) -> String {
    format!("{words} [{number}]")
}

impl Proof {
    /// In words.
    pub fn words(&self, language: Language) -> String {
        let l = language;
        match self {
            Self::Signed { device } => l.of(
                format!("自设备 {device} 签名后没有改动"),
                format!("unchanged since device {device} signed it"),
            ),
            Self::DeviceVouched { enrolled } => l.of(
                format!("服务器证明这是该设备的密钥，登记于 {}", l.time(*enrolled)),
                format!("the server vouches for the device's key, enrolled {}", l.time(*enrolled)),
            ),
            Self::Received { at, position } => l.of(
                format!("服务器于 {} 收到，账册第 {position} 位", l.time(*at)),
                format!("the server had it by {}, place {position} of its ledger", l.time(*at)),
            ),
            Self::ChainPlace { seq } => {
                l.of(format!("是该设备的第 {seq} 份记录"), format!("it is entry {seq} of its device"))
            }
            Self::Follows { entry } => {
                l.of(format!("紧接记录 {entry}"), format!("it follows entry {entry} directly"))
            }
            Self::Regraded { rules } => {
                let short = &rules.hex()[..12];
                l.of(
                    format!("按检查表 {short}… 重新评定，等级相同"),
                    format!("graded anew by rules {short}…, with the same result"),
                )
            }
            Self::Between { from, to } => {
                let end = |at: &Option<Instant>| at.map_or_else(|| "…".to_owned(), |at| l.time(at));
                l.of(
                    format!("写于 {} 与 {} 之间（凭服务器签名）", end(from), end(to)),
                    format!("written between {} and {}, by the server's signatures", end(from), end(to)),
                )
            }
            Self::InLog { size, at } => l.of(
                format!("回执在服务器日志中（共 {size} 份，{} 签名）", l.time(*at)),
                format!("its receipt is in the server's log of {size}, signed {}", l.time(*at)),
            ),
            Self::PhotoUnchanged => {
                l.of("照片就是签名时的那张", "the photo is the one that was signed").to_owned()
            }
            Self::PhotoReceived => {
                l.of("服务器当时持有这张照片", "the server held the photo by then").to_owned()
            }
            Self::Complete { at } => l.of(
                format!("服务器于 {} 放入的记录都在", l.time(*at)),
                format!("every entry is here that the server put in on {}", l.time(*at)),
            ),
        }
    }
}

impl Claim {
    /// In words.
    pub fn words(&self, language: Language) -> String {
        let l = language;
        match self {
            Self::DeviceClock { at } => l.of(
                format!("手机时钟显示 {}", l.time(*at)),
                format!("the phone's clock showed {}", l.time(*at)),
            ),
            Self::ClockAhead { by } => l.of(
                format!("手机时钟快了至少 {}", l.span(*by)),
                format!("the phone's clock was fast by {} or more", l.span(*by)),
            ),
            Self::ClockBehind { by } => l.of(
                format!("手机时钟慢了至少 {}", l.span(*by)),
                format!("the phone's clock was slow by {} or more", l.span(*by)),
            ),
            Self::ClockJumped { by } => l.of(
                format!("手机时钟曾跳动 {}", l.span(*by)),
                format!("the phone's clock jumped by {}", l.span(*by)),
            ),
            Self::Actor { account } => {
                l.of(format!("由账号 {account} 填写"), format!("written by account {account}"))
            }
            Self::ChainPlace { seq } => l.of(
                format!("自称是该设备的第 {seq} 份记录"),
                format!("it says it is entry {seq} of its device"),
            ),
            Self::PhotoTaken { at } => {
                l.of(format!("手机称摄于 {}", l.time(*at)), format!("taken {}, says the phone", l.time(*at)))
            }
            Self::CameraWay { way: CameraWay::InPage } => {
                l.of("应用称由应用内相机拍摄", "taken by the app's own camera, says the app").to_owned()
            }
            Self::CameraWay { way: CameraWay::Picked } => l
                .of("从相册选取：不知何时何地拍摄", "picked from files: when and where is unknown")
                .to_owned(),
            Self::Position { position } => position_words(position, l),
            Self::File { claims } => file_words(claims, l),
        }
    }
}

fn position_words(position: &Position, l: Language) -> String {
    match position.fix() {
        Some(fix) => {
            let doubted = match fix.doubts.is_empty() {
                true => "",
                false => l.of("，存疑", ", doubtful"),
            };
            let (point, accuracy) = (fix.point, fix.accuracy);
            l.of(
                format!("手机称位于 {point}（±{accuracy} 米）{doubted}"),
                format!("at {point} (±{accuracy} m), says the phone{doubted}"),
            )
        }
        None => l.of("没有位置", "no position").to_owned(),
    }
}

fn file_words(claims: &FileClaims, l: Language) -> String {
    let mut said = Vec::new();
    said.extend(claims.taken.map(|at| at.to_string()));
    said.extend(claims.position.map(|point| point.to_string()));
    let said = said.join(", ");
    l.of(format!("照片文件自称：{said}"), format!("the picture file says of itself: {said}"))
}
