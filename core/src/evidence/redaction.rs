//! What is covered in a photo before everybody may see it 公开用照片: boxes and brush strokes drawn by hand over faces, plates
//! and room numbers, and always the lines that were written over its lower edge, which name place and person.
//!
//! ```text
//! stored photo + shapes ─► photo worker ─► a picture of its own ─► entry `photo.redacted` ─► row, the newest stands
//! ```
//!
//! The stored photo stays as it is, under its hash: a copy is made beside it and never in its place.

use serde::{Deserialize, Serialize};

use super::{MAX_JPEG_BYTES, PhotoManifest, PhotoStep};
use crate::digest::Digest;
use crate::ids::{PhotoId, VisitId};

/// A place in a picture: thousandths of its width from the left, of its height from the top; each at most [`EDGE`].
pub type Place = (u16, u16);

/// A whole edge, in thousandths.
pub const EDGE: u16 = 1000;

/// The longest edge of a public copy, in pixels: enough to see what is wrong on a screen, too little to read a name plate
/// across a room.
pub const PUBLIC_EDGE_PX: u32 = 1280;

/// Shapes of one copy, at most. A group photo of a whole home has some 120 faces.
pub const MAX_SHAPES: usize = 200;

/// Points of all brush strokes together, at most: with them an entry takes some 50 KB of the 1 MiB that it may have.
pub const MAX_POINTS: usize = 5000;

/// The least that a hand draws, in thousandths: eight pixels of 1600. What is smaller was a slip.
pub const SMALLEST: u16 = 5;

/// Characters of a reason, at most.
pub const MAX_REASON_CHARS: usize = 200;

/// One thing that is covered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An upright box 方框.
    Box {
        /// Its upper left corner.
        from: Place,
        /// Its lower right corner, further right and further down.
        to: Place,
    },
    /// A stroke of a round brush 画笔.
    Brush {
        /// Where it went; a single place is a dot.
        points: Vec<Place>,
        /// How thick it is, in thousandths of the picture's longer edge; at least 1.
        width: u16,
    },
}

/// A copy for the public, as it is signed. Who made it is the entry's actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicCopy {
    /// The visit whose record names the photo.
    pub visit: VisitId,
    /// The photo.
    pub photo: PhotoId,
    /// Hash of the photo's stored bytes: what was covered.
    pub source: Digest,
    /// The copy's own id.
    pub id: PhotoId,
    /// Hash of the copy's bytes.
    pub digest: Digest,
    /// Size of those, in bytes.
    pub size_bytes: u64,
    /// Width of the copy, in pixels.
    pub width_px: u32,
    /// Height of the copy, in pixels.
    pub height_px: u32,
    /// What is covered, each at least as far as it says.
    pub shapes: Vec<Shape>,
    /// Why it was made; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What every picture for the public is, of whatever photo it was made.
pub(crate) struct Picture<'a> {
    pub(crate) photo: PhotoId,
    pub(crate) source: Digest,
    pub(crate) id: PhotoId,
    pub(crate) digest: Digest,
    pub(crate) size_bytes: u64,
    pub(crate) width_px: u32,
    pub(crate) height_px: u32,
    pub(crate) shapes: &'a [Shape],
}

/// Why something is no public copy of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPublicCopy {
    /// More shapes or points than [`MAX_SHAPES`] and [`MAX_POINTS`], or a longer reason than [`MAX_REASON_CHARS`].
    #[error("too many shapes, points or words")]
    TooMuch,
    /// A shape outside of the picture, or one that covers nothing.
    #[error("a shape that covers nothing of the picture")]
    Shape,
    /// Without pixels, with an edge above [`PUBLIC_EDGE_PX`], or with more bytes than a photo may have.
    #[error("a copy of such a size is not public")]
    Size,
    /// Its bytes or its id are those of the photo.
    #[error("the copy is the photo itself")]
    Same,
    /// It was made of another photo, or of other bytes.
    #[error("the copy is one of another photo")]
    OtherPhoto,
    /// The lines over the photo's lower edge would be seen.
    #[error("the lines over the photo are not covered")]
    LinesShow,
}

impl Shape {
    /// Whether it lies inside the picture and covers something.
    fn is_sound(&self) -> bool {
        let inside = |place: &Place| place.0 <= EDGE && place.1 <= EDGE;
        match self {
            Self::Box { from, to } => inside(to) && from.0 < to.0 && from.1 < to.1,
            Self::Brush { points, width } => {
                !points.is_empty() && points.iter().all(inside) && (1..=EDGE).contains(width)
            }
        }
    }

    fn points(&self) -> usize {
        match self {
            Self::Box { .. } => 0,
            Self::Brush { points, .. } => points.len(),
        }
    }

    /// The same shape elsewhere, by thousandths to the right and down; it stops at the picture's edges.
    #[must_use]
    pub fn shifted(&self, right: i16, down: i16) -> Self {
        let ends = |along: fn(&Place) -> u16| match self {
            Self::Box { from, to } => (along(from), along(to)),
            Self::Brush { points, .. } => {
                let all = || points.iter().map(along);
                (all().min().unwrap_or_default(), all().max().unwrap_or_default())
            }
        };
        let inside = |by: i16, (first, last): (u16, u16)| {
            i32::from(by).clamp(-i32::from(first), i32::from(EDGE) - i32::from(last.min(EDGE)))
        };
        let (right, down) = (inside(right, ends(|it| it.0)), inside(down, ends(|it| it.1)));
        let shift = |place: &Place| (moved(place.0, right), moved(place.1, down));
        match self {
            Self::Box { from, to } => Self::Box { from: shift(from), to: shift(to) },
            Self::Brush { points, width } => {
                Self::Brush { points: points.iter().map(shift).collect(), width: *width }
            }
        }
    }

    /// The same shape larger or smaller, by thousandths: a box by its lower right corner, a stroke in its thickness. It
    /// never becomes smaller than [`SMALLEST`].
    #[must_use]
    pub fn stretched(&self, right: i16, down: i16) -> Self {
        let grown = |at: u16, by: i16, least: u16| moved(at, i32::from(by)).clamp(least.min(EDGE), EDGE);
        match self {
            Self::Box { from, to } => {
                let to = (grown(to.0, right, from.0 + SMALLEST), grown(to.1, down, from.1 + SMALLEST));
                Self::Box { from: *from, to }
            }
            Self::Brush { points, width } => {
                let width = grown(*width, right.saturating_add(down), SMALLEST);
                Self::Brush { points: points.clone(), width }
            }
        }
    }

    /// The box between two corners, in whatever order; `None` when it is smaller than [`SMALLEST`].
    pub fn between(one: Place, other: Place) -> Option<Self> {
        let from = (one.0.min(other.0), one.1.min(other.1));
        let to = (one.0.max(other.0), one.1.max(other.1));
        let is_large = to.0 - from.0 >= SMALLEST && to.1 - from.1 >= SMALLEST;
        is_large.then_some(Self::Box { from, to })
    }

    /// Covers the lower part of a picture, from `top` down.
    const fn below(top: u16) -> Self {
        Self::Box { from: (0, top), to: (EDGE, EDGE) }
    }

    /// Covers the lines over a photo's lower edge; `None` where none were drawn.
    pub fn over_lines_of(photo: &PhotoManifest) -> Option<Self> {
        top_of_lines(photo).map(Self::below)
    }
}

impl Picture<'_> {
    /// Checks what the types leave open.
    pub(crate) fn check(&self) -> Result<(), NotAPublicCopy> {
        let points = self.shapes.iter().map(Shape::points).sum::<usize>();
        if self.shapes.len() > MAX_SHAPES || points > MAX_POINTS {
            return Err(NotAPublicCopy::TooMuch);
        }
        if !self.shapes.iter().all(Shape::is_sound) {
            return Err(NotAPublicCopy::Shape);
        }
        let edges = 1..=PUBLIC_EDGE_PX;
        if !edges.contains(&self.width_px)
            || !edges.contains(&self.height_px)
            || self.size_bytes > MAX_JPEG_BYTES
        {
            return Err(NotAPublicCopy::Size);
        }
        if self.digest == self.source || self.id == self.photo {
            return Err(NotAPublicCopy::Same);
        }
        Ok(())
    }
}

impl PublicCopy {
    /// Checks what the types leave open.
    ///
    /// # Errors
    /// [`NotAPublicCopy`].
    pub fn check(&self) -> Result<(), NotAPublicCopy> {
        if self.reason.chars().count() > MAX_REASON_CHARS {
            return Err(NotAPublicCopy::TooMuch);
        }
        let Self { photo, source, id, digest, size_bytes, width_px, height_px, .. } = *self;
        Picture { photo, source, id, digest, size_bytes, width_px, height_px, shapes: &self.shapes }.check()
    }

    /// Checks that it is one of this photo, and covers the lines that were drawn over it.
    ///
    /// # Errors
    /// [`NotAPublicCopy::OtherPhoto`], [`NotAPublicCopy::LinesShow`].
    pub fn check_source(&self, photo: &PhotoManifest) -> Result<(), NotAPublicCopy> {
        if self.photo != photo.id || self.source != photo.stored {
            return Err(NotAPublicCopy::OtherPhoto);
        }
        let covers = |shape: &Shape, top: u16| match shape {
            Shape::Box { from, to } => *to == (EDGE, EDGE) && from.0 == 0 && from.1 <= top,
            Shape::Brush { .. } => false,
        };
        match top_of_lines(photo) {
            Some(top) if !self.shapes.iter().any(|shape| covers(shape, top)) => {
                Err(NotAPublicCopy::LinesShow)
            }
            _ => Ok(()),
        }
    }
}

/// A place along an edge, moved by thousandths; it stops at the edge's ends.
fn moved(at: u16, by: i32) -> u16 {
    u16::try_from((i32::from(at) + by).clamp(0, i32::from(EDGE))).unwrap_or(EDGE)
}

/// Letters of a line are at least so tall, and a fiftieth of the longer edge at most, in pixels: as `public/photo_worker.js`
/// draws them.
const SMALLEST_LETTERS_PX: u32 = 9;

/// Where the lines over a photo begin at the highest, in thousandths of its height; `None` where none were drawn.
///
/// The browser drew them, in letters of its own; their height is not on record. What is on record are their words, and
/// the rule by which the worker makes room for them: with letters no wider than they are tall and a third, at most so
/// many rows come of them; and never more than a third of the picture. Words of letters that may be wider are taken to
/// fill that third.
fn top_of_lines(photo: &PhotoManifest) -> Option<u16> {
    let drawn = photo.capture.as_ref().and_then(|capture| {
        capture.steps.iter().find_map(|step| match step {
            PhotoStep::Marked { lines } => Some(lines),
            _ => None,
        })
    })?;
    let (width, height) = (photo.width_px.min(0xffff), photo.height_px.clamp(1, 0xffff));
    let letters = ((width.max(height) + 25) / 50).max(SMALLEST_LETTERS_PX);
    let third = height / 3;
    let room = width.saturating_sub(letters) * 3 / (letters * 4);
    let rows = |line: &String| {
        let known = line.chars().all(is_no_wider_than_a_third_more);
        let letters = u32::try_from(line.chars().count()).ok()?;
        known.then(|| letters.max(1).div_ceil(room.max(1)))
    };
    let rows: Option<u32> = drawn.iter().map(rows).sum();
    let strip = rows.filter(|_| room > 0).map_or(third, |rows| {
        // A row takes 1.35 letters, rounded up here.
        rows.saturating_mul((letters * 27).div_ceil(20)).saturating_add(letters).min(third)
    });
    // Rounded up to the row of pixels above: at most 1000 by construction.
    u16::try_from((height - strip).saturating_sub(1) * u32::from(EDGE) / height).ok()
}

/// Letters of which fonts for screens have none that is wider: Latin ones, digits, punctuation, Chinese.
fn is_no_wider_than_a_third_more(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303f}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests;
