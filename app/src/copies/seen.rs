//! What pages see of the copies.

use std::collections::BTreeMap;

use xunan_core::clock::Instant;
use xunan_core::copies::Copied;
use xunan_core::ids::VisitId;
use xunan_core::problem::Problem;

use crate::store::DraftCard;

/// What pages show.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) key: KeyIs,
    pub(super) copied: BTreeMap<VisitId, Copied>,
    pub(super) last: Option<Instant>,
    pub(super) elsewhere: Vec<OnServer>,
    /// Why the last step failed; `None` once one went well.
    pub(super) trouble: Option<Problem>,
}

/// Whether there is a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum KeyIs {
    /// Not read yet.
    #[default]
    Unread,
    Missing,
    Here,
}

/// A draft that is on the server and not here.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OnServer {
    pub(super) visit: VisitId,
    pub(super) changed: Instant,
    pub(super) card: Card,
}

/// The line of such a draft.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Card {
    Open(Box<DraftCard>),
    /// It was encrypted under another password.
    Locked,
    /// It has not come.
    Missing,
}
