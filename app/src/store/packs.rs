//! Rule packs by their hash. A pack is checked against it before it is stored and each time it is read.

use wasm_bindgen::JsValue;
use xunan_core::digest::Digest;
use xunan_core::rules::{FireRules, Pack, PackRef};

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

    /// A checklist, verified by its hash and loaded; `None` when it is not here.
    ///
    /// # Errors
    /// [`StoreFailed`], also when what is stored is not that pack any more.
    pub async fn pack(&self, pack: &PackRef) -> Result<Option<Pack>, StoreFailed> {
        let Some(text) = self.pack_text(pack).await? else { return Ok(None) };
        Pack::load(text.as_bytes()).map(Some).map_err(|_| StoreFailed::other("Broken pack"))
    }

    /// A rule set of the comprehensive fire judgement, likewise.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn fire_rules(&self, rules: &PackRef) -> Result<Option<FireRules>, StoreFailed> {
        let Some(text) = self.pack_text(rules).await? else { return Ok(None) };
        FireRules::load(text.as_bytes()).map(Some).map_err(|_| StoreFailed::other("Broken pack"))
    }

    /// Whether a pack is here with the right hash.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn has_pack(&self, pack: &PackRef) -> Result<bool, StoreFailed> {
        Ok(self.pack_text(pack).await?.is_some())
    }

    /// A pack's text, when it is here and still has its hash: one that was altered counts as not here, and is
    /// fetched anew.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn pack_text(&self, pack: &PackRef) -> Result<Option<String>, StoreFailed> {
        let value = self.connection().get(Table::Packs, &Key::one(pack.hash)).await?;
        let text = value.as_ref().and_then(JsValue::as_string);
        Ok(text.filter(|text| Digest::of(text.as_bytes()) == pack.hash))
    }
}
