//! Writes small WebM files: what a browser's recorder writes, and what it should not have written.

use super::mp4_writer::{Written, samples};

/// A number of an element, without the zeros before it.
fn id(id: u32) -> Vec<u8> {
    id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect()
}

/// One element, whose size takes as many bytes.
pub(crate) fn sized(number: u32, width: usize, content: &[u8]) -> Vec<u8> {
    let size = (1_u64 << (7 * width) | content.len() as u64).to_be_bytes();
    [&id(number), &size[8 - width..], content].concat()
}

/// One element.
pub(crate) fn element(number: u32, content: &[u8]) -> Vec<u8> {
    let width = if content.len() < 127 { 1 } else { 4 };
    sized(number, width, content)
}

/// One element that does not say how long it is.
pub(crate) fn open(number: u32, content: &[u8]) -> Vec<u8> {
    [&id(number), &[1, 255, 255, 255, 255, 255, 255, 255][..], content].concat()
}

/// A number in as few bytes as it needs.
pub(crate) fn number(element_id: u32, value: u64) -> Vec<u8> {
    let bytes: Vec<u8> = value.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    element(element_id, &bytes)
}

/// Whether segment and clusters say how long they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sizes {
    Told,
    Open,
}

/// A track's entry.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    /// 1 is a picture, 2 a sound.
    pub(crate) kind: u64,
    pub(crate) codec: &'static str,
    pub(crate) configuration: Vec<u8>,
    pub(crate) inside: Vec<u8>,
    /// What says how it is seen or heard.
    pub(crate) shape: Vec<u8>,
}

impl Entry {
    /// VP8.
    pub(crate) fn picture(track: u64) -> Self {
        let shape = element(0xE0, &[number(0xB0, 640), number(0xBA, 480)].concat());
        Self { number: track, kind: 1, codec: "V_VP8", configuration: vec![], inside: vec![], shape }
    }

    /// Opus.
    pub(crate) fn sound(track: u64) -> Self {
        let shape = element(0xE1, &[element(0xB5, &48_000_f32.to_be_bytes()), number(0x9F, 1)].concat());
        let configuration = OPUS.to_vec();
        Self { number: track, kind: 2, codec: "A_OPUS", configuration, inside: vec![], shape }
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = [
            number(0xD7, self.number),
            element(0x73C5, &UID),
            number(0x83, self.kind),
            element(0x86, self.codec.as_bytes()),
            self.shape.clone(),
            self.inside.clone(),
        ]
        .concat();
        if !self.configuration.is_empty() {
            bytes.extend(element(0x63A2, &self.configuration));
        }
        element(0xAE, &bytes)
    }
}

/// The configuration of Opus with one channel.
pub(crate) const OPUS: &[u8] = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";

/// A whole file.
#[derive(Clone)]
pub(crate) struct Reel {
    pub(crate) kind: &'static str,
    pub(crate) sizes: Sizes,
    pub(crate) entries: Vec<Entry>,
    pub(crate) in_header: Vec<u8>,
    pub(crate) in_info: Vec<u8>,
    /// Before the info.
    pub(crate) first: Vec<u8>,
    /// Behind the tracks.
    pub(crate) beside: Vec<u8>,
    /// In each cluster, before its blocks.
    pub(crate) in_cluster: Vec<u8>,
    /// With each block of the first track.
    pub(crate) with_block: Vec<u8>,
    pub(crate) last: Vec<u8>,
    pub(crate) behind: Vec<u8>,
    /// When each cluster begins.
    pub(crate) clusters: Vec<u64>,
    /// When each block of a cluster begins in it.
    pub(crate) blocks: Vec<i16>,
    /// The flags of every block, and what stands before its frames.
    pub(crate) flags: Vec<u8>,
}

impl Reel {
    pub(crate) fn of(entries: Vec<Entry>) -> Self {
        Self {
            kind: "webm",
            sizes: Sizes::Open,
            entries,
            in_header: vec![],
            in_info: vec![],
            first: vec![],
            beside: vec![],
            in_cluster: vec![],
            with_block: vec![],
            last: vec![],
            behind: vec![],
            clusters: vec![0, 1000],
            blocks: vec![0, 250, 500],
            flags: vec![0x80],
        }
    }

    /// What every browser records.
    pub(crate) fn usual() -> Self {
        Self::of(vec![Entry::picture(1), Entry::sound(2)])
    }

    pub(crate) fn write(&self) -> Written {
        let wrap = if self.sizes == Sizes::Open { open } else { element };
        let header =
            element(0x1A45_DFA3, &[&element(0x4282, self.kind.as_bytes()), &self.in_header[..]].concat());
        let names = [element(0x4D80, WRITER), element(0x5741, WRITER)].concat();
        let info = element(0x1549_A966, &[names, self.in_info.clone()].concat());
        let entries: Vec<u8> = self.entries.iter().flat_map(Entry::write).collect();
        let mut content =
            [self.first.clone(), info, element(0x1654_AE6B, &entries), self.beside.clone()].concat();
        let mut frames = Vec::new();
        for (turn, begin) in self.clusters.iter().enumerate() {
            let mut blocks = [number(0xE7, *begin), self.in_cluster.clone()].concat();
            for (at, time) in self.blocks.iter().enumerate() {
                for entry in &self.entries {
                    let seed = (turn * 64 + at * 8) as u8 + entry.number as u8;
                    let frame = samples(seed, 7).remove(at).repeat(2);
                    let head = [&[0x80 | entry.number as u8][..], &time.to_be_bytes(), &self.flags].concat();
                    frames.push((entry.number as u32, frame.clone()));
                    let block = [head, frame].concat();
                    blocks.extend(if entry.number == 1 && !self.with_block.is_empty() {
                        element(0xA0, &[element(0xA1, &block), self.with_block.clone()].concat())
                    } else {
                        element(0xA3, &block)
                    });
                }
            }
            content.extend(wrap(0x1F43_B675, &blocks));
        }
        content.extend_from_slice(&self.last);
        let bytes = [header, wrap(0x1853_8067, &content), self.behind.clone()].concat();
        // Frames are found by what they are, from one to the next.
        let mut from = 0;
        let samples = frames.into_iter().map(|(track, frame)| {
            let at = from + bytes[from..].windows(frame.len()).position(|it| it == frame).unwrap();
            from = at + frame.len();
            (track, at, frame)
        });
        Written { samples: samples.collect(), bytes }
    }
}

/// What writes every file.
pub(crate) const WRITER: &[u8] = b"Phone of Li 3.1";
/// A number that no other track has, of every track.
pub(crate) const UID: [u8; 7] = [0xAB, 0xCD, 0xEF, 0x12, 0x34, 0x56, 0x78];
