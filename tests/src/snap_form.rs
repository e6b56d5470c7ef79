//! The citizen's form without a browser: fetched, filled in, sent; and the puzzle that it asks for in busy hours.

use http::Method;
use sha2::{Digest as _, Sha256};

use crate::http::{Answer, Http};

const BOUNDARY: &str = "xunan-form";

/// A puzzle, as the form names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Puzzle {
    /// What work begins with.
    pub challenge: String,
    /// How many zero bits its hash has to begin with.
    pub bits: u32,
}

impl Puzzle {
    /// What an answer asks for; `None` when that is no work.
    ///
    /// # Panics
    /// When it is asked for without saying how much.
    pub fn of(answer: &Answer) -> Option<Self> {
        let page = String::from_utf8_lossy(&answer.body);
        let challenge = attribute(&page, "data-work-challenge")?.to_owned();
        let bits = attribute(&page, "data-work-bits").and_then(|it| it.parse().ok());
        Some(Self { challenge, bits: bits.expect("a puzzle has bits") })
    }

    /// Work that solves it.
    ///
    /// # Panics
    /// When no nonce does.
    pub fn solved(&self) -> String {
        let mut works = (0_u64..).map(|nonce| format!("{}:{nonce}", self.challenge));
        works.find(|work| self.is_solved_by(work)).expect("some nonce fits")
    }

    /// Whether work solves it.
    pub fn is_solved_by(&self, work: &str) -> bool {
        let hash = Sha256::digest(work);
        let zeroes = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros();
        work.starts_with(&self.challenge) && zeroes >= self.bits
    }
}

fn attribute<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The token of a fresh form.
///
/// # Panics
/// When the form has none.
pub async fn fresh_token(http: &Http) -> String {
    let page = http.get("/snap").await;
    let page = String::from_utf8_lossy(&page.body);
    let (_, rest) = page.split_once("name=\"token\" value=\"").expect("the form has a token");
    rest.split_once('"').expect("a value ends").0.to_owned()
}

/// Sends a good report, with a photo and with work where there are.
///
/// # Panics
/// When there is no answer.
pub async fn send(http: &Http, token: &str, photo: Option<&[u8]>, work: &str) -> Answer {
    let mut body = Vec::with_capacity(photo.map_or(0, <[u8]>::len) + 1000);
    for (name, value) in [
        ("token", token),
        ("category", "way_out"),
        ("words", "二楼疏散门锁闭"),
        ("address", "演示路一号"),
        ("work", work),
    ] {
        let head =
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    if let Some(photo) = photo {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"p.jpg\"\r\n\
             content-type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    http.send(Method::POST, "/snap", &[("content-type", &kind)], body).await.expect("an answer")
}

/// Where a report is followed that was taken.
///
/// # Panics
/// When the answer names no such page.
pub fn follow_path(answer: &Answer) -> String {
    let page = String::from_utf8_lossy(&answer.body);
    let (_, rest) = page.split_once("/snap/f/").expect("the answer has a link");
    let secret: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("/snap/f/{secret}")
}
