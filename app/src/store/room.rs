//! Whether there is room: found out by writing, since what browsers tell of free space is not to be believed.

use futures_channel::oneshot;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::change::{Change, Key};
use super::schema::Table;
use super::{Store, StoreFailed};
use crate::browser::binary::BinaryPart;
use crate::browser::clock::sleep_millis;
use crate::browser::{Binary, sealing};

/// What a trial showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// So many bytes could be written, and were taken back.
    Fits {
        /// How many.
        bytes: u64,
    },
    /// They could not: the disk is full before that.
    Full,
    /// The trial did not end in time, or failed for another reason.
    Unknown,
}

/// No trial writes more than this, in bytes: it costs time and wears the disk.
const MOST_TRIED: u64 = 50 * 1024 * 1024;

/// A trial is not waited for any longer, in milliseconds. It takes back what it wrote all the same.
const PATIENCE_MS: u32 = 8_000;

/// Noise is drawn in pieces of this size; `getRandomValues` gives no more at once.
const PIECE: usize = 64 * 1024;

impl Store {
    /// Tries to write `bytes`, at most 50 MiB, and takes them back at once.
    pub async fn try_room(&self, bytes: u64) -> Room {
        let bytes = bytes.min(MOST_TRIED);
        let (told, outcome) = oneshot::channel();
        let store = self.clone();
        spawn_local(async move {
            let tried = store.write_and_take_back(bytes).await;
            // Nobody waits any longer when it took too long.
            let _late = told.send(match tried {
                Ok(()) => Room::Fits { bytes },
                Err(StoreFailed::QuotaFull) => Room::Full,
                Err(_) => Room::Unknown,
            });
        });
        in_time(outcome, PATIENCE_MS).await.unwrap_or(Room::Unknown)
    }

    async fn write_and_take_back(&self, bytes: u64) -> Result<(), StoreFailed> {
        let refused = |refused: crate::browser::Refused| StoreFailed::other(refused.name);
        let piece = Binary::new(&noise().map_err(refused)?, "application/octet-stream").map_err(refused)?;
        let count = usize::try_from(bytes.div_ceil(PIECE as u64)).unwrap_or(usize::MAX);
        let parts = (0..count).map(|_| BinaryPart::Binary(piece.clone()));
        let joined = Binary::joined(parts, "application/octet-stream").map_err(refused)?;
        let value: JsValue = joined.gathered().await.map_err(refused)?.into();
        // In the table of the reserve, whose other key it leaves alone. What a killed page left is written over.
        let key = || Key::one("attempt");
        let written =
            self.connection().write(&[Change::Put { table: Table::Reserve, key: key(), value }]).await;
        let taken_back =
            self.connection().write(&[Change::Delete { table: Table::Reserve, key: key() }]).await;
        written.and(taken_back)
    }
}

/// Not zeros: a file system that compresses would keep none of the room.
fn noise() -> Result<Vec<u8>, crate::browser::Refused> {
    Ok(sealing::random::<PIECE>()?.to_vec())
}

/// What comes first: the outcome, or the end of patience.
async fn in_time<T: 'static>(outcome: oneshot::Receiver<T>, millis: u32) -> Option<T> {
    let (first, either) = oneshot::channel();
    let first = std::rc::Rc::new(std::cell::Cell::new(Some(first)));
    let late = std::rc::Rc::clone(&first);
    spawn_local(async move {
        sleep_millis(millis).await;
        if let Some(first) = late.take() {
            let _nobody_waits = first.send(None);
        }
    });
    spawn_local(async move {
        let outcome = outcome.await.ok();
        if let Some(first) = first.take() {
            let _nobody_waits = first.send(outcome);
        }
    });
    either.await.ok().flatten()
}
