//! How a report is answered: with a page to whoever sent the form, in JSON to the page's script that sends what the phone kept.
//!
//! ```json
//! {"number": "20261129-K7QF3M", "link": "/snap/f/…", "code": "123 456 7890"}
//! {"wrong": "429.S11", "sentence": "现在提交的人太多，请 5 分钟后再试", "retry_after_seconds": 240}
//! {"wrong": "429.S…", "sentence": "…", "retry_after_seconds": 240, "work": {"challenge": "…", "bits": 12}}
//! {"takes": ["voice", "video"]}
//! ```

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use xunan_core::snap::{CaseNumber, RecordingKind};

use super::follow_page::sent_page;
use super::later;
use super::page::Lang;
use super::wrong::Wrong;
use crate::snaps::Filed;

/// Who reads the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recipient {
    /// A person, as a page.
    Person,
    /// The form's script, as JSON.
    Script,
}

#[derive(Serialize)]
struct Sent {
    number: String,
    link: String,
    code: String,
}

/// What is taken beside texts and photos: a script that is newer than its server must know before it sends.
#[derive(Serialize)]
struct Welcome {
    takes: [RecordingKind; 2],
}

#[derive(Serialize)]
struct NotSent {
    wrong: &'static str,
    sentence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u32>,
    /// What makes it go now.
    #[serde(skip_serializing_if = "Option::is_none")]
    work: Option<Work>,
}

#[derive(Serialize)]
struct Work {
    challenge: String,
    bits: u32,
}

impl Recipient {
    /// As the request says what it accepts. Browsers that send a form name HTML first.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
        if accepts == Some("application/json") { Self::Script } else { Self::Person }
    }

    /// The report is kept.
    pub(super) fn sent(self, lang: Lang, filed: &Filed, origin: &str) -> Response {
        match self {
            Self::Person => sent_page(lang, filed, origin),
            Self::Script => private(Json(Sent {
                number: CaseNumber::of(filed.snap).to_string(),
                link: format!("/snap/f/{}", filed.secret.text()),
                code: filed.code.to_string(),
            })),
        }
    }

    /// It is not, and why. `page` is what a person sees.
    pub(super) fn told(self, lang: Lang, wrong: Wrong, page: impl FnOnce() -> Response) -> Response {
        let response = match self {
            Self::Person => page(),
            Self::Script => {
                let work = wrong.puzzle();
                let mut response = private(Json(NotSent {
                    wrong: wrong.number(),
                    sentence: wrong.sentence(lang),
                    retry_after_seconds: wrong.retry_after_seconds(),
                    work: work.map(|it| Work { challenge: it.challenge(), bits: it.bits() }),
                }));
                *response.status_mut() = wrong.status();
                response
            }
        };
        later(response, wrong)
    }
}

/// To the script that asked: nothing stands in its way.
pub(super) fn welcome() -> Response {
    private(Json(Welcome { takes: RecordingKind::ALL }))
}

/// Nobody on the way keeps it.
pub(super) fn private(json: impl axum::response::IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], json).into_response()
}
