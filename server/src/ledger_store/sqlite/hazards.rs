//! The lists of hazards: written with the rows, and walked along page by page.

use std::cmp::Ordering;

use rusqlite::{named_params, params};
use xunan_core::hazard::HazardState;
use xunan_core::ids::HazardId;
use xunan_core::ledger::{HazardCard, Row, RowKey, RowKind};
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardKey, HazardSort, Only, StateCount, state_name, unit_name};
use xunan_core::unit::UnitKind;

use super::SqliteConnection;
use super::values::{instant, number, parsed};
use crate::ledger_store::{HazardPlace, HazardTables, HazardsAsked, StoreError, StoreResult};

/// What every walk asks of a hazard beside its order. A name that is `NULL` asks nothing.
macro_rules! walk {
    ($index:literal, $from:literal, $order:literal) => {
        concat!(
            "SELECT grade, due, found, hazard FROM hazard_places ",
            $index,
            " WHERE place = :place AND state = :state AND ",
            $from,
            " AND due < :before AND (:grade IS NULL OR grade = :grade)
              AND (:turns IS NULL OR instr(:turns, turn) > 0) AND (:listed = 0 OR listed = 1)
              AND (:facility IS NULL OR facility = :facility)
              AND substr(division, 1, length(:division)) = :division
              AND (:unit IS NULL OR instr(units, :unit) > 0)
              AND (:words = '' OR EXISTS (SELECT 1 FROM hazard_words
                   WHERE hazard_words.hazard = hazard_places.hazard AND instr(words, :words) > 0))
              AND :after_grade IS NOT NULL AND :after_found IS NOT NULL AND :after_due IS NOT NULL
              ORDER BY ",
            $order,
            " LIMIT :limit"
        )
    };
}

const BY_DUE: &str = walk!("", "(due, hazard) > (:after_due, :after)", "due, hazard");
const BY_DUE_OF_A_GRADE: &str = walk!(
    "INDEXED BY hazard_places_by_grade",
    "grade = :grade AND (due, hazard) > (:after_due, :after)",
    "due, hazard"
);
const BY_FOUND: &str = walk!(
    "INDEXED BY hazard_places_by_found",
    "(found, hazard) < (:after_found, :after)",
    "found DESC, hazard DESC"
);
const BY_GRADE: &str = walk!(
    "INDEXED BY hazard_places_by_grade",
    "(grade, due, hazard) > (:after_grade, :after_due, :after)",
    "grade, due, hazard"
);
const COUNT: &str = "SELECT hazards FROM hazard_counts WHERE place = ? AND state = ?";
const COUNT_OF_FACILITY: &str = "SELECT count(*) FROM hazard_places
    WHERE place = ?1 AND state = ?2 AND substr(division, 1, length(?3)) = ?3";

/// Behind every day.
const NEVER: &str = "9999-99-99";
/// Behind every id in the alphabet of ids.
const BEHIND_ALL_IDS: &str = "~";

const fn rank(grade: Grade) -> i64 {
    match grade {
        Grade::Major => 0,
        Grade::General => 1,
        Grade::Advice => 2,
    }
}

const fn grade_of(rank: u64) -> Grade {
    match rank {
        0 => Grade::Major,
        1 => Grade::General,
        _ => Grade::Advice,
    }
}

fn unit_mark(unit: UnitKind) -> String {
    format!(";{};", unit_name(unit))
}

impl SqliteConnection {
    /// Lists a hazard as it is now, in the place of how it was listed before.
    pub(super) fn list_hazard(&self, before: Option<&Row>, now: &Row) -> StoreResult<()> {
        if let Some(Row::Hazard(hazard)) = before {
            self.unlist(hazard)?;
        }
        if let Row::Hazard(hazard) = now {
            self.list(hazard)?;
        }
        Ok(())
    }

    fn unlist(&self, hazard: &HazardCard) -> StoreResult<()> {
        let (state, due, id) =
            (state_name(hazard.state), hazard.due_day().to_string(), hazard.id.to_string());
        for place in HazardPlace::of_hazard(hazard) {
            let place = place.name();
            self.change(
                "DELETE FROM hazard_places WHERE place = ? AND state = ? AND due = ? AND hazard = ?",
                params![place, state, due, id],
            )?;
            self.change(
                "UPDATE hazard_counts SET hazards = hazards - 1 WHERE place = ? AND state = ?",
                params![place, state],
            )?;
        }
        self.change("DELETE FROM hazard_words WHERE hazard = ?", [id])
    }

    fn list(&self, hazard: &HazardCard) -> StoreResult<()> {
        let life = hazard.life.read().map_err(StoreError::damaged)?;
        let (state, due, id) =
            (state_name(hazard.state), hazard.due_day().to_string(), hazard.id.to_string());
        let units: String = hazard.involved.iter().copied().map(unit_mark).collect();
        for place in HazardPlace::of_hazard(hazard) {
            let place = place.name();
            self.change(
                "INSERT INTO hazard_places
                 (place, state, due, hazard, grade, found, turn, listed, facility, division, units)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    place,
                    state,
                    due,
                    id,
                    rank(hazard.grade),
                    hazard.found.unix_millis(),
                    life.turn().name(),
                    life.listing.is_some(),
                    hazard.facility.to_string(),
                    hazard.division.as_str(),
                    units,
                ],
            )?;
            self.change(
                "INSERT INTO hazard_counts (place, state, hazards) VALUES (?, ?, 1)
                 ON CONFLICT (place, state) DO UPDATE SET hazards = hazards + 1",
                params![place, state],
            )?;
        }
        let words = [&hazard.title, &hazard.description, &hazard.place, &hazard.facility_name];
        let words = words.map(|text| text.to_lowercase()).join("\n");
        self.change("INSERT INTO hazard_words (hazard, words) VALUES (?, ?)", params![id, words])
    }

    /// Empties all lists: they are made again together with the rows.
    pub(super) fn list_no_hazards(&self) -> StoreResult<()> {
        self.change("DELETE FROM hazard_places", [])?;
        self.change("DELETE FROM hazard_words", [])?;
        self.change("DELETE FROM hazard_counts", [])
    }

    /// One list in one state, from where the last page ended.
    fn walk(
        &self,
        place: &HazardPlace,
        state: HazardState,
        asked: &HazardsAsked,
    ) -> StoreResult<Vec<HazardKey>> {
        let after = asked.after.as_ref();
        let last = match asked.sort {
            HazardSort::Found => BEHIND_ALL_IDS,
            HazardSort::Due | HazardSort::Grade => "",
        };
        let turns = (!asked.turns.is_empty())
            .then(|| asked.turns.iter().map(|turn| turn.name()).collect::<Vec<_>>().join(" "));
        let sql = match (asked.sort, asked.grade) {
            (HazardSort::Due, None) => BY_DUE,
            (HazardSort::Due, Some(_)) => BY_DUE_OF_A_GRADE,
            (HazardSort::Found, _) => BY_FOUND,
            (HazardSort::Grade, _) => BY_GRADE,
        };
        self.all(
            sql,
            named_params! {
                ":place": place.name(),
                ":state": state_name(state),
                ":before": asked.due_before.map_or_else(|| NEVER.to_owned(), |day| day.to_string()),
                ":grade": asked.grade.map(rank),
                ":turns": turns,
                ":listed": asked.listed == Only::Those,
                ":facility": asked.facility.map(|id| id.to_string()),
                ":division": asked.division.as_str(),
                ":unit": asked.unit.map(unit_mark),
                ":words": asked.words,
                ":after_grade": after.map_or(-1, |key| rank(key.grade)),
                ":after_due": after.map(|key| key.due.to_string()).unwrap_or_default(),
                ":after_found": after.map_or(i64::MAX, |key| key.found.unix_millis()),
                ":after": after.map_or_else(|| last.to_owned(), |key| key.id.to_string()),
                ":limit": i64::try_from(asked.limit).unwrap_or(i64::MAX),
            },
            |row| {
                Ok(HazardKey {
                    grade: grade_of(number(row, 0)?),
                    due: parsed(row, 1)?,
                    found: instant(row, 2)?,
                    id: parsed(row, 3)?,
                })
            },
        )
    }
}

fn compare(sort: HazardSort, a: &HazardKey, b: &HazardKey) -> Ordering {
    match sort {
        HazardSort::Due => (a.due, a.id).cmp(&(b.due, b.id)),
        HazardSort::Found => (b.found, b.id).cmp(&(a.found, a.id)),
        HazardSort::Grade => (rank(a.grade), a.due, a.id).cmp(&(rank(b.grade), b.due, b.id)),
    }
}

impl HazardTables for SqliteConnection {
    fn hazards(&self, asked: &HazardsAsked) -> StoreResult<Vec<HazardCard>> {
        let mut keys = Vec::new();
        for place in &asked.places {
            for state in &asked.states {
                keys.extend(self.walk(place, *state, asked)?);
            }
        }
        keys.sort_unstable_by(|a, b| compare(asked.sort, a, b));
        keys.truncate(asked.limit);
        keys.into_iter().filter_map(|key| self.hazard(key.id).transpose()).collect()
    }

    fn hazard(&self, id: HazardId) -> StoreResult<Option<HazardCard>> {
        use crate::ledger_store::RowTables as _;
        match self.row(&RowKey { kind: RowKind::Hazard, id: id.to_string() })? {
            Some(Row::Hazard(hazard)) => Ok(Some(*hazard)),
            _ => Ok(None),
        }
    }

    fn hazard_counts(&self, asked: &HazardsAsked) -> StoreResult<Vec<StateCount>> {
        let mut counts = Vec::with_capacity(HazardState::ALL.len());
        for state in HazardState::ALL {
            let mut hazards = 0;
            for place in &asked.places {
                let (name, state) = (place.name(), state_name(state));
                let counted = match place {
                    HazardPlace::Facility(_) => {
                        let within = asked.division.as_str();
                        self.first(COUNT_OF_FACILITY, params![name, state, within], |row| number(row, 0))?
                    }
                    _ => self.first(COUNT, params![name, state], |row| number(row, 0))?,
                };
                hazards += counted.unwrap_or(0);
            }
            counts.push(StateCount { state, hazards });
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::super::query_plans::{migrated, plan_of};
    use super::*;

    #[test]
    fn every_list_is_a_walk_along_an_index_and_sorts_nothing() {
        let (_folder, connection) = migrated();
        let all = [BY_DUE, BY_DUE_OF_A_GRADE, BY_FOUND, BY_GRADE, COUNT, COUNT_OF_FACILITY];
        for sql in all {
            let plan = plan_of(&connection, sql);
            assert!(plan.contains("SEARCH hazard_"), "{plan}");
            assert!(!plan.contains("SCAN hazard_") && !plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
            if sql == BY_DUE {
                assert!(plan.contains("(due,hazard)>(?,?)"), "{plan}");
            }
        }
    }
}
