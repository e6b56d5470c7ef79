//! What a track's samples are encoded with: of each sample entry the fields that a player needs, and the decoder's configuration.

use super::boxes::{BoxAt, Boxes, Kind};
use super::descriptor;
use crate::snaps::recording::Medium;
use crate::snaps::recording::RecordingFault::NotARecording;
use crate::snaps::recording::sieve::{Read, Sieve, position};

/// Pictures that browsers play, and where each keeps its configuration: H.264, HEVC, VP9 and AV1.
const PICTURES: &[(&Kind, &Kind)] = &[
    (b"avc1", b"avcC"),
    (b"avc3", b"avcC"),
    (b"hvc1", b"hvcC"),
    (b"hev1", b"hvcC"),
    (b"vp09", b"vpcC"),
    (b"av01", b"av1C"),
];
/// Sounds that browsers play: AAC or MP3, and Opus.
const SOUNDS: &[(&Kind, &Kind)] = &[(b"mp4a", b"esds"), (b"Opus", b"dOps")];
/// How a picture is shown, with the bytes that each takes: shape of a pixel, the part that is shown, and brightness.
const SHOWN: &[(&Kind, usize)] = &[(b"pasp", 8), (b"clap", 32), (b"mdcv", 24), (b"clli", 4)];
/// A decoder's configuration, at most, in bytes: parameter sets take 50 to 200.
const MAX_CONFIGURATION: usize = 4096;
/// What stands before the boxes in an entry of a picture.
const PICTURE_FIELDS: usize = 78;
/// What stands before the boxes in an entry of a sound, in its first form.
const SOUND_FIELDS: usize = 28;

fn codecs(medium: Medium) -> &'static [(&'static Kind, &'static Kind)] {
    match medium {
        Medium::Sound => SOUNDS,
        Medium::Picture => PICTURES,
    }
}

fn entries(sieve: &Sieve, descriptions: &BoxAt) -> Read<Boxes> {
    let range = descriptions.part(8, descriptions.payload.len().saturating_sub(8))?;
    let entries = Boxes::at_begin_of(sieve, range)?;
    let told = position(sieve.u32(descriptions.payload.start + 4)?)?;
    if told == 0 || entries.iter().len() != told { Err(NotARecording) } else { Ok(entries) }
}

/// Whether browsers play a track, by what it says of its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plays {
    /// All of it.
    Everywhere,
    /// It has an encoding that not all browsers know, or is encrypted.
    Nowhere,
}

/// Whether browsers play what `stsd` describes.
///
/// # Errors
/// When it is damaged.
pub(super) fn plays(sieve: &Sieve, descriptions: &BoxAt, medium: Medium) -> Read<Plays> {
    let known = |entry: &BoxAt| codecs(medium).iter().any(|(kind, _)| **kind == entry.kind);
    let all = entries(sieve, descriptions)?.iter().all(known);
    Ok(if all { Plays::Everywhere } else { Plays::Nowhere })
}

/// Keeps `stsd`. Answers how many descriptions it has.
///
/// # Errors
/// When it is damaged.
pub(super) fn keep(sieve: &mut Sieve, descriptions: &BoxAt, medium: Medium) -> Read<usize> {
    let (version, _) = descriptions.keep_version(sieve)?;
    // The first version gives sounds' entries another form, which no phone writes.
    if version != 0 {
        return Err(NotARecording);
    }
    descriptions.keep_part(sieve, 4, 4)?;
    let entries = entries(sieve, descriptions)?;
    let kinds: Vec<&Kind> = codecs(medium).iter().map(|(kind, _)| *kind).collect();
    entries.keep_only(sieve, &kinds)?;
    for entry in entries.iter() {
        let known = codecs(medium).iter().find(|(kind, _)| **kind == entry.kind);
        let (_, configuration) = known.ok_or(NotARecording)?;
        match medium {
            Medium::Picture => keep_picture(sieve, entry, configuration)?,
            Medium::Sound => keep_sound(sieve, entry, configuration)?,
        }
    }
    Ok(entries.iter().len())
}

fn inside(sieve: &Sieve, entry: &BoxAt, fields: usize) -> Read<Boxes> {
    let range = entry.part(fields, entry.payload.len().saturating_sub(fields))?;
    Boxes::at_begin_of(sieve, range)
}

fn keep_picture(sieve: &mut Sieve, entry: &BoxAt, configuration: &Kind) -> Read<()> {
    // Which file, width and height, resolution, pictures in a sample, depth; not who made the encoder, nor its name.
    for (offset, length) in [(6, 2), (24, 4), (28, 8), (40, 2), (74, 4)] {
        entry.keep_part(sieve, offset, length)?;
    }
    let boxes = inside(sieve, entry, PICTURE_FIELDS)?;
    let mut list = vec![configuration, b"colr"];
    list.extend(SHOWN.iter().map(|(kind, _)| *kind));
    boxes.keep_only(sieve, &list)?;
    keep_configuration(sieve, boxes.one(configuration)?)?;
    for (kind, length) in SHOWN {
        if let Some(found) = boxes.at_most_one(kind)? {
            found.keep_part(sieve, 0, *length)?;
        }
    }
    for found in boxes.all(b"colr") {
        keep_colours(sieve, found)?;
    }
    Ok(())
}

/// Colours that are told by numbers. A profile has words in it, such as the camera's name.
fn keep_colours(sieve: &mut Sieve, found: &BoxAt) -> Read<()> {
    let length = match sieve.bytes(found.part(0, 4)?)? {
        b"nclx" => 11,
        b"nclc" => 10,
        _ => return found.free(sieve),
    };
    found.keep_part(sieve, 0, length)
}

fn keep_configuration(sieve: &mut Sieve, found: &BoxAt) -> Read<()> {
    if found.payload.len() > MAX_CONFIGURATION {
        return Err(NotARecording);
    }
    sieve.keep(found.payload.clone())
}

fn keep_sound(sieve: &mut Sieve, entry: &BoxAt, configuration: &Kind) -> Read<()> {
    // Which file, the form of the entry, channels, bits, the kind of packets, samples a second.
    for (offset, length) in [(6, 2), (8, 2), (16, 4), (20, 2), (24, 4)] {
        entry.keep_part(sieve, offset, length)?;
    }
    let more = match sieve.u16(entry.payload.start + 8)? {
        0 => 0,
        // QuickTime's two: packets and their sizes, and the same as wide numbers.
        1 => 16,
        2 => 36,
        _ => return Err(NotARecording),
    };
    entry.keep_part(sieve, SOUND_FIELDS, more)?;
    let boxes = inside(sieve, entry, SOUND_FIELDS + more)?;
    boxes.keep_only(sieve, &[configuration, b"wave"])?;
    let wave = boxes.at_most_one(b"wave")?;
    match (boxes.at_most_one(configuration)?, wave) {
        (Some(found), None) => keep_sound_configuration(sieve, found),
        (None, Some(wave)) => keep_wave(sieve, wave, configuration),
        _ => Err(NotARecording),
    }
}

/// QuickTime puts the configuration into a box of its own, beside the codec's name.
fn keep_wave(sieve: &mut Sieve, wave: &BoxAt, configuration: &Kind) -> Read<()> {
    let boxes = Boxes::at_begin_of(sieve, wave.payload.clone())?;
    boxes.keep_only(sieve, &[b"frma", configuration])?;
    if let Some(found) = boxes.at_most_one(b"frma")? {
        found.keep_part(sieve, 0, 4)?;
    }
    keep_sound_configuration(sieve, boxes.one(configuration)?)
}

fn keep_sound_configuration(sieve: &mut Sieve, found: &BoxAt) -> Read<()> {
    if found.kind == *b"esds" {
        return descriptor::keep(sieve, found);
    }
    // Of Opus: eleven bytes, and for more than two channels which is which.
    found.keep_part(sieve, 0, 11)?;
    if sieve.u8(found.payload.start + 10)? != 0 {
        let channels = usize::from(sieve.u8(found.payload.start + 1)?);
        found.keep_part(sieve, 11, 2 + channels)?;
    }
    Ok(())
}
