//! Answering a quiz as oneself, as pages: the form, what became of it, and what is said to whoever is not signed in. Each is one
//! person's, and kept by no browser, cache or worker.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use xunan_core::access::Account;
use xunan_core::ids::TrainingId;
use xunan_core::knowledge::{Article, Score, Training};

use super::articles::Shown;
use super::articles_page::{ARTICLES, path_of, version_word};
use super::page::{Lang, escaped, page};
use super::quiz_page::{answers, questions, score};
use super::reader::Reader;
use super::words;
use crate::trainings::Became;

/// Where somebody's records are.
pub(super) const TRAINING: &str = "/snap/know/training";

/// Where the quiz of an article is answered as oneself.
pub(super) fn training_path(article: &Article) -> String {
    format!("{}/training", path_of(article))
}

/// A page of one person's.
pub(super) fn ones_page(status: StatusCode, reader: Reader, title: &str, content: &str) -> Response {
    let mut response = page(status, reader.lang, title, &reader.sized(content));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    response
}

/// Whom a page takes somebody for, and for whom that one acts.
pub(super) fn named(lang: Lang, name: &str, organisation: &str) -> String {
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    let organisation =
        if organisation.is_empty() { String::new() } else { format!("{open}{organisation}{close}") };
    format!("{name}{organisation}")
}

/// What became of a form.
pub(super) enum Told {
    /// The person was signed in.
    Became(Became),
    /// Nobody is signed in any more.
    NotSignedIn,
    /// Somebody of that name is signed in now, and not the one who was when the form was made.
    SomebodyElse(String),
}

impl Told {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Became(Became::OnRecord(_) | Became::Before(_)) => StatusCode::OK,
            Self::Became(Became::MovedOn | Became::NotOnes) | Self::SomebodyElse(_) => StatusCode::CONFLICT,
            Self::Became(Became::Later { .. }) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
        }
    }

    /// When to send it again, where that helps.
    pub(super) const fn retry_after_seconds(&self) -> Option<u32> {
        match self {
            Self::Became(Became::Later { retry_after_seconds }) => Some(*retry_after_seconds),
            _ => None,
        }
    }

    /// What is on record by it, in a sentence; else that nothing is, and why.
    fn sentence(&self, lang: Lang, now: Score) -> Result<String, String> {
        let nothing = |zh, en| Err(lang.pick(zh, en).to_owned());
        match self {
            Self::Became(Became::OnRecord(training)) => Ok(on_record(lang, training)),
            Self::Became(Became::Before(training)) => Ok(before(lang, training, now)),
            Self::Became(Became::Later { retry_after_seconds }) => Err(too_many(lang, *retry_after_seconds)),
            Self::Became(Became::MovedOn) => nothing(
                "没有记录：文章已经有新的一版，培训以现行的一版为准。请读了再答",
                "Not recorded: there is a newer version, and training goes by the one in force. Read that and answer anew",
            ),
            Self::Became(Became::NotOnes) => nothing(
                "没有记录：这份答卷的编号不能用。请重新打开再答",
                "Not recorded: the number of this form cannot be used. Open it anew to answer",
            ),
            Self::NotSignedIn => nothing(
                "没有记录：登录已经结束。请在应用里登录，再重新打开答题",
                "Not recorded: you are not signed in any more. Sign in to the app, then open the quiz anew",
            ),
            Self::SomebodyElse(name) => Err(somebody_else(lang, name)),
        }
    }
}

fn too_many(lang: Lang, retry_after_seconds: u32) -> String {
    let minutes = retry_after_seconds.div_ceil(60);
    match lang {
        Lang::Zh => format!("没有记录：记得太频繁了，请 {minutes} 分钟后再答"),
        Lang::En => format!("Not recorded: too many of late. Try again in {minutes} minutes"),
    }
}

fn somebody_else(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("没有记录：现在登录的是{name}，不是打开这份答卷的人。请重新打开再答"),
        Lang::En => format!(
            "Not recorded: now {name} is signed in, not the person who opened this form. Open it anew to answer"
        ),
    }
}

fn on_record(lang: Lang, training: &Training) -> String {
    let (name, day) = (&training.mark.name, words::date(lang, training.mark.received.date()));
    match lang {
        Lang::Zh => format!("已记入{name}的培训记录（{day}）"),
        Lang::En => format!("On record for {name} ({day})"),
    }
}

/// The form was sent before: what was put on record then stays, whatever was chosen now.
fn before(lang: Lang, training: &Training, now: Score) -> String {
    let said = on_record(lang, training);
    let Score { right, all } = training.score;
    match (training.score == now, lang) {
        (true, Lang::Zh) => format!("{said}。重复提交不会再记一次"),
        (true, Lang::En) => format!("{said}. Sending it again adds nothing"),
        (false, Lang::Zh) => {
            format!("{said}，以第一次提交的为准：答对 {right} 题，共 {all} 题。要再记一次，请重新打开答题")
        }
        (false, Lang::En) => format!(
            "{said}, as it was sent first: {right} of {all} right. To have another attempt recorded, open the quiz anew"
        ),
    }
}

/// The quiz, to be answered as oneself.
pub(super) fn form_page(reader: Reader, shown: &Shown, account: &Account, fresh: TrainingId) -> Response {
    let Shown { article, version, content } = shown;
    let lang = reader.lang;
    let who = escaped(&named(lang, &account.name, &account.organisation));
    let who = match lang {
        Lang::Zh => format!("您以 {who} 的身份登录，交卷后记入您的培训记录。"),
        Lang::En => format!("You are signed in as {who}. What you hand in goes into your training records. "),
    };
    let seen = lang.pick(
        "您自己、本机构负责人和辖区监管、检查人员能看到。不是您本人，请先在应用里退出登录",
        "You, the head of your institution and the region's supervisors and inspectors can see them. If that is not you, sign out in the app first",
    );
    let hidden = [
        ("training", fresh.to_string()),
        ("person", account.id.to_string()),
        ("version", version.to_string()),
    ];
    let hidden: String = hidden
        .into_iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n"))
        .collect();
    let path = training_path(article);
    let body = [
        reader.link(&path_of(article), &[], lang.pick("先读文章", "Read the article first")),
        format!("<p class=\"note\">{}</p>\n<p class=\"told\">{who}{seen}</p>\n", version_word(lang, *version)),
        format!(
            "<form method=\"post\" action=\"{}\" enctype=\"multipart/form-data\">\n{hidden}{}<button>{}</button>\n</form>\n",
            reader.address(&path, &[]),
            questions(&content.quiz),
            lang.pick("交卷，记入我的培训记录", "Hand in, for my training records"),
        ),
        reader.link(TRAINING, &[], lang.pick("我的培训记录", "My training records")),
        reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles")),
        reader.otherwise(&path, &[]),
    ]
    .concat();
    let title = match lang {
        Lang::Zh => format!("员工培训：{}", content.title.as_str()),
        Lang::En => format!("Staff training: {}", content.title.as_str()),
    };
    ones_page(StatusCode::OK, reader, &title, &body)
}

/// Whether it is on record, and what was right.
pub(super) fn told_page(reader: Reader, shown: &Shown, chosen: &[Option<usize>], told: &Told) -> Response {
    let lang = reader.lang;
    let quiz = &shown.content.quiz;
    let now = quiz.score(chosen);
    let said = match told.sentence(lang, now) {
        Ok(said) => format!("<p class=\"told\" role=\"status\">{}</p>\n", escaped(&said)),
        Err(why) => format!("<p class=\"wrong\" role=\"alert\">{}</p>\n", escaped(&why)),
    };
    let body = [
        said,
        score(lang, now),
        answers(lang, quiz, chosen),
        reader.link(&training_path(&shown.article), &[], lang.pick("再答一次", "Answer once more")),
        reader.link(TRAINING, &[], lang.pick("我的培训记录", "My training records")),
        reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles")),
    ]
    .concat();
    let title = match lang {
        Lang::Zh => format!("答案：{}", shown.content.title.as_str()),
        Lang::En => format!("Answers: {}", shown.content.title.as_str()),
    };
    ones_page(told.status(), reader, &title, &body)
}

/// Nobody is signed in, whatever was asked for. A browser that comes from elsewhere shows its session with the next page of here.
pub(super) fn sign_in(reader: Reader) -> Response {
    let lang = reader.lang;
    let body = format!(
        "<p>{}</p>\n<p><a class=\"line-link\" href=\"/\">{}</a></p>\n<p>{}</p>\n{}{}",
        lang.pick(
            "培训记录要登录才能看、才能记。请先在应用里用您的账号登录，再回到这里。没有账号，请向本机构负责人或者县级民政部门管理员申请",
            "Training records need you to be signed in. Sign in to the app with your account, then come back here. If you have none, ask the head of your institution or the county's administrator",
        ),
        lang.pick("打开应用登录", "Open the app to sign in"),
        lang.pick("已经登录的，点下面的链接再看一次", "If you are signed in already, follow this link"),
        reader.link(TRAINING, &[], lang.pick("我的培训记录", "My training records")),
        reader.link(ARTICLES, &[], lang.pick("不登录，只看文章和测验", "Read and try quizzes without signing in")),
    );
    ones_page(StatusCode::UNAUTHORIZED, reader, lang.pick("请先登录", "Please sign in"), &body)
}

/// What somebody may not see, and what there is not, are answered alike.
pub(super) fn not_here(reader: Reader) -> Response {
    let lang = reader.lang;
    let body = format!(
        "<p>{}</p>\n{}",
        lang.pick(
            "没有这份培训记录，或者您的账号不能看",
            "There are no such training records, or your account may not see them"
        ),
        reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles"))
    );
    ones_page(StatusCode::NOT_FOUND, reader, lang.pick("找不到", "Not found"), &body)
}
