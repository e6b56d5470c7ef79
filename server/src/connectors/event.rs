//! A notice as a CloudEvent (CloudEvents 1.0, JSON format), and its signature (Standard Webhooks 1.0: HMAC-SHA-256 over
//! id, time and body), so that whoever takes it needs no library of ours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde::Serialize;
use xunan_core::clock::Instant;
use xunan_core::notice::Notice;

use super::Secret;
use super::carrier::CarryError;
use crate::clock::{NoEntropy, random};
use crate::ledger_store::StoredNotice;

/// The media type of an event in JSON.
pub(super) const CLOUD_EVENT: &str = "application/cloudevents+json";

/// What comes before a secret that is written down.
const SECRET_PREFIX: &str = "whsec_";

/// An event. Names are those of CloudEvents.
#[derive(Serialize)]
pub(super) struct CloudEvent<'a, T> {
    specversion: &'static str,
    /// The same at every attempt and every replay.
    id: String,
    source: &'static str,
    #[serde(rename = "type")]
    kind: String,
    subject: String,
    time: Instant,
    datacontenttype: &'static str,
    data: &'a T,
}

impl<'a, T: Serialize> CloudEvent<'a, T> {
    /// One of ours: `kind` is the last part of its type.
    pub(super) fn new(id: String, kind: &str, subject: String, time: Instant, data: &'a T) -> Self {
        let kind = format!("xunan.{kind}");
        let (specversion, source, datacontenttype) = ("1.0", "/xunan", "application/json");
        Self { specversion, id, source, kind, subject, time, datacontenttype, data }
    }

    /// The body.
    pub(super) fn json(&self) -> Result<Vec<u8>, CarryError> {
        serde_json::to_vec(self).map_err(|error| CarryError::Unwritable(error.to_string()))
    }
}

/// A notice as an event.
pub(super) fn cloud_event(stored: &StoredNotice) -> CloudEvent<'_, Notice> {
    let StoredNotice { notice, made, .. } = stored;
    CloudEvent::new(notice.id.0.hex(), &notice.what.name(), notice.about.path(), *made, notice)
}

impl Secret {
    /// A fresh one for signing: 32 random bytes.
    ///
    /// # Errors
    /// [`NoEntropy`].
    pub fn generate() -> Result<Self, NoEntropy> {
        Ok(Self(format!("{SECRET_PREFIX}{}", STANDARD.encode(random::<32>()?))))
    }

    /// The bytes that sign: those that are written after `whsec_`, or the text itself when it is none of ours.
    fn key(&self) -> Vec<u8> {
        let written = self.0.strip_prefix(SECRET_PREFIX).and_then(|text| STANDARD.decode(text).ok());
        written.unwrap_or_else(|| self.0.as_bytes().to_vec())
    }

    /// The headers of a signed body.
    pub(super) fn sign(&self, id: &str, now: Instant, body: &[u8]) -> [(&'static str, String); 3] {
        let seconds = (now.unix_millis() / 1000).to_string();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key());
        let mut signing = hmac::Context::with_key(&key);
        for part in [id.as_bytes(), b".", seconds.as_bytes(), b".", body] {
            signing.update(part);
        }
        let signature = format!("v1,{}", STANDARD.encode(signing.sign()));
        [("webhook-id", id.to_owned()), ("webhook-timestamp", seconds), ("webhook-signature", signature)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification.
    #[test]
    fn a_body_is_signed_as_the_specification_says() {
        let secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let now = Instant::from_unix_millis(1_614_265_330_000);
        let [_, _, (_, signature)] =
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", now, br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
