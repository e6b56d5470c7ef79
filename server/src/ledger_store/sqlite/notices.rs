//! Notices and inboxes.

use rusqlite::{Row, params};
use xunan_core::access::Account;
use xunan_core::clock::{Date, Instant};
use xunan_core::ids::{AccountId, FacilityId};
use xunan_core::ledger::{self, HazardCard, PlanCard, RowKey};
use xunan_core::notice::{InboxItem, NoticeId, ReadReceipt, Reading};
use xunan_core::region::DivisionCode;

use super::SqliteConnection;
use super::accounts::AccountPlace;
use super::rows::{kind_name, kind_of_name};
use super::values::{from_json, instant, number, parsed, signed, text, to_json};
use crate::ledger_store::{Matter, NoticeTables, Novelty, StoreError, StoreResult, StoredNotice};

/// Hazards on the open list; an index of their own has them alone.
const OPEN_HAZARDS: &str =
    "SELECT row FROM rows INDEXED BY rows_open_hazards WHERE kind = 'hazard' AND standing = 'current'
    AND json_extract(row, '$.hazard.state') NOT IN ('closed', 'not_established', 'duplicate')
    AND id > ? ORDER BY id LIMIT ?";

/// Plans that wait for their visit; so have they.
const OPEN_PLANS: &str =
    "SELECT row FROM rows INDEXED BY rows_open_plans WHERE kind = 'plan' AND standing = 'current'
    AND json_extract(row, '$.plan.state') = 'open' AND id > ? ORDER BY id LIMIT ?";

/// The kind under which a notice about a report is stored: no row has it.
const SNAP: &str = "snap";

/// Reads `kind, row` from a column on.
fn matter(row: &Row<'_>, column: usize) -> StoreResult<Matter> {
    match text(row, column)?.as_str() {
        SNAP => Ok(Matter::Snap(parsed(row, column + 1)?)),
        kind => Ok(Matter::Row(RowKey { kind: kind_of_name(kind)?, id: text(row, column + 1)? })),
    }
}

/// The same as two columns.
fn matter_columns(matter: &Matter) -> (&'static str, String) {
    match matter {
        Matter::Row(key) => (kind_name(key.kind), key.id.clone()),
        Matter::Snap(snap) => (SNAP, snap.to_string()),
    }
}

/// Reads `notice, kind, row, sender, made` from a column on.
pub(super) fn stored_notice(row: &Row<'_>, column: usize) -> StoreResult<StoredNotice> {
    Ok(StoredNotice {
        notice: from_json(row, column)?,
        about: matter(row, column + 1)?,
        sender: from_json(row, column + 3)?,
        made: instant(row, column + 4)?,
    })
}

/// A time that may be missing.
fn maybe_instant(row: &Row<'_>, column: usize) -> StoreResult<Option<Instant>> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.map(Instant::from_unix_millis))
}

impl SqliteConnection {
    /// A statement that inserts where nothing is.
    fn insert_new(&self, sql: &str, params: impl rusqlite::Params) -> StoreResult<Novelty> {
        let inserted = self.0.prepare_cached(sql)?.execute(params)?;
        Ok(if inserted == 0 { Novelty::Known } else { Novelty::New })
    }
}

impl NoticeTables for SqliteConnection {
    fn accounts_near(
        &self,
        division: &DivisionCode,
        facility: Option<FacilityId>,
        named: &[AccountId],
    ) -> StoreResult<Vec<Account>> {
        let mut found = Vec::new();
        let places = division.ancestors().map(|region| AccountPlace::Region(&region).name());
        for place in places.chain(facility.map(|id| AccountPlace::Institution(id).name())) {
            found.extend(self.all(
                "SELECT a.account FROM account_places p JOIN accounts a ON a.id = p.account
                 WHERE p.place = ? AND a.state = 'active'",
                [place],
                |row| from_json::<Account>(row, 0),
            )?);
        }
        for id in named {
            found.extend(self.first(
                "SELECT account FROM accounts WHERE id = ? AND state = 'active'",
                [id.to_string()],
                |row| from_json::<Account>(row, 0),
            )?);
        }
        found.sort_unstable_by_key(|account| account.id);
        found.dedup_by_key(|account| account.id);
        Ok(found)
    }

    fn insert_notice(&self, stored: &StoredNotice) -> StoreResult<Novelty> {
        let (kind, row) = matter_columns(&stored.about);
        self.insert_new(
            "INSERT INTO notices (id, notice, kind, row, sender, made) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
            params![
                stored.notice.id.0.bytes(),
                to_json(&stored.notice)?,
                kind,
                row,
                to_json(&stored.sender)?,
                stored.made.unix_millis(),
            ],
        )
    }

    fn notice(&self, id: NoticeId) -> StoreResult<Option<StoredNotice>> {
        self.first(
            "SELECT notice, kind, row, sender, made FROM notices WHERE id = ?",
            [id.0.bytes()],
            |row| stored_notice(row, 0),
        )
    }

    fn insert_into_inbox(&self, account: AccountId, notice: NoticeId) -> StoreResult<Novelty> {
        self.insert_new(
            "INSERT INTO inbox (account, notice) VALUES (?, ?) ON CONFLICT DO NOTHING",
            params![account.to_string(), notice.0.bytes()],
        )
    }

    fn inbox(
        &self,
        account: AccountId,
        before: Option<u64>,
        limit: usize,
    ) -> StoreResult<Vec<(InboxItem, Matter)>> {
        self.all(
            "SELECT i.place, n.notice, n.made, i.read, n.kind, n.row
             FROM inbox i JOIN notices n ON n.id = i.notice
             WHERE i.account = ? AND i.place < ? ORDER BY i.place DESC LIMIT ?",
            params![account.to_string(), before.map_or(Ok(i64::MAX), signed)?, signed(limit as u64)?],
            |row| {
                let item = InboxItem {
                    place: number(row, 0)?,
                    notice: from_json(row, 1)?,
                    came: instant(row, 2)?,
                    read: maybe_instant(row, 3)?,
                };
                Ok((item, matter(row, 4)?))
            },
        )
    }

    fn unread(&self, account: AccountId, limit: usize) -> StoreResult<Vec<Matter>> {
        self.all(
            "SELECT n.kind, n.row FROM inbox i JOIN notices n ON n.id = i.notice
             WHERE i.account = ? AND i.read IS NULL LIMIT ?",
            params![account.to_string(), signed(limit as u64)?],
            |row| matter(row, 0),
        )
    }

    fn set_read(&self, account: AccountId, notice: NoticeId, at: Instant) -> StoreResult<()> {
        self.change(
            "UPDATE inbox SET read = ? WHERE notice = ? AND account = ? AND read IS NULL",
            params![at.unix_millis(), notice.0.bytes(), account.to_string()],
        )
    }

    fn receipts_of(&self, notice: NoticeId) -> StoreResult<Vec<ReadReceipt>> {
        self.all(
            "SELECT a.account, i.read FROM inbox i JOIN accounts a ON a.id = i.account
             WHERE i.notice = ? ORDER BY i.place",
            [notice.0.bytes()],
            |row| {
                let Account { name, organisation, .. } = from_json(row, 0)?;
                let reading = match maybe_instant(row, 1)? {
                    Some(at) => Reading::Read { at },
                    None => Reading::Unread,
                };
                Ok(ReadReceipt { name, organisation, reading })
            },
        )
    }

    fn open_hazards_after(&self, after: &str, limit: usize) -> StoreResult<Vec<HazardCard>> {
        self.all(OPEN_HAZARDS, params![after, signed(limit as u64)?], |row| match from_json(row, 0)? {
            ledger::Row::Hazard(card) => Ok(*card),
            _ => Err(StoreError::damaged("a hazard's row is none")),
        })
    }

    fn open_plans_after(&self, after: &str, limit: usize) -> StoreResult<Vec<PlanCard>> {
        self.all(OPEN_PLANS, params![after, signed(limit as u64)?], |row| match from_json(row, 0)? {
            ledger::Row::Plan(card) => Ok(card),
            _ => Err(StoreError::damaged("a plan's row is none")),
        })
    }

    fn is_reminded(&self, day: Date) -> StoreResult<Novelty> {
        let found = self.first("SELECT 1 FROM reminded_days WHERE day = ?", [day.to_string()], |_| Ok(()))?;
        Ok(found.map_or(Novelty::New, |()| Novelty::Known))
    }

    fn set_reminded(&self, day: Date) -> StoreResult<()> {
        self.change("INSERT INTO reminded_days (day) VALUES (?) ON CONFLICT DO NOTHING", [day.to_string()])
    }
}
