//! Photos that were fetched to be looked at without a network: what was found, beside what is there now.

use xunan_core::digest::Digest;

use super::change::{Change, Key};
use super::schema::Table;
use super::{Store, StoreFailed};
use crate::browser::Binary;

/// The keys are of two texts, so that they can be listed.
const PHOTO: &str = "photo";

fn key(name: &str) -> Key {
    Key::path([&PHOTO, &name])
}

impl Store {
    /// A photo that was fetched; `None` when it is not here.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn picture(&self, hash: &Digest) -> Result<Option<Binary>, StoreFailed> {
        let value = self.connection().get(Table::Pictures, &key(&hash.hex())).await?;
        Ok(value.and_then(Binary::from_js))
    }

    /// Which photos were fetched, by the hexadecimal digits of their hashes.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn pictures(&self) -> Result<Vec<String>, StoreFailed> {
        let keys = self.connection().keys(Table::Pictures, &Key::path([&PHOTO])).await?;
        Ok(keys.into_iter().filter_map(|mut key| key.pop()).collect())
    }

    /// Keeps a photo that was fetched. It never uses the reserve that is kept for text.
    ///
    /// # Errors
    /// [`StoreFailed`]; it is fetched again the next time.
    pub async fn keep_picture(&self, hash: &Digest, jpeg: &Binary) -> Result<(), StoreFailed> {
        let (table, key) = (Table::Pictures, key(&hash.hex()));
        self.connection().write(&[Change::Put { table, key, value: jpeg.clone().into() }]).await
    }

    /// Lets go of photos that are not needed any more: the server has them.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn drop_pictures(&self, names: &[String]) -> Result<(), StoreFailed> {
        if names.is_empty() {
            return Ok(());
        }
        let drop = |name: &String| Change::Delete { table: Table::Pictures, key: key(name) };
        self.connection().write(&names.iter().map(drop).collect::<Vec<_>>()).await
    }
}
