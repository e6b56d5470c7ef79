//! One track: what it carries, its clock, and where its samples lie.

use std::ops::Range;

use xunan_core::clock::Span;

use super::boxes::{BoxAt, Boxes, Table};
use super::entry::{self, Plays};
use super::samples::{self, Samples};
use crate::snaps::recording::RecordingFault::{Elsewhere, NotARecording};
use crate::snaps::recording::sieve::{Read, Sieve};
use crate::snaps::recording::{Medium, lasting};

/// The language of a track: undetermined, as three letters of five bits.
const NO_LANGUAGE: [u8; 2] = [0x55, 0xc4];

/// What can be known of a track before anything of it is kept.
pub(super) enum Seen {
    /// Sound or a picture.
    Medium(Medium, Plays),
    /// Anything else: positions, motion, time codes, titles.
    Other,
}

impl Seen {
    /// Looks at a track.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn of(sieve: &Sieve, track: &BoxAt) -> Read<Self> {
        let media = media_of(sieve, track)?;
        let handler = media.one(b"hdlr")?.part(8, 4)?;
        let medium = match sieve.bytes(handler)? {
            b"soun" => Medium::Sound,
            b"vide" => Medium::Picture,
            _ => return Ok(Self::Other),
        };
        let information = Boxes::within(sieve, media.one(b"minf")?.payload.clone())?;
        let table = Boxes::within(sieve, information.one(b"stbl")?.payload.clone())?;
        Ok(Self::Medium(medium, entry::plays(sieve, table.one(b"stsd")?, medium)?))
    }
}

fn media_of(sieve: &Sieve, track: &BoxAt) -> Read<Boxes> {
    let boxes = Boxes::within(sieve, track.payload.clone())?;
    Boxes::within(sieve, boxes.one(b"mdia")?.payload.clone())
}

/// What fragments say of samples that say nothing themselves.
#[derive(Clone, Copy, Default)]
pub(super) struct Defaults {
    /// How long each lasts, in the track's units.
    pub(super) duration: u32,
    /// How many bytes each has.
    pub(super) bytes: u32,
}

/// A track that is kept.
pub(super) struct Track {
    /// By what fragments know it.
    pub(super) id: u32,
    /// What it carries.
    pub(super) medium: Medium,
    /// Units a second.
    pub(super) scale: u32,
    /// What fragments say of all its samples.
    pub(super) defaults: Defaults,
    /// How many bytes of samples it has.
    pub(super) bytes: u64,
    /// Where its samples begin, in its units, once it has some.
    pub(super) start: Option<u64>,
    /// Where its samples end so far, in its units.
    pub(super) end: u64,
    /// How long its edits last, in the movie's units.
    pub(super) edited: u64,
}

impl Track {
    /// Keeps a track.
    ///
    /// # Errors
    /// When it is damaged, or its samples lie elsewhere.
    pub(super) fn keep(
        sieve: &mut Sieve,
        track: &BoxAt,
        medium: Medium,
        samples: &mut Samples,
    ) -> Read<Self> {
        let boxes = Boxes::within(sieve, track.payload.clone())?;
        boxes.keep_only(sieve, &[b"tkhd", b"edts", b"mdia"])?;
        let id = keep_header(sieve, boxes.one(b"tkhd")?)?;
        let edited = match boxes.at_most_one(b"edts")? {
            Some(edits) => keep_edits(sieve, edits)?,
            None => 0,
        };
        let media = media_of(sieve, track)?;
        media.keep_only(sieve, &[b"mdhd", b"hdlr", b"minf"])?;
        let scale = keep_clock(sieve, media.one(b"mdhd")?)?;
        keep_handler(sieve, media.one(b"hdlr")?)?;
        let information = Boxes::within(sieve, media.one(b"minf")?.payload.clone())?;
        let summed = keep_information(sieve, &information, medium, samples)?;
        Ok(Self {
            id,
            medium,
            scale,
            defaults: Defaults::default(),
            bytes: summed.bytes,
            start: (summed.bytes > 0 || summed.duration > 0).then_some(0),
            end: summed.duration,
            edited,
        })
    }

    /// When its samples begin and end, when it has some.
    pub(super) fn times(&self) -> Option<Range<Span>> {
        self.start.map(|start| lasting(start, self.scale)..lasting(self.end, self.scale))
    }
}

/// Keeps the begin of a header, but for when it was made and changed. Answers how wide its durations are and where the rest begins.
///
/// # Errors
/// When it is too short or of a form that nobody knows.
pub(super) fn keep_without_dates(sieve: &mut Sieve, header: &BoxAt) -> Read<(usize, usize)> {
    match header.keep_version(sieve)?.0 {
        0 => Ok((4, 12)),
        1 => Ok((8, 20)),
        _ => Err(NotARecording),
    }
}

/// Which track it is, how it is laid over others, how loud, and how it is turned and sized.
fn keep_header(sieve: &mut Sieve, header: &BoxAt) -> Read<u32> {
    let (width, rest) = keep_without_dates(sieve, header)?;
    header.keep_part(sieve, rest, 4)?;
    header.keep_part(sieve, rest + 8, width)?;
    let behind = rest + 8 + width;
    header.keep_part(sieve, behind + 8, 6)?;
    header.keep_part(sieve, behind + 16, 36 + 8)?;
    sieve.u32(header.payload.start + rest)
}

fn keep_clock(sieve: &mut Sieve, header: &BoxAt) -> Read<u32> {
    let (width, rest) = keep_without_dates(sieve, header)?;
    header.keep_part(sieve, rest, 4 + width)?;
    let language = header.part(rest + 4 + width, 2)?;
    sieve.write(language.start, &NO_LANGUAGE)?;
    match sieve.u32(header.payload.start + rest)? {
        0 => Err(NotARecording),
        scale => Ok(scale),
    }
}

/// What handles the track, without its maker and its name.
fn keep_handler(sieve: &mut Sieve, handler: &BoxAt) -> Read<()> {
    handler.keep_part(sieve, 0, 4)?;
    // QuickTime says here whether it handles media or data.
    if [*b"mhlr", *b"dhlr"].contains(&sieve.array(handler.payload.start + 4)?) {
        handler.keep_part(sieve, 4, 4)?;
    }
    handler.keep_part(sieve, 8, 4)
}

/// Which parts of the media are played when. Answers how long that takes, in the movie's units.
fn keep_edits(sieve: &mut Sieve, edits: &BoxAt) -> Read<u64> {
    let boxes = Boxes::within(sieve, edits.payload.clone())?;
    boxes.keep_only(sieve, &[b"elst"])?;
    let Some(list) = boxes.at_most_one(b"elst")? else { return Ok(0) };
    let width = match list.keep_version(sieve)?.0 {
        0 => 12,
        1 => 20,
        _ => return Err(NotARecording),
    };
    let table = Table::keep(sieve, list, 4, width)?;
    let mut sum = 0_u64;
    for row in 0..table.count {
        let at = table.row(row)?;
        let duration = if width == 12 { sieve.u32(at)?.into() } else { sieve.u64(at)? };
        sum = sum.checked_add(duration).ok_or(NotARecording)?;
    }
    Ok(sum)
}

fn keep_information(
    sieve: &mut Sieve,
    boxes: &Boxes,
    medium: Medium,
    samples: &mut Samples,
) -> Read<samples::Summed> {
    boxes.keep_only(sieve, &[b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"])?;
    // How the picture is laid over what is below it, and where the sound stands between left and right.
    for (kind, length) in [(b"vmhd", 12), (b"smhd", 6)] {
        if let Some(found) = boxes.at_most_one(kind)? {
            found.keep_part(sieve, 0, length)?;
        }
    }
    if let Some(handler) = boxes.at_most_one(b"hdlr")? {
        keep_handler(sieve, handler)?;
    }
    let data = Boxes::within(sieve, boxes.one(b"dinf")?.payload.clone())?;
    data.keep_only(sieve, &[b"dref"])?;
    keep_references(sieve, data.one(b"dref")?)?;
    let table = Boxes::within(sieve, boxes.one(b"stbl")?.payload.clone())?;
    let list: [&[u8; 4]; 10] =
        [b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stsz", b"stz2", b"stsc", b"stco", b"co64"];
    table.keep_only(sieve, &list)?;
    let descriptions = entry::keep(sieve, table.one(b"stsd")?, medium)?;
    samples::keep_table(sieve, &table, descriptions, samples)
}

/// Keeps where samples lie: in this file.
fn keep_references(sieve: &mut Sieve, references: &BoxAt) -> Read<()> {
    references.keep_part(sieve, 0, 8)?;
    let range = references.part(8, references.payload.len().saturating_sub(8))?;
    let boxes = Boxes::within(sieve, range)?;
    boxes.keep_only(sieve, &[b"url ", b"alis"])?;
    for reference in boxes.iter() {
        let kept = [*b"url ", *b"alis"].contains(&reference.kind);
        let (_, flags) = reference.keep_version(sieve)?;
        if !kept || flags & 1 == 0 {
            return Err(Elsewhere);
        }
    }
    Ok(())
}
