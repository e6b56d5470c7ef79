//! What a backend must be able to do with citizens' reports: a part of [`Tables`](super::Tables).

use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::ids::SnapId;
use xunan_core::ledger::SnapCard;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{CaseNumber, Report};
use xunan_core::sync::SnapKey;

use super::StoreResult;

/// Which reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapList {
    /// With which somebody still has to do something: the one that has waited longest first.
    Open,
    /// With which nobody has: the last one first.
    Closed,
    /// With whose reward an office has something to do: the one that has waited longest first.
    RewardsOpen,
    /// With whose reward no office has: the last one first.
    RewardsClosed,
}

/// What is asked of open reports that may tell of the same matter as one. Core decides which of them do.
#[derive(Clone, Copy, Debug)]
pub struct AlikeAsked<'a> {
    /// The one.
    pub report: &'a Report,
    /// Those that came at this time or after it.
    pub from: Instant,
    /// Those that came at this time or before it.
    pub until: Instant,
    /// How many are found by each trace and by each photo, at most: the last to come, and the most alike.
    pub most: usize,
    /// Photos that are compared, at most: those of the last reports to come.
    pub photos: usize,
}

/// Reports, the hashes of what their reporters ask by, and sealed contacts.
pub trait SnapTables {
    /// A report.
    fn snap(&self, id: SnapId) -> StoreResult<Option<SnapCard>>;
    /// The same, of a division or of what lies inside it. A card that lies elsewhere is not read: how long that takes would tell
    /// that there is one.
    fn snap_within(&self, division: &DivisionCode, id: SnapId) -> StoreResult<Option<SnapCard>>;
    /// Keeps a report, in the place of what it was before, and with it what is public of it.
    fn put_snap(&self, card: &SnapCard) -> StoreResult<()>;
    /// The reports of a division and of what lies inside it, behind `after`, at most `limit`. A list of rewards is ordered by
    /// [`SnapKey::of_reward`].
    fn snaps_within(
        &self,
        division: &DivisionCode,
        list: SnapList,
        after: Option<SnapKey>,
        limit: usize,
    ) -> StoreResult<Vec<SnapCard>>;
    /// Open reports with a trace near those of the one that is asked for, or with an alike photo; that one may be among them.
    fn snaps_alike(&self, asked: &AlikeAsked<'_>) -> StoreResult<Vec<SnapCard>>;
    /// The reports of a number, as people say it: hardly ever more than one. Of a division as in [`Self::snap_within`].
    fn snaps_numbered(&self, division: &DivisionCode, number: &CaseNumber) -> StoreResult<Vec<SnapCard>>;
    /// Takes away all cards: they are made again from entries.
    fn delete_snaps(&self) -> StoreResult<()>;
    /// The report of a secret, by its hash.
    fn snap_of_secret(&self, secret_hash: &Digest) -> StoreResult<Option<SnapId>>;
    /// The report of a short code, by its hash.
    fn snap_of_code(&self, code_hash: &Digest) -> StoreResult<Option<SnapId>>;
    /// Notes by what a report is asked after. Both must be new.
    fn insert_follow(&self, secret_hash: &Digest, code_hash: &Digest, snap: SnapId) -> StoreResult<()>;
    /// The sealed contact of a report's reporter, where there is one.
    fn sealed_contact(&self, snap: SnapId) -> StoreResult<Option<Vec<u8>>>;
    /// Keeps a sealed contact.
    fn insert_sealed_contact(&self, snap: SnapId, sealed: &[u8]) -> StoreResult<()>;
    /// Forgets a sealed contact.
    fn delete_sealed_contact(&self, snap: SnapId) -> StoreResult<()>;
}
