//! What one entry changes.

use crate::access::Account;
use crate::clock::Instant;
use crate::facility::Facility;
use crate::ids::{FacilityId, HazardId, PlanId};
use crate::log::{Body, Entry};
use crate::problem::Problem;
use crate::rules::{Pack, PackRef};

use super::{HazardCard, PlanCard, Row};

/// What a fold may look at: the rows as they are before the entry.
pub trait View {
    /// An institution's card.
    fn facility(&self, id: FacilityId) -> Option<Facility>;
    /// A plan's card.
    fn plan(&self, id: PlanId) -> Option<PlanCard>;
    /// A hazard's card.
    fn hazard(&self, id: HazardId) -> Option<HazardCard>;
    /// A rule pack, by what a record says of it.
    fn pack(&self, pack: &PackRef) -> Option<&Pack>;
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// It takes effect: these rows are new or changed, at least one.
    Takes(Vec<Row>),
    /// It has no effect, and why. It is kept all the same.
    Without(Problem),
}

/// Folds one complete entry of `actor` over `view`. `received` is when the ledger had all of it; on the phone,
/// for its own unsent entries, the device's time.
pub fn fold(_entry: &Entry, _body: &Body, _actor: &Account, _view: &impl View, _received: Instant) -> Folded {
    unreachable!("being written")
}
