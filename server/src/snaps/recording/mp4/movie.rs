//! The movie: its clock, its tracks, and which of them are kept.

use xunan_core::clock::Span;

use super::boxes::{BoxAt, Boxes};
use super::entry::Plays;
use super::samples::Samples;
use super::track::{Defaults, Seen, Track, keep_without_dates};
use crate::snaps::recording::RecordingFault::{Codec, NotARecording};
use crate::snaps::recording::sieve::{Read, Sieve};
use crate::snaps::recording::{Found, Medium, lasting};

/// Tracks, at most: phones write a picture, one or two sounds, and up to six of metadata.
const MAX_TRACKS: usize = 32;

/// What is kept of a movie.
pub(super) struct Movie {
    /// Its sounds and pictures.
    pub(super) tracks: Vec<Track>,
    /// Where the samples lie.
    pub(super) samples: Samples,
    /// How long it says it is.
    told: Span,
    /// Units a second.
    scale: u32,
}

impl Movie {
    /// Keeps the sounds and pictures of a movie.
    ///
    /// # Errors
    /// When it is damaged, or browsers do not play all of its sounds or pictures.
    pub(super) fn keep(sieve: &mut Sieve, movie: &BoxAt) -> Read<Self> {
        let boxes = Boxes::within(sieve, movie.payload.clone())?;
        boxes.keep_only(sieve, &[b"mvhd", b"trak", b"mvex"])?;
        let (scale, told) = keep_header(sieve, boxes.one(b"mvhd")?)?;
        let mut kept = Self { tracks: Vec::new(), samples: Samples::default(), told, scale };
        kept.keep_tracks(sieve, boxes.all(b"trak"))?;
        if let Some(extends) = boxes.at_most_one(b"mvex")? {
            kept.keep_extends(sieve, extends)?;
        }
        Ok(kept)
    }

    fn keep_tracks<'a>(&mut self, sieve: &mut Sieve, tracks: impl Iterator<Item = &'a BoxAt>) -> Read<()> {
        let mut seen = Vec::new();
        for track in tracks {
            if seen.len() == MAX_TRACKS {
                return Err(NotARecording);
            }
            seen.push((track, Seen::of(sieve, track)?));
        }
        // A phone may write the same sound once more in a form of its own. What has no other form is missed.
        for medium in [Medium::Sound, Medium::Picture] {
            let of_it = |wanted| {
                seen.iter().filter(
                    move |(_, it)| matches!(it, Seen::Medium(is, plays) if *is == medium && *plays == wanted),
                )
            };
            if of_it(Plays::Nowhere).next().is_some() && of_it(Plays::Everywhere).next().is_none() {
                return Err(Codec);
            }
        }
        for (track, seen) in &seen {
            if let Seen::Medium(medium, Plays::Everywhere) = seen {
                let kept = Track::keep(sieve, track, *medium, &mut self.samples)?;
                if self.tracks.iter().any(|it| it.id == kept.id) {
                    return Err(NotARecording);
                }
                self.tracks.push(kept);
            } else {
                track.free(sieve)?;
            }
        }
        Ok(())
    }

    /// Keeps what fragments have in common.
    fn keep_extends(&mut self, sieve: &mut Sieve, extends: &BoxAt) -> Read<()> {
        let boxes = Boxes::within(sieve, extends.payload.clone())?;
        boxes.keep_only(sieve, &[b"mehd", b"trex"])?;
        if let Some(header) = boxes.at_most_one(b"mehd")? {
            let width = if header.keep_version(sieve)?.0 == 0 { 4 } else { 8 };
            header.keep_part(sieve, 4, width)?;
            let told = lasting(duration(sieve, header.payload.start + 4, width)?, self.scale);
            self.told = self.told.max(told);
        }
        for common in boxes.all(b"trex") {
            let at = common.part(0, 24)?.start;
            let defaults = Defaults { duration: sieve.u32(at + 12)?, bytes: sieve.u32(at + 16)? };
            match self.track(sieve.u32(at + 4)?) {
                Some(track) => {
                    track.defaults = defaults;
                    common.keep_part(sieve, 0, 24)?;
                }
                None => common.free(sieve)?,
            }
        }
        Ok(())
    }

    /// The kept track of a number.
    pub(super) fn track(&mut self, id: u32) -> Option<&mut Track> {
        self.tracks.iter_mut().find(|it| it.id == id)
    }

    /// What it carries, and how long it is: the longest of what its samples, its edits and its header say.
    pub(super) fn found(&self) -> Found {
        let heard = self.tracks.iter().filter(|it| it.bytes > 0);
        let edited = self.tracks.iter().map(|it| lasting(it.edited, self.scale));
        let times = || self.tracks.iter().filter_map(Track::times);
        let begin = times().map(|it| it.start).min().unwrap_or(Span::ZERO);
        let end = times().map(|it| it.end).max().unwrap_or(Span::ZERO);
        let played = Span::millis(end.as_millis() - begin.as_millis());
        Found {
            media: heard.map(|it| it.medium).collect(),
            length: edited.fold(self.told.max(played), Span::max),
        }
    }
}

/// A duration of four or eight bytes. All ones say that it is not known.
fn duration(sieve: &Sieve, at: usize, width: usize) -> Read<u64> {
    let (duration, unknown) =
        if width == 4 { (sieve.u32(at)?.into(), u32::MAX.into()) } else { (sieve.u64(at)?, u64::MAX) };
    Ok(if duration == unknown { 0 } else { duration })
}

/// The clock, how fast and loud it is played, how it is turned, and the number of the next track.
fn keep_header(sieve: &mut Sieve, header: &BoxAt) -> Read<(u32, Span)> {
    let (width, rest) = keep_without_dates(sieve, header)?;
    header.keep_part(sieve, rest, 4 + width + 6)?;
    let behind = rest + 4 + width + 6;
    header.keep_part(sieve, behind + 10, 36)?;
    header.keep_part(sieve, behind + 70, 4)?;
    match sieve.u32(header.payload.start + rest)? {
        0 => Err(NotARecording),
        scale => {
            let told = duration(sieve, header.payload.start + rest + 4, width)?;
            Ok((scale, lasting(told, scale)))
        }
    }
}
