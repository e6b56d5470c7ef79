//! `POST /snap/ask`: whether a report would be taken in now. The form's script asks before it sends photos, which may be megabytes
//! over a slow network.
//!
//! | what is the case | answer (`answers`) |
//! | --- | --- |
//! | the form was sent before, and its answer was lost | 200 with number, link and code |
//! | it would be taken in | 200, and what is taken beside texts and photos |
//! | it needs work now, or patience | 429 |
//!
//! It counts nothing and promises nothing. A server that is older answers 404: then the script sends without asking.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answers::{Recipient, welcome};
use super::cookies::SENDER;
use super::wrong::Wrong;
use super::{Asked, FORM_BYTES, origin, plain, read};
use crate::parts::{ClientAddress, Parts};
use crate::snaps::limits::Sender;
use crate::snaps::secret::FormToken;

pub(super) async fn ask(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let lang = asked.lang(&headers);
    let told = |wrong| Recipient::Script.told(lang, wrong, || plain(lang, wrong));
    let (_open, form) = match read(&parts, address, &headers, body, FORM_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return told(wrong),
    };
    let Ok(token) = form.text("token").parse::<FormToken>() else { return told(Wrong::NotAForm) };
    match parts.snaps.filed_before(&token) {
        Ok(Some(filed)) => return Recipient::Script.sent(lang, &filed, &origin(&parts, &headers)),
        Ok(None) => {}
        Err(error) => {
            tracing::error!(%error, "whether a report is there was not found out");
            return told(Wrong::Failed);
        }
    }
    let device = SENDER.read(&headers, parts.standing.transport);
    match parts.snaps.would_admit(&token, Sender { address, device }) {
        Ok(()) => welcome(),
        Err(not_now) => told(not_now.into()),
    }
}
