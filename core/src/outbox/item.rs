//! One entry on its way, and the commands that move it.

use serde::{Deserialize, Serialize};

use super::{Delivery, PhotoDelivery, PhotoState};
use crate::clock::{Instant, Span};
use crate::digest::Digest;
use crate::ids::EntryId;
use crate::log::{Attachment, Coverage, SignedEntry, SignedReceipt};
use crate::problem::Problem;

/// One entry that waits for its receipt, with its photos.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    entry: EntryId,
    seq: u64,
    hash: Digest,
    kind: String,
    title: String,
    written: Instant,
    entry_bytes: u64,
    photos: Vec<PhotoDelivery>,
    delivery: Delivery,
}

/// What can happen to an item.
#[derive(Clone, Debug)]
pub enum Command {
    /// A step that sends it begins.
    Send,
    /// A step that sent it failed. What can be done about the problem decides what becomes of it.
    Fail {
        /// What happened.
        problem: Problem,
        /// When to try again, if trying again may help.
        next_try: Instant,
    },
    /// What stood in the way may be gone: try it now, with the photos that were refused.
    Release,
    /// A photo got somewhere. All photos with these bytes did.
    Photo {
        /// The hash of its stored bytes.
        digest: Digest,
        /// Where it is now.
        state: PhotoState,
    },
    /// The receipt has come, and its signature fits.
    Acknowledge {
        /// The verified receipt.
        receipt: Box<SignedReceipt>,
        /// When it came, by the device's clock.
        at: Instant,
    },
}

/// A command that does not fit. The item comes back as it was.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CommandRefused {
    /// The item is acknowledged: nothing moves it any more.
    #[error("acknowledged items stay as they are")]
    Acknowledged(Box<Item>),
    /// The item has no photo with these bytes.
    #[error("no photo has the digest {1}")]
    OtherPhoto(Box<Item>, Digest),
    /// The receipt does not name every hash of the item.
    #[error("the receipt does not name every hash")]
    ReceiptNotWhole(Box<Item>),
}

impl CommandRefused {
    /// The item as it was.
    pub fn into_item(self) -> Item {
        match self {
            Self::Acknowledged(item) | Self::OtherPhoto(item, _) | Self::ReceiptNotWhole(item) => *item,
        }
    }
}

/// Whether an item is still to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnList {
    /// It must stay.
    Stays,
    /// It is acknowledged for long enough: the item may go. The entry's JWS and its receipt stay in the log.
    MayGo,
}

impl Item {
    /// How long an acknowledged item is still shown.
    pub const SHOWN_FOR: Span = Span::days(30);

    /// A new entry. `title` is what it is about, for people: the institution's name.
    pub fn new(signed: &SignedEntry, title: String) -> Self {
        let entry = signed.entry();
        let photo = |photo: &Attachment| PhotoDelivery {
            id: photo.id,
            digest: photo.digest,
            size_bytes: photo.size_bytes,
            state: PhotoState::Waiting,
        };
        Self {
            entry: entry.id,
            seq: entry.seq,
            hash: signed.hash(),
            kind: entry.kind.clone(),
            title,
            written: entry.time.at,
            entry_bytes: signed.compact().len() as u64,
            photos: entry.photos.iter().map(photo).collect(),
            delivery: Delivery::Waiting,
        }
    }

    /// The entry.
    pub const fn entry(&self) -> EntryId {
        self.entry
    }

    /// Its place in the device's chain.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// The hash of its compact JWS.
    pub const fn hash(&self) -> Digest {
        self.hash
    }

    /// Its kind, such as `visit.signed`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// What it is about, for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// When it was written, by the device's clock.
    pub const fn written(&self) -> Instant {
        self.written
    }

    /// Bytes of its compact JWS.
    pub const fn entry_bytes(&self) -> u64 {
        self.entry_bytes
    }

    /// Its photos.
    pub fn photos(&self) -> &[PhotoDelivery] {
        &self.photos
    }

    /// How delivery goes.
    pub const fn delivery(&self) -> &Delivery {
        &self.delivery
    }

    /// Whether a receipt names its hash and every photo's. Says nothing of the receipt's signature.
    pub fn covered_by(&self, receipt: &SignedReceipt) -> Coverage {
        receipt.receipt().covers(self.entry, self.hash, self.photos.iter().map(|photo| &photo.digest))
    }

    /// Whether it must still be on the list.
    pub fn on_list(&self, now: Instant) -> OnList {
        match &self.delivery {
            Delivery::Acknowledged { at, .. } if now.since(*at) > Self::SHOWN_FOR => OnList::MayGo,
            _ => OnList::Stays,
        }
    }

    /// Carries a command out.
    ///
    /// # Errors
    /// [`CommandRefused`] when it does not fit, with the item as it was.
    pub fn apply(mut self, command: Command) -> Result<Self, CommandRefused> {
        if matches!(self.delivery, Delivery::Acknowledged { .. }) {
            return Err(CommandRefused::Acknowledged(Box::new(self)));
        }
        match command {
            Command::Send => self.delivery = Delivery::Sending { attempts: self.delivery.attempts() },
            Command::Fail { problem, next_try } => self.delivery = self.delivery.failed(problem, next_try),
            Command::Release => {
                self.delivery = Delivery::Waiting;
                for photo in &mut self.photos {
                    if matches!(photo.state, PhotoState::Refused { .. }) {
                        photo.state = PhotoState::Waiting;
                    }
                }
            }
            Command::Photo { digest, state } => {
                if !self.photos.iter().any(|photo| photo.digest == digest) {
                    return Err(CommandRefused::OtherPhoto(Box::new(self), digest));
                }
                for photo in self.photos.iter_mut().filter(|photo| photo.digest == digest) {
                    photo.state = state.clone();
                }
            }
            Command::Acknowledge { receipt, at } => {
                if self.covered_by(&receipt) == Coverage::Partial {
                    return Err(CommandRefused::ReceiptNotWhole(Box::new(self)));
                }
                for photo in &mut self.photos {
                    photo.state = PhotoState::Arrived;
                }
                let without_effect = receipt.receipt().without_effect().cloned();
                self.delivery =
                    Delivery::Acknowledged { receipt: receipt.compact().to_owned(), at, without_effect };
            }
        }
        Ok(self)
    }
}
