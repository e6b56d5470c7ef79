//! Records of staff training as pages: one's own, an institution's by person, and a region's institutions.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::access::Account;
use xunan_core::facility::Facility;
use xunan_core::ids::{ArticleId, FacilityId};
use xunan_core::knowledge::{PASS_PERCENT, Score, Training, Verdict};
use xunan_core::rules::Pack;

use super::articles_page::{ARTICLES, version_word};
use super::know_page::said;
use super::page::{Lang, escaped};
use super::reader::Reader;
use super::training_lists::Others;
use super::training_page::{TRAINING, named, ones_page};
use super::words;
use crate::ledger_store::ListedTraining;

/// The item of the checklist that asks for such records: 近一年全员安全培训有记录.
const ITEM: &str = "mgmt.training.record";
/// Where the institutions of a region are.
const INSTITUTIONS: &str = "/snap/know/training/institutions";
/// Where an institution's records are as a table.
const TABLE: &str = "/snap/know/training.csv";

/// A page of an institution's records.
pub(super) struct Sheet {
    pub(super) facility: Facility,
    /// The last attempt of each person at each article, by person.
    pub(super) trainings: Vec<Training>,
    /// The last version of each of these articles.
    pub(super) in_force: BTreeMap<ArticleId, u32>,
    pub(super) is_first: bool,
    pub(super) are_more: bool,
}

/// Passed or not, the score, the version and the day.
fn facts(lang: Lang, training: &Training) -> String {
    let Score { right, all } = training.score;
    let percent = training.score.percent();
    let score = match lang {
        Lang::Zh => format!("答对 {right} 题，共 {all} 题（{percent}%）"),
        Lang::En => format!("{right} of {all} right ({percent} %)"),
    };
    let day = words::date(lang, training.mark.received.date());
    [score, version_word(lang, training.version), day].join(" · ")
}

fn verdict(lang: Lang, training: &Training) -> &'static str {
    match training.verdict() {
        Verdict::Passed => lang.pick("合格", "Passed"),
        Verdict::NotPassed => lang.pick("不合格", "Not passed"),
    }
}

/// One record; `note` is what else is to be said of it.
fn line(reader: Reader, training: &Training, note: &str) -> String {
    let lang = reader.lang;
    format!(
        "<li><p><strong>{}</strong> <a class=\"line-link\" href=\"{}\" lang=\"zh-CN\">{}</a></p>\n<p class=\"note\">{}{note}</p></li>\n",
        verdict(lang, training),
        reader.address(&format!("{ARTICLES}/{}", training.article), &[]),
        escaped(training.title.as_str()),
        escaped(&facts(lang, training)),
    )
}

fn list(lines: &str) -> String {
    format!("<ol class=\"cases\">\n{lines}</ol>\n")
}

fn nothing(lang: Lang) -> String {
    format!("<p class=\"told\">{}</p>\n", lang.pick("还没有培训记录", "No training is on record yet"))
}

fn ways(reader: Reader) -> String {
    reader.link(ARTICLES, &[], reader.lang.pick("安全知识文章和测验", "Articles and quizzes"))
}

/// Somebody's own records, and the way to those of others that the account sees.
pub(super) fn own_page(
    reader: Reader,
    account: &Account,
    others: &Others,
    found: &[ListedTraining],
    is_later: bool,
    are_more: bool,
) -> Response {
    let lang = reader.lang;
    let who = escaped(&named(lang, &account.name, &account.organisation));
    let lines: String = found.iter().map(|it| line(reader, &it.training, "")).collect();
    let older = found.last().filter(|_| are_more).map(|last| {
        reader.link(TRAINING, &[("before", &last.place.to_string())], lang.pick("更早的", "Older ones"))
    });
    let newest = is_later.then(|| reader.link(TRAINING, &[], lang.pick("最新的", "The newest ones")));
    let body = [
        format!("<p class=\"note\">{who} · {}</p>\n", line_of_pass(lang)),
        match others {
            Others::Nobody => String::new(),
            Others::Institution(own) => reader.link(
                TRAINING,
                &[("f", &own.to_string())],
                lang.pick("本机构人员的培训记录", "Records of our people"),
            ),
            Others::Region => reader.link(
                INSTITUTIONS,
                &[],
                lang.pick("辖区各机构的培训记录", "Records of the region's institutions"),
            ),
        },
        if found.is_empty() { nothing(lang) } else { list(&lines) },
        older.unwrap_or_default(),
        newest.unwrap_or_default(),
        ways(reader),
        reader.otherwise(TRAINING, &[]),
    ]
    .concat();
    ones_page(StatusCode::OK, reader, lang.pick("我的培训记录", "My training records"), &body)
}

fn line_of_pass(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("合格线 {PASS_PERCENT}%"),
        Lang::En => format!("{PASS_PERCENT} % is a pass"),
    }
}

/// What the checklist asks for, where the one in force does.
fn asked_for(lang: Lang, pack: Option<&Pack>) -> String {
    let Some(item) = pack.and_then(|pack| pack.item(ITEM)) else { return String::new() };
    let words = escaped(said(lang, &item.text));
    let told = match lang {
        Lang::Zh => format!("检查项“{words}”要看培训记录。这里是网上答题的记录，线下培训的签到另存"),
        Lang::En => format!(
            "The item “{words}” asks for records of training. These are of quizzes answered here; keep those of other training beside them"
        ),
    };
    format!("<p class=\"note\">{told}</p>\n")
}

/// An institution's records: the last attempt of each person at each article.
pub(super) fn sheet_page(reader: Reader, pack: Option<&Pack>, sheet: &Sheet) -> Response {
    let lang = reader.lang;
    let own = sheet.facility.id.to_string();
    let asked: &[(&str, &str)] = &[("f", &own)];
    let more = sheet.trainings.last().filter(|_| sheet.are_more).map(|last| {
        let after = format!("{}.{}", last.mark.account, last.article);
        reader.link(TRAINING, &[("f", &own), ("after", &after)], lang.pick("后面的", "More"))
    });
    let first =
        (!sheet.is_first).then(|| reader.link(TRAINING, asked, lang.pick("从头看", "From the beginning")));
    let rest = [
        more.unwrap_or_default(),
        first.unwrap_or_default(),
        reader.link(TABLE, asked, lang.pick("下载表格（CSV）", "Download as a table (CSV)")),
        reader.link(TRAINING, &[], lang.pick("我的培训记录", "My training records")),
        ways(reader),
        reader.otherwise(TRAINING, asked),
    ]
    .concat();
    let body = [
        format!(
            "<p class=\"note\">{} · {}</p>\n",
            lang.pick("每人每篇文章的最近一次", "The last attempt of each person at each article"),
            line_of_pass(lang)
        ),
        asked_for(lang, pack),
        if sheet.trainings.is_empty() { nothing(lang) } else { people(reader, sheet) },
        format!("<div class=\"no-print\">\n{rest}</div>\n"),
    ]
    .concat();
    let title = match lang {
        Lang::Zh => format!("培训记录：{}", sheet.facility.name),
        Lang::En => format!("Staff training: {}", sheet.facility.name),
    };
    ones_page(StatusCode::OK, reader, &title, &body)
}

/// Each person with what they answered, and whether something of it was not passed.
fn people(reader: Reader, sheet: &Sheet) -> String {
    let lang = reader.lang;
    let by_person = sheet.trainings.chunk_by(|one, next| one.mark.account == next.mark.account);
    let person = |trainings: &[Training]| {
        let lines: String = trainings.iter().map(|it| line(reader, it, outdated(lang, sheet, it))).collect();
        let open = trainings.iter().filter(|it| it.verdict() == Verdict::NotPassed).count();
        let told = match (open, lang) {
            (0, lang) => lang.pick("都合格", "all passed").to_owned(),
            (open, Lang::Zh) => format!("{open} 篇不合格"),
            (open, Lang::En) => format!("{open} not passed"),
        };
        let name = trainings.first().map_or("", |it| it.mark.name.as_str());
        format!("<h2>{} · {told}</h2>\n{}", escaped(name), list(&lines))
    };
    by_person.map(person).collect()
}

/// That an article was written on since.
fn outdated(lang: Lang, sheet: &Sheet, training: &Training) -> &'static str {
    match sheet.in_force.get(&training.article) {
        Some(version) if *version > training.version => {
            lang.pick(" · 文章已有新的一版", " · there is a newer version")
        }
        _ => "",
    }
}

/// The institutions of a region that have records. `last` is the one behind which more are.
pub(super) fn institutions_page(
    reader: Reader,
    words: &str,
    found: &[Facility],
    is_first: bool,
    last: Option<FacilityId>,
) -> Response {
    let lang = reader.lang;
    let item = |facility: &Facility| {
        let link = reader.address(TRAINING, &[("f", &facility.id.to_string())]);
        format!(
            "<li><h2><a href=\"{link}\">{}</a></h2>\n<p class=\"note\">{}</p></li>\n",
            escaped(&facility.name),
            escaped(&facility.address)
        )
    };
    let lines: String = found.iter().map(item).collect();
    let more = last.map(|last| {
        reader.link(INSTITUTIONS, &[("q", words), ("after", &last.to_string())], lang.pick("后面的", "More"))
    });
    let first = (!is_first)
        .then(|| reader.link(INSTITUTIONS, &[("q", words)], lang.pick("从头看", "From the beginning")));
    let none = match (words.is_empty(), lang) {
        (true, lang) => nothing(lang),
        (false, lang) => format!(
            "<p class=\"told\">{}</p>\n",
            lang.pick(
                "有培训记录的机构里没有这个名称，换个词再找",
                "No institution of that name has records. Try another word"
            )
        ),
    };
    let body = [
        format!(
            "<form method=\"get\" action=\"{INSTITUTIONS}\">\n{}<div class=\"field\"><label for=\"q\">{}</label>\n\
             <input type=\"search\" id=\"q\" name=\"q\" maxlength=\"40\" value=\"{}\"></div>\n<button>{}</button>\n</form>\n",
            reader.hidden(),
            lang.pick("机构名称", "Name of the institution"),
            escaped(words),
            lang.pick("查找", "Search"),
        ),
        if found.is_empty() { none } else { list(&lines) },
        more.unwrap_or_default(),
        first.unwrap_or_default(),
        reader.link(TRAINING, &[], lang.pick("我的培训记录", "My training records")),
        ways(reader),
        reader.otherwise(INSTITUTIONS, &[("q", words)]),
    ]
    .concat();
    let title = lang.pick("各机构的培训记录", "Training records of institutions");
    ones_page(StatusCode::OK, reader, title, &body)
}
