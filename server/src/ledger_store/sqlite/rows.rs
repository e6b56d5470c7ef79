//! The rows that people see, numbered anew at each change, and indexed by who may see them.

use rusqlite::params;
use xunan_core::access::Account;
use xunan_core::facility::Facility;
use xunan_core::ids::AccountId;
use xunan_core::ledger::{Cursor, PlanState, Row, RowKey, RowKind};
use xunan_core::snap::Neighbourhood;

use super::SqliteConnection;
use super::values::{from_json, number, signed, to_json};
use crate::ledger_store::{Audience, NameWords, RowStanding, RowTables, StoreError, StoreResult, StoredRow};

/// The expression of the index, word by word, or it would not be read.
macro_rules! name {
    () => {
        "lower(json_extract(row, '$.facility.name'))"
    };
}

/// Institutions whose names have three words.
const NAMED: &str = concat!(
    "SELECT row FROM rows INDEXED BY facility_names WHERE kind = 'facility' AND standing = 'current'",
    " AND instr(",
    name!(),
    ", lower(?)) > 0 AND instr(",
    name!(),
    ", lower(?)) > 0 AND instr(",
    name!(),
    ", lower(?)) > 0",
    " ORDER BY ",
    name!(),
    ", id LIMIT ?"
);

/// Institutions whose points lie in a square.
const AROUND: &str = "SELECT r.row FROM map_points m INDEXED BY map_points_by_place
     JOIN rows r ON r.kind = 'facility' AND r.id = m.facility AND r.standing = 'current'
     WHERE m.latitude_e7 BETWEEN ? AND ? AND m.longitude_e7 BETWEEN ? AND ?
     ORDER BY m.latitude_e7, m.longitude_e7, m.facility LIMIT ?";

/// The name under which what an account carries out waits for it.
fn of_account(id: AccountId) -> String {
    format!("a:{id}")
}

/// The name under which what was assigned to a person waits for that person.
fn of_person(name: &str) -> String {
    format!("n:{name}")
}

/// For whom a current row waits.
fn waits_for(row: &Row) -> StoreResult<Vec<String>> {
    Ok(match row {
        Row::Plan(card) if card.state == PlanState::Open => card.plan.inspectors.map(of_account).to_vec(),
        Row::Hazard(card) if card.state.is_open() => {
            let life = card.life.read().map_err(StoreError::damaged)?;
            life.assignment.iter().map(|assignment| of_person(&assignment.person)).collect()
        }
        _ => Vec::new(),
    })
}

pub(super) const fn kind_name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Facility => "facility",
        RowKind::Colleague => "colleague",
        RowKind::Plan => "plan",
        RowKind::Hazard => "hazard",
        RowKind::Visit => "visit",
        RowKind::Document => "document",
        RowKind::Series => "series",
        RowKind::Pack => "pack",
        RowKind::Rounds => "rounds",
        RowKind::Certificate => "certificate",
        RowKind::PublicCopy => "public_copy",
    }
}

pub(super) fn kind_of_name(name: &str) -> StoreResult<RowKind> {
    let kinds = [
        RowKind::Facility,
        RowKind::Colleague,
        RowKind::Plan,
        RowKind::Hazard,
        RowKind::Visit,
        RowKind::Pack,
    ];
    let known = kinds.into_iter().find(|kind| kind_name(*kind) == name);
    known.ok_or_else(|| StoreError::damaged(format!("row kind {name}")))
}

impl SqliteConnection {
    /// The current row of a thing with its change number.
    fn current(&self, key: &RowKey) -> StoreResult<Option<(u64, Row)>> {
        self.first(
            "SELECT change, row FROM rows WHERE kind = ? AND id = ? AND standing = 'current'",
            params![kind_name(key.kind), key.id],
            |row| Ok((number(row, 0)?, from_json(row, 1)?)),
        )
    }

    fn next_change(&self) -> StoreResult<u64> {
        let last = self.first("SELECT coalesce(max(change), 0) FROM rows", [], |row| number(row, 0))?;
        Ok(last.unwrap_or(0) + 1)
    }

    fn insert_row(&self, change: u64, key: &RowKey, standing: &str, row: &Row) -> StoreResult<()> {
        self.change(
            "INSERT INTO rows (change, kind, id, standing, row) VALUES (?, ?, ?, ?, ?)",
            params![signed(change)?, kind_name(key.kind), key.id, standing, to_json(row)?],
        )?;
        for audience in Audience::of_row(row) {
            self.change(
                "INSERT INTO row_audiences (audience, change) VALUES (?, ?) ON CONFLICT DO NOTHING",
                params![audience.name(), signed(change)?],
            )?;
        }
        Ok(())
    }
}

impl SqliteConnection {
    fn note_waits(&self, change: u64, row: &Row) -> StoreResult<()> {
        waits_for(row)?.into_iter().try_for_each(|who| {
            self.change(
                "INSERT INTO row_waits (who, change) VALUES (?, ?) ON CONFLICT DO NOTHING",
                params![who, signed(change)?],
            )
        })
    }
}

impl RowTables for SqliteConnection {
    fn row(&self, key: &RowKey) -> StoreResult<Option<Row>> {
        Ok(self.current(key)?.map(|(_, row)| row))
    }

    fn put_row(&self, row: &Row) -> StoreResult<()> {
        let key = row.key();
        let before = self.current(&key)?;
        self.list_hazard(before.as_ref().map(|(_, row)| row), row)?;
        self.place_on_map(&key, row)?;
        self.move_trainings(before.as_ref().map(|(_, row)| row), row)?;
        let mut change = self.next_change()?;
        if let Some((old_change, old)) = &before {
            self.change("DELETE FROM rows WHERE change = ?", [signed(*old_change)?])?;
            if Audience::of_row(old) != Audience::of_row(row) {
                self.insert_row(change, &key, "former", old)?;
                change += 1;
            }
        }
        match row {
            Row::Gone(_) => Ok(()),
            _ => {
                self.insert_row(change, &key, "current", row)?;
                self.note_waits(change, row)
            }
        }
    }

    fn facilities_named(&self, words: &NameWords, limit: usize) -> StoreResult<Vec<Facility>> {
        let [one, two, three] = words.all();
        let bound = params![one, two, three, signed(limit as u64)?];
        self.all(NAMED, bound, |row| match from_json(row, 0)? {
            Row::Facility(facility) => Ok(facility),
            _ => Err(StoreError::damaged("a row is no institution")),
        })
    }

    fn facilities_in(&self, around: Neighbourhood, limit: usize) -> StoreResult<Vec<Facility>> {
        let (latitudes, longitudes) = (around.latitudes(), around.longitudes());
        let bound = params![
            latitudes.start(),
            latitudes.end(),
            longitudes.start(),
            longitudes.end(),
            signed(limit as u64)?
        ];
        self.all(AROUND, bound, |row| match from_json(row, 0)? {
            Row::Facility(facility) => Ok(facility),
            _ => Err(StoreError::damaged("a row is no institution")),
        })
    }

    fn delete_rows_of_entries(&self) -> StoreResult<()> {
        let of_the_server = [RowKind::Colleague, RowKind::Pack].map(kind_name);
        self.change("DELETE FROM rows WHERE kind NOT IN (?, ?)", of_the_server)?;
        self.place_nothing_on_map()?;
        self.list_no_hazards()
    }

    fn rows_form(&self) -> StoreResult<u32> {
        let form = self.first("SELECT form FROM rows_form", [], |row| Ok(row.get(0)?))?;
        form.ok_or_else(|| StoreError::damaged("the rows have no form"))
    }

    fn set_rows_form(&self, form: u32) -> StoreResult<()> {
        self.change("UPDATE rows_form SET form = ?", [form])
    }

    fn rows_that_wait_for(&self, account: &Account) -> StoreResult<Vec<Row>> {
        let mut rows = Vec::new();
        for who in [of_account(account.id), of_person(&account.name)] {
            rows.extend(self.all(
                "SELECT r.row FROM row_waits w JOIN rows r ON r.change = w.change
                 WHERE w.who = ? ORDER BY w.change",
                [who],
                |row| from_json(row, 0),
            )?);
        }
        Ok(rows)
    }

    fn rows_after(&self, audiences: &[Audience], after: Cursor, limit: usize) -> StoreResult<Vec<StoredRow>> {
        let mut changes = Vec::new();
        for audience in audiences {
            changes.extend(self.all(
                "SELECT change FROM row_audiences WHERE audience = ? AND change > ? ORDER BY change LIMIT ?",
                params![audience.name(), signed(after.0)?, signed(limit as u64)?],
                |row| number(row, 0),
            )?);
        }
        changes.sort_unstable();
        changes.dedup();
        changes.truncate(limit);
        let mut rows = Vec::with_capacity(changes.len());
        for change in changes {
            let stored =
                self.first("SELECT row, standing FROM rows WHERE change = ?", [signed(change)?], |row| {
                    let standing = match row.get_ref(1)?.as_str().map_err(StoreError::damaged)? {
                        "current" => RowStanding::Current,
                        _ => RowStanding::Former,
                    };
                    Ok(StoredRow { change: Cursor(change), row: from_json(row, 0)?, standing })
                })?;
            rows.extend(stored);
        }
        Ok(rows)
    }
}
