//! What a backend must be able to do with staff training on record 员工培训记录: a part of [`Tables`](super::Tables).

use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, ArticleId, FacilityId, TrainingId};
use xunan_core::knowledge::Training;
use xunan_core::region::DivisionCode;

use super::StoreResult;

/// A record in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTraining {
    /// Its place in the order: it rises with each record.
    pub place: u64,
    /// The record.
    pub training: Training,
}

/// Which institutions that have records are asked for.
#[derive(Clone, Debug)]
pub struct TrainedPlaces {
    /// Those of a division and of what lies inside it.
    pub division: DivisionCode,
    /// Those alone whose name has these words; in lower case, empty for all.
    pub words: String,
    /// Those behind this one; from the first on when `None`.
    pub after: Option<FacilityId>,
    /// How many, at most.
    pub limit: usize,
}

/// Records of staff training.
pub trait TrainingTables {
    /// A record.
    fn training(&self, id: TrainingId) -> StoreResult<Option<Training>>;
    /// Keeps a record, which must be new.
    fn put_training(&self, training: &Training) -> StoreResult<()>;
    /// Somebody's records behind `before` in the order, the newest first, at most `limit`.
    fn trainings_of(
        &self,
        person: AccountId,
        before: Option<u64>,
        limit: usize,
    ) -> StoreResult<Vec<ListedTraining>>;
    /// The last attempt of each of an institution's people at each article, by person and article, behind `after`, at most `limit`.
    fn last_trainings(
        &self,
        facility: FacilityId,
        after: Option<(AccountId, ArticleId)>,
        limit: usize,
    ) -> StoreResult<Vec<Training>>;
    /// Institutions that have records, by id.
    fn trained_places(&self, asked: &TrainedPlaces) -> StoreResult<Vec<Facility>>;
    /// Takes away all records: they are made again from entries.
    fn delete_trainings(&self) -> StoreResult<()>;
}
