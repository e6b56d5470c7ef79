//! The tracks: sounds and pictures. Any other kind is refused, since its blocks lie among theirs.

use std::ops::Range;

use super::codec::Codec;
use super::element::{Element, Kept, each};
use super::ids::*;
use crate::snaps::recording::Medium;
use crate::snaps::recording::RecordingFault::{Codec as OtherCodec, NotARecording};
use crate::snaps::recording::sieve::{Read, Sieve};

/// Tracks, at most: recorders write two.
const MAX_TRACKS: usize = 8;
const KIND_VIDEO: u64 = 1;
const KIND_AUDIO: u64 = 2;

/// A track.
pub(super) struct Track {
    /// By what blocks know it.
    pub(super) number: u64,
    /// What it carries.
    pub(super) medium: Medium,
    /// How long a frame lasts that does not say it, in nanoseconds.
    pub(super) frame: u64,
}

/// All tracks.
pub(super) struct Tracks(Vec<Track>);

impl Tracks {
    /// Keeps them.
    ///
    /// # Errors
    /// When one is damaged, or neither sound nor picture, or not played by browsers.
    pub(super) fn keep(sieve: &mut Sieve, tracks: &Element) -> Read<Self> {
        tracks.keep_header(sieve)?;
        let mut kept: Vec<Track> = Vec::new();
        each(sieve, tracks.payload.clone(), |sieve, entry| {
            if entry.id != TRACK_ENTRY {
                return Ok(Kept::No);
            }
            let track = keep_entry(sieve, entry, kept.len())?;
            if kept.len() == MAX_TRACKS || kept.iter().any(|it| it.number == track.number) {
                return Err(NotARecording);
            }
            kept.push(track);
            Ok(Kept::Yes)
        })?;
        Ok(Self(kept))
    }

    /// The track of a number.
    pub(super) fn of(&self, number: u64) -> Option<&Track> {
        self.0.iter().find(|it| it.number == number)
    }
}

/// What an entry says, each once.
#[derive(Default)]
struct Told {
    number: Option<u64>,
    kind: Option<u64>,
    frame: Option<u64>,
    codec: Option<Codec>,
    configuration: Option<Range<usize>>,
}

/// Notes what may be said once.
fn once<T>(place: &mut Option<T>, value: T) -> Read<Kept> {
    if place.replace(value).is_some() { Err(NotARecording) } else { Ok(Kept::Yes) }
}

fn keep_entry(sieve: &mut Sieve, entry: &Element, before: usize) -> Read<Track> {
    entry.keep_header(sieve)?;
    let mut told = Told::default();
    each(sieve, entry.payload.clone(), |sieve, element| match element.id {
        TRACK_NUMBER => once(&mut told.number, element.keep_unsigned(sieve)?),
        TRACK_TYPE => once(&mut told.kind, element.keep_unsigned(sieve)?),
        DEFAULT_DURATION => once(&mut told.frame, element.keep_unsigned(sieve)?),
        CODEC_ID => {
            element.keep(sieve)?;
            once(&mut told.codec, Codec::of(sieve.bytes(element.payload.clone())?)?)
        }
        CODEC_PRIVATE => {
            element.keep_header(sieve)?;
            once(&mut told.configuration, element.payload.clone())
        }
        TRACK_UID => keep_uid(sieve, element, before),
        CONTENT_ENCODINGS => Err(OtherCodec),
        VIDEO => keep_video(sieve, element),
        AUDIO => element.keep_numbers(sieve, AUDIO_NUMBERS),
        id if TRACK_NUMBERS.contains(&id) => element.keep_number(sieve),
        _ => Ok(Kept::No),
    })?;
    let (Some(number), Some(kind), Some(codec)) = (told.number, told.kind, told.codec) else {
        return Err(NotARecording);
    };
    if let Some(range) = told.configuration {
        codec.keep_configuration(sieve, range)?;
    }
    match (kind, codec.medium()) {
        (KIND_AUDIO, Medium::Sound) | (KIND_VIDEO, Medium::Picture) => {}
        _ => return Err(NotARecording),
    }
    Ok(Track { number, medium: codec.medium(), frame: told.frame.unwrap_or(0) })
}

/// A track must have a number of its own in the whole world. Nothing asks for it but tags, which are gone: tracks are counted.
fn keep_uid(sieve: &mut Sieve, uid: &Element, before: usize) -> Read<Kept> {
    if !(1..=8).contains(&uid.payload.len()) {
        return Err(NotARecording);
    }
    uid.keep_header(sieve)?;
    let counted = u8::try_from(before + 1).map_err(|_| NotARecording)?;
    sieve.write(uid.payload.end - 1, &[counted])?;
    Ok(Kept::Yes)
}

fn keep_video(sieve: &mut Sieve, video: &Element) -> Read<Kept> {
    video.keep_header(sieve)?;
    each(sieve, video.payload.clone(), |sieve, element| match element.id {
        COLOUR => element.keep_numbers(sieve, COLOUR_NUMBERS),
        id if VIDEO_NUMBERS.contains(&id) => element.keep_number(sieve),
        _ => Ok(Kept::No),
    })?;
    Ok(Kept::Yes)
}
