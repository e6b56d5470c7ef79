//! The camera's write-ahead notes: what was pressed, and the frame that came of it, before anything else is done to it.
//!
//! ```text
//! shutter ─► press (a note) ─► frame ─► keep_frame (its bytes) ─► worker ─► save_photo: photo counts, note and frame go
//! ```
//!
//! After a kill the notes tell exactly what was kept: a note with its frame becomes a photo after all; a note without
//! one is a photo that was not kept, and is said.

use std::fmt;

use serde::{Deserialize, Serialize};
use xunan_core::clock::Instant;
use xunan_core::evidence::{CameraWay, DeviceTime, Position};
use xunan_core::ids::{PhotoId, VisitId};
use xunan_core::visit::PhotoOf;

use super::change::{Change, Key};
use super::schema::Table;
use super::{Store, StoreFailed, parsed};
use crate::browser::Binary;

/// The name of a draft that photos are taken for: a visit's id, or that of a piece of work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftKey(String);

impl From<VisitId> for DraftKey {
    fn from(visit: VisitId) -> Self {
        Self(visit.to_string())
    }
}

impl DraftKey {
    pub(super) const fn of_work(name: String) -> Self {
        Self(name)
    }
}

impl fmt::Display for DraftKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a photo of a draft shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Shows {
    /// Something of a visit.
    Visit(PhotoOf),
    /// A part of a piece of work: 0 is the work as a whole, from 1 on its findings.
    Part {
        /// Which.
        part: u32,
    },
}

/// A press of the shutter, or a picked file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    /// The photo that is to become of it.
    pub photo: PhotoId,
    /// What it shows.
    pub shows: Shows,
    /// How it comes in.
    pub way: CameraWay,
    /// When.
    pub time: DeviceTime,
    /// Where.
    pub position: Position,
}

/// The camera, or the list of files, was opened: written before that, and taken back when it is closed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraOpened {
    /// For which draft.
    #[serde(rename = "visit")]
    pub draft: DraftKey,
    /// What was to be photographed.
    pub shows: Shows,
    /// Which of the two ways.
    pub way: CameraWay,
    /// When, by the wall clock.
    pub at: Instant,
    /// The draft's last photo before.
    pub last: Option<PhotoId>,
}

/// What became of a shot whose page was gone before it was a photo.
#[derive(Clone, Debug)]
pub enum Left {
    /// Its bytes are here: it becomes a photo now.
    Frame(Shot, Binary),
    /// Nothing but the note: it was not kept.
    Nothing(Shot),
}

const CAMERA: &str = "camera";

impl Store {
    /// Notes that the camera is about to be opened.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn open_camera(&self, opened: &CameraOpened) -> Result<(), StoreFailed> {
        self.connection().write(&[Change::put(Table::Facts, Key::one(CAMERA), opened)?]).await
    }

    /// Notes that it was closed.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn close_camera(&self) -> Result<(), StoreFailed> {
        self.connection().write(&[Change::Delete { table: Table::Facts, key: Key::one(CAMERA) }]).await
    }

    /// The camera that was open when a page was gone.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn opened_camera(&self) -> Result<Option<CameraOpened>, StoreFailed> {
        self.fact(CAMERA).await
    }

    /// Notes that the shutter was pressed. On disk before the frame is. Like the frame it never uses the reserve that is
    /// kept for text: giving that up would make room for photos.
    ///
    /// # Errors
    /// [`StoreFailed`]: then nothing is photographed. [`StoreFailed::QuotaFull`] also when the reserve is in use and does not
    /// fit again: what was freed by giving it up is for text.
    pub async fn press(&self, draft: &DraftKey, shot: &Shot) -> Result<(), StoreFailed> {
        self.keep_reserve().await;
        if !self.has_reserve().await? {
            return Err(StoreFailed::QuotaFull);
        }
        self.connection().write(&[Change::put(Table::Shots, Key::path([draft, &shot.photo]), shot)?]).await
    }

    /// Keeps a frame's bytes as they came. It never uses the reserve that is kept for text.
    ///
    /// # Errors
    /// [`StoreFailed`]: the photo does not count.
    pub async fn keep_frame(
        &self,
        draft: &DraftKey,
        photo: PhotoId,
        frame: &Binary,
    ) -> Result<(), StoreFailed> {
        let key = Key::path([draft, &photo]);
        let change = Change::Put { table: Table::Frames, key, value: frame.clone().into() };
        self.connection().write(&[change]).await
    }

    /// What a page that is gone left behind of a draft, in the order in which it was pressed.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn left_shots(&self, draft: &DraftKey) -> Result<Vec<Left>, StoreFailed> {
        let mut left = Vec::new();
        for value in self.connection().all(Table::Shots, Some(&Key::path([draft]))).await? {
            let shot: Shot = parsed("shot", &value)?;
            let frame = self.connection().get(Table::Frames, &Key::path([draft, &shot.photo])).await?;
            left.push(match frame.and_then(Binary::from_js) {
                Some(frame) => Left::Frame(shot, frame),
                None => Left::Nothing(shot),
            });
        }
        Ok(left)
    }

    /// Forgets a shot that has become no photo, after it was said.
    ///
    /// # Errors
    /// [`StoreFailed`].
    pub async fn forget_shot(&self, draft: &DraftKey, photo: PhotoId) -> Result<(), StoreFailed> {
        self.connection().write(&removal_of_shot(draft, photo)).await
    }
}

/// The deletions that remove note and frame.
pub(super) fn removal_of_shot(draft: &DraftKey, photo: PhotoId) -> [Change; 2] {
    [Table::Shots, Table::Frames].map(|table| Change::Delete { table, key: Key::path([draft, &photo]) })
}
