//! Between columns and core's types, and the shapes of a query.

use std::ops::ControlFlow;
use std::str::FromStr;

use rusqlite::{Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;

use super::SqliteConnection;
use crate::ledger_store::{StoreError, StoreResult};

impl SqliteConnection {
    /// The first row, if there is one.
    #[cfg_attr(test, track_caller)]
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> StoreResult<T>,
    ) -> StoreResult<Option<T>> {
        #[cfg(test)]
        super::query_plans::note(sql);
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        rows.next()?.map(read).transpose()
    }

    /// All rows.
    #[cfg_attr(test, track_caller)]
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> StoreResult<T>,
    ) -> StoreResult<Vec<T>> {
        #[cfg(test)]
        super::query_plans::note(sql);
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }

    /// Rows one by one, as long as `read` goes on: those behind are not looked for.
    #[cfg_attr(test, track_caller)]
    pub(super) fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> StoreResult<ControlFlow<()>>,
    ) -> StoreResult<()> {
        #[cfg(test)]
        super::query_plans::note(sql);
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            if read(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// A statement that answers nothing.
    pub(super) fn change(&self, sql: &str, params: impl Params) -> StoreResult<()> {
        self.0.prepare_cached(sql)?.execute(params)?;
        Ok(())
    }
}

pub(super) fn text(row: &Row<'_>, column: usize) -> StoreResult<String> {
    Ok(row.get(column)?)
}

/// A value that is written as text.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> StoreResult<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    row.get_ref(column)?.as_str().map_err(StoreError::damaged)?.parse().map_err(StoreError::damaged)
}

/// A value that is written as JSON.
pub(super) fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> StoreResult<T> {
    let json = row.get_ref(column)?.as_str().map_err(StoreError::damaged)?;
    serde_json::from_str(json).map_err(StoreError::damaged)
}

pub(super) fn to_json(value: &impl Serialize) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Refused(error.to_string()))
}

pub(super) fn digest(row: &Row<'_>, column: usize) -> StoreResult<Digest> {
    Ok(Digest::from_bytes(row.get(column)?))
}

pub(super) fn instant(row: &Row<'_>, column: usize) -> StoreResult<Instant> {
    Ok(Instant::from_unix_millis(row.get(column)?))
}

/// A count or a number from 0 up.
pub(super) fn number(row: &Row<'_>, column: usize) -> StoreResult<u64> {
    let value: i64 = row.get(column)?;
    value.try_into().map_err(StoreError::damaged)
}

/// SQLite's integers are signed.
pub(super) fn signed(number: u64) -> StoreResult<i64> {
    number.try_into().map_err(|_| StoreError::Refused(format!("{number} does not fit 63 bits")))
}
