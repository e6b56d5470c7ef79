//! The problems of entries and photos in sentences, and all others by [`super::problem`].

use xunan_core::problem::Problem;

use super::problem::{said, trouble};
use super::{Lang, t};

/// What to tell people about a problem. The number ([`Problem::number`]) is shown beside it, not in it.
pub fn problem_text(lang: Lang, problem: &Problem) -> String {
    if let Some(text) = trouble(lang, problem) {
        return text;
    }
    filled(lang, problem).unwrap_or_else(|| fixed(lang, problem).to_owned())
}

/// The sentences that something is filled into.
fn filled(lang: Lang, problem: &Problem) -> Option<String> {
    let zh = lang == Lang::Zh;
    Some(match problem {
        Problem::TooLarge { limit_bytes: limit @ 1.. } if zh => format!("太大了，最多 {} KB", limit / 1024),
        Problem::TooLarge { limit_bytes: limit @ 1.. } => format!("Too large: {} KB at most", limit / 1024),
        Problem::PhotoUnusable { cause } if zh => format!("这张照片用不了（{cause}），请再拍一张"),
        Problem::PhotoUnusable { cause } => format!("This photo cannot be used ({cause}); take another"),
        Problem::RecordIncomplete { gaps } if zh => format!("记录还缺 {gaps} 处，服务器已存档但不能生效"),
        Problem::RecordIncomplete { gaps } => {
            format!("The record lacks {gaps} things; it is stored but has no effect")
        }
        Problem::GradeMismatch { item } if zh => {
            format!("“{item}”的等级与服务器算出的不同，已存档待人工核对")
        }
        Problem::GradeMismatch { item } => {
            format!("The grade of “{item}” differs from the server's; stored for review")
        }
        Problem::UnknownItem { item } if zh => format!("清单里没有“{item}”这一项，已存档待人工核对"),
        Problem::UnknownItem { item } => format!("The checklist has no item “{item}”; stored for review"),
        // Whoever shows it says that the step is kept and has no effect.
        Problem::StepRefused { why } => t(lang).hazard_loop().refusal(*why).to_owned(),
        _ => return None,
    })
}

/// The sentences that stand as they are.
const fn fixed(lang: Lang, problem: &Problem) -> &'static str {
    let (zh, en) = match problem {
        Problem::PhotoUnusable { .. } => {
            ("这张照片用不了，请再拍一张", "This photo cannot be used; take another")
        }
        Problem::Damaged => (
            "本机存的这张照片已损坏，无法上传，请导出交给管理员",
            "This photo was damaged on this phone and cannot be sent; export it for your administrator",
        ),
        Problem::ReceiptNotTrusted => (
            "回执核对不上，不算送达，稍后自动再试",
            "The receipt does not verify and does not count; it will be tried again",
        ),
        Problem::PhotoLost => (
            "本机已没有这张照片，请导出记录交给管理员",
            "This phone no longer has the photo; export the record for your administrator",
        ),
        Problem::ActorNotEnrolled => (
            "写这条记录的账号没有在这部手机上登记，已存档待核对",
            "The account that wrote this was not enrolled on this phone; stored for review",
        ),
        Problem::NotAnEntry { .. } => {
            ("这不是一条签名记录，服务器没有收下", "This is not a signed entry; the server did not take it")
        }
        Problem::BadUpload { .. } => {
            ("照片上传的请求有误，会重新开始传", "The photo upload was malformed; it starts again")
        }
        Problem::SameIdOtherBytes { .. } => (
            "服务器已有同一编号的另一份内容，没有覆盖，请导出交给管理员",
            "The server has other content under this number; nothing was overwritten. Export it for your administrator",
        ),
        Problem::ChainGap { .. } => {
            ("前面的记录还没到，先补传前面的", "Entries before this one are missing; they are sent first")
        }
        Problem::ChainForked { .. } => (
            "这个位置已有另一条记录，请导出交给管理员",
            "Another entry has this place; export it for your administrator",
        ),
        Problem::WrongOffset { .. } => ("照片从断开的地方接着传", "The photo goes on from where it stopped"),
        Problem::TooLarge { .. } => ("太大了，服务器没有收下", "Too large: the server did not take it"),
        Problem::NotAPhoto => ("这个文件不是照片", "This file is not a photo"),
        Problem::WrongDigest { .. } => ("传输中出了差错，会重新传", "Damaged on the way; it is sent again"),
        Problem::BadSignature => {
            ("签名核对不上，请导出交给管理员", "The signature does not fit; export it for your administrator")
        }
        Problem::UnknownPack { .. } => (
            "服务器没有这一版清单，已存档待核对",
            "The server does not have this checklist edition; stored for review",
        ),
        Problem::UnknownItem { .. } => {
            ("清单里没有这一项，已存档待核对", "The checklist has no such item; stored for review")
        }
        Problem::GradeMismatch { .. } => {
            ("等级与服务器算出的不同，已存档待核对", "The grade differs from the server's; stored for review")
        }
        Problem::RecordIncomplete { .. } => {
            ("记录不完整，已存档但不能生效", "The record is incomplete; stored, without effect")
        }
        Problem::RecordInconsistent { .. } => {
            ("记录前后不一致，已存档待核对", "The record contradicts itself; stored for review")
        }
        Problem::DocumentRefused { .. } => (
            "这份文书没有出具，内容已存档；打开机构或检查重新出具",
            "The document was not issued; it is kept. Open the visit and issue it anew",
        ),
        Problem::WrongPassword => ("原密码不对", "The present password is another one"),
        Problem::PasswordRefused { .. } => {
            ("这个密码太容易被猜到，请换一个", "This password is too easy to guess; choose another")
        }
        Problem::NoFont => (
            "服务器没有中文字体，暂时不能生成 PDF；可以用“打印”",
            "The server has no Chinese font, so there is no PDF now; print the page instead",
        ),
        Problem::UnknownKind { .. } => (
            "服务器还不认识这类记录，先替你存着",
            "The server does not know this kind yet; it is kept for later",
        ),
        // Told by every page (see `trouble`), or filled in.
        Problem::Unreachable
        | Problem::NotOurServer { .. }
        | Problem::StepRefused { .. }
        | Problem::QuotaFull
        | Problem::StorageFailed { .. }
        | Problem::NotJson
        | Problem::Malformed { .. }
        | Problem::NotSignedIn
        | Problem::BadLogin
        | Problem::NotAllowed
        | Problem::AccountLocked
        | Problem::DeviceUnknown { .. }
        | Problem::DeviceRevoked { .. }
        | Problem::NotFound
        | Problem::TooMany { .. }
        | Problem::Internal
        | Problem::Unavailable
        | Problem::ServerFull
        | Problem::Unknown => ("没有成功", "It did not work"),
    };
    said(lang, zh, en)
}

#[cfg(test)]
mod tests {
    use xunan_core::problem::StepRefusal;

    use super::*;

    #[test]
    fn a_problem_says_what_it_knows_and_never_shows_an_empty_limit() {
        let zh = |problem| problem_text(Lang::Zh, &problem);
        assert_eq!(zh(Problem::TooMany { retry_after_seconds: 30 }), "试得太频繁，请 30 秒后再试");
        assert_eq!(zh(Problem::TooLarge { limit_bytes: 1024 * 1024 }), "太大了，最多 1024 KB");
        assert_eq!(zh(Problem::TooLarge { limit_bytes: 0 }), "太大了，服务器没有收下");
        assert_eq!(problem_text(Lang::En, &Problem::Unreachable), "The network is gone");
        let why = StepRefusal::MeasureMissing;
        assert_eq!(zh(Problem::StepRefused { why }), "请写明整改措施");
    }
}
