//! Has the root of each day stamped by a time-stamping authority (RFC 3161): a third party's word that the root was
//! there, which this server cannot give later.
//!
//! What is stamped is the SHA-256 of the root's compact JWS. The answer is kept as it came, when it says "granted" and
//! is about our hash and our nonce. Whether the authority's signature and certificate hold is for those who rely on
//! it, with `openssl ts -verify`: they choose whom to trust, and when.

use std::sync::Arc;

use xunan_core::digest::Digest;

use super::der::{Der, tag};
use super::{AT_ONCE, Address, Connector, ConnectorError, Courier, first_day};
use crate::clock::{Clock, random};
use crate::ledger_store::{LedgerStore, StoredRoot};

/// A `TimeStampReq` up to the hash: version 1, and a message imprint by SHA-256 (2.16.840.1.101.3.4.2.1).
const BEFORE_HASH: [u8; 24] = [
    0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03,
    0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
];
/// Between hash and nonce: an integer of eight bytes.
const BEFORE_NONCE: [u8; 2] = [0x02, 0x08];
/// Behind the nonce: `certReq` is true, so that the answer can be checked in twenty years.
const BEHIND_NONCE: [u8; 3] = [0x01, 0x01, 0xff];

/// The `OBJECT IDENTIFIER` of SHA-256.
const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];

/// Why an answer is no time-stamp of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    /// Not a `TimeStampResp`.
    #[error("it cannot be read")]
    Unreadable,
    /// The authority refused.
    #[error("the authority did not grant it")]
    NotGranted,
    /// It stamps another hash.
    #[error("it stamps another hash")]
    OtherHash,
    /// It answers another question.
    #[error("it answers another question")]
    OtherNonce,
}

/// A question to an authority.
struct StampRequest {
    hash: Digest,
    nonce: [u8; 8],
}

impl StampRequest {
    /// With random bytes for the nonce. The first is made to begin with the bits 01: so the integer is positive, and
    /// its shortest spelling always has eight bytes.
    fn new(hash: Digest, mut random: [u8; 8]) -> Self {
        random[0] = random[0] & 0x3f | 0x40;
        Self { hash, nonce: random }
    }

    /// The bytes of the `TimeStampReq`.
    fn der(&self) -> Vec<u8> {
        [&BEFORE_HASH[..], self.hash.bytes(), &BEFORE_NONCE, &self.nonce, &BEHIND_NONCE].concat()
    }

    /// Checks that a `TimeStampResp` answers this question.
    fn check(&self, response: &[u8]) -> Result<(), StampFault> {
        let mut whole = Der::new(response);
        let response = whole.inside(tag::SEQUENCE).filter(|_| whole.is_at_end());
        let mut response = response.ok_or(StampFault::Unreadable)?;
        let mut status = response.inside(tag::SEQUENCE).ok_or(StampFault::Unreadable)?;
        match status.expect(tag::INTEGER) {
            // Granted, or granted with modifications.
            Some([0 | 1]) => {}
            Some(_) => return Err(StampFault::NotGranted),
            None => return Err(StampFault::Unreadable),
        }
        let Stamped { algorithm, hash, nonce } = stamped(response).ok_or(StampFault::Unreadable)?;
        if algorithm != SHA_256 || hash != self.hash.bytes() {
            return Err(StampFault::OtherHash);
        }
        if nonce != Some(&self.nonce) {
            return Err(StampFault::OtherNonce);
        }
        Ok(())
    }
}

/// What a `TSTInfo` says of the question.
struct Stamped<'a> {
    algorithm: &'a [u8],
    hash: &'a [u8],
    nonce: Option<&'a [u8]>,
}

/// Reads the `TSTInfo` in a `TimeStampToken`: content info, signed data, encapsulated content (RFC 5652, RFC 3161).
fn stamped(mut token: Der<'_>) -> Option<Stamped<'_>> {
    let mut content_info = token.inside(tag::SEQUENCE)?;
    content_info.expect(tag::OBJECT_IDENTIFIER)?;
    let mut signed_data = content_info.inside(tag::CONTEXT_0)?.inside(tag::SEQUENCE)?;
    signed_data.expect(tag::INTEGER)?;
    signed_data.expect(tag::SET)?;
    let mut encapsulated = signed_data.inside(tag::SEQUENCE)?;
    encapsulated.expect(tag::OBJECT_IDENTIFIER)?;
    let mut info = encapsulated.inside(tag::CONTEXT_0)?.inside(tag::OCTET_STRING)?.inside(tag::SEQUENCE)?;
    info.expect(tag::INTEGER)?;
    info.expect(tag::OBJECT_IDENTIFIER)?;
    let mut imprint = info.inside(tag::SEQUENCE)?;
    let algorithm = imprint.inside(tag::SEQUENCE)?.expect(tag::OBJECT_IDENTIFIER)?;
    let hash = imprint.expect(tag::OCTET_STRING)?;
    info.expect(tag::INTEGER)?;
    info.expect(tag::GENERALIZED_TIME)?;
    // Accuracy and ordering may stand before the nonce; none of them is an integer.
    let nonce = std::iter::from_fn(|| info.next()).find(|element| element.tag == tag::INTEGER);
    Some(Stamped { algorithm, hash, nonce: nonce.map(|nonce| nonce.content) })
}

/// Asks one authority, oldest root first, each until it is stamped.
pub struct TimeStamper {
    store: LedgerStore,
    clock: Clock,
    courier: Arc<Courier>,
    authority: Address,
}

impl TimeStamper {
    /// One that asks `authority`.
    pub const fn new(store: LedgerStore, clock: Clock, courier: Arc<Courier>, authority: Address) -> Self {
        Self { store, clock, courier, authority }
    }

    /// Has every root of the last 30 days stamped that is not.
    ///
    /// # Errors
    /// [`ConnectorError`] at the first that could not be; the earlier ones are kept.
    pub async fn stamp_pending(&self) -> Result<(), ConnectorError> {
        let since = first_day(&self.clock);
        for stored in self.store.read(move |tables| tables.unstamped_roots(since, AT_ONCE)).await? {
            self.stamp(stored).await?;
        }
        Ok(())
    }

    async fn stamp(&self, StoredRoot { date, root, .. }: StoredRoot) -> Result<(), ConnectorError> {
        let request = StampRequest::new(Digest::of(root.compact().as_bytes()), random()?);
        let answer = self.courier.post(&self.authority, "application/timestamp-query", request.der()).await?;
        request.check(&answer)?;
        self.store.write(move |tables| tables.set_time_stamp(date, &answer)).await?;
        tracing::info!(root.date = %date, connector.host = self.authority.host(), "the root of the day is stamped");
        Ok(())
    }
}

impl Connector for TimeStamper {
    async fn work_off(&self) -> Result<(), ConnectorError> {
        self.stamp_pending().await
    }

    fn host(&self) -> &str {
        self.authority.host()
    }
}
