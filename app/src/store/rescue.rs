//! What can still be read of a storage in which something cannot: everything, as it lies there, table by table, past all
//! that this version knows of it. And the last way out, which a person has to ask for: a new beginning.

use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr as _;
use indexed_db_futures::prelude::*;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::StoreFailed;
use super::witness;
use crate::browser::Binary;

/// Our databases' names begin with this.
const OURS: &str = "xunan";

/// One stored value that could be read.
#[derive(Clone, Debug)]
pub struct Readable {
    /// Database and table.
    pub folder: String,
    /// What it is stored under.
    pub name: String,
    /// Its bytes.
    pub content: Binary,
}

/// Every value that can be read, photos included; not the signing key, which the browser does not hand out. A table that
/// cannot be read is left out.
///
/// # Errors
/// [`StoreFailed`] when not even the list of databases can be read.
pub async fn readable() -> Result<Vec<Readable>, StoreFailed> {
    let mut found = Vec::new();
    for name in databases().await? {
        let Ok(opening) = Database::open(name.as_str()).await else { continue };
        let tables: Vec<String> = {
            let names = opening.as_sys().object_store_names();
            (0..names.length()).filter_map(|at| names.get(at)).collect()
        };
        for table in tables {
            // What cannot be read is what brought us here; the next table may be whole.
            let Ok(values) = values(&opening, &table).await else { continue };
            found.extend(values.into_iter().filter_map(|(key, value)| {
                let folder = format!("{name}/{table}");
                readable_value(folder, &key, value)
            }));
        }
        opening.as_sys().close();
    }
    Ok(found)
}

async fn values(database: &Database, table: &str) -> Result<Vec<(JsValue, JsValue)>, StoreFailed> {
    let transaction = database.transaction(table).build()?;
    let store = transaction.object_store(table)?;
    let keys = store.get_all_keys::<JsValue>().primitive()?.await?.collect::<Result<Vec<_>, _>>()?;
    let values = store.get_all::<JsValue>().primitive()?.await?.collect::<Result<Vec<_>, _>>()?;
    Ok(keys.into_iter().zip(values).collect())
}

fn readable_value(folder: String, key: &JsValue, value: JsValue) -> Option<Readable> {
    let name = match key.as_string() {
        Some(text) => text,
        None => {
            let parts = key.dyn_ref::<Array>()?.iter().filter_map(|part| part.as_string());
            parts.collect::<Vec<_>>().join("~")
        }
    };
    let content = match value.as_string() {
        Some(text) => Binary::new(text.as_bytes(), "application/json").ok()?,
        None => Binary::from_js(value)?,
    };
    Some(Readable { folder, name, content })
}

/// Throws every database of ours away. What is in them is lost: ask twice, and hand out what can be read before.
///
/// # Errors
/// [`StoreFailed`] when the browser cannot even do that; then only its own settings can.
pub async fn start_anew() -> Result<(), StoreFailed> {
    for name in databases().await? {
        Database::delete_by_name(&name)?.await?;
    }
    witness::forget_all();
    Ok(())
}

/// The names of our databases, as the browser lists them (`indexedDB.databases`, Firefox from 126 on).
async fn databases() -> Result<Vec<String>, StoreFailed> {
    let refused = |error: JsValue| StoreFailed::from_js(&error);
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(refused)?;
    let list: Function =
        Reflect::get(&factory, &"databases".into()).map_err(refused)?.dyn_into().map_err(refused)?;
    let answer: Promise = list.call0(&factory).map_err(refused)?.dyn_into().map_err(refused)?;
    let listed = JsFuture::from(answer).await.map_err(refused)?;
    let listed = Array::from(&listed);
    let names = listed.iter().filter_map(|it| Reflect::get(&it, &"name".into()).ok()?.as_string());
    Ok(names.filter(|name| name.starts_with(OURS)).collect())
}
