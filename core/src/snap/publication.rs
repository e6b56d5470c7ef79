//! What an office makes public of a report 公开: its own words, bounded, and a place that is no finer than a township.

use serde::{Deserialize, Deserializer, Serialize};

use super::own_words::{COVER, OwnWords, TooLong};
use super::report::Category;
use crate::digest::Digest;
use crate::evidence::{NotAPublicCopy, Picture, Shape};
use crate::facility::FacilityType;
use crate::hazard::Mark;
use crate::ids::{EntryId, PhotoId};

/// What an office writes for everybody: at most [`OwnWords::MAX_CHARS`] characters, with the digits of long numbers covered as
/// in a reporter's words. A type of its own, so that a reporter's words do not fit where these stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PublicWords(OwnWords);

impl PublicWords {
    fn seemly(&self) -> Self {
        Self(self.0.seemly())
    }

    /// Takes a text in.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn of(text: &str) -> Result<Self, TooLong> {
        OwnWords::of(text).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A text that is no line for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("empty, of several lines, too long, or a place with digits")]
pub struct NotPublic;

/// One line of at most so many characters that says something, with the digits of long numbers covered.
fn line(text: &str, most: usize) -> Result<PublicWords, NotPublic> {
    let words = PublicWords::of(text).map_err(|_| NotPublic)?;
    let fits = !words.is_empty() && !words.as_str().contains('\n') && words.as_str().chars().count() <= most;
    if fits { Ok(words) } else { Err(NotPublic) }
}

/// Reads what its constructor would have written, and nothing else: an entry cannot bring in what a form could not.
fn read_line<'de, D: Deserializer<'de>>(
    deserializer: D,
    of: impl FnOnce(&str) -> Result<PublicWords, NotPublic>,
) -> Result<PublicWords, D::Error> {
    let words = PublicWords::deserialize(deserializer)?;
    let made = of(words.as_str()).map_err(serde::de::Error::custom)?;
    if made == words { Ok(words) } else { Err(serde::de::Error::custom("spelt otherwise")) }
}

/// What it is, in one line 标题: of 1 to [`PublicTitle::MAX_CHARS`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PublicTitle(PublicWords);

impl PublicTitle {
    /// Characters, at most: three lines of a phone.
    pub const MAX_CHARS: usize = 60;

    /// Takes a text in.
    ///
    /// # Errors
    /// [`NotPublic`].
    pub fn of(text: &str) -> Result<Self, NotPublic> {
        line(text, Self::MAX_CHARS).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for PublicTitle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_line(deserializer, |text| Self::of(text).map(|it| it.0)).map(Self)
    }
}

/// Roughly where it is 大致地点: the name of a township or of what lies above it, of 1 to [`PublicPlace::MAX_CHARS`]
/// characters and without digits. A room, a house number and coordinates have digits, and so are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PublicPlace(PublicWords);

impl PublicPlace {
    /// Characters, at most: the longest names of townships have some 15.
    pub const MAX_CHARS: usize = 20;

    /// Takes a text in.
    ///
    /// # Errors
    /// [`NotPublic`].
    ///
    /// ```
    /// use xunan_core::snap::PublicPlace;
    ///
    /// assert!(PublicPlace::of("青石镇").is_ok());
    /// assert!(PublicPlace::of("青石镇演示街12号").is_err());
    /// ```
    pub fn of(text: &str) -> Result<Self, NotPublic> {
        let words = line(text, Self::MAX_CHARS)?;
        // A long row of digits is covered by now.
        let is_fine = words.as_str().chars().any(|it| it.is_numeric() || it == COVER);
        if is_fine { Err(NotPublic) } else { Ok(Self(words)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for PublicPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_line(deserializer, |text| Self::of(text).map(|it| it.0)).map(Self)
    }
}

/// What an office wrote and picked for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicNotice {
    /// What it is.
    pub title: PublicTitle,
    /// What it is about, as the office sees it.
    pub category: Category,
    /// Roughly where.
    pub place: PublicPlace,
    /// More about it; may be empty.
    #[serde(default, skip_serializing_if = "PublicWords::is_empty")]
    pub words: PublicWords,
    /// What came of it 办理结果. Needed once the report is answered, and empty before: what the reporter was told was written
    /// for one person, and is never made public by itself.
    #[serde(default, skip_serializing_if = "PublicWords::is_empty")]
    pub result: PublicWords,
}

impl PublicNotice {
    /// The same as everybody reads it: with coarse words covered.
    pub(super) fn seemly(&self) -> Self {
        Self {
            title: PublicTitle(self.title.0.seemly()),
            category: self.category,
            place: self.place.clone(),
            words: self.words.seemly(),
            result: self.result.seemly(),
        }
    }
}

/// A picture that everybody may see 公开照片: made of one of the report's photos, with what nobody may see covered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicPhoto {
    /// The reporter's photo.
    pub photo: PhotoId,
    /// Hash of that photo's stored bytes: what was covered.
    pub source: Digest,
    /// The picture's own id.
    pub id: PhotoId,
    /// Hash of the picture's bytes.
    pub digest: Digest,
    /// Size of those, in bytes.
    pub size_bytes: u64,
    /// Its width, in pixels.
    pub width_px: u32,
    /// Its height, in pixels.
    pub height_px: u32,
    /// What is covered; may be empty where nothing has to be.
    pub shapes: Vec<Shape>,
}

impl PublicPhoto {
    /// Pictures of one case, at most: what shows a hazard, and how it was put right.
    pub const MOST: usize = 4;

    /// Checks what the types leave open.
    ///
    /// # Errors
    /// [`NotAPublicCopy`].
    pub fn check(&self) -> Result<(), NotAPublicCopy> {
        let Self { photo, source, id, digest, size_bytes, width_px, height_px, .. } = *self;
        Picture { photo, source, id, digest, size_bytes, width_px, height_px, shapes: &self.shapes }.check()
    }
}

/// That a report is public, since when and with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapPublication"))]
pub struct Publication {
    /// Who made it so; its entry is what withdrawing names.
    pub mark: Mark,
    /// What it speaks of: the entry by which the report stood as it did then.
    pub after: EntryId,
    /// What everybody reads.
    pub notice: PublicNotice,
    /// What everybody sees, each of another photo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PublicPhoto>,
}

/// Of which institutions reports may be made public: a region's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publishing {
    /// Of all but those of minors: where a region says nothing.
    #[default]
    NotOfMinors,
    /// Of all.
    OfAll,
}

/// Whether what was seen at certain institutions may be made public at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayPublish {
    /// Yes.
    Yes,
    /// No: minors live there, or nobody knows what kind of institution it is.
    NotOfMinors,
}

impl MayPublish {
    /// Of the kinds of all institutions that a report has to do with, `None` for one whose kind is not known: where the terms
    /// do not say otherwise, nothing of a home of minors is made public (domain rule 5, "minors' institutions never on the
    /// public map by default").
    pub fn of(kinds: impl IntoIterator<Item = Option<FacilityType>>, terms: Publishing) -> Self {
        let held = |kind: Option<FacilityType>| kind.is_none_or(FacilityType::is_of_minors);
        match terms {
            Publishing::NotOfMinors if kinds.into_iter().any(held) => Self::NotOfMinors,
            _ => Self::Yes,
        }
    }
}
