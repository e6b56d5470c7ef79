//! The MP4 family (ISO/IEC 14496-12): boxes on a list are kept, all others become free space of the same size.
//!
//! ```text
//! ftyp │ moov: mvhd, trak*, mvex │ moof: mfhd, traf* │ mdat
//!              └ tkhd, edts, mdia: mdhd, hdlr, minf: vmhd, smhd, dinf, stbl: stsd, stts, ctts, …
//! ```
//!
//! Of `mdat`, only what a sample of a kept track occupies is copied. So a track that goes takes its samples along: phones write
//! position, motion and faces into tracks of timed metadata (`mebx`) beside the picture.
//!
//! Each level has a function of its own, so nothing nests deeper than the format does.

mod boxes;
mod descriptor;
mod entry;
mod fragment;
mod movie;
mod samples;
mod track;

use super::sieve::{Read, Sieve};
use super::{Found, RecordingFault::NotARecording};
use boxes::{BoxAt, Boxes};
use movie::Movie;
use samples::Media;

/// Brands of a file, at most: phones name four or five.
const MAX_BRANDS: usize = 32;

/// Keeps sound and picture of a file.
///
/// # Errors
/// When it is none, or cannot be used.
pub(super) fn keep(sieve: &mut Sieve) -> Read<Found> {
    let top = Boxes::of_file(sieve)?;
    top.keep_only(sieve, &[b"ftyp", b"moov", b"moof", b"mdat"])?;
    keep_brands(sieve, top.one(b"ftyp")?)?;
    let media = Media::of(top.all(b"mdat"));
    let mut movie = Movie::keep(sieve, top.one(b"moov")?)?;
    for fragment in top.all(b"moof") {
        fragment::keep(sieve, fragment, &mut movie)?;
    }
    movie.samples.keep(sieve, &media)?;
    Ok(movie.found())
}

/// What the file calls itself. Its minor version tells which program wrote it, and is left out.
fn keep_brands(sieve: &mut Sieve, found: &BoxAt) -> Read<()> {
    let length = found.payload.len();
    if !(8..=8 + 4 * MAX_BRANDS).contains(&length) || !length.is_multiple_of(4) {
        return Err(NotARecording);
    }
    found.keep_part(sieve, 0, 4)?;
    found.keep_part(sieve, 8, length - 8)
}
