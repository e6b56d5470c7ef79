//! The lists of hazards: written with the rows, and walked along page by page.
//!
//! A question takes the first of each piece that it wants (some twenty at most, whatever the years have piled up), and of
//! those the first in its order. What it asks beyond the pieces is asked inside one institution, or of few.

use std::cmp::Ordering;

use rusqlite::types::Value;
use rusqlite::{named_params, params};
use xunan_core::hazard::HazardState;
use xunan_core::ids::HazardId;
use xunan_core::ledger::{HazardCard, Row, RowKey, RowKind};
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardKey, HazardSort, StateCount, unit_name};
use xunan_core::unit::UnitKind;

use super::SqliteConnection;
use super::values::{instant, number, parsed, text};
use crate::ledger_store::{
    HazardPiece, HazardPlace, HazardTables, HazardsAsked, RowTables as _, StoreError, StoreResult,
};

/// A walk along one piece from where the last page ended. A unit or words that are not asked for ask nothing.
macro_rules! walk {
    ($index:literal, $from:literal, $order:literal) => {
        concat!(
            "SELECT piece, due, found, hazard FROM hazard_places ",
            $index,
            " WHERE place = :place AND piece = :piece AND ",
            $from,
            " AND due < :before AND substr(division, 1, length(:division)) = :division
              AND (:unit IS NULL OR instr(units, :unit) > 0)
              AND (:words = '' OR EXISTS (SELECT 1 FROM hazard_words
                   WHERE hazard_words.hazard = hazard_places.hazard AND instr(words, :words) > 0))
              ORDER BY ",
            $order,
            " LIMIT :limit"
        )
    };
}

const BY_DUE: &str = walk!("", "(due, hazard) > (:from, :after)", "due, hazard");
const BY_FOUND: &str = walk!(
    "INDEXED BY hazard_places_by_found",
    "(found, hazard) < (:from, :after)",
    "found DESC, hazard DESC"
);
/// Of what is overdue, which is work left undone and not the past, the newest: the days tell which those are (a plus hides a
/// column from the planner), and then they are sorted.
const OVERDUE_BY_FOUND: &str = walk!("", "(+found, hazard) < (:from, :after)", "+found DESC, hazard DESC");

const PIECES: &str = "SELECT piece, hazards FROM hazard_counts WHERE place = ? AND hazards > 0";
/// The same of one institution's, in a division.
const PIECES_WITHIN: &str = "SELECT piece, count(*) FROM hazard_places
    WHERE place = ?1 AND substr(division, 1, length(?2)) = ?2 GROUP BY piece";

/// Behind every id in the alphabet of ids.
const BEHIND_ALL_IDS: &str = "~";

/// Pages of hazards, in their order, that are looked at for words before the index is asked: words that many have fill a
/// page soon, and the index is quick about words that few have.
const LOOKED_AT: usize = 8;

const fn rank(grade: Grade) -> u8 {
    match grade {
        Grade::Major => 0,
        Grade::General => 1,
        Grade::Advice => 2,
    }
}

pub(super) fn unit_mark(unit: UnitKind) -> String {
    format!(";{};", unit_name(unit))
}

fn piece(row: &rusqlite::Row<'_>, column: usize) -> StoreResult<HazardPiece> {
    let name = text(row, column)?;
    HazardPiece::of_name(&name).ok_or_else(|| StoreError::damaged(format!("piece {name} of a list")))
}

/// Reads `piece, due, found, hazard`.
pub(super) fn hazard_key(row: &rusqlite::Row<'_>) -> StoreResult<(HazardPiece, HazardKey)> {
    let piece = piece(row, 0)?;
    let key =
        HazardKey { grade: piece.grade, due: parsed(row, 1)?, found: instant(row, 2)?, id: parsed(row, 3)? };
    Ok((piece, key))
}

/// A hazard with the piece of its lists.
struct Listed<'a> {
    hazard: &'a HazardCard,
    piece: HazardPiece,
}

impl<'a> Listed<'a> {
    fn of(hazard: &'a HazardCard) -> StoreResult<Self> {
        let life = hazard.life.read().map_err(StoreError::damaged)?;
        Ok(Self { hazard, piece: HazardPiece::of(hazard, &life) })
    }
}

impl SqliteConnection {
    /// Lists a hazard as it is now, in the place of how it was listed before.
    pub(super) fn list_hazard(&self, before: Option<&Row>, now: &Row) -> StoreResult<()> {
        let former = match before {
            Some(Row::Hazard(hazard)) => Some(Listed::of(hazard)?),
            _ => None,
        };
        if let Some(former) = &former {
            self.unlist(former)?;
        }
        match now {
            Row::Hazard(hazard) => {
                let listed = Listed::of(hazard)?;
                self.list(&listed)?;
                self.index_words(former.map(|it| it.hazard), hazard, &listed.piece)
            }
            _ => former.map_or(Ok(()), |it| self.forget_words(it.hazard.id)),
        }
    }

    fn unlist(&self, Listed { hazard, piece }: &Listed<'_>) -> StoreResult<()> {
        let (piece, due, id) = (piece.name(), hazard.due_day().to_string(), hazard.id.to_string());
        for place in HazardPlace::of_hazard(hazard) {
            let place = place.name();
            self.change(
                "DELETE FROM hazard_places WHERE place = ? AND piece = ? AND due = ? AND hazard = ?",
                params![place, piece, due, id],
            )?;
            self.change(
                "UPDATE hazard_counts SET hazards = hazards - 1 WHERE place = ? AND piece = ?",
                params![place, piece],
            )?;
        }
        Ok(())
    }

    fn list(&self, Listed { hazard, piece }: &Listed<'_>) -> StoreResult<()> {
        let (piece, due, id) = (piece.name(), hazard.due_day().to_string(), hazard.id.to_string());
        let (found, division) = (hazard.found.unix_millis(), hazard.division.as_str());
        let units: String = hazard.involved.iter().copied().map(unit_mark).collect();
        for place in HazardPlace::of_hazard(hazard) {
            let place = place.name();
            self.change(
                "INSERT INTO hazard_places (place, piece, due, hazard, found, division, units)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![place, piece, due, id, found, division, units],
            )?;
            self.change(
                "INSERT INTO hazard_counts (place, piece, hazards) VALUES (?, ?, 1)
                 ON CONFLICT (place, piece) DO UPDATE SET hazards = hazards + 1",
                params![place, piece],
            )?;
        }
        Ok(())
    }

    /// Empties all lists: they are made again together with the rows.
    pub(super) fn list_no_hazards(&self) -> StoreResult<()> {
        self.change("DELETE FROM hazard_places", [])?;
        self.change("DELETE FROM hazard_counts", [])?;
        self.forget_all_words()
    }

    /// The pieces of a list that have something, and how much.
    fn pieces(&self, place: &HazardPlace, asked: &HazardsAsked) -> StoreResult<Vec<(HazardPiece, u64)>> {
        let read = |row: &rusqlite::Row<'_>| Ok((piece(row, 0)?, number(row, 1)?));
        match place.division() {
            Some(_) => self.all(PIECES, [place.name()], read),
            None => self.all(PIECES_WITHIN, params![place.name(), asked.division.as_str()], read),
        }
    }

    /// The first hazards in the order that is asked for, behind the last page.
    fn next_keys(&self, asked: &HazardsAsked, words: &str, limit: usize) -> StoreResult<Vec<HazardKey>> {
        let mut keys = Vec::new();
        for place in &asked.places {
            for (piece, _) in self.pieces(place, asked)? {
                if asked.wants(&piece) {
                    keys.extend(self.walk(place, piece, asked, words, limit)?);
                }
            }
        }
        Ok(first_of(keys, asked.sort, limit))
    }

    /// One piece, from where the last page ended.
    fn walk(
        &self,
        place: &HazardPlace,
        piece: HazardPiece,
        asked: &HazardsAsked,
        words: &str,
        limit: usize,
    ) -> StoreResult<Vec<HazardKey>> {
        let after = match (&asked.after, asked.sort) {
            // By grade, the pieces of a grade come as a whole before or behind those of another.
            (Some(after), HazardSort::Grade) if rank(piece.grade) < rank(after.grade) => {
                return Ok(Vec::new());
            }
            (Some(after), HazardSort::Grade) if rank(piece.grade) > rank(after.grade) => None,
            (after, _) => after.as_ref(),
        };
        let from: Value = match asked.sort {
            HazardSort::Found => after.map_or(i64::MAX, |key| key.found.unix_millis()).into(),
            HazardSort::Due | HazardSort::Grade => {
                after.map(|key| key.due.to_string()).unwrap_or_default().into()
            }
        };
        let (sql, first) = match (asked.sort, asked.due_before) {
            (HazardSort::Due | HazardSort::Grade, _) => (BY_DUE, ""),
            (HazardSort::Found, None) => (BY_FOUND, BEHIND_ALL_IDS),
            (HazardSort::Found, Some(_)) => (OVERDUE_BY_FOUND, BEHIND_ALL_IDS),
        };
        self.all(
            sql,
            named_params! {
                ":place": place.name(),
                ":piece": piece.name(),
                ":from": from,
                ":after": after.map_or_else(|| first.to_owned(), |key| key.id.to_string()),
                ":before": asked.due_before_text(),
                ":division": asked.division.as_str(),
                ":unit": asked.unit.map(unit_mark),
                ":words": words,
                ":limit": i64::try_from(limit).unwrap_or(i64::MAX),
            },
            |row| hazard_key(row).map(|(_, key)| key),
        )
    }

    /// The first hazards of a division that have the words.
    fn search(&self, asked: &HazardsAsked) -> StoreResult<Vec<HazardKey>> {
        let look_at = LOOKED_AT * asked.limit;
        let next = self.next_keys(asked, "", look_at)?;
        let all_seen = next.len() < look_at;
        let mut keys = Vec::new();
        for key in next {
            if keys.len() < asked.limit && self.has_words(key.id, &asked.words)? {
                keys.push(key);
            }
        }
        if all_seen || keys.len() == asked.limit {
            return Ok(keys);
        }
        keys.clear();
        for place in &asked.places {
            let Some(division) = place.division() else { continue };
            self.each_with_words(place, division, asked, |key| {
                let behind =
                    asked.after.as_ref().is_none_or(|after| compare(asked.sort, &key, after).is_gt());
                if behind {
                    keys.push(key);
                }
                if keys.len() == look_at {
                    keys = first_of(std::mem::take(&mut keys), asked.sort, asked.limit);
                }
            })?;
        }
        Ok(first_of(keys, asked.sort, asked.limit))
    }
}

fn compare(sort: HazardSort, a: &HazardKey, b: &HazardKey) -> Ordering {
    match sort {
        HazardSort::Due => (a.due, a.id).cmp(&(b.due, b.id)),
        HazardSort::Found => (b.found, b.id).cmp(&(a.found, a.id)),
        HazardSort::Grade => (rank(a.grade), a.due, a.id).cmp(&(rank(b.grade), b.due, b.id)),
    }
}

fn first_of(mut keys: Vec<HazardKey>, sort: HazardSort, limit: usize) -> Vec<HazardKey> {
    keys.sort_unstable_by(|a, b| compare(sort, a, b));
    keys.truncate(limit);
    keys
}

impl HazardTables for SqliteConnection {
    fn hazards(&self, asked: &HazardsAsked) -> StoreResult<Vec<HazardCard>> {
        let is_of_a_division = asked.places.iter().all(|place| place.division().is_some());
        let keys = if is_of_a_division && !asked.words.is_empty() {
            self.search(asked)?
        } else {
            self.next_keys(asked, &asked.words, asked.limit)?
        };
        keys.into_iter().filter_map(|key| self.hazard(key.id).transpose()).collect()
    }

    fn hazard(&self, id: HazardId) -> StoreResult<Option<HazardCard>> {
        match self.row(&RowKey { kind: RowKind::Hazard, id: id.to_string() })? {
            Some(Row::Hazard(hazard)) => Ok(Some(*hazard)),
            _ => Ok(None),
        }
    }

    fn hazard_counts(&self, asked: &HazardsAsked) -> StoreResult<Vec<StateCount>> {
        let mut pieces = Vec::new();
        for place in &asked.places {
            pieces.extend(self.pieces(place, asked)?);
        }
        let of = |state| pieces.iter().filter(move |(piece, _)| piece.state == state);
        let count = |state| StateCount { state, hazards: of(state).map(|(_, hazards)| hazards).sum::<u64>() };
        Ok(HazardState::ALL.map(count).into())
    }
}
