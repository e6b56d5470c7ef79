//! Staff training 员工培训记录 by HTTP: the quiz of an article as a form of whoever is signed in, and what became of it. A page of its
//! own, so that the article's page is the same for everybody and no copy of it has a name.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /snap/know/articles/{id}/training` | 200, the quiz, to be answered as oneself; 401, 404 |
//! | `POST /snap/know/articles/{id}/training` | 200, on record, with what was right; 400.S1, 401, 404, 408, 409, 413, 429 |
//!
//! Whoever is not signed in is told how, and whoever is not trained that there is nothing, whatever was asked for. With a session
//! that ended meanwhile (401), an older version (409) or too many attempts (429) nothing is on record, and the page says so
//! beside what was right. Only answers of a form that names the person who is signed in count: phones pass from hand to hand.

use axum::body::Body;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use xunan_core::access::Account;
use xunan_core::ids::{AccountId, TrainingId};
use xunan_core::problem::Problem;

use super::articles::{AskedOfArticle, Shown, chosen, found};
use super::articles_page::no_article;
use super::multipart::Form;
use super::page::Lang;
use super::reader::Reader;
use super::training_page::{Told, form_page, not_here, sign_in, told_page};
use super::wrong::Wrong;
use super::{FORM_BYTES, failed, plain, read};
use crate::parts::{ClientAddress, Parts};
use crate::routes::Refusal;
use crate::routes::who::Who;
use crate::trainings::{Attempt, Became};

/// Who asks, when that is somebody who is trained; else the page that says why there is nothing.
pub(super) fn trained(reader: Reader, who: Result<Who, Refusal>) -> Result<Account, Box<Response>> {
    match who {
        Ok(Who { account }) if account.role.is_trained() => Ok(account),
        Ok(_) => Err(Box::new(not_here(reader))),
        Err(Refusal(Problem::NotSignedIn | Problem::AccountLocked)) => Err(Box::new(sign_in(reader))),
        Err(_) => Err(Box::new(plain(reader.lang, Wrong::Failed))),
    }
}

pub(super) async fn form(
    State(parts): State<Parts>,
    Path(id): Path<String>,
    Query(asked): Query<AskedOfArticle>,
    headers: HeaderMap,
    who: Result<Who, Refusal>,
) -> Response {
    let reader = asked.reader(&headers);
    let account = match trained(reader, who) {
        Ok(account) => account,
        Err(page) => return *page,
    };
    match (found(&parts, id, String::new()).await, parts.trainings.fresh()) {
        (Ok(Some(shown)), Ok(fresh)) if !shown.content.quiz.is_empty() => {
            form_page(reader, &shown, &account, fresh)
        }
        (Ok(_), Ok(_)) => no_article(reader),
        (Err(error), _) => failed(reader.lang, &error),
        (_, Err(error)) => failed(reader.lang, &error),
    }
}

/// Whether another site's page sent a form: browsers that do not tell by `Sec-Fetch-Site` tell by this. Our own pages ask them to
/// name no address, so that their own forms say `null`; a form of another site that says so bears no session (`SameSite`).
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|it: &HeaderValue| it.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) if origin != "null" => {
            origin.split_once("://").is_none_or(|(_, it)| it != host)
        }
        _ => false,
    }
}

/// What a form says of whose answers it has, and to what.
struct Sent {
    training: TrainingId,
    person: AccountId,
    version: u32,
}

impl Sent {
    fn of(form: &Form) -> Option<Self> {
        Some(Self {
            training: form.text("training").parse().ok()?,
            person: form.text("person").parse().ok()?,
            version: form.text("version").parse().ok()?,
        })
    }
}

pub(super) async fn answer(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Path(id): Path<String>,
    Query(asked): Query<AskedOfArticle>,
    headers: HeaderMap,
    who: Result<Who, Refusal>,
    body: Body,
) -> Response {
    let reader = asked.reader(&headers);
    if is_foreign(&headers) {
        return Refusal(Problem::NotAllowed).into_response();
    }
    let (_open, form) = match read(&parts, address, &headers, body, FORM_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return plain(reader.lang, wrong),
    };
    let Some(sent) = Sent::of(&form) else { return plain(reader.lang, Wrong::NotAForm) };
    let shown = match found(&parts, id, sent.version.to_string()).await {
        Ok(Some(shown)) if !shown.content.quiz.is_empty() => shown,
        Ok(_) => return no_article(reader),
        Err(error) => return failed(reader.lang, &error),
    };
    let chosen = chosen(&shown.content.quiz, &form);
    let told = match (trained(reader, who), sent.person) {
        (Ok(account), person) if account.id == person => {
            match put(&parts, reader.lang, &account, &sent, &shown, &chosen).await {
                Ok(became) => Told::Became(became),
                Err(page) => return *page,
            }
        }
        (Ok(account), _) => Told::SomebodyElse(account.name),
        (Err(page), _) if page.status() == StatusCode::UNAUTHORIZED => Told::NotSignedIn,
        (Err(page), _) => return *page,
    };
    let wait = told.retry_after_seconds();
    let mut response = told_page(reader, &shown, &chosen, &told);
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn put(
    parts: &Parts,
    lang: Lang,
    account: &Account,
    sent: &Sent,
    shown: &Shown,
    chosen: &[Option<usize>],
) -> Result<Became, Box<Response>> {
    let attempt = Attempt {
        training: sent.training,
        article: shown.article.id,
        version: sent.version,
        chosen: chosen.to_vec(),
    };
    let put = parts.trainings.put(account, attempt).await;
    put.map_err(|error| {
        tracing::error!(%error, "an attempt was not put on record");
        Box::new(plain(lang, Wrong::Failed))
    })
}
