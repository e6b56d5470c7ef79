//! Pictures of an article 配图. Each version has its own list, and its text names them by their places in it:
//! `![灭火器的压力表](图1)` shows the first one, and tells whoever does not see it what it shows.
//!
//! ```text
//! text ── ![words](图N) ──► the N-th of the version's pictures ──► Block::Picture
//! ```
//!
//! A version that has pictures shows each of them, and names none that it has not: so no version has a hole.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::words::PictureWords;
use crate::digest::Digest;
use crate::evidence::PUBLIC_EDGE_PX;
use crate::ids::PhotoId;

/// One picture: made for everybody, without metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArticlePicture {
    /// Its id.
    pub id: PhotoId,
    /// Hash of its bytes.
    pub digest: Digest,
    /// Size of those, in bytes; at most [`ArticlePicture::MAX_BYTES`].
    pub size_bytes: u64,
    /// Its width, in pixels; 1 to [`PUBLIC_EDGE_PX`].
    pub width_px: u32,
    /// Its height, in pixels; 1 to [`PUBLIC_EDGE_PX`].
    pub height_px: u32,
}

impl ArticlePicture {
    /// Bytes of one picture, at most: what is nothing but noise has some 1.2 MB at 1280 by 1280 pixels.
    pub const MAX_BYTES: u64 = 1_500_000;

    fn fits(&self) -> bool {
        let edges = 1..=PUBLIC_EDGE_PX;
        edges.contains(&self.width_px)
            && edges.contains(&self.height_px)
            && (1..=Self::MAX_BYTES).contains(&self.size_bytes)
    }
}

/// What is no list of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} pictures, one twice, or one that is empty or too large", Pictures::MOST)]
pub struct NotPictures;

/// The pictures of one version, in the order in which its text numbers them; none where there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<ArticlePicture>")]
pub struct Pictures(Vec<ArticlePicture>);

impl TryFrom<Vec<ArticlePicture>> for Pictures {
    type Error = NotPictures;

    fn try_from(pictures: Vec<ArticlePicture>) -> Result<Self, NotPictures> {
        let differ = pictures.iter().enumerate().all(|(at, picture)| {
            pictures[..at].iter().all(|it| it.id != picture.id && it.digest != picture.digest)
        });
        let are_some = pictures.len() <= Self::MOST && differ && pictures.iter().all(ArticlePicture::fits);
        if are_some { Ok(Self(pictures)) } else { Err(NotPictures) }
    }
}

impl Pictures {
    /// Pictures of one version, at most: with 200 KB each, two minutes of a slow network (128 kbit/s).
    pub const MOST: usize = 10;

    /// The pictures.
    pub fn all(&self) -> &[ArticlePicture] {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The picture of a number.
    pub fn numbered(&self, number: PictureNumber) -> Option<&ArticlePicture> {
        self.0.get(usize::from(number.0) - 1)
    }
}

/// By which a text names a picture 图号: its place in the version's list, 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureNumber(u8);

impl PictureNumber {
    /// Of the picture at a place, counted from 0; `None` from the hundredth on.
    pub fn at(place: usize) -> Option<Self> {
        u8::try_from(place).ok().filter(|place| *place < 99).map(|place| Self(place + 1))
    }

    /// The place, counted from 0.
    pub const fn place(self) -> usize {
        self.0 as usize - 1
    }

    /// As it is written in a text: 图1. `None` for anything else, 图01 among it.
    ///
    /// ```
    /// use xunan_core::knowledge::PictureNumber;
    ///
    /// assert_eq!(PictureNumber::read("图3").unwrap().to_string(), "图3");
    /// assert!(PictureNumber::read("https://elsewhere.example/3.png").is_none());
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('图')?;
        let plain = digits.bytes().all(|it| it.is_ascii_digit()) && !digits.starts_with('0');
        let number: usize = digits.parse().ok().filter(|_| plain)?;
        Self::at(number.checked_sub(1)?)
    }
}

impl fmt::Display for PictureNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "图{}", self.0)
    }
}

/// A picture where it is shown 插图.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// By which the text names it.
    pub number: PictureNumber,
    /// One of the version's own.
    pub picture: ArticlePicture,
    /// What it shows.
    pub words: PictureWords,
}

/// Why a text and its pictures do not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// The text names a picture that there is not.
    #[error("there is no {0}")]
    Missing(PictureNumber),
    /// Nothing, or too much, is said of what a picture shows.
    #[error("what {0} shows is not said, in 1 to {max} characters", max = PictureWords::MAX_CHARS)]
    Unsaid(PictureNumber),
    /// The text does not show a picture.
    #[error("{0} is not shown")]
    Unused(PictureNumber),
}

/// Where a picture's bytes come from, as far as a ledger knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureOrigin {
    /// It was a picture of an article before.
    Known,
    /// It was sent by somebody who signs with the same device, and no entry names it that is not about an article.
    Sent,
    /// Somebody else sent it, or it shows something on record: what was photographed as evidence is for nobody else's eyes.
    Elsewhere,
}
