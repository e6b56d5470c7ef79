//! Staff training on record: by person, by institution, and the institutions by their divisions.

use rusqlite::{named_params, params};
use xunan_core::facility::Facility;
use xunan_core::ids::{AccountId, ArticleId, FacilityId, TrainingId};
use xunan_core::knowledge::Training;
use xunan_core::ledger::{Row, RowKey, RowKind};

use super::SqliteConnection;
use super::values::{from_json, number, signed, to_json};
use crate::ledger_store::{
    ListedTraining, RowTables as _, StoreError, StoreResult, TrainedPlaces, TrainingTables,
};

const OF_PERSON: &str = "
    SELECT number, training FROM trainings WHERE person = :person AND number < :before
    ORDER BY number DESC LIMIT :limit";

const LAST: &str = "
    SELECT t.training FROM trainings_last l CROSS JOIN trainings t ON t.number = l.number
    WHERE l.facility = :facility AND (l.person, l.article) > (:person, :article)
    ORDER BY l.person, l.article LIMIT :limit";

/// Names are looked for among the institutions of the division that have records, one after the other.
const PLACES: &str = "
    SELECT r.row FROM training_places p
    CROSS JOIN rows r ON r.kind = 'facility' AND r.id = p.facility AND r.standing = 'current'
    WHERE p.division = :division AND p.facility > :after
        AND instr(lower(json_extract(r.row, '$.facility.name')), :words) > 0
    ORDER BY p.facility LIMIT :limit";

impl SqliteConnection {
    /// Puts an institution that has records under every division around it.
    fn place_trainings(&self, facility: &Facility) -> StoreResult<()> {
        let id = facility.id.to_string();
        self.change("DELETE FROM training_places WHERE facility = ?", [&id])?;
        facility.division.ancestors().try_for_each(|division| {
            self.change(
                "INSERT INTO training_places (division, facility) VALUES (?, ?)",
                params![division.as_str(), id],
            )
        })
    }

    /// Follows an institution that moved to another division.
    pub(super) fn move_trainings(&self, before: Option<&Row>, row: &Row) -> StoreResult<()> {
        let Row::Facility(card) = row else { return Ok(()) };
        let stays = matches!(before, Some(Row::Facility(before)) if before.division == card.division);
        if stays || self.last_trainings(card.id, None, 1)?.is_empty() {
            return Ok(());
        }
        self.place_trainings(card)
    }
}

impl TrainingTables for SqliteConnection {
    fn training(&self, id: TrainingId) -> StoreResult<Option<Training>> {
        let sql = "SELECT training FROM trainings WHERE id = ?";
        self.first(sql, [id.to_string()], |row| from_json(row, 0))
    }

    fn put_training(&self, training: &Training) -> StoreResult<()> {
        let person = training.mark.account.to_string();
        self.change(
            "INSERT INTO trainings (id, person, training) VALUES (?, ?, ?)",
            params![training.id.to_string(), person, to_json(training)?],
        )?;
        let place = self.0.last_insert_rowid();
        let Some(facility) = training.facility else { return Ok(()) };
        self.change(
            "INSERT INTO trainings_last (facility, person, article, number) VALUES (?, ?, ?, ?)
             ON CONFLICT (facility, person, article) DO UPDATE SET number = excluded.number",
            params![facility.to_string(), person, training.article.to_string(), place],
        )?;
        match self.row(&RowKey { kind: RowKind::Facility, id: facility.to_string() })? {
            Some(Row::Facility(card)) => self.place_trainings(&card),
            _ => Ok(()),
        }
    }

    fn trainings_of(
        &self,
        person: AccountId,
        before: Option<u64>,
        limit: usize,
    ) -> StoreResult<Vec<ListedTraining>> {
        let bound = named_params! {
            ":person": person.to_string(),
            ":before": before.map_or(Ok(i64::MAX), signed)?,
            ":limit": signed(limit as u64)?,
        };
        self.all(OF_PERSON, bound, |row| {
            Ok(ListedTraining { place: number(row, 0)?, training: from_json(row, 1)? })
        })
    }

    fn last_trainings(
        &self,
        facility: FacilityId,
        after: Option<(AccountId, ArticleId)>,
        limit: usize,
    ) -> StoreResult<Vec<Training>> {
        let after = after.map(|(person, article)| (person.to_string(), article.to_string()));
        let (person, article) = after.unwrap_or_default();
        let bound = named_params! {
            ":facility": facility.to_string(),
            ":person": person,
            ":article": article,
            ":limit": signed(limit as u64)?,
        };
        self.all(LAST, bound, |row| from_json(row, 0))
    }

    fn trained_places(&self, asked: &TrainedPlaces) -> StoreResult<Vec<Facility>> {
        let bound = named_params! {
            ":division": asked.division.as_str(),
            ":after": asked.after.map(|it| it.to_string()).unwrap_or_default(),
            ":words": asked.words,
            ":limit": signed(asked.limit as u64)?,
        };
        self.all(PLACES, bound, |row| match from_json(row, 0)? {
            Row::Facility(facility) => Ok(facility),
            _ => Err(StoreError::damaged("a row is no institution")),
        })
    }

    fn delete_trainings(&self) -> StoreResult<()> {
        self.change("DELETE FROM trainings", [])?;
        self.change("DELETE FROM training_places", [])
    }
}
