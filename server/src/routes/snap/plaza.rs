//! 上报广场 by HTTP: what offices have made public, for everybody, and "me too" 我也遇到了.
//!
//! What is not public, and what there is not, are answered alike. Nothing of it is kept by a browser or on the way: what is
//! withdrawn is gone with the next request. A browser gets a cookie of its own when it says "me too" and not before; only a
//! keyed hash of it and the case is stored.

use axum::body::Body;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use xunan_core::snap::{CaseNumber, Category};

use super::cookies::ME_TOO;
use super::page::Lang;
use super::plaza_map::map_page;
use super::plaza_page::{case_page, not_public, plaza_page};
use super::wrong::Wrong;
use super::{FORM_BYTES, failed, later, plain, read};
use crate::ledger_store::{PlazaAsked, Progress};
use crate::parts::{ClientAddress, Parts};
use crate::snaps::Joined;
use crate::snaps::secret::DeviceToken;

/// Cases of one page.
const PAGE: usize = 20;
/// Characters of a search that are looked at.
const SEARCHED: usize = 40;

/// What is asked of the list, as it stands in the address. What nobody offers is left out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedOfPlaza {
    lang: Option<String>,
    #[serde(default)]
    category: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
}

impl AskedOfPlaza {
    fn asked(&self) -> PlazaAsked {
        let words: String = self.q.trim().chars().take(SEARCHED).collect();
        PlazaAsked {
            category: Category::ALL.into_iter().find(|it| it.name() == self.category),
            progress: Progress::ALL.into_iter().find(|it| it.name() == self.state),
            division: if self.place.is_empty() { None } else { self.place.parse().ok() },
            words: words.to_lowercase(),
            before: self.before.parse().ok().filter(|it| i64::try_from(*it).is_ok()),
            limit: PAGE,
        }
    }
}

pub(super) async fn plaza(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfPlaza>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::of(asked.lang.as_deref(), &headers);
    let asked = asked.asked();
    // One more than is shown says whether there are more.
    let one_more = PlazaAsked { limit: asked.limit + 1, ..asked.clone() };
    let paid = parts.snaps.rewards_paid();
    match (parts.snaps.plaza(one_more).await, paid) {
        (Ok((found, places)), Ok(paid)) => plaza_page(lang, &asked, &found, &places, paid),
        (Err(error), _) => failed(lang, &error),
        (_, Err(error)) => failed(lang, &error),
    }
}

/// How many cases each township has, on a map and in words.
pub(super) async fn map(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfCase>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::of(asked.lang.as_deref(), &headers);
    match parts.snaps.plaza_map().await {
        Ok(places) => map_page(lang, &places),
        Err(error) => failed(lang, &error),
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedOfCase {
    lang: Option<String>,
}

pub(super) async fn case(
    State(parts): State<Parts>,
    Path(number): Path<String>,
    Query(asked): Query<AskedOfCase>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::of(asked.lang.as_deref(), &headers);
    let device: Option<DeviceToken> = ME_TOO.read(&headers, parts.standing.transport);
    let seen = match number.parse() {
        Ok(number) => parts.snaps.public_case(&number, device.as_ref()),
        Err(_) => Ok(None),
    };
    match (seen, DeviceToken::fresh()) {
        (Ok(Some(seen)), Ok(fresh)) => case_page(lang, &seen, device.is_none().then_some(&fresh)),
        (Ok(None), _) => not_public(lang),
        (Err(error), _) => failed(lang, &error),
        (_, Err(error)) => failed(lang, &error),
    }
}

/// A picture of a case, as long as that is public.
pub(super) async fn picture(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Path((number, place)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::of(None, &headers);
    if let Err(wait) = parts.snaps.limits.picture(address, parts.clock.now()) {
        // Nobody reads what stands in the place of a picture.
        let later = [(header::RETRY_AFTER, wait.retry_after_seconds.to_string())];
        return (StatusCode::TOO_MANY_REQUESTS, later).into_response();
    }
    let place = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
    let (Ok(number), Some(place)) = (number.parse(), place) else { return not_public(lang) };
    match parts.snaps.public_picture(number, place).await {
        Ok(Some(jpeg)) => {
            let headers = [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CONTENT_DISPOSITION, "inline"),
                (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, jpeg).into_response()
        }
        Ok(None) => not_public(lang),
        Err(error) => failed(lang, &error),
    }
}

/// The form bears the token that its browser will be known by: pressing twice before the cookie has come is one device.
pub(super) async fn me_too(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Path(number): Path<String>,
    Query(asked): Query<AskedOfCase>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let lang = Lang::of(asked.lang.as_deref(), &headers);
    let (_open, form) = match read(&parts, address, &headers, body, FORM_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return plain(lang, wrong),
    };
    let known: Option<DeviceToken> = ME_TOO.read(&headers, parts.standing.transport);
    let is_new = known.is_none();
    let Some(device) = known.or_else(|| form.text("device").parse().ok()) else {
        return plain(lang, Wrong::NotAForm);
    };
    let Ok(number) = number.parse::<CaseNumber>() else { return not_public(lang) };
    match parts.snaps.me_too(&number, device.clone(), address).await {
        Ok(Joined::Counted) => {
            let mut response = back_to(lang, &number);
            if is_new {
                let cookie = ME_TOO.keep(&device.text(), parts.standing.transport);
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Ok(Joined::NotPublic) => not_public(lang),
        Ok(Joined::Later(wait)) => {
            let wrong = Wrong::Later(wait.retry_after_seconds);
            later(plain(lang, wrong), wrong)
        }
        Err(error) => failed(lang, &error),
    }
}

/// Sends the browser to the case: reloading that sends nothing again.
fn back_to(lang: Lang, number: &CaseNumber) -> Response {
    let path = format!("/snap/plaza/{number}?lang={}#me-too", lang.name());
    let headers = [(header::LOCATION, path.as_str()), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::SEE_OTHER, headers).into_response()
}
