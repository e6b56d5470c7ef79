//! Photos: their bytes, their small pictures, and the part of the draft that names them, all in one transaction.

use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::visit::Part;

use super::change::{Change, Key};
use super::drafts::draft_changes;
use super::schema::Table;
use super::shots::removal_of_shot;
use super::{Changed, DraftCard, Store, StoreFailed};
use crate::browser::Binary;

/// A photo that is about to count.
#[derive(Clone, Debug)]
pub struct NewPhoto {
    /// Its id.
    pub id: PhotoId,
    /// The JPEG that is stored and sent.
    pub jpeg: Binary,
    /// Its small picture, for lists.
    pub thumbnail: Binary,
    /// The untouched bytes, where they are to be kept and sent too.
    pub original: Option<Binary>,
}

impl Store {
    /// Stores a photo's bytes and the parts of the draft that name it, in one transaction: a photo counts only once
    /// it is stored, and no part ever names bytes that are not there. The camera's note of it and its frame go.
    ///
    /// A photo never uses the reserve that is kept for text.
    ///
    /// # Errors
    /// [`StoreFailed`]; then neither bytes nor parts are stored.
    pub async fn save_photo(
        &self,
        visit: VisitId,
        photo: &NewPhoto,
        parts: &[Part],
        card: Option<&DraftCard>,
    ) -> Result<(), StoreFailed> {
        let mut changes = draft_changes(visit, parts, card)?;
        changes.push(Change::Put {
            table: Table::Photos,
            key: Key::one(photo.id),
            value: photo.jpeg.clone().into(),
        });
        changes.push(Change::Put {
            table: Table::Thumbnails,
            key: Key::one(photo.id),
            value: photo.thumbnail.clone().into(),
        });
        if let Some(original) = &photo.original {
            changes.push(Change::Put {
                table: Table::Photos,
                key: Key::one(photo.id.of_original()),
                value: original.clone().into(),
            });
        }
        changes.extend(removal_of_shot(visit, photo.id));
        self.connection().write(&changes).await?;
        if let Some(card) = card {
            self.note_draft(card);
            self.announce(Changed::Drafts);
        }
        Ok(())
    }

    /// A photo's stored JPEG; `None` when its receipt has come, or it never was here.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn photo(&self, photo: PhotoId) -> Result<Option<Binary>, StoreFailed> {
        self.binary(Table::Photos, photo).await
    }

    /// A photo's small picture.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn thumbnail(&self, photo: PhotoId) -> Result<Option<Binary>, StoreFailed> {
        self.binary(Table::Thumbnails, photo).await
    }

    async fn binary(&self, table: Table, photo: PhotoId) -> Result<Option<Binary>, StoreFailed> {
        match self.connection().get(table, &Key::one(photo)).await? {
            None => Ok(None),
            Some(value) => match Binary::from_js(value) {
                Some(binary) => Ok(Some(binary)),
                None => Err(StoreFailed::other("Unreadable photo")),
            },
        }
    }
}
