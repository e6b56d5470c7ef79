//! Entries out, receipts in.

use xunan_core::ids::EntryId;
use xunan_core::log::{Signature, SignatureVerdict, SignedReceipt};
use xunan_core::problem::Problem;
use xunan_core::sync::{Event, Push, PushAnswer, ServerKey};

use super::Sync;
use crate::browser::http::{Method, Request};
use crate::browser::{crypto, page_clock};
use crate::store::DeviceFacts;

/// The server's keys, as it publishes them (RFC 7517).
#[derive(serde::Deserialize)]
struct KeySet {
    keys: Vec<ServerKey>,
}

impl Sync {
    /// Pushes entries in the order of the chain.
    pub(super) async fn push(self, entries: &[EntryId]) -> Result<Event, Problem> {
        let store = self.phone.store();
        let Some(device) = self.phone.device() else { return Err(Problem::NotSignedIn) };
        let mut texts = Vec::with_capacity(entries.len());
        for entry in entries {
            match store.entry(*entry).await? {
                Some(text) => texts.push(text),
                None => return Err(Problem::StorageFailed { cause: "EntryLost".to_owned() }),
            }
        }
        let push = Push { device: device.device, entries: texts, page: Some(page_clock::now()) };
        let answer: PushAnswer = Request::post_json("/api/push", &push)?.json().await?;
        self.note_contact(answer.server_time, None).await?;
        Ok(Event::PushAnswered(answer))
    }

    /// Fetches a receipt: a compact JWS.
    pub(super) async fn fetch_receipt(self, entry: EntryId) -> Result<Event, Problem> {
        let path = format!("/api/entries/{entry}/receipt");
        let response = Request::plain(Method::Get, path).send().await?.good().await?;
        if !response.is("application/jose") {
            return Err(Problem::NotOurServer { status: response.status });
        }
        Ok(Event::ReceiptFetched(response.text().await?))
    }

    /// Checks a receipt with the server's key. A key that is not known is looked up once more, from the same server:
    /// a new key is published there before it signs anything.
    pub(super) async fn check_receipt(self, receipt: &SignedReceipt) -> Result<Event, Problem> {
        self.verify_receipt(receipt).await.map(Event::ReceiptChecked)
    }

    /// Whether the server signed a receipt.
    ///
    /// # Errors
    /// A [`Problem`] when it cannot be told: the keys could not be fetched, or the browser refused.
    pub(crate) async fn verify_receipt(self, receipt: &SignedReceipt) -> Result<SignatureVerdict, Problem> {
        self.verify_statement(receipt.kid(), receipt.signed_bytes(), receipt.signature()).await
    }

    /// Whether the server signed something, under the name of one of its keys.
    ///
    /// # Errors
    /// As [`Sync::verify_receipt`].
    pub(crate) async fn verify_statement(
        self,
        kid: &str,
        signed: &[u8],
        signature: Signature,
    ) -> Result<SignatureVerdict, Problem> {
        let Some(device) = self.phone.device() else { return Err(Problem::NotSignedIn) };
        let known = |keys: &[ServerKey]| keys.iter().find(|key| key.kid == kid).cloned();
        let key = match known(&device.server_keys) {
            Some(key) => Some(key),
            None => known(&self.renew_keys(device).await?),
        };
        let Some(key) = key else { return Ok(SignatureVerdict::DoesNotFit) };
        // A key is known by its own fingerprint, so nobody can pass another off under its name.
        if key.key.thumbprint() != key.kid {
            return Ok(SignatureVerdict::DoesNotFit);
        }
        let checked = crypto::verify(&key.key, signed, &signature).await;
        checked.map_err(|refused| Problem::StorageFailed { cause: refused.name })
    }

    async fn renew_keys(self, device: DeviceFacts) -> Result<Vec<ServerKey>, Problem> {
        let response = Request::plain(Method::Get, "/.well-known/jwks.json").send().await?.good().await?;
        let ours = response.is("application/json") || response.is("application/jwk-set+json");
        let keys = serde_json::from_str::<KeySet>(&response.text().await?);
        let (true, Ok(KeySet { keys })) = (ours, keys) else {
            return Err(Problem::NotOurServer { status: response.status });
        };
        self.phone.save_device(DeviceFacts { server_keys: keys.clone(), ..device }).await?;
        Ok(keys)
    }
}
