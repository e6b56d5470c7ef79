//! Copies on their way: encrypted and sent, fetched and opened.

use js_sys::Uint8Array;
use xunan_core::copies::Replaces;
use xunan_core::digest::Digest;
use xunan_core::ids::VisitId;
use xunan_core::problem::Problem;
use xunan_core::sealing::shadow::{Frame, ShadowLabel, ShadowOf, head};
use xunan_core::sync::ShadowOutcome;

use super::key::refused;
use crate::browser::Binary;
use crate::browser::binary::BinaryPart;
use crate::browser::http::{Body, Method, Request};
use crate::browser::sealing::{SealingKey, random};

const MEDIA_TYPE: &str = "application/octet-stream";

/// A copy, encrypted, with the hash by which the server knows it.
pub(super) struct Sealed {
    bytes: Binary,
    pub(super) digest: Digest,
}

/// Encrypts a copy, with an IV of its own.
///
/// # Errors
/// A [`Problem`] when the browser refuses.
pub(super) async fn seal(
    key: &SealingKey,
    label: ShadowLabel,
    plain: &Uint8Array,
) -> Result<Sealed, Problem> {
    let iv = random().map_err(refused)?;
    let sealed = key.seal(iv, label.additional_data().as_bytes(), plain).await.map_err(refused)?;
    let parts = [BinaryPart::Bytes(head(label.version, iv).to_vec()), BinaryPart::Buffer(sealed)];
    let bytes = Binary::joined(parts, MEDIA_TYPE).map_err(refused)?;
    let digest = bytes.digest().await.map_err(refused)?;
    Ok(Sealed { bytes, digest })
}

/// Sends a copy.
///
/// # Errors
/// A [`Problem`] when nothing came back that says what became of it.
pub(super) async fn send(
    label: ShadowLabel,
    sealed: &Sealed,
    replaces: Option<Replaces>,
) -> Result<ShadowOutcome, Problem> {
    let mut headers = vec![("Content-Type", MEDIA_TYPE.to_owned())];
    headers.extend(replaces.map(|replaces| match replaces {
        Replaces::Nothing => ("If-None-Match", "*".to_owned()),
        Replaces::Exactly(digest) => ("If-Match", format!("\"{}\"", digest.hex())),
    }));
    let body = Body::Binary(sealed.bytes.clone());
    let request = Request { method: Method::Put, path: path(label.visit, label.of), headers, body };
    let response = request.send().await?;
    if !response.is("application/json") {
        let status = response.status;
        // A good answer that is not ours is a portal's page.
        return Err(response.good().await.err().unwrap_or(Problem::NotOurServer { status }));
    }
    let outcome = serde_json::from_str::<ShadowOutcome>(&response.text().await?);
    match outcome {
        Ok(outcome) if outcome.status() == response.status => Ok(outcome),
        _ => Err(Problem::NotOurServer { status: response.status }),
    }
}

/// A copy as it was fetched and opened.
pub(super) enum Fetched {
    /// It opened.
    Plain {
        /// What it is a copy of.
        plain: Uint8Array,
        /// The hash by which the server knows it.
        digest: Digest,
        /// Its version.
        version: u64,
    },
    /// None of the keys opens it.
    Locked,
    /// The server has none.
    Gone,
}

/// Fetches a copy, and opens it with the first key that does. `label.version` is what the copy itself says.
///
/// # Errors
/// A [`Problem`] when it could not be fetched.
pub(super) async fn fetch(keys: &[SealingKey], label: ShadowLabel) -> Result<Fetched, Problem> {
    let response = Request::plain(Method::Get, path(label.visit, label.of)).send().await?;
    let response = match response.good().await {
        Err(Problem::NotFound) => return Ok(Fetched::Gone),
        response => response?,
    };
    let not_ours = Problem::NotOurServer { status: response.status };
    if !response.is(MEDIA_TYPE) {
        return Err(not_ours);
    }
    let bytes = response.bytes().await?;
    let Some(Frame { version, iv, ciphertext }) = Frame::read(&bytes) else { return Err(not_ours) };
    let (sealed, additional) =
        (Uint8Array::from(ciphertext), ShadowLabel { version, ..label }.additional_data());
    for key in keys {
        if let Ok(plain) = key.open(iv, additional.as_bytes(), &sealed).await {
            return Ok(Fetched::Plain { plain, digest: Digest::of(&bytes), version });
        }
    }
    Ok(Fetched::Locked)
}

fn path(visit: VisitId, of: ShadowOf) -> String {
    format!("/api/shadows/{visit}/{}", of.name())
}
