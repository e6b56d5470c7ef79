//! What goes in and out of a device session.

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::{EntryId, PhotoId};
use crate::ledger::Cursor;
use crate::log::{SignatureVerdict, SignedReceipt};
use crate::outbox::Item;
use crate::problem::Problem;
use crate::sync::message::{More, PushAnswer};

/// What the app is to do, after it has stored what it is to save.
#[derive(Clone, Debug)]
pub enum Step {
    /// `POST /api/push` these entries, in this order, each text as it was signed: one that no longer has its item's
    /// hash is [`Problem::Damaged`]. Comes back as [`Event::PushAnswered`].
    Push {
        /// Which.
        entries: Vec<EntryId>,
    },
    /// Upload a photo by tus. Comes back as [`Event::UploadProgress`] any number of times, then [`Event::Uploaded`].
    Upload(Upload),
    /// `GET /api/entries/{id}/receipt`. Comes back as [`Event::ReceiptFetched`].
    FetchReceipt {
        /// Of which entry.
        entry: EntryId,
    },
    /// Check a receipt's signature with the server's key of its `kid`; when that is not known, fetch the keys anew.
    /// Comes back as [`Event::ReceiptChecked`].
    CheckReceipt {
        /// The receipt.
        receipt: Box<SignedReceipt>,
    },
    /// `GET /api/pull`. Comes back as [`Event::Pulled`].
    Pull {
        /// After which cursor.
        after: Cursor,
    },
    /// Nothing more goes until somebody signs in. Comes back as [`Event::SignedIn`].
    SignIn,
    /// Nothing is to be done before that time. Comes back as [`Event::Woke`].
    Wait {
        /// Until when, by the device's clock; at most [`RetrySchedule::LONGEST`](crate::outbox::RetrySchedule::LONGEST) ahead.
        until: Instant,
    },
    /// Nothing is to be done until something happens.
    Done,
    /// The step under way goes on.
    Continue,
}

/// A photo to be uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The entry that names it.
    pub entry: EntryId,
    /// The photo.
    pub photo: PhotoId,
    /// The hash of its stored bytes: check it before the first byte goes ([`Problem::Damaged`]).
    pub digest: Digest,
    /// Their number.
    pub size_bytes: u64,
    /// Where the server keeps what was uploaded of it before, if anything was; its `HEAD` says how much.
    pub resume: Option<String>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The app was opened, the network came back, or the server was reachable for somebody else: what waits for a
    /// connection is tried at once.
    Online,
    /// A person asks to try now: one item, or all of them, the refused ones too.
    TryNow(Which),
    /// Somebody wants to see what is new.
    Refresh,
    /// An entry was signed and stored.
    Added(Box<Item>),
    /// Somebody signed in.
    SignedIn,
    /// The time of a [`Step::Wait`] has come, or some other time.
    Woke,
    /// The step under way failed as a whole.
    Failed(Problem),
    /// The answer to [`Step::Push`].
    PushAnswered(PushAnswer),
    /// A part of the photo under way arrived.
    UploadProgress {
        /// Which photo.
        digest: Digest,
        /// Where the server keeps it.
        upload: String,
        /// Bytes that arrived so far.
        sent_bytes: u64,
    },
    /// The photo under way is there.
    Uploaded {
        /// Which photo.
        digest: Digest,
    },
    /// The answer to [`Step::FetchReceipt`]: a compact JWS.
    ReceiptFetched(String),
    /// The answer to [`Step::CheckReceipt`].
    ReceiptChecked(SignatureVerdict),
    /// The answer to [`Step::Pull`], after its rows were stored.
    Pulled {
        /// Where to go on.
        cursor: Cursor,
        /// Whether at once.
        more: More,
    },
}

/// Which items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// One.
    One(EntryId),
    /// All.
    All,
}

/// What to save, and what to do then.
#[derive(Debug)]
#[must_use = "the changes must be stored and the step done"]
pub struct Turn {
    /// Items that changed. Store them before doing the step.
    pub save: Vec<Item>,
    /// What to do.
    pub step: Step,
}
