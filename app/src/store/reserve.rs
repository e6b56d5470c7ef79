//! The reserve: room that is kept for text.
//!
//! A full disk refuses every write alike, and what browsers tell of free space is not to be believed. So two megabytes
//! are occupied from the start; when text does not fit, they are given up, and the text is written in their place. A
//! photo never gets them: it is refused in words before its shutter's result is dropped.
//!
//! Browsers free the space of a deleted `Blob` some seconds later, so the write is tried again for a while. And not
//! before the last page lets go of it: so nobody ever reads it, only its key.

use wasm_bindgen::JsValue;

use super::change::{Change, Key};
use super::connection::{Expected, Written};
use super::schema::Table;
use super::{Changed, Store, StoreFailed};
use crate::browser::Binary;
use crate::browser::clock::sleep_millis;

/// Bytes that are kept free: some 500 touches and notes with their keys and logs.
const RESERVE_BYTES: usize = 2 * 1024 * 1024;

/// Pauses before each new try, in milliseconds.
const TRY_AGAIN_AFTER_MS: [u32; 6] = [0, 250, 1_000, 2_000, 4_000, 8_000];

fn key() -> Key {
    Key::one("reserve")
}

impl Store {
    /// Occupies the reserve when it is not there. A full disk is no error here: whoever writes next hears of it.
    pub(super) async fn keep_reserve(&self) {
        if !matches!(self.has_reserve().await, Ok(false)) {
            return;
        }
        // Not zeros: a file system or a database that compresses would keep none of the room.
        let mut noise = vec![0_u8; RESERVE_BYTES];
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        for chunk in noise.chunks_exact_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            chunk.copy_from_slice(&state.to_le_bytes());
        }
        let Ok(room) = Binary::new(&noise, "application/octet-stream") else { return };
        let value: JsValue = room.into();
        let kept = self.connection().write(&[Change::Put { table: Table::Reserve, key: key(), value }]).await;
        // A disk that is full already shows it by the reserve's absence.
        let _told_by_absence = kept;
        self.announce(Changed::Space);
    }

    /// Gives up the reserve and writes in its place.
    pub(super) async fn write_with_reserve(
        &self,
        expected: Option<&Expected>,
        changes: &[Change],
    ) -> Result<Written, StoreFailed> {
        self.connection().write(&[Change::Delete { table: Table::Reserve, key: key() }]).await?;
        self.announce(Changed::Space);
        let mut outcome = Err(StoreFailed::QuotaFull);
        for pause in TRY_AGAIN_AFTER_MS {
            sleep_millis(pause).await;
            outcome = self.connection().write_if(expected, changes).await;
            if outcome != Err(StoreFailed::QuotaFull) {
                break;
            }
        }
        outcome
    }

    /// Whether the reserve still stands: when it does not, the disk is full, and photos would not fit.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn has_reserve(&self) -> Result<bool, StoreFailed> {
        Ok(!self.connection().keys(Table::Reserve, &key()).await?.is_empty())
    }
}
