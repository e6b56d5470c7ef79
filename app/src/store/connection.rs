//! One connection to one database: opens when it is needed, opens again when the browser closed it, and makes way
//! for a newer version of the app.
//!
//! Every write is one transaction with `durability: "strict"`: when it is answered, it is on disk. (Chromium's
//! default is relaxed: 100 transactions made 4 `fdatasync`; strict made 100, for 0.3 ms more each.)

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexed_db_futures::KeyRange;
use indexed_db_futures::database::{Database, VersionChangeEvent};
use indexed_db_futures::error::OpenDbError;
use indexed_db_futures::internals::SystemRepr as _;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::StoreFailed;
use super::change::{Change, Key};
use super::schema::{Step, Table};

/// Whether this page may still use the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// Yes.
    Held,
    /// A newer version of the app, in another tab, needed it. This page must be opened again.
    GivenUp,
}

/// A connection to one database.
pub(super) struct Connection {
    name: String,
    steps: &'static [Step],
    database: RefCell<Option<Database>>,
    claim: Rc<Cell<Claim>>,
    on_given_up: Rc<dyn Fn()>,
}

impl Connection {
    /// Opens a database, and brings it to today's version.
    pub(super) async fn open(
        name: String,
        steps: &'static [Step],
        on_given_up: impl Fn() + 'static,
    ) -> Result<Self, StoreFailed> {
        let connection = Self {
            name,
            steps,
            database: RefCell::new(None),
            claim: Rc::new(Cell::new(Claim::Held)),
            on_given_up: Rc::new(on_given_up),
        };
        connection.database().await?;
        Ok(connection)
    }

    /// The open database; opens it first when the browser closed it.
    async fn database(&self) -> Result<Database, StoreFailed> {
        if self.claim.get() == Claim::GivenUp {
            return Err(StoreFailed::Closed);
        }
        if let Some(database) = self.database.borrow().clone() {
            return Ok(database);
        }
        let steps = self.steps;
        let version = u32::try_from(steps.len()).map_err(|_| StoreFailed::other("TooManySteps"))?;
        let database = Database::open(self.name.as_str())
            .with_version(version)
            .with_on_upgrade_needed(move |event: VersionChangeEvent, database: Database| {
                // The old version is a whole number that a browser hands over as a float.
                let done = event.old_version() as usize;
                for step in steps.iter().skip(done) {
                    step(&database)?;
                }
                Ok(())
            })
            .await
            .map_err(|error: OpenDbError| StoreFailed::from(error))?;
        self.make_way(&database);
        *self.database.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    /// When a newer version of the app wants to upgrade, this page closes its connection at once, so that nothing
    /// blocks, and says so. A close by the browser itself (iOS, when memory is short) only means "open again".
    fn make_way(&self, database: &Database) {
        let sys: &web_sys::IdbDatabase = database.as_sys();
        let closing = sys.clone();
        let claim = Rc::clone(&self.claim);
        let on_given_up = Rc::clone(&self.on_given_up);
        let on_change = Closure::<dyn Fn()>::new(move || {
            claim.set(Claim::GivenUp);
            closing.close();
            on_given_up();
        });
        sys.set_onversionchange(Some(on_change.as_ref().unchecked_ref()));
        // One closure per opened connection, for as long as the page lives.
        on_change.forget();
    }

    /// Begins a transaction; opens the database again when the connection turns out to be closed.
    async fn begin<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, StoreFailed>,
    ) -> Result<T, StoreFailed> {
        let database = self.database().await?;
        match work(&database).await {
            Err(StoreFailed::Closed) => {
                self.database.borrow_mut().take();
                let database = self.database().await?;
                work(&database).await
            }
            Err(StoreFailed::Other { name }) if is_lost_connection(&name) => {
                self.database.borrow_mut().take();
                let database = self.database().await?;
                work(&database).await
            }
            done => done,
        }
    }

    /// Writes all of `changes` or none, and answers when they are on disk.
    pub(super) async fn write(&self, changes: &[Change]) -> Result<(), StoreFailed> {
        self.write_if(None, changes).await.map(|_| ())
    }

    /// Writes all of `changes` or none, provided that a text still is what `expected` says.
    pub(super) async fn write_if(
        &self,
        expected: Option<&Expected>,
        changes: &[Change],
    ) -> Result<Written, StoreFailed> {
        self.begin(async |database| {
            let mut tables: Vec<&str> = changes.iter().map(|change| change.table().name()).collect();
            tables.extend(expected.map(|expected| expected.table.name()));
            tables.sort_unstable();
            tables.dedup();
            let transaction = database
                .transaction(tables.as_slice())
                .with_mode(TransactionMode::Readwrite)
                .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
                .build()?;
            let raw: web_sys::IdbTransaction = transaction.as_sys().clone().into();
            let outcome = carry_out(transaction, expected, changes).await;
            // The library reports an abort without its cause; the transaction knows it.
            match (outcome, raw.error()) {
                (Ok(written), _) => Ok(written),
                (Err(_), Some(cause)) => Err(StoreFailed::from_name(&cause.name())),
                (Err(failed), None) => Err(failed),
            }
        })
        .await
    }

    /// One value.
    pub(super) async fn get(&self, table: Table, key: &Key) -> Result<Option<JsValue>, StoreFailed> {
        self.begin(async |database| {
            let transaction = database.transaction(table.name()).build()?;
            let store = transaction.object_store(table.name())?;
            let value: Option<JsValue> = store.get(key.to_js()).primitive()?.await?;
            Ok(value.filter(|value| !value.is_undefined()))
        })
        .await
    }

    /// All values, or those whose key begins with `prefix`, in the order of their keys.
    pub(super) async fn all(&self, table: Table, prefix: Option<&Key>) -> Result<Vec<JsValue>, StoreFailed> {
        self.begin(async |database| {
            let transaction = database.transaction(table.name()).build()?;
            let store = transaction.object_store(table.name())?;
            let values = match prefix {
                None => store.get_all::<JsValue>().primitive()?.await?.collect::<Result<Vec<_>, _>>()?,
                Some(prefix) => {
                    let query = store.get_all::<JsValue>().with_query::<JsValue, _>(under(prefix));
                    query.primitive()?.await?.collect::<Result<Vec<_>, _>>()?
                }
            };
            Ok(values)
        })
        .await
    }

    /// The keys that begin with `prefix`, each as its texts.
    pub(super) async fn keys(&self, table: Table, prefix: &Key) -> Result<Vec<Vec<String>>, StoreFailed> {
        self.begin(async |database| {
            let transaction = database.transaction(table.name()).build()?;
            let store = transaction.object_store(table.name())?;
            let query = store.get_all_keys::<JsValue>().with_query::<JsValue, _>(under(prefix));
            let keys = query.primitive()?.await?.collect::<Result<Vec<_>, _>>()?;
            let texts =
                |key: &JsValue| js_sys::Array::from(key).iter().filter_map(|it| it.as_string()).collect();
            Ok(keys.iter().map(texts).collect())
        })
        .await
    }
}

/// A text that must not have changed since it was read: the other half of a compare-and-swap.
pub(super) struct Expected {
    pub(super) table: Table,
    pub(super) key: Key,
    /// What was read; `None` when there was nothing.
    pub(super) text: Option<String>,
}

/// Whether a conditional write took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It is on disk.
    Done,
    /// Somebody else was first; nothing was written.
    Overtaken,
}

async fn carry_out(
    transaction: Transaction<'_>,
    expected: Option<&Expected>,
    changes: &[Change],
) -> Result<Written, StoreFailed> {
    if let Some(expected) = expected {
        let store = transaction.object_store(expected.table.name())?;
        let found: Option<JsValue> = store.get(expected.key.to_js()).primitive()?.await?;
        if found.and_then(|value| value.as_string()) != expected.text {
            return Ok(Written::Overtaken);
        }
    }
    for change in changes {
        let store = transaction.object_store(change.table().name())?;
        // The requests need not be awaited one by one: a failed one aborts the transaction.
        match change {
            Change::Put { key, value, .. } => {
                store.put(value.clone()).with_key(key.to_js()).primitive()?;
            }
            Change::Delete { key, .. } => {
                store.delete(key.to_js()).primitive()?;
            }
            Change::DeleteUnder { prefix, .. } => {
                store.delete::<JsValue, _>(under(prefix)).primitive()?;
            }
        }
    }
    transaction.commit().await?;
    Ok(Written::Done)
}

/// Every key that begins with the parts of `prefix`: an empty array sorts after every text.
fn under(prefix: &Key) -> KeyRange<JsValue> {
    let end = js_sys::Array::from(&prefix.to_js());
    end.push(&js_sys::Array::new());
    KeyRange::Bound(prefix.to_js(), false, end.into(), true)
}

/// What WebKit and Chromium say when the process behind the database is gone.
fn is_lost_connection(name: &str) -> bool {
    name.contains("Connection to Indexed Database server lost") || name == "UnknownError"
}
