//! Rows that were pulled, and how this phone's own entries change them until the server's rows say so.

use wasm_bindgen::JsValue;
use xunan_core::ids::{EntryId, FacilityId};
use xunan_core::ledger::{Cursor, ROWS_FORM, Row, RowKey, RowKind, Rows};
use xunan_core::outbox::Delivery;
use xunan_core::rules::PackRef;

use super::change::{Change, Key};
use super::schema::Table;
use super::{Changed, Contact, Store, StoreFailed, parsed};

const CURSOR: &str = "cursor";
const CONTACT: &str = "contact";
const FORM: &str = "rows_form";

/// A kind's name in keys. Never renamed: it stands in stored keys.
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

fn row_key(key: &RowKey) -> Key {
    Key::path([&kind_name(key.kind), &key.id])
}

impl Store {
    /// How far rows were pulled.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn cursor(&self) -> Result<Cursor, StoreFailed> {
        Ok(self.fact(CURSOR).await?.unwrap_or_default())
    }

    /// Stores a page of rows, each beside its JSON as it came, how far they go, and the contact: one transaction, so that a phone that dies in between
    /// asks for the same page again.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_rows(
        &self,
        rows: &[(Row, &str)],
        cursor: Cursor,
        contact: &Contact,
    ) -> Result<(), StoreFailed> {
        let mut changes = Vec::with_capacity(rows.len() + 4);
        if self.fact(FORM).await? != Some(ROWS_FORM) {
            changes.push(Change::DeleteUnder { table: Table::Rows, prefix: Key::Path(Vec::new()) });
            changes.push(Change::put(Table::Facts, Key::one(FORM), &ROWS_FORM)?);
        }
        for (row, text) in rows {
            changes.push(match row {
                Row::Gone(key) => Change::Delete { table: Table::Rows, key: row_key(key) },
                row => Change::put_text(Table::Rows, row_key(&row.key()), text),
            });
        }
        changes.push(Change::put(Table::Facts, Key::one(CURSOR), &cursor)?);
        changes.push(Change::put(Table::Facts, Key::one(CONTACT), contact)?);
        self.write_text(&changes).await?;
        if !rows.is_empty() {
            self.announce(Changed::Rows);
        }
        Ok(())
    }

    /// Rows that another version pulled in another form are asked for anew. Until the first of the new ones are here they
    /// stay: an update may be followed by a week without a network.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn renew_rows(&self) -> Result<(), StoreFailed> {
        if self.fact(FORM).await? == Some(ROWS_FORM) {
            return Ok(());
        }
        self.write_text(&[Change::Delete { table: Table::Facts, key: Key::one(CURSOR) }]).await
    }

    /// Reads rows. One that this version cannot read is damaged, unless rows of another form are still here.
    async fn read_rows(&self, values: &[JsValue]) -> Result<Vec<Row>, StoreFailed> {
        let of_another_form = self.fact(FORM).await? != Some(ROWS_FORM);
        let rows = values.iter().map(|value| parsed("row", value));
        rows.filter(|row| row.is_ok() || !of_another_form).collect()
    }

    /// All rows in memory: as pulled, with this phone's own entries on top.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn all_rows(&self) -> Result<Rows, StoreFailed> {
        let mut rows = Rows::default();
        for table in [Table::Rows, Table::OwnRows] {
            let values = self.connection().all(table, None).await?;
            self.read_rows(&values).await?.into_iter().for_each(|row| rows.apply(row));
        }
        Ok(rows)
    }

    /// All rows of a kind: as pulled, with this phone's own entries on top.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn rows(&self, kind: RowKind) -> Result<Vec<Row>, StoreFailed> {
        let name = kind_name(kind);
        let values = self.connection().all(Table::Rows, Some(&Key::path([&name]))).await?;
        let mut rows = self.read_rows(&values).await?;
        let own = self.connection().all(Table::OwnRows, None).await?;
        for own in self.read_rows(&own).await? {
            let key = own.key();
            if key.kind != kind {
                continue;
            }
            match rows.iter_mut().find(|row| row.key() == key) {
                Some(row) => *row = own,
                None => rows.push(own),
            }
        }
        Ok(rows)
    }

    /// The packs that the rows name: they are needed offline.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn named_packs(&self) -> Result<Vec<PackRef>, StoreFailed> {
        let named = self.rows(RowKind::Pack).await?.into_iter().filter_map(|row| match row {
            Row::Pack { pack, .. } => Some(pack),
            _ => None,
        });
        Ok(named.collect())
    }

    /// The rows about one institution, of one kind.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn rows_of(&self, kind: RowKind, facility: FacilityId) -> Result<Vec<Row>, StoreFailed> {
        let mut rows = self.rows(kind).await?;
        rows.retain(|row| match row {
            Row::Facility(card) => card.id == facility,
            Row::Plan(plan) => plan.plan.facility == facility,
            Row::Hazard(hazard) => hazard.facility == facility,
            Row::Visit(visit) => visit.get().is_some_and(|visit| visit.facility == facility),
            Row::PublicCopy(copy) => copy.get().is_some_and(|copy| copy.facility == facility),
            Row::Document(document) => document.get().is_some_and(|document| document.facility == facility),
            Row::Rounds(card) => card.get().is_some_and(|card| card.facility == facility),
            Row::Certificate(card) => card.get().is_some_and(|card| card.facility == facility),
            Row::Colleague(_) | Row::Series(_) | Row::Pack { .. } | Row::Gone(_) => false,
        });
        Ok(rows)
    }

    /// The entries that have their receipt and still change rows here: after the next whole pull the server's rows
    /// say the same, or better.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn acknowledged_with_own_rows(&self) -> Result<Vec<EntryId>, StoreFailed> {
        let acknowledged = |delivery: &Delivery| matches!(delivery, Delivery::Acknowledged { .. });
        Ok(self
            .outbox()
            .await?
            .iter()
            .filter(|it| acknowledged(it.item.delivery()))
            .map(|it| it.item.entry())
            .collect())
    }

    /// Lets go of the rows that these entries changed.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn drop_own_rows(&self, entries: &[EntryId]) -> Result<(), StoreFailed> {
        if entries.is_empty() {
            return Ok(());
        }
        let changes: Vec<_> = entries
            .iter()
            .map(|entry| Change::DeleteUnder { table: Table::OwnRows, prefix: Key::path([entry]) })
            .collect();
        self.write_text(&changes).await?;
        self.announce(Changed::Rows);
        Ok(())
    }
}
