//! What a phone keeps so that the citizen's form opens without a network: the form, the knowledge, and a page that says of every
//! other one that it needs a network. All of it is the same for everybody: no report, no secret, nothing of the plaza.
//!
//! The worker names all of it by one version, the hash of everything: where any of it changes, such as with a new article, or on the day on
//! which another checklist comes into force, phones that are on the network fetch it anew.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use xunan_core::snap::ShortVideo;

use super::assets::{KEPT, OUTBOX, Scripts, WORK, WORKER, addresses, version_of};
use super::form_page::{Around, Typed, form_html};
use super::know_page::whole;
use super::opened::Opened;
use super::page::{Lang, OURS, html, scripted_page};
use super::recordings::records;
use super::{Asked, article_pictures, articles, failed, not_found};
use crate::ledger_store::ListedArticle;
use crate::parts::Parts;

const PAGES: [&str; 3] = ["form", "know", "away"];

/// A page of that name, as it is kept.
fn page_named(
    parts: &Parts,
    name: &str,
    lang: Lang,
    articles: &[ListedArticle],
    video: ShortVideo,
) -> Option<String> {
    match name {
        // Its token is made by the script: what is kept is opened many times.
        "form" => {
            let around = Around { video, ..Around::default() };
            Some(form_html(lang, Opened::InBrowser, &Typed::default(), None, around))
        }
        "know" => {
            let pack = parts.packs.checklist_in_force(parts.clock.now().date());
            let (title, content) = whole(lang, pack, articles);
            Some(html(lang, title, &content, Some(Scripts::OfReading)))
        }
        "away" => Some(away(lang)),
        _ => None,
    }
}

fn away(lang: Lang) -> String {
    let content = format!(
        "<p class=\"told\">{}</p>\n<p><a class=\"line-link\" href=\"/snap?lang={}\">{}</a></p>\n\
         <p><a class=\"line-link\" href=\"/snap/know?lang={}\">{}</a></p>\n",
        lang.pick(
            "现在没有网络，这一页要有网络才能看。有网络以后再打开一次",
            "There is no network now, and this page needs one. Open it again later",
        ),
        lang.name(),
        lang.pick("报告隐患：没有网络也可以", "Report something: it works without a network"),
        lang.name(),
        lang.pick("安全知识：没有网络也可以看", "What counts as a hazard: readable without a network"),
    );
    html(lang, lang.pick("没有网络", "No network"), &content, None)
}

pub(super) async fn kept(
    State(parts): State<Parts>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let lang = asked.lang(&headers);
    let articles = match articles::kept(&parts).await {
        Ok(articles) => articles,
        Err(error) => return failed(lang, &error),
    };
    let video = match parts.snaps.short_video(None) {
        Ok(video) => video,
        Err(error) => return failed(lang, &error),
    };
    match page_named(&parts, &name, lang, &articles, video) {
        Some(html) if name == "form" => records(scripted_page(StatusCode::OK, html)),
        Some(html) => scripted_page(StatusCode::OK, html),
        None => not_found(lang),
    }
}

fn listed(addresses: &[String]) -> String {
    let names: Vec<String> = addresses.iter().map(|address| format!("\"{address}\"")).collect();
    names.join(", ")
}

/// The worker's script: what it keeps, and what it needs to send reports.
pub(super) async fn worker(State(parts): State<Parts>) -> Response {
    let articles = match articles::kept(&parts).await {
        Ok(articles) => articles,
        Err(error) => return failed(Lang::Zh, &error),
    };
    let video = match parts.snaps.short_video(None) {
        Ok(video) => video,
        Err(error) => return failed(Lang::Zh, &error),
    };
    let mut files = addresses();
    let mut content = format!("{WORKER}{}", files.concat());
    for name in PAGES {
        for lang in [Lang::Zh, Lang::En] {
            files.push(format!("/snap/kept/{name}?lang={}", lang.name()));
            content.push_str(&page_named(&parts, name, lang, &articles, video).unwrap_or_default());
        }
    }
    // Their addresses stand in the page of knowledge, and so in the version.
    let pictures = article_pictures::kept(&articles);
    let script = format!(
        "const VERSION = \"{}\";\nconst FILES = [{}];\nconst PICTURES = [{}];\n{}{}{}{WORKER}",
        version_of(content.as_bytes()),
        listed(&files),
        listed(&pictures),
        KEPT.text,
        WORK.text,
        OUTBOX.text,
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; connect-src 'self'")),
        (HeaderName::from_static("service-worker-allowed"), HeaderValue::from_static("/snap")),
    ];
    (headers, [OURS], script).into_response()
}
