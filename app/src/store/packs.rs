//! Rule packs by their hash. A pack is checked against it before it is stored and each time it is read.

use wasm_bindgen::JsValue;
use xunan_core::digest::Digest;
use xunan_core::rules::{Pack, PackRef};

use super::change::{Change, Key};
use super::schema::Table;
use super::{Changed, Store, StoreFailed};

impl Store {
    /// Stores a pack's exact text. The caller has checked its hash.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn save_pack(&self, hash: Digest, text: &str) -> Result<(), StoreFailed> {
        let value = JsValue::from_str(text);
        self.connection().write(&[Change::Put { table: Table::Packs, key: Key::one(hash), value }]).await?;
        self.announce(Changed::Rows);
        Ok(())
    }

    /// A pack, verified by its hash and loaded; `None` when it is not here.
    ///
    /// # Errors
    /// [`StoreFailed`], also when what is stored is not that pack any more.
    pub async fn pack(&self, hash: Digest) -> Result<Option<Pack>, StoreFailed> {
        let Some(value) = self.connection().get(Table::Packs, &Key::one(hash)).await? else { return Ok(None) };
        let Some(text) = value.as_string() else { return Err(StoreFailed::other("Unreadable pack")) };
        match Pack::load(text.as_bytes()) {
            Ok(pack) if pack.reference().hash == hash => Ok(Some(pack)),
            Ok(_) => Err(StoreFailed::other("Altered pack")),
            Err(_) => Err(StoreFailed::other("Broken pack")),
        }
    }

    /// The packs that are in force by the rows, and are stored here with the right hash.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn has_pack(&self, pack: &PackRef) -> Result<bool, StoreFailed> {
        match self.connection().get(Table::Packs, &Key::one(pack.hash)).await? {
            Some(value) => Ok(value.as_string().is_some_and(|text| Digest::of(text.as_bytes()) == pack.hash)),
            None => Ok(false),
        }
    }
}
