//! What a transaction does, as data: so that it can be tried again on a new connection.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::StoreFailed;
use super::schema::Table;

/// A key: one text, or several that are compared one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// One text.
    One(String),
    /// An array of texts.
    Path(Vec<String>),
}

impl Key {
    pub(super) fn one(text: impl ToString) -> Self {
        Self::One(text.to_string())
    }

    pub(super) fn path<const N: usize>(texts: [&dyn ToString; N]) -> Self {
        Self::Path(texts.iter().map(|text| text.to_string()).collect())
    }

    pub(super) fn to_js(&self) -> JsValue {
        match self {
            Self::One(text) => JsValue::from_str(text),
            Self::Path(texts) => {
                texts.iter().map(|text| JsValue::from_str(text)).collect::<js_sys::Array>().into()
            }
        }
    }
}

/// One change of one table.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Puts a value under a key, in place of what was there.
    Put { table: Table, key: Key, value: JsValue },
    /// Deletes what is under a key.
    Delete { table: Table, key: Key },
    /// Deletes everything whose key begins with `prefix`.
    DeleteUnder { table: Table, prefix: Key },
}

impl Change {
    /// Puts a value as JSON.
    pub(super) fn put(table: Table, key: Key, value: &impl Serialize) -> Result<Self, StoreFailed> {
        let json = serde_json::to_string(value).map_err(|error| StoreFailed::other(error.to_string()))?;
        Ok(Self::put_text(table, key, &json))
    }

    /// Puts a value that is JSON already.
    pub(super) fn put_text(table: Table, key: Key, json: &str) -> Self {
        Self::Put { table, key, value: JsValue::from_str(json) }
    }

    pub(super) const fn table(&self) -> Table {
        match self {
            Self::Put { table, .. } | Self::Delete { table, .. } | Self::DeleteUnder { table, .. } => *table,
        }
    }
}
