//! The quiz of an article: a form, and a page that says what was right and why. Nothing of it is kept, and nothing says who answered.

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::knowledge::{Article, PASS_PERCENT, Question, Quiz, Score, Verdict};

use super::articles::Shown;
use super::articles_page::{ARTICLES, path_of};
use super::page::{Lang, escaped, page};
use super::reader::Reader;
use super::training_page::training_path;

/// The field of a question's answer, counted from 0.
pub(super) fn field_of(number: usize) -> String {
    format!("q{number}")
}

/// The questions, to be answered in a form.
pub(super) fn questions(quiz: &Quiz) -> String {
    quiz.questions().iter().enumerate().map(|(number, it)| question(number, it)).collect()
}

/// The way to answering as oneself, with a record: the same for everybody, whether signed in or not.
pub(super) fn training_link(reader: Reader, article: &Article) -> String {
    let words =
        reader.lang.pick("员工培训：答题并记入培训记录", "Staff training: answer and have it recorded");
    reader.link(&training_path(article), &[], words)
}

/// The quiz as a form; nothing where there is none. It names the version that was read, and is answered by that one.
pub(super) fn quiz_form(reader: Reader, shown: &Shown) -> String {
    let quiz = &shown.content.quiz;
    if quiz.is_empty() {
        return String::new();
    }
    let lang = reader.lang;
    let count = match lang {
        Lang::Zh => {
            format!("共 {} 题，答对 {PASS_PERCENT}% 合格。不记名，答案不保存", quiz.questions().len())
        }
        Lang::En => format!(
            "{} questions; {PASS_PERCENT} % right is a pass. Nobody learns who answers, and nothing is kept",
            quiz.questions().len()
        ),
    };
    format!(
        "<h2 id=\"quiz\">{}</h2>\n<p class=\"note\">{count}</p>\n\
         <form method=\"post\" action=\"{}\" enctype=\"multipart/form-data\">\n{}<button>{}</button>\n</form>\n{}",
        lang.pick("测一测", "Quiz"),
        reader.address(&path_of(&shown.article), &[("version", &shown.version.to_string())]),
        questions(quiz),
        lang.pick("看答案", "Show the answers"),
        training_link(reader, &shown.article),
    )
}

fn question(number: usize, question: &Question) -> String {
    let field = field_of(number);
    let choice = |(place, words): (usize, &str)| {
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"{field}\" value=\"{place}\">{}</label>\n",
            escaped(words)
        )
    };
    let choices: String = question.choices().iter().map(|it| it.as_str()).enumerate().map(choice).collect();
    format!(
        "<fieldset lang=\"zh-CN\"><legend>{}. {}</legend>\n{choices}</fieldset>\n",
        number + 1,
        escaped(question.text().as_str())
    )
}

/// What was right, what was not, and why.
pub(super) fn answers_page(reader: Reader, shown: &Shown, chosen: &[Option<usize>]) -> Response {
    let lang = reader.lang;
    let quiz = &shown.content.quiz;
    let path = path_of(&shown.article);
    let version = shown.version.to_string();
    let asked: &[(&str, &str)] = &[("version", &version)];
    let content = [
        score(lang, quiz.score(chosen)),
        answers(lang, quiz, chosen),
        training_link(reader, &shown.article),
        reader.link(&path, asked, lang.pick("回到文章，再答一次", "Back to the article, to try again")),
        reader.link(ARTICLES, &[], lang.pick("全部文章", "All articles")),
    ]
    .concat();
    let title = match lang {
        Lang::Zh => format!("答案：{}", shown.content.title.as_str()),
        Lang::En => format!("Answers: {}", shown.content.title.as_str()),
    };
    page(StatusCode::OK, lang, &title, &reader.sized(&content))
}

/// What was right of each question, what was not, and why.
pub(super) fn answers(lang: Lang, quiz: &Quiz, chosen: &[Option<usize>]) -> String {
    let line = |(number, it)| answered(lang, number, it, chosen.get(number).copied().flatten());
    let lines: String = quiz.questions().iter().enumerate().map(line).collect();
    format!("<ol class=\"cases\">\n{lines}</ol>\n")
}

/// A score, with what is a pass.
pub(super) fn score(lang: Lang, score: Score) -> String {
    let Score { right, all } = score;
    let percent = score.percent();
    let (class, verdict) = match score.verdict() {
        Verdict::Passed => ("told", lang.pick("合格", "Passed")),
        Verdict::NotPassed => ("wrong", lang.pick("还不合格", "Not passed yet")),
    };
    let told = match lang {
        Lang::Zh => format!("答对 {right} 题，共 {all} 题（{percent}%）。合格线 {PASS_PERCENT}%"),
        Lang::En => format!("{right} of {all} right ({percent} %). {PASS_PERCENT} % is a pass"),
    };
    format!("<p class=\"{class}\"><strong>{verdict}</strong> {told}</p>\n")
}

fn answered(lang: Lang, number: usize, question: &Question, chosen: Option<usize>) -> String {
    let words = |place: usize| question.choices().get(place).map_or("", |it| it.as_str());
    let right = words(question.right());
    let own = chosen.map(words).filter(|it| !it.is_empty());
    let told = match (own, lang) {
        (Some(own), Lang::Zh) if own == right => format!("对：{own}"),
        (Some(own), Lang::En) if own == right => format!("Right: {own}"),
        (Some(own), Lang::Zh) => format!("错：选了“{own}”，应选“{right}”"),
        (Some(own), Lang::En) => format!("Wrong: you chose “{own}”, right is “{right}”"),
        (None, Lang::Zh) => format!("没有选，应选“{right}”"),
        (None, Lang::En) => format!("Not answered; right is “{right}”"),
    };
    format!(
        "<li><h2 lang=\"zh-CN\">{}. {}</h2>\n<p><strong>{}</strong></p>\n<p lang=\"zh-CN\">{}</p></li>\n",
        number + 1,
        escaped(question.text().as_str()),
        escaped(&told),
        escaped(question.why().as_str())
    )
}
