//! Finding an institution by its name 找机构, for whoever has no code to scan: a search, and links to the forms.
//!
//! Names and addresses are what registers of institutions show to everybody, those of homes of minors too; but where a home of
//! minors stands is not told here. Nothing is listed without a search, and no list has an end to walk to.

use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use xunan_core::facility::Facility;

use super::form_page::told_wrong;
use super::page::{Lang, escaped, page};
use super::plaza_page::{in_question, other_language};
use super::wrong::Wrong;
use super::{failed, later};
use crate::ledger_store::NameWords;
use crate::parts::{ClientAddress, Parts};

/// Institutions that are listed, at most.
const MOST: usize = 20;
/// Characters of a search that are looked at.
const SEARCHED: usize = 40;

/// What is asked for, as it stands in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedWhere {
    lang: Option<String>,
    #[serde(default)]
    q: String,
}

/// What came of a search.
enum Found {
    /// Nothing was searched yet.
    NotSearched,
    /// Too few characters.
    TooShort,
    /// These, and perhaps one more than are listed.
    Some(Vec<Facility>),
    /// There were too many searches.
    Refused(Wrong),
}

pub(super) async fn whereabouts(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Query(asked): Query<AskedWhere>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::of(asked.lang.as_deref(), &headers);
    let typed: String = asked.q.trim().chars().take(SEARCHED).collect();
    let Some(words) = NameWords::of(&typed) else {
        let found = if typed.is_empty() { Found::NotSearched } else { Found::TooShort };
        return where_page(lang, &typed, &found);
    };
    if let Err(wait) = parts.snaps.limits.search(address, parts.clock.now()) {
        let wrong = Wrong::Searches(wait.retry_after_seconds);
        return later(where_page(lang, &typed, &Found::Refused(wrong)), wrong);
    }
    // One more than is listed says whether there are more.
    match parts.snaps.facilities_named(words, MOST + 1).await {
        Ok(found) => where_page(lang, &typed, &Found::Some(found)),
        Err(error) => failed(lang, &error),
    }
}

fn where_page(lang: Lang, typed: &str, found: &Found) -> Response {
    let (status, wrong) = match found {
        Found::Refused(wrong) => (wrong.status(), told_wrong(lang, *wrong)),
        _ => (StatusCode::OK, String::new()),
    };
    let content = [
        wrong,
        search(lang, typed),
        match found {
            Found::NotSearched | Found::Refused(_) => String::new(),
            Found::TooShort => told(lang.pick("请至少写两个字", "Please write two characters or more")),
            Found::Some(found) if found.is_empty() => told(lang.pick(
                "没有找到这个名称。换几个字再找，或者直接报告，写明在哪里",
                "No institution has this name. Try other words, or report and write where it is",
            )),
            Found::Some(found) => list(lang, found),
        },
        format!(
            "<p><a class=\"line-link\" href=\"/snap?lang={}\">{}</a></p>\n",
            lang.name(),
            lang.pick("不找了，直接报告", "Report without looking for it")
        ),
        other_language(lang, |lang| {
            format!("/snap/where?{}", in_question(&[("lang", lang.name()), ("q", typed)]))
        }),
    ]
    .concat();
    page(status, lang, lang.pick("找到机构，再报告", "Find the institution, then report"), &content)
}

fn told(words: &str) -> String {
    format!("<p class=\"told\">{words}</p>\n")
}

fn search(lang: Lang, typed: &str) -> String {
    format!(
        "<form method=\"get\" action=\"/snap/where\">\n<input type=\"hidden\" name=\"lang\" value=\"{}\">\n\
         <div class=\"field\"><label for=\"q\">{}</label>\n\
         <input type=\"search\" id=\"q\" name=\"q\" maxlength=\"{SEARCHED}\" value=\"{}\"></div>\n<button>{}</button>\n</form>\n",
        lang.name(),
        lang.pick("机构名称里的几个字（两个字以上）", "A part of its name (two characters or more)"),
        escaped(typed),
        lang.pick("查找", "Find")
    )
}

fn list(lang: Lang, found: &[Facility]) -> String {
    let items: String = found.iter().take(MOST).map(|facility| item(lang, facility)).collect();
    let more = (found.len() > MOST).then(|| {
        told(match lang {
            Lang::Zh => "还有更多，请多写几个字",
            Lang::En => "There are more. Please write more of the name",
        })
    });
    format!("<ol class=\"cases\">\n{items}</ol>\n{}", more.unwrap_or_default())
}

fn item(lang: Lang, facility: &Facility) -> String {
    let address = match facility.facility_type.is_of_minors() {
        true => "",
        false => facility.address.as_str(),
    };
    let address = match address {
        "" => String::new(),
        address => format!("\n<p class=\"note\">{}</p>", escaped(address)),
    };
    format!(
        "<li><h2><a href=\"/snap?lang={}&amp;f={}\">{}</a></h2>{address}</li>\n",
        lang.name(),
        facility.id,
        escaped(&facility.name)
    )
}

/// The way to it from the form.
pub(super) fn find_first(lang: Lang) -> String {
    format!(
        "<p><a class=\"line-link\" href=\"/snap/where?lang={}\">{}</a></p>\n",
        lang.name(),
        lang.pick("先找到机构（填写之前点这里）", "Find the institution first (before you fill in the form)")
    )
}
