//! What a backend must be able to do with what is public of citizens' reports 上报广场: a part of [`Tables`](super::Tables).
//! Nothing here reads a report: what everybody may see is kept apart from what it was made of.

use std::collections::BTreeMap;

use xunan_core::digest::Digest;
use xunan_core::ids::SnapId;
use xunan_core::place::GeoPoint;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{CaseNumber, Category, PublicCard, SnapState};

use super::StoreResult;

/// How far a public case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// 办理中
    Open,
    /// 已答复
    Answered,
}

impl Progress {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Open, Self::Answered];

    /// Its name, as in addresses and columns.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
        }
    }

    /// Of a case that stands so.
    pub fn of(state: SnapState) -> Self {
        if state == SnapState::Answered { Self::Answered } else { Self::Open }
    }
}

/// Which public cases are asked for.
#[derive(Clone, Debug, Default)]
pub struct PlazaAsked {
    /// Of one category alone.
    pub category: Option<Category>,
    /// Those alone that have come so far.
    pub progress: Option<Progress>,
    /// Of one township alone, or of one division above, as [`PublicCard::division`] names it.
    pub division: Option<DivisionCode>,
    /// Those alone that have these words; in lower case, empty for all.
    pub words: String,
    /// Those behind this place in the order; from the newest one on when `None`.
    pub before: Option<u64>,
    /// How many, at most.
    pub limit: usize,
}

/// Cases that a search reads, at most, some 5 ms: an index of characters offers whatever has the pieces of the words, and words can
/// be made up of pieces that every notice has and none has in that order.
pub const SEARCH_READS: usize = 1000;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlazaFound {
    /// The cases.
    pub cases: Vec<PublicCase>,
    /// Where a search stopped that had read [`SEARCH_READS`] cases before it found as many as were asked for: there may be more
    /// behind this place.
    pub read_until: Option<u64>,
}

/// A public case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicCase {
    /// Its place in the order: it rises with each publication.
    pub place: u64,
    /// Which report; no page tells it.
    pub snap: SnapId,
    /// What everybody reads.
    pub card: PublicCard,
    /// How many devices have said that they met it too.
    pub me_toos: u64,
}

/// How many cases are public in one township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlazaPlace {
    /// Which.
    pub division: DivisionCode,
    /// As its office spells it.
    pub name: String,
    /// Public cases.
    pub published: u64,
    /// Of these, those that are answered.
    pub answered: u64,
}

/// Public cases, and who met the same. Cases are put and taken away together with the reports' cards
/// ([`SnapTables::put_snap`](super::SnapTables::put_snap)).
pub trait PlazaTables {
    /// Public cases, those published last first.
    fn plaza(&self, asked: &PlazaAsked) -> StoreResult<PlazaFound>;
    /// The public case of a number.
    fn public_case(&self, number: &CaseNumber) -> StoreResult<Option<PublicCase>>;
    /// The townships that have a public case, by their codes: some dozens.
    fn plaza_places(&self) -> StoreResult<Vec<PlazaPlace>>;
    /// Where the institutions of these townships stand, as far as that is known and has a part in a township's mark on the map.
    fn map_points(&self) -> StoreResult<BTreeMap<DivisionCode, Vec<GeoPoint>>>;
    /// Whether a device has said that it met a case too, by its hash.
    fn has_me_too(&self, snap: SnapId, device: &Digest) -> StoreResult<bool>;
    /// Notes that a device has met a case too. It must not have said so before.
    fn insert_me_too(&self, snap: SnapId, device: &Digest) -> StoreResult<()>;
}
