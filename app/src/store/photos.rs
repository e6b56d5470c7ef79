//! Photos: their bytes, their small pictures, and the part of the draft that names them, all in one transaction.

use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::visit::Part;

use super::change::{Change, Key};
use super::drafts::{draft_changes, removal_of_photo};
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
        changes.extend(puts_of(photo));
        changes.extend(removal_of_shot(&visit.into(), photo.id));
        self.connection().write(&changes).await?;
        if let Some(card) = card {
            self.note_draft(card);
            self.announce(Changed::Drafts);
        }
        Ok(())
    }

    /// Stores the bytes of a photo that a step is about to name: it belongs to no draft. A step that is never signed
    /// leaves them behind, and they are forgotten with [`Store::forget_photos`].
    ///
    /// # Errors
    /// [`StoreFailed`]; then nothing is stored.
    pub async fn save_step_photo(&self, photo: &NewPhoto) -> Result<(), StoreFailed> {
        let put = |table, binary: &Binary| Change::Put {
            table,
            key: Key::one(photo.id),
            value: binary.clone().into(),
        };
        let changes = [put(Table::Photos, &photo.jpeg), put(Table::Thumbnails, &photo.thumbnail)];
        self.connection().write(&changes).await
    }

    /// Forgets photos that no entry names.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn forget_photos(&self, photos: &[PhotoId]) -> Result<(), StoreFailed> {
        let changes: Vec<Change> = photos.iter().flat_map(|photo| removal_of_photo(*photo)).collect();
        self.connection().write(&changes).await
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

/// The puts that store a photo's bytes.
pub(super) fn puts_of(photo: &NewPhoto) -> Vec<Change> {
    let put =
        |table, id, binary: &Binary| Change::Put { table, key: Key::one(id), value: binary.clone().into() };
    let mut changes =
        vec![put(Table::Photos, photo.id, &photo.jpeg), put(Table::Thumbnails, photo.id, &photo.thumbnail)];
    changes.extend(photo.original.as_ref().map(|it| put(Table::Photos, photo.id.of_original(), it)));
    changes
}
