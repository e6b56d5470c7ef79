//! What `esds` says of AAC and MP3 (ISO/IEC 14496-1): descriptors within descriptors, of which three are kept.

use std::ops::Range;

use super::boxes::BoxAt;
use crate::snaps::recording::RecordingFault::{Codec, Elsewhere, NotARecording};
use crate::snaps::recording::sieve::{Read, Sieve};

const STREAM: u8 = 3;
const DECODER: u8 = 4;
const DECODER_SPECIFIC: u8 = 5;
const SYNC_LAYER: u8 = 6;
/// What is decoded: AAC of MPEG-4, the three profiles of MPEG-2's, and MP3 of both.
const PLAYED: [u8; 6] = [0x40, 0x66, 0x67, 0x68, 0x69, 0x6b];
/// Bytes that say how a decoder starts, at most: AAC needs two to some twenty.
const MAX_SPECIFIC: usize = 256;

/// One descriptor: its tag and where its content lies.
struct Descriptor {
    tag: u8,
    content: Range<usize>,
}

impl Descriptor {
    /// Keeps tag and length of the one at `at`.
    fn keep(sieve: &mut Sieve, at: usize, end: usize) -> Read<Self> {
        let tag = sieve.u8(at)?;
        let (mut length, mut start) = (0_usize, at + 1);
        // Seven bits a byte, four bytes at most.
        for byte in 0..4 {
            let next = sieve.u8(start)?;
            start += 1;
            length = length << 7 | usize::from(next & 0x7f);
            match next & 0x80 {
                0 => break,
                _ if byte == 3 => return Err(NotARecording),
                _ => {}
            }
        }
        if start > end || length > end - start {
            return Err(NotARecording);
        }
        sieve.keep(at..start)?;
        Ok(Self { tag, content: start..start + length })
    }

    /// Keeps tags and lengths of those that fill `range`.
    fn keep_all(sieve: &mut Sieve, range: Range<usize>) -> Read<Vec<Self>> {
        let (mut all, mut at) = (Vec::new(), range.start);
        while at < range.end {
            let next = Self::keep(sieve, at, range.end)?;
            at = next.content.end;
            all.push(next);
        }
        Ok(all)
    }

    fn keep_start(&self, sieve: &mut Sieve, length: usize) -> Read<()> {
        if length > self.content.len() {
            return Err(NotARecording);
        }
        sieve.keep(self.content.start..self.content.start + length)
    }
}

/// Keeps what a decoder needs.
///
/// # Errors
/// When it is damaged, of another codec, or of a stream elsewhere.
pub(super) fn keep(sieve: &mut Sieve, found: &BoxAt) -> Read<()> {
    found.keep_version(sieve)?;
    let stream = Descriptor::keep(sieve, found.payload.start + 4, found.payload.end)?;
    if stream.tag != STREAM {
        return Err(NotARecording);
    }
    stream.keep_start(sieve, 3)?;
    let flags = sieve.u8(stream.content.start + 2)?;
    if flags & 0x40 != 0 {
        return Err(Elsewhere);
    }
    // The stream it depends on and the one of its clock, when it names them.
    let behind = 3 + if flags & 0x80 == 0 { 0 } else { 2 } + if flags & 0x20 == 0 { 0 } else { 2 };
    stream.keep_start(sieve, behind)?;
    let mut decoders = 0;
    for part in Descriptor::keep_all(sieve, stream.content.start + behind..stream.content.end)? {
        match part.tag {
            DECODER => {
                decoders += 1;
                keep_decoder(sieve, &part)?;
            }
            SYNC_LAYER => part.keep_start(sieve, part.content.len().min(1))?,
            _ => {}
        }
    }
    if decoders == 1 { Ok(()) } else { Err(NotARecording) }
}

fn keep_decoder(sieve: &mut Sieve, decoder: &Descriptor) -> Read<()> {
    // What it is, its buffer and its bit rates.
    decoder.keep_start(sieve, 13)?;
    if !PLAYED.contains(&sieve.u8(decoder.content.start)?) {
        return Err(Codec);
    }
    for part in Descriptor::keep_all(sieve, decoder.content.start + 13..decoder.content.end)? {
        if part.tag == DECODER_SPECIFIC {
            if part.content.len() > MAX_SPECIFIC {
                return Err(NotARecording);
            }
            sieve.keep(part.content)?;
        }
    }
    Ok(())
}
