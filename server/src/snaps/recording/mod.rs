//! Recordings of citizens 语音留言、短视频: a voice note or a short video, taken apart before anybody sees or hears it.
//!
//! ```text
//! bytes ─► which container ─► read strictly: boxes or elements on a list, tracks, samples
//!       ─► a copy of the same length, empty at first, into which only what is on the list is copied
//! ```
//!
//! Photos are encoded anew. Of a recording that is not: it would need decoders and encoders of sound and picture, which are larger
//! than this server. So the file itself is kept, and loses what is neither sound nor picture: where it was recorded, when, with
//! which phone, by which program, its title, tracks of positions and motion, and whatever lies between the samples.
//!
//! Invariant: nothing is kept because nobody knew what it is. The copy starts as zeros, and each byte in it was copied by code
//! that knows what it means. It is as long as the file was, so that every offset in it still holds
//! (`docs/decisions/0017`).
//!
//! What this does not do: it looks into no sample, and keeps a decoder's configuration whole. What an encoder writes into its own
//! stream stays, such as H.264's and HEVC's supplemental enhancement information (SEI), where some tell their name and settings,
//! and where a camera could write a position, too. And what is heard and seen stays, of course: a voice, a face, a street.

mod mp4;
mod sieve;
mod webm;

use xunan_core::clock::Span;

use sieve::Sieve;

/// How a recording is packed, and what it is for: a voice note is sound alone, a video a picture with or without sound.
pub use xunan_core::snap::{Container, RecordingKind as Wanted};

/// A recording that says nothing but what was heard and seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped {
    /// How it is packed.
    pub container: Container,
    /// The file, as long as it came.
    pub bytes: Vec<u8>,
    /// How long it plays.
    pub length: Span,
}

/// Why a recording cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingFault {
    /// Neither container, or a damaged one, or one with something in it that cannot be taken out.
    #[error("no recording that can be read")]
    NotARecording,
    /// A sound or a picture that browsers do not play, or that is encrypted.
    #[error("a sound or a picture that browsers do not play")]
    Codec,
    /// Its sound or its picture lies in another file.
    #[error("its sound or its picture lies in another file")]
    Elsewhere,
    /// Longer than [`Wanted::latest_stop`].
    #[error("too long")]
    TooLong,
    /// More than [`Wanted::most_bytes`].
    #[error("too many bytes")]
    TooManyBytes,
    /// A voice note without sound.
    #[error("no sound")]
    NoSound,
    /// A voice note with a picture: its sender may not know that it is there.
    #[error("a picture, where a voice is wanted")]
    Picture,
    /// A video without a picture.
    #[error("no picture")]
    NoPicture,
}

/// What a track carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Medium {
    Sound,
    Picture,
}

/// What was found in a file of which everything is kept that may be.
struct Found {
    /// What its tracks carry that have samples.
    media: Vec<Medium>,
    /// How long it is.
    length: Span,
}

impl Found {
    /// Whether it is what is wanted.
    fn check(&self, wanted: Wanted) -> Result<(), RecordingFault> {
        let picture = self.media.contains(&Medium::Picture);
        match wanted {
            Wanted::Voice if picture => Err(RecordingFault::Picture),
            Wanted::Voice if self.media.is_empty() => Err(RecordingFault::NoSound),
            Wanted::Video if !picture => Err(RecordingFault::NoPicture),
            _ if self.length.as_millis() > i64::from(wanted.latest_stop().as_millis()) => {
                Err(RecordingFault::TooLong)
            }
            _ => Ok(()),
        }
    }
}

/// So many units of time, of which so many make a second; a part of a millisecond counts as one.
fn lasting(units: u64, per_second: u32) -> Span {
    let millis = (u128::from(units) * 1000).div_ceil(u128::from(per_second.max(1)));
    Span::millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// A recording without what it tells of its owner. Takes time in proportion to its bytes.
///
/// # Errors
/// [`RecordingFault`].
pub fn stripped(bytes: Vec<u8>, wanted: Wanted) -> Result<Stripped, RecordingFault> {
    if bytes.len() as u64 > wanted.most_bytes() {
        return Err(RecordingFault::TooManyBytes);
    }
    let mut sieve = Sieve::new(bytes);
    let container = if sieve.array(0)? == webm::BEGIN { Container::WebM } else { Container::Mp4 };
    let found = match container {
        Container::Mp4 => mp4::keep(&mut sieve)?,
        Container::WebM => webm::keep(&mut sieve)?,
    };
    found.check(wanted)?;
    Ok(Stripped { container, bytes: sieve.into_kept(), length: found.length })
}
