//! Each problem in a sentence: what happened, what is kept, what to do. No blame, no jargon.
//!
//! Here those that a page can meet before anything was signed or sent; what becomes of entries and photos is told in
//! [`super::problem_of_entries`], by pages that are loaded when they are opened.

use xunan_core::problem::Problem;

use super::Lang;

/// What to tell people about a problem on the first pages. The number ([`Problem::number`]) is shown beside it, not in it.
pub fn trouble_text(lang: Lang, problem: &Problem) -> String {
    trouble(lang, problem).unwrap_or_else(|| {
        let (zh, en) = (
            "没有成功，什么也没有丢；请在“待传”里看原因",
            "It did not work, and nothing is lost; the outbox says why",
        );
        said(lang, zh, en).to_owned()
    })
}

/// The sentence for a problem that any page can meet; `None` for what only entries and photos meet.
pub(super) fn trouble(lang: Lang, problem: &Problem) -> Option<String> {
    Some(match (lang, problem) {
        (Lang::Zh, Problem::TooMany { retry_after_seconds: seconds }) => {
            format!("试得太频繁，请 {seconds} 秒后再试")
        }
        (Lang::En, Problem::TooMany { retry_after_seconds: seconds }) => {
            format!("Too many tries; wait {seconds} seconds")
        }
        (Lang::Zh, Problem::StorageFailed { cause }) => {
            format!("手机存储出错（{cause}），刚才的修改没有存上。请不要离开这一页，再试一次")
        }
        (Lang::En, Problem::StorageFailed { cause }) => {
            format!(
                "This phone's storage failed ({cause}); the last change is not saved. Stay here and try again"
            )
        }
        _ => fixed(lang, problem)?.to_owned(),
    })
}

/// The sentences that stand as they are.
const fn fixed(lang: Lang, problem: &Problem) -> Option<&'static str> {
    let (zh, en) = match problem {
        Problem::Unreachable => ("网络断开", "The network is gone"),
        Problem::NotOurServer { .. } => (
            "网络要求先登录或被拦截，没有联系到服务器",
            "The network wants a login of its own; our server was not reached",
        ),
        Problem::QuotaFull => (
            "手机空间用完了。已存的都在；腾出空间或先导出，再继续",
            "This phone's storage is full. What is stored is safe; free some space or export, then go on",
        ),
        Problem::NotJson | Problem::Malformed { .. } => (
            "服务器看不懂这次请求，请更新到最新版本",
            "The server did not understand; update to the newest version",
        ),
        Problem::NotSignedIn => {
            ("登录已过期，登录后继续上传", "The sign-in has expired; sending goes on after you sign in")
        }
        Problem::BadLogin => ("账号或密码不对", "Account or password is wrong"),
        Problem::NotAllowed => {
            ("这个账号无权办理，请联系本单位管理员", "This account may not do that; ask your administrator")
        }
        Problem::AccountLocked => {
            ("账号已锁定，请联系本单位管理员", "The account is locked; ask your administrator")
        }
        Problem::DeviceUnknown { .. } => {
            ("这部手机还没有登记，请重新登录", "This phone is not enrolled; sign in again")
        }
        Problem::DeviceRevoked { .. } => (
            "这部手机已被停用。内容都在本机，请导出交给管理员",
            "This phone was revoked. Everything is kept here; export it for your administrator",
        ),
        Problem::NotFound => ("没有找到，或者此账号看不到", "Not found, or not visible to this account"),
        Problem::Internal => ("服务器出错，稍后自动再试", "The server failed; it will be tried again"),
        Problem::Unavailable => {
            ("服务器暂时没有应答，稍后自动再试", "The server does not answer now; it will be tried again")
        }
        Problem::ServerFull => {
            ("服务器空间已满，稍后自动再试", "The server's disk is full; it will be tried again")
        }
        Problem::Unknown => (
            "遇到新版本才认识的问题，请更新后再试",
            "A problem that only a newer version knows; please update",
        ),
        _ => return None,
    };
    Some(said(lang, zh, en))
}

pub(super) const fn said(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
