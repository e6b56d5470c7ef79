//! Receipts: the server's word that it holds an entry and every photo of it.

use serde::{Deserialize, Serialize};

use super::ClockDoubt;
use super::jws::Content;
use super::statement::{SignedStatement, Stated, StatementDraft};
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

impl Stated for Receipt {
    const CONTENT: Content = Content::Receipt;
    const VERSION: u8 = Self::VERSION;

    fn version(&self) -> u8 {
        self.v
    }
}

/// A receipt that waits for the server's signature.
pub type ReceiptDraft = StatementDraft<Receipt>;

/// A receipt with its bytes exactly as signed. Parsed, not yet verified.
pub type SignedReceipt = SignedStatement<Receipt>;

impl SignedReceipt {
    /// What it says.
    pub const fn receipt(&self) -> &Receipt {
        self.payload()
    }
}
