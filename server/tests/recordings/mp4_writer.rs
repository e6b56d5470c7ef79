//! Writes small MP4 files: what a phone's camera writes, and what it should not have written.

/// One box.
pub(crate) fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(8 + content.len()).unwrap().to_be_bytes().to_vec();
    bytes.extend_from_slice(kind);
    bytes.extend_from_slice(content);
    bytes
}

/// One box with version and flags.
pub(crate) fn full(kind: &[u8; 4], version_and_flags: u32, content: &[u8]) -> Vec<u8> {
    boxed(kind, &[&version_and_flags.to_be_bytes(), content].concat())
}

/// Numbers of four bytes.
pub(crate) fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// A table: so many rows, and their numbers.
pub(crate) fn table(kind: &[u8; 4], rows: usize, numbers: &[u32]) -> Vec<u8> {
    full(kind, 0, &[words(&[rows as u32]), words(numbers)].concat())
}

/// What is read of a date in a header, wherever one stands: 2026-11-30, counted from 1904 on.
pub(crate) const DATE: u32 = 3_878_841_600;

/// The language of every track: Chinese.
pub(crate) const LANGUAGE: [u8; 4] = [0x6a, 0x69, 0, 0];

/// A picture that is turned by a quarter.
const MATRIX: [u32; 9] = [0, 0x0001_0000, 0, 0xffff_0000, 0, 0, 0x01e0_0000, 0, 0x4000_0000];

/// A header with its dates and its duration, in four bytes each or in eight.
fn headed(kind: &[u8; 4], flags: u32, far: bool, middle: &[u32], duration: u32, rest: &[u8]) -> Vec<u8> {
    let wide = |number: u32| if far { words(&[0, number]) } else { words(&[number]) };
    let content = [wide(DATE), wide(DATE), words(middle), wide(duration), rest.to_vec()];
    full(kind, flags | if far { 0x0100_0000 } else { 0 }, &content.concat())
}

/// One track and its samples.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) id: u32,
    pub(crate) handler: [u8; 4],
    /// The sample entry.
    pub(crate) entry: Vec<u8>,
    /// Units a second.
    pub(crate) scale: u32,
    /// How long each sample lasts, in units.
    pub(crate) each: u32,
    pub(crate) samples: Vec<Vec<u8>>,
    /// Boxes beside its media.
    pub(crate) beside: Vec<u8>,
    /// Boxes in its sample table.
    pub(crate) in_table: Vec<u8>,
    pub(crate) handler_name: Vec<u8>,
    /// The box that says where the samples lie.
    pub(crate) reference: Vec<u8>,
    /// When its first fragment begins, in units.
    pub(crate) begins: u32,
    /// Chunk offsets, dates and durations in eight bytes.
    pub(crate) far: bool,
}

/// Samples that differ from each other, and from those of any other seed, in length and content.
pub(crate) fn samples(seed: u8, count: u8) -> Vec<Vec<u8>> {
    (0..count).map(|number| vec![seed ^ number.wrapping_mul(37) | 1; 5 + usize::from(number % 7)]).collect()
}

impl Part {
    fn new(id: u32, handler: &[u8; 4], entry: Vec<u8>) -> Self {
        Self {
            id,
            handler: *handler,
            entry,
            scale: 1000,
            each: 100,
            samples: samples(id as u8 * 16, 10),
            beside: Vec::new(),
            in_table: Vec::new(),
            handler_name: b"handler\0".to_vec(),
            reference: full(b"url ", 1, b""),
            begins: 0,
            far: false,
        }
    }

    /// A track of sound: AAC.
    pub(crate) fn sound(id: u32) -> Self {
        Self::new(id, b"soun", sound_entry(b"mp4a", &esds(0x40, &[])))
    }

    /// A track of pictures: H.264.
    pub(crate) fn picture(id: u32) -> Self {
        Self::new(id, b"vide", picture_entry(b"avc1", &boxed(b"avcC", &[1, 100, 0, 31, 255, 224, 0])))
    }

    /// A track of timed metadata, as phones write it.
    pub(crate) fn metadata(id: u32, told: &[u8]) -> Self {
        let entry = boxed(b"mebx", &[&[0, 0, 0, 0, 0, 0, 0, 1], told].concat());
        Self { samples: vec![told.to_vec(); 10], ..Self::new(id, b"meta", entry) }
    }

    fn duration(&self) -> u32 {
        self.each * self.samples.len() as u32
    }

    /// Its boxes, when its chunks begin there. Each chunk has two samples, the last may have one.
    fn boxes(&self, chunks: &[usize], fragmented: bool) -> Vec<u8> {
        let shown =
            [words(&[0, 0, 0x0001_0002, 0x0100_0000]), words(&MATRIX), words(&[640 << 16, 480 << 16])];
        let header = headed(b"tkhd", 7, self.far, &[self.id, 0], self.duration(), &shown.concat());
        let clock = headed(b"mdhd", 0, self.far, &[self.scale], self.duration(), &LANGUAGE);
        let handler =
            [words(&[0]), self.handler.to_vec(), words(&[0x6170_706c, 0, 0]), self.handler_name.clone()];
        let references = full(b"dref", 0, &[words(&[1]), self.reference.clone()].concat());
        let media_head = match &self.handler {
            b"soun" => full(b"smhd", 0, &words(&[0])),
            b"vide" => full(b"vmhd", 1, &words(&[0, 0])),
            _ => full(b"nmhd", 0, b""),
        };
        let information =
            [media_head, boxed(b"dinf", &references), boxed(b"stbl", &self.table(chunks, fragmented))];
        let media = [clock, full(b"hdlr", 0, &handler.concat()), boxed(b"minf", &information.concat())];
        boxed(b"trak", &[header, self.beside.clone(), boxed(b"mdia", &media.concat())].concat())
    }

    fn table(&self, chunks: &[usize], fragmented: bool) -> Vec<u8> {
        let count = self.samples.len();
        let described = table(b"stsd", 1, &[]);
        let described = boxed(b"stsd", &[&described[8..], &self.entry].concat());
        if fragmented {
            let sizes = full(b"stsz", 0, &words(&[0, 0]));
            let others = [table(b"stts", 0, &[]), table(b"stsc", 0, &[]), sizes, table(b"stco", 0, &[])];
            return [described, others.concat(), self.in_table.clone()].concat();
        }
        let mut runs = if count == 0 { vec![] } else { vec![1, 2, 1] };
        if count == 1 {
            runs = vec![1, 1, 1];
        } else if count % 2 == 1 {
            runs.extend([chunks.len() as u32, 1, 1]);
        }
        let sizes: Vec<u32> = self.samples.iter().map(|it| it.len() as u32).collect();
        let far: Vec<u32> = chunks.iter().flat_map(|at| [0, *at as u32]).collect();
        let near: Vec<u32> = chunks.iter().map(|at| *at as u32).collect();
        [
            described,
            table(b"stts", 1, &[count as u32, self.each]),
            table(b"stsc", runs.len() / 3, &runs),
            full(b"stsz", 0, &[words(&[0, count as u32]), words(&sizes)].concat()),
            if self.far { table(b"co64", chunks.len(), &far) } else { table(b"stco", chunks.len(), &near) },
            self.in_table.clone(),
        ]
        .concat()
    }
}

/// A sample entry of a sound.
pub(crate) fn sound_entry(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let fields = words(&[0, 1, 0, 0, 0x0001_0010, 0, 48_000 << 16]);
    boxed(kind, &[fields, inside.to_vec()].concat())
}

/// A sample entry of a picture, whose compressor is called by what it should not tell.
pub(crate) fn picture_entry(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let fields = words(&[0, 1, 0, 0, 0, 0, 640 << 16 | 480, 0x48_0000, 0x48_0000, 0]);
    let mut name = [0; 32];
    name[..COMPRESSOR.len()].copy_from_slice(COMPRESSOR);
    let rest = [fields, vec![0, 1], name.to_vec(), vec![0, 24, 255, 255], inside.to_vec()];
    boxed(kind, &rest.concat())
}

/// The compressor of every picture.
pub(crate) const COMPRESSOR: &[u8] = b"\x0cPhone of Li";

/// What is said of AAC or another stream, with descriptors of others behind it.
pub(crate) fn esds(stream: u8, others: &[u8]) -> Vec<u8> {
    let mut decoder = vec![stream, 0x15, 0, 1, 7, 0, 1, 54, 192, 0, 1, 27, 80];
    decoder.extend([5, 2, 0x12, 0x10]);
    let inner = [&[0, 1, 0, 4, decoder.len() as u8][..], &decoder, &[6, 1, 2], others].concat();
    full(b"esds", 0, &[&[3, inner.len() as u8][..], &inner].concat())
}

/// A whole file.
#[derive(Clone)]
pub(crate) struct Film {
    pub(crate) parts: Vec<Part>,
    /// How long the movie's header says it is, in thousandths of a second.
    pub(crate) told: u32,
    /// Boxes in the movie.
    pub(crate) in_movie: Vec<u8>,
    /// Boxes behind what the file calls itself.
    pub(crate) first: Vec<u8>,
    /// Bytes between chunks.
    pub(crate) gap: Vec<u8>,
    pub(crate) brands: Vec<u8>,
}

/// A file, and where its samples lie in it, each with the number of its track.
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    pub(crate) samples: Vec<(u32, usize, Vec<u8>)>,
}

impl Film {
    pub(crate) fn of(parts: Vec<Part>) -> Self {
        let told =
            parts.iter().map(|it| u64::from(it.duration()) * 1000 / u64::from(it.scale)).max().unwrap_or(0);
        let brands = b"mp42\0\0\0\0isommp42".to_vec();
        let told = u32::try_from(told).unwrap();
        Self { parts, told, in_movie: Vec::new(), first: Vec::new(), gap: Vec::new(), brands }
    }

    /// What every phone records.
    pub(crate) fn usual() -> Self {
        Self::of(vec![Part::picture(1), Part::sound(2)])
    }

    fn far(&self) -> bool {
        self.parts.iter().any(|it| it.far)
    }

    pub(crate) fn head(&self) -> Vec<u8> {
        [boxed(b"ftyp", &self.brands), self.first.clone()].concat()
    }

    pub(crate) fn movie(&self, tracks: &[u8], more: &[u8]) -> Vec<u8> {
        let shown = [words(&[0x0001_0000, 0x0100_0000, 0, 0]), words(&MATRIX), words(&[0; 6]), words(&[9])];
        let header = headed(b"mvhd", 0, self.far(), &[1000], self.told, &shown.concat());
        boxed(b"moov", &[&header, tracks, more, &self.in_movie].concat())
    }

    /// With the samples behind the movie, chunks of all tracks in turn.
    pub(crate) fn write(&self) -> Written {
        let nowhere: Vec<Vec<usize>> =
            self.parts.iter().map(|it| vec![0; it.samples.len().div_ceil(2)]).collect();
        let media = self.with_chunks(&nowhere).len() + 8;
        let (mut chunks, mut data, mut samples) =
            (vec![Vec::new(); self.parts.len()], Vec::new(), Vec::new());
        for turn in 0..nowhere.iter().map(Vec::len).max().unwrap_or(0) {
            for (part, chunks) in self.parts.iter().zip(&mut chunks) {
                data.extend_from_slice(&self.gap);
                let chunk: Vec<&Vec<u8>> = part.samples.iter().skip(turn * 2).take(2).collect();
                if !chunk.is_empty() {
                    chunks.push(media + data.len());
                }
                for sample in chunk {
                    samples.push((part.id, media + data.len(), sample.clone()));
                    data.extend_from_slice(sample);
                }
            }
        }
        Written { bytes: [self.with_chunks(&chunks), boxed(b"mdat", &data)].concat(), samples }
    }

    fn with_chunks(&self, chunks: &[Vec<usize>]) -> Vec<u8> {
        let tracks = self.parts.iter().zip(chunks).map(|(part, chunks)| part.boxes(chunks, false));
        [self.head(), self.movie(&tracks.collect::<Vec<_>>().concat(), &[])].concat()
    }
}

/// How a fragment says where its samples lie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Base {
    /// From the fragment on.
    Fragment,
    /// From a place in the file on.
    Place,
    /// The second track's follow the first one's.
    Chain,
}

impl Film {
    /// As a recorder writes that hands out what it has: a fragment of every two samples.
    pub(crate) fn write_fragments(&self, base: Base, in_fragment: &[u8]) -> Written {
        let tracks: Vec<u8> = self.parts.iter().flat_map(|it| it.boxes(&[], true)).collect();
        let common = self.parts.iter().flat_map(|it| full(b"trex", 0, &words(&[it.id, 1, it.each, 0, 0])));
        let whole = full(b"mehd", 0, &words(&[self.told]));
        let extends = boxed(b"mvex", &[whole, common.collect::<Vec<_>>()].concat());
        // How long it gets is not known when the header is written.
        let begun = Self { told: 0, ..self.clone() };
        let mut bytes = [self.head(), begun.movie(&tracks, &extends)].concat();
        let mut samples = Vec::new();
        let turns = self.parts.iter().map(|it| it.samples.len().div_ceil(2)).max().unwrap_or(0);
        for turn in 0..turns {
            let length = self.fragment(turn, base, in_fragment, 0, 0).len();
            let data = bytes.len() + length + 8;
            bytes.extend(self.fragment(turn, base, in_fragment, bytes.len(), data));
            let mut content = Vec::new();
            for part in &self.parts {
                content.extend_from_slice(&self.gap);
                for sample in part.samples.iter().skip(turn * 2).take(2) {
                    samples.push((part.id, data + content.len(), sample.clone()));
                    content.extend_from_slice(sample);
                }
            }
            bytes.extend(boxed(b"mdat", &content));
        }
        Written { bytes, samples }
    }

    fn fragment(&self, turn: usize, base: Base, inside: &[u8], fragment: usize, data: usize) -> Vec<u8> {
        let mut parts = full(b"mfhd", 0, &words(&[turn as u32 + 1]));
        let mut at = data;
        for (number, part) in self.parts.iter().enumerate() {
            let sizes: Vec<u32> =
                part.samples.iter().skip(turn * 2).take(2).map(|it| it.len() as u32).collect();
            at += self.gap.len();
            if sizes.is_empty() {
                continue;
            }
            let (flags, place, from) = match base {
                Base::Fragment => (0x2_0000, vec![], fragment),
                Base::Place => (0x1, words(&[0, data as u32]), data),
                Base::Chain => (0, vec![], fragment),
            };
            let header = full(b"tfhd", flags, &[words(&[part.id]), place].concat());
            let begin = full(b"tfdt", 0, &words(&[part.begins + turn as u32 * 2 * part.each]));
            let run = match (base, number) {
                (Base::Chain, 1..) => {
                    full(b"trun", 0x200, &[words(&[sizes.len() as u32]), words(&sizes)].concat())
                }
                _ => {
                    let head = words(&[sizes.len() as u32, at.wrapping_sub(from) as u32]);
                    full(b"trun", 0x201, &[head, words(&sizes)].concat())
                }
            };
            parts.extend(boxed(b"traf", &[header, begin, run, inside.to_vec()].concat()));
            at += sizes.iter().sum::<u32>() as usize;
        }
        boxed(b"moof", &parts)
    }
}
