//! What goes in and out of a copier.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Instant;
use crate::copies::copied::Copied;
use crate::digest::Digest;
use crate::ids::{PhotoId, VisitId};
use crate::problem::Problem;
use crate::sync::{KeptShadow, ShadowOutcome};

/// A draft on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftHere {
    /// The visit.
    pub visit: VisitId,
    /// When it was touched last.
    pub touched: Instant,
    /// Whether it can still be changed.
    pub stage: Stage,
}

/// Whether a draft can still be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It can.
    Open,
    /// It was signed: the server lets its copies go when the record arrives.
    Signed,
}

/// Whether what waits to be sent as entries needs the way to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// It does: copies rest.
    #[default]
    Taken,
    /// It does not.
    Free,
}

/// What a copy replaces on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// Nothing: there must be none.
    Nothing,
    /// The copy with this hash, and no other.
    Exactly(Digest),
}

/// What the app is to do, after it has stored what it is to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyStep {
    /// `GET /api/shadows`. Comes back as [`CopyEvent::Listed`].
    List,
    /// Send the draft's line in lists. Comes back as [`CopyEvent::CardAnswered`].
    Card {
        /// Of which visit.
        visit: VisitId,
    },
    /// Send the draft. Comes back as [`CopyEvent::Leaving`] before the first byte leaves, then as
    /// [`CopyEvent::DraftAnswered`].
    Draft {
        /// Of which visit.
        visit: VisitId,
        /// The version of this copy.
        version: u64,
        /// What it replaces.
        replaces: Replaces,
    },
    /// Send a picture, and its small picture before it where there is one. Comes back as [`CopyEvent::PhotoAnswered`].
    Photo {
        /// Of which visit.
        visit: VisitId,
        /// Which.
        photo: PhotoId,
    },
    /// `DELETE /api/shadows/{visit}`. Comes back as [`CopyEvent::Forgotten`].
    Forget {
        /// Which visit.
        visit: VisitId,
    },
    /// Nothing is to be done before that time. Comes back as [`CopyEvent::Woke`].
    Wait {
        /// Until when, by the device's clock.
        until: Instant,
    },
    /// Nothing is to be done until something happens.
    Rest,
    /// The step under way goes on.
    Continue,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum CopyEvent {
    /// The drafts on this phone, and what is remembered of their copies and of those whose draft is gone: at the
    /// beginning, and whenever something of it changed.
    Drafts {
        /// The drafts.
        here: Vec<DraftHere>,
        /// What is remembered, by visit.
        copied: BTreeMap<VisitId, Copied>,
    },
    /// What waits to be sent as entries began to use the way, or does no longer.
    Outbox(Way),
    /// The network came back, or the app was opened.
    Online,
    /// Somebody signed in.
    SignedIn,
    /// The key is another one: what is there, and what is on its way, was encrypted with the one before.
    Rekeyed,
    /// The time of a [`CopyStep::Wait`] has come, or some other time.
    Woke,
    /// The step under way failed.
    Failed(Problem),
    /// The answer to [`CopyStep::List`].
    Listed(Vec<KeptShadow>),
    /// The answer to [`CopyStep::Card`]: what became of it, and when the draft in it was touched.
    CardAnswered {
        /// When the draft was touched.
        touched: Instant,
        /// What became of it.
        outcome: ShadowOutcome,
    },
    /// The draft under way is encrypted and about to leave.
    Leaving {
        /// The hash of the encrypted bytes.
        digest: Digest,
    },
    /// The answer to [`CopyStep::Draft`].
    DraftAnswered {
        /// When the draft in it was touched.
        touched: Instant,
        /// The pictures that it names.
        photos: BTreeSet<PhotoId>,
        /// What became of it.
        outcome: ShadowOutcome,
    },
    /// The answer to [`CopyStep::Photo`].
    PhotoAnswered {
        /// What became of it.
        outcome: ShadowOutcome,
    },
    /// The answer to [`CopyStep::Forget`].
    Forgotten,
}

/// What to save, and what to do then.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "the changes must be stored and the step done"]
pub struct CopyTurn {
    /// What is to be remembered, by visit; `None` lets it go. Store it before doing the step.
    pub save: Vec<(VisitId, Option<Copied>)>,
    /// What to do.
    pub step: CopyStep,
}
