//! Searching hazards for words.
//!
//! ```text
//! words ──grams──► hazard_grams (FTS5, inverted, without the words) ──number──► hazard_words: the words themselves
//! ```

use rusqlite::{named_params, params};
use xunan_core::ids::HazardId;
use xunan_core::ledger::HazardCard;
use xunan_core::region::DivisionCode;
use xunan_core::sync::HazardKey;

use super::SqliteConnection;
use super::grams::{characters_and_pairs, division_gram, question};
use super::hazards::{hazard_key, unit_mark};
use crate::ledger_store::{HazardPiece, HazardPlace, HazardsAsked, StoreResult};

/// Hazards of one list that have the words, in no order. The virtual table comes first: it knows which are few.
const MATCHING: &str = "SELECT p.piece, p.due, p.found, p.hazard
    FROM hazard_grams g
    CROSS JOIN hazard_words w ON w.number = g.rowid
    CROSS JOIN hazard_places p
        ON p.place = :place AND p.piece = w.piece AND p.due = w.due AND p.hazard = w.hazard
    WHERE hazard_grams MATCH :grams AND instr(w.words, :words) > 0 AND p.due < :before
      AND (:unit IS NULL OR instr(p.units, :unit) > 0)";

/// What of a hazard is searched, in lower case.
fn words_of(hazard: &HazardCard) -> String {
    let words = [&hazard.title, &hazard.description, &hazard.place, &hazard.facility_name];
    words.map(|text| text.to_lowercase()).join("\n")
}

impl SqliteConnection {
    /// Makes a hazard found by its words, in the place of how it was found before. Words rarely change: steps do not touch
    /// them, and then only where it stands is noted.
    pub(super) fn index_words(
        &self,
        before: Option<&HazardCard>,
        hazard: &HazardCard,
        piece: &HazardPiece,
    ) -> StoreResult<()> {
        let (id, due, words) = (hazard.id.to_string(), hazard.due_day().to_string(), words_of(hazard));
        match before {
            Some(before) if words_of(before) == words && before.division == hazard.division => {
                return self.change(
                    "UPDATE hazard_words SET piece = ?, due = ? WHERE hazard = ?",
                    params![piece.name(), due, id],
                );
            }
            Some(before) => self.forget_words(before.id)?,
            None => {}
        }
        self.change(
            "INSERT INTO hazard_words (hazard, piece, due, words) VALUES (?, ?, ?, ?)",
            params![id, piece.name(), due, words],
        )?;
        let number = self.0.last_insert_rowid();
        let mut grams = characters_and_pairs(&words);
        grams.extend(hazard.division.ancestors().map(|division| division_gram(&division)));
        let grams = grams.into_iter().collect::<Vec<_>>().join(" ");
        self.change("INSERT INTO hazard_grams (rowid, grams) VALUES (?, ?)", params![number, grams])
    }

    /// Makes a hazard no longer found.
    pub(super) fn forget_words(&self, hazard: HazardId) -> StoreResult<()> {
        let id = hazard.to_string();
        self.change(
            "DELETE FROM hazard_grams WHERE rowid IN (SELECT number FROM hazard_words WHERE hazard = ?)",
            [&id],
        )?;
        self.change("DELETE FROM hazard_words WHERE hazard = ?", [&id])
    }

    /// Makes no hazard found.
    pub(super) fn forget_all_words(&self) -> StoreResult<()> {
        self.change("DELETE FROM hazard_words", [])?;
        self.change("INSERT INTO hazard_grams (hazard_grams) VALUES ('delete-all')", [])
    }

    /// Whether a hazard has the words.
    pub(super) fn has_words(&self, hazard: HazardId, words: &str) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM hazard_words WHERE hazard = ? AND instr(words, ?) > 0";
        Ok(self.first(sql, params![hazard.to_string(), words], |_| Ok(()))?.is_some())
    }

    /// Tells every hazard of a list in a division that has the words.
    pub(super) fn each_with_words(
        &self,
        place: &HazardPlace,
        division: &DivisionCode,
        asked: &HazardsAsked,
        mut tell: impl FnMut(HazardKey),
    ) -> StoreResult<()> {
        let bound = named_params! {
            ":place": place.name(),
            ":grams": question(&asked.words, [division_gram(division)]),
            ":words": asked.words,
            ":before": asked.due_before_text(),
            ":unit": asked.unit.map(unit_mark),
        };
        self.all(MATCHING, bound, |row| {
            let (piece, key) = hazard_key(row)?;
            if asked.wants(&piece) {
                tell(key);
            }
            Ok(())
        })?;
        Ok(())
    }
}
