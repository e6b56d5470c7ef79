//! The citizen's pages 随手拍: plain HTML from the server, for any phone and for WeChat's browser, without scripts.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /snap?f=&lang=` | 200, the form; `f` is the institution whose code was scanned |
//! | `POST /snap` | 200, number, link and code; the form again with a numbered sentence for 400.S1, 408, 409, 413, 422 (of recordings 422.S21 to 422.S23), 429, 500 |
//! | `GET /snap/f/{secret}` | 200, how it stands; 404 for every other secret, alike |
//! | `POST /snap/f/{secret}` | 200, after rating, opening again with words or photos, claiming a reward, or forgetting; 409.S13, 409.S17, 413, 422.S5, 422.S8, 422.S9, 422.S16, 422.S24, 429 |
//! | `GET /snap/code`, `POST /snap/code` | 200, how it stands, without what was written; 404.S14, 429.S11 |
//! | `POST /snap/ask` | 200, 429: whether a report would be taken in now, before photos are sent (`asking.rs`) |
//! | `POST /snap/around` | 200, institutions near a rounded point, for whoever sets a pin (`around.rs`); 400.S1, 429.S19 |
//! | `GET /snap/plaza?category=&state=&place=&q=&before=` | 200, what is public, the newest first |
//! | `GET /snap/plaza/map` | 200, how many public cases each township has, drawn and in words |
//! | `GET /snap/plaza/{number}` | 200, one public case; 404 for every other number, alike |
//! | `GET /snap/plaza/{number}/pictures/{place}` | 200, a picture that an office covered and showed, from 1 on; 404 for all else, alike; 429 |
//! | `POST /snap/plaza/{number}` | 303 to the same page, with a cookie; 400.S1, 404, 429.S11 |
//! | `GET /snap/know?section=&type=&grade=&q=&from=` | 200, what counts as a hazard: lines of the checklist in force |
//! | `GET /snap/where?q=` | 200, institutions whose names have these words, each with a link to its form; 429.S19 |
//! | `GET /snap/know/articles?section=&type=&q=&before=&text=` | 200, what offices wrote, changed last first; `text=large` is large |
//! | `GET /snap/know/articles/{id}?version=&text=` | 200, an article, the last version or another; 404 for all else, alike |
//! | `GET /snap/know/articles/{id}/pictures/{digest}` | 200 and `ETag`, a picture of any version of a public article; 304; 404 for all else, alike; 429 |
//! | `POST /snap/know/articles/{id}?version=&text=` | 200, what of the quiz was right; kept nowhere; 400.S1, 404, 408, 413, 429 |
//! | `GET /snap/know/training`, `/snap/know/articles/{id}/training` | pages of whoever is signed in (`training.rs`, `training_lists.rs`) |
//! | `GET /snap/poster?f=` | 200, a sheet to print, with a code that leads to the form; 404 for an institution that there is not |
//! | `GET /snap/kept/{form,know,away}` | 200, what a phone keeps to open without a network: the same for everybody |
//! | `GET /snap/worker.js`, `/snap/scripts/{name}`, `/snap/snap.css` | 200 |
//!
//! `POST /snap` with `Accept: application/json` is the same report, sent by the page's script, and answered in JSON (`answers.rs`).
//! `GET` changes nothing. The log has the route and never the secret (`log.rs`). Nothing asks for an account, nothing needs a
//! script (the form's own keep what is written on the phone), and only a report and "me too" set a cookie (`cookies.rs`); [`Limits`](crate::snaps::limits::Limits) say how much anybody may send.

mod answers;
mod around;
mod asking;
mod cookies;
mod assets;
mod article_pictures;
mod articles;
mod articles_page;
mod follow_page;
mod following;
mod form_page;
mod kept;
mod know;
mod know_page;
mod markdown;
mod multipart;
mod nearby;
mod opened;
mod page;
mod pictures;
mod place_part;
mod plaza;
mod plaza_map;
mod plaza_page;
mod poster;
mod quiz_page;
mod reader;
mod recordings;
mod reward_part;
mod training;
mod training_lists;
mod training_page;
mod training_records_page;
mod whereabouts;
mod words;
mod wrong;

use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use tower_http::compression::CompressionLayer;
use xunan_core::facility::Facility;
use xunan_core::ledger::SnapCard;

use crate::ledger_store::StoreError;
use crate::parts::{ClientAddress, Parts, Transport};
use crate::snaps::SnapError;
use crate::snaps::limits::{Open, Sender};
use crate::snaps::secret::{FormToken, Secret, SenderToken};
use answers::Recipient;
use cookies::SENDER;
use follow_page::page_of_code;
use form_page::{Before, Typed, form_page, told_wrong};
use multipart::{Form, FormFault};
use nearby::nearby;
use opened::Opened;
use page::{Lang, page};
use poster::{no_poster, poster_page};
use wrong::Wrong;

/// A report with its photos and recordings, at most, in bytes.
const REPORT_BYTES: usize = 40 * 1024 * 1024;
/// Any other form, at most, in bytes.
const FORM_BYTES: usize = 64 * 1024;
/// How long a body may take: 40 MB at 3 Mbit/s.
const BODY_PATIENCE: Duration = Duration::from_secs(110);

/// Compressed is what everybody gets alike, and forms, whose tokens are new each time. What follows a secret link, or is one
/// person's, is not: the length of an answer in which a secret stands beside what somebody else chose would tell of it.
pub(super) fn routes() -> Router<Parts> {
    let of_one = Router::new()
        .route("/snap/know/articles/{id}/training", get(training::form).post(training::answer))
        .route("/snap/know/training", get(training_lists::records))
        .route("/snap/know/training/institutions", get(training_lists::institutions))
        .route("/snap/know/training.csv", get(training_lists::table))
        .route("/snap/code", get(code_form).post(code))
        .route("/snap/f/{secret}", get(following::follow).post(following::say));
    Router::new()
        .route("/snap", get(form).post(report))
        .route("/snap/ask", post(asking::ask))
        .route("/snap/around", post(around::around))
        .route("/snap/snap.css", get(assets::style))
        .route("/snap/scripts/{name}", get(assets::script))
        .route("/snap/worker.js", get(kept::worker))
        .route("/snap/kept/{name}", get(kept::kept))
        .route("/snap/poster", get(poster))
        .route("/snap/know", get(know::know))
        .route("/snap/where", get(whereabouts::whereabouts))
        .route("/snap/know/articles", get(articles::articles))
        .route("/snap/know/articles/{id}", get(articles::article).post(articles::answer))
        .route("/snap/know/articles/{id}/pictures/{digest}", get(article_pictures::picture))
        .route("/snap/plaza", get(plaza::plaza))
        .route("/snap/plaza/map", get(plaza::map))
        .route("/snap/plaza/{number}", get(plaza::case).post(plaza::me_too))
        .route("/snap/plaza/{number}/pictures/{place}", get(plaza::picture))
        .layer(CompressionLayer::new().gzip(true))
        .merge(of_one)
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    lang: Option<String>,
    f: Option<String>,
}

impl Asked {
    fn lang(&self, headers: &HeaderMap) -> Lang {
        Lang::of(self.lang.as_deref(), headers)
    }
}

/// The institution of a code, when there is one.
fn facility_of(parts: &Parts, code: &str) -> Result<Option<Facility>, StoreError> {
    code.parse().map_or(Ok(None), |id| parts.snaps.facility(id))
}

async fn form(State(parts): State<Parts>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let lang = asked.lang(&headers);
    let facility = match facility_of(&parts, asked.f.as_deref().unwrap_or_default()) {
        Ok(facility) => facility,
        Err(error) => return failed(lang, &error),
    };
    let video = match parts.snaps.short_video(facility.as_ref()) {
        Ok(video) => video,
        Err(error) => return failed(lang, &error),
    };
    match (nearby(&parts.snaps, facility.as_ref()).await, FormToken::fresh()) {
        (Ok(cases), Ok(token)) => {
            let typed = Typed::fresh(&token, facility.as_ref());
            let before = Before::Nothing(&cases);
            form_page(lang, Opened::by(&headers), &typed, facility.as_ref(), before, video)
        }
        (Err(error), _) => failed(lang, &error),
        (_, Err(error)) => failed(lang, &error),
    }
}

/// A poster of an institution; of none when none is named.
async fn poster(State(parts): State<Parts>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let lang = asked.lang(&headers);
    let code = asked.f.as_deref().unwrap_or_default();
    let facility = match facility_of(&parts, code) {
        Ok(None) if !code.is_empty() => return no_poster(lang),
        Ok(facility) => facility,
        Err(error) => return failed(lang, &error),
    };
    match poster_page(lang, facility.as_ref(), &origin(&parts, &headers)) {
        Ok(response) => response,
        Err(error) => failed(lang, &error),
    }
}

/// A page that says that the server failed. Why, stands in the log.
fn failed(lang: Lang, error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a citizen's page failed");
    plain(lang, Wrong::Failed)
}

/// A page with one sentence: nothing that was typed is at hand. Browsers keep it behind their back button.
fn plain(lang: Lang, wrong: Wrong) -> Response {
    let back = lang.pick(
        "按返回键，您写的内容还在，可以再提交",
        "Go back: what you wrote is still there and can be sent again",
    );
    let sentence = wrong.sentence(lang);
    let content = format!(
        "<div class=\"wrong\" role=\"alert\">{sentence}（{}）</div>\n<p>{back}</p>\n\
         <p><a class=\"line-link\" href=\"/snap?lang={}\">{}</a></p>\n",
        wrong.number(),
        lang.name(),
        lang.pick("重新填写", "Start anew")
    );
    later(page(wrong.status(), lang, lang.pick("没有提交成功", "Not sent"), &content), wrong)
}

/// Adds when to come back.
fn later(mut response: Response, wrong: Wrong) -> Response {
    if let Some(seconds) = wrong.retry_after_seconds() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Reads a form of at most `limit` bytes, as one of those that are open at once.
async fn read(
    parts: &Parts,
    address: IpAddr,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<(Open, Form), Wrong> {
    let open = parts.snaps.limits.open(address).map_err(|wait| Wrong::Later(wait.retry_after_seconds))?;
    match tokio::time::timeout(BODY_PATIENCE, Form::read(headers, body, limit)).await {
        Ok(Ok(form)) => Ok((open, form)),
        Ok(Err(FormFault::TooLarge)) => Err(Wrong::TooLarge),
        Ok(Err(FormFault::NotAForm)) => Err(Wrong::NotAForm),
        Ok(Err(FormFault::CutOff)) | Err(_) => Err(Wrong::CutOff),
    }
}

async fn report(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let (lang, recipient) = (asked.lang(&headers), Recipient::of(&headers));
    let (open, form) = match read(&parts, address, &headers, body, REPORT_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return recipient.told(lang, wrong, || plain(lang, wrong)),
    };
    let typed = Typed::of(&form);
    let broken = |error: &dyn std::error::Error| {
        tracing::error!(%error, "a report was not kept");
        recipient.told(lang, Wrong::Failed, || plain(lang, Wrong::Failed))
    };
    let office = facility_of(&parts, &typed.facility)
        .and_then(|facility| Ok((parts.snaps.short_video(facility.as_ref())?, facility)));
    let (video, facility) = match office {
        Ok(office) => office,
        Err(error) => return broken(&error),
    };
    let again = |wrong| {
        let opened = Opened::by(&headers);
        let page = || form_page(lang, opened, &typed, facility.as_ref(), Before::Mistake(wrong), video);
        recipient.told(lang, wrong, page)
    };
    let sent = |filed| recipient.sent(lang, &filed, &origin(&parts, &headers));
    let now = parts.clock.now();
    let draft = match typed.draft(&form, facility.as_ref(), video, now.date()) {
        Ok(draft) => draft,
        Err(wrong) => return again(wrong),
    };
    match parts.snaps.filed_before(&draft.token) {
        Ok(Some(filed)) => return sent(filed),
        Ok(None) => {}
        Err(error) => return broken(&error),
    }
    let device = match SENDER.read(&headers, parts.standing.transport).map_or_else(SenderToken::fresh, Ok) {
        Ok(device) => device,
        Err(error) => return broken(&error),
    };
    let sender = Sender { address, device: Some(device) };
    if let Err(not_now) = parts.snaps.admit(&draft.token, &form.text("work"), sender) {
        return again(not_now.into());
    }
    drop(form);
    let filed = parts.snaps.file(draft).await;
    drop(open);
    match filed {
        Ok(filed) => {
            let mut response = sent(filed);
            let cookie = SENDER.keep(&device.text(), parts.standing.transport);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            response
        }
        Err(SnapError::Photo(number, fault)) => again(Wrong::Photo(number, fault)),
        Err(SnapError::Recording(kind, fault)) => again(Wrong::Recording(kind, fault)),
        Err(error) => {
            tracing::error!(%error, "a report was not kept");
            again(Wrong::Failed)
        }
    }
}

/// How a browser reaches this server, for a link that is kept outside of it.
fn origin(parts: &Parts, headers: &HeaderMap) -> String {
    let scheme = match parts.standing.transport {
        Transport::Plain => "http",
        Transport::Tls => "https",
    };
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    host.map(|host| format!("{scheme}://{host}")).unwrap_or_default()
}

/// Whatever a link is that opens nothing, this is the answer.
fn not_found(lang: Lang) -> Response {
    let content = format!(
        "<p>{}</p>\n<p><a class=\"line-link\" href=\"/snap/code?lang={}\">{}</a></p>\n",
        lang.pick(
            "没有这个链接，请核对是否复制完整",
            "There is no such link. Please check that it was copied whole"
        ),
        lang.name(),
        lang.pick("用电话查询码查", "Use the code for the telephone")
    );
    page(StatusCode::NOT_FOUND, lang, lang.pick("找不到", "Not found"), &content)
}

/// A text that is no secret is looked up like one: it takes as long and is answered alike.
fn secret_of(text: &str) -> Secret {
    text.parse().unwrap_or_else(|_| Secret::nobodys())
}

fn code_page(lang: Lang, wrong: Option<Wrong>) -> Response {
    let status = wrong.map_or(StatusCode::OK, Wrong::status);
    let content = format!(
        "{}<form method=\"post\" action=\"/snap/code?lang={}\" enctype=\"multipart/form-data\">\n\
         <div class=\"field\"><label for=\"code\">{}</label>\n\
         <input type=\"text\" id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"off\" required></div>\n\
         <button>{}</button>\n</form>\n\
         <p><a class=\"line-link\" href=\"/snap?lang={}\">{}</a></p>\n",
        wrong.map(|wrong| told_wrong(lang, wrong)).unwrap_or_default(),
        lang.name(),
        lang.pick("电话查询码（10 位数字）", "Code for the telephone (ten digits)"),
        lang.pick("查询", "Look"),
        lang.name(),
        lang.pick("报告新的隐患", "Report something new")
    );
    page(status, lang, lang.pick("看看办到哪一步了", "How does my report stand"), &content)
}

async fn code_form(Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    code_page(asked.lang(&headers), None)
}

async fn code(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let lang = asked.lang(&headers);
    if let Err(wait) = parts.snaps.limits.code(address, parts.clock.now()) {
        let wrong = Wrong::Later(wait.retry_after_seconds);
        return later(code_page(lang, Some(wrong)), wrong);
    }
    let (_open, form) = match read(&parts, address, &headers, body, FORM_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return later(code_page(lang, Some(wrong)), wrong),
    };
    let found: Result<Option<SnapCard>, StoreError> =
        form.text("code").parse().map_or(Ok(None), |code| parts.snaps.by_code(&code));
    match found {
        Ok(Some(card)) => page_of_code(lang, &card),
        Ok(None) => code_page(lang, Some(Wrong::NoSuchCode)),
        Err(error) => failed(lang, &error),
    }
}
