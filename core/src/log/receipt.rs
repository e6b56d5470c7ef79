//! Receipts: the server's word that it holds an entry and every photo of it.

use serde::{Deserialize, Serialize};

use super::jws::{Content, signed_part, take_apart};
use super::{ClockDoubt, Es256, NotAJws, PublicKey, Signature, SignatureVerdict, SigningInput};
use crate::clock::Instant;
use crate::digest::Digest;
use crate::evidence::{Came, PageTime};
use crate::ids::{DeviceId, EntryId};
use crate::problem::Problem;

/// The JSON that the server signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Told")]
pub struct Receipt {
    /// Version of this format: 1.
    pub v: u8,
    /// The entry.
    pub entry: EntryId,
    /// The hash of its compact JWS.
    pub hash: Digest,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its place in the device's chain.
    pub seq: u64,
    /// Its place in the ledger, from 1.
    pub position: u64,
    /// When it was complete, by the server's clock: the truth of the entry's time is not later.
    pub received: Instant,
    /// When its text alone had come, when that was earlier: the truth of the entry's time is not later than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came: Option<Instant>,
    /// What the page's clock said when the text was sent, as the device told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageTime>,
    /// The photos that the server holds, each once, by the hash of their stored bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Digest>,
    /// Why the device's clock cannot have been right. It never keeps an entry out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockDoubt>,
    /// Whether it takes effect.
    #[serde(flatten)]
    pub effect: Effect,
}

/// Whether an entry takes effect. An authentic entry is kept in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// It does.
    Taken,
    /// It does not; it is kept with the reason.
    None {
        /// Why.
        problem: Problem,
    },
}

/// A receipt as it is told. Flat: a reader for the tag inside would buffer, and every phone downloads it.
#[derive(Deserialize)]
struct Told {
    v: u8,
    entry: EntryId,
    hash: Digest,
    device: DeviceId,
    seq: u64,
    position: u64,
    received: Instant,
    came: Option<Instant>,
    page: Option<PageTime>,
    #[serde(default)]
    photos: Vec<Digest>,
    clock: Option<ClockDoubt>,
    effect: String,
    problem: Option<Problem>,
}

impl TryFrom<Told> for Receipt {
    type Error = &'static str;

    fn try_from(told: Told) -> Result<Self, Self::Error> {
        let Told { v, entry, hash, device, seq, position, received, came, page, photos, clock, .. } = told;
        let effect = match (told.effect.as_str(), told.problem) {
            ("taken", _) => Effect::Taken,
            ("none", Some(problem)) => Effect::None { problem },
            _ => return Err("neither taken nor without effect for a reason"),
        };
        Ok(Self { v, entry, hash, device, seq, position, received, came, page, photos, clock, effect })
    }
}

/// Whether a receipt names everything that it has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The entry's hash and every photo's.
    Whole,
    /// Something is missing or another.
    Partial,
}

impl Receipt {
    /// The version of this format.
    pub const VERSION: u8 = 1;

    /// Whether it names the entry with this hash and all of these photos.
    pub fn covers<'a>(
        &self,
        entry: EntryId,
        hash: Digest,
        photos: impl IntoIterator<Item = &'a Digest>,
    ) -> Coverage {
        let named = self.entry == entry
            && self.hash == hash
            && photos.into_iter().all(|photo| self.photos.contains(photo));
        if named { Coverage::Whole } else { Coverage::Partial }
    }

    /// When the entry's text had come.
    pub fn came(&self) -> Came {
        Came { at: self.came.unwrap_or(self.received), page: self.page }
    }

    /// Why the entry has no effect, when it has none.
    pub const fn without_effect(&self) -> Option<&Problem> {
        match &self.effect {
            Effect::Taken => None,
            Effect::None { problem } => Some(problem),
        }
    }
}

/// A receipt that waits for the server's signature.
#[derive(Clone, Debug)]
pub struct ReceiptDraft {
    /// What is signed.
    pub receipt: Receipt,
    /// The bytes to sign.
    pub input: SigningInput,
    kid: String,
}

impl ReceiptDraft {
    /// A receipt that is to be signed with the private half of `key`.
    pub fn new(receipt: Receipt, key: &PublicKey) -> Self {
        let Ok(payload) = serde_json::to_vec(&receipt) else { unreachable!("a receipt is always JSON") };
        let kid = key.thumbprint();
        Self { receipt, input: SigningInput::new(Content::Receipt, &kid, &payload), kid }
    }

    /// Puts the signature under it.
    pub fn sign(self, signature: Signature) -> SignedReceipt {
        SignedReceipt {
            compact: self.input.signed(&signature),
            kid: self.kid,
            receipt: self.receipt,
            signature,
        }
    }
}

/// A receipt with its bytes exactly as signed. Parsed, not yet verified.
#[derive(Clone, Debug)]
pub struct SignedReceipt {
    compact: String,
    kid: String,
    receipt: Receipt,
    signature: Signature,
}

impl SignedReceipt {
    /// Reads a compact JWS.
    ///
    /// # Errors
    /// [`NotAJws`] for any text that this crate would not have written itself.
    pub fn parse(compact: &str) -> Result<Self, NotAJws> {
        let parts = take_apart(compact, Content::Receipt)?;
        let receipt: Receipt =
            serde_json::from_str(&parts.payload).map_err(|error| NotAJws::Payload(error.to_string()))?;
        if receipt.v != Receipt::VERSION {
            return Err(NotAJws::Payload("v is not 1".to_owned()));
        }
        Ok(Self { compact: compact.to_owned(), kid: parts.kid, receipt, signature: parts.signature })
    }

    /// The compact JWS, as it was signed.
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// Which of the server's keys signed it: that key's [`PublicKey::thumbprint`].
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What it says.
    pub const fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// The bytes that were signed: where verifying is asynchronous (WebCrypto), these three go there.
    pub fn signed_bytes(&self) -> &[u8] {
        signed_part(&self.compact)
    }

    /// The signature over [`SignedReceipt::signed_bytes`].
    pub const fn signature(&self) -> Signature {
        self.signature
    }

    /// Checks the signature with one of the server's keys.
    pub fn verify(&self, key: &PublicKey, es256: &impl Es256) -> SignatureVerdict {
        if self.kid != key.thumbprint() {
            return SignatureVerdict::DoesNotFit;
        }
        es256.verify(key, self.signed_bytes(), &self.signature)
    }
}
