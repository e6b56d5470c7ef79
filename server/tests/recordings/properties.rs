//! Whatever happens to a file, what comes out tells nothing, or nothing comes out.

use proptest::prelude::*;
use xunan_server::snaps::recording::Wanted;

use super::mp4_writer::{self, Base, Film, boxed, esds, full, sound_entry};
use super::webm_writer::{Reel, Sizes, element};
use super::{PLACE, check, holds};

/// Files with a place in them, in all that is no sample.
fn corpus() -> Vec<Vec<u8>> {
    let user_data = || boxed(b"udta", &boxed(b"\xa9xyz", PLACE));
    let mut film = Film { in_movie: user_data(), first: boxed(b"uuid", PLACE), ..Film::usual() };
    (film.parts[0].beside, film.parts[1].handler_name) = (user_data(), PLACE.to_vec());
    film.parts[1].entry = sound_entry(b"mp4a", &[esds(0x40, &[]), boxed(b"chan", PLACE)].concat());
    film.parts[1].reference = full(b"url ", 1, PLACE);
    let mut with_metadata = film.clone();
    with_metadata.parts.insert(1, mp4_writer::Part::metadata(7, PLACE));
    let mut reel = Reel::usual();
    reel.last = element(0x1254_C367, &element(0x7373, &element(0x67C8, &element(0x4487, PLACE))));
    reel.in_info = element(0x7BA9, PLACE);
    reel.entries[0].inside = element(0x536E, PLACE);
    reel.in_cluster = element(0x4FFF, PLACE);
    let told = Reel { sizes: Sizes::Told, with_block: element(0x75A1, PLACE), ..reel.clone() };
    vec![
        film.write().bytes,
        with_metadata.write().bytes,
        film.write_fragments(Base::Fragment, &boxed(b"uuid", PLACE)).bytes,
        film.write_fragments(Base::Chain, &[]).bytes,
        reel.write().bytes,
        told.write().bytes,
    ]
}

/// A file without what it says is heard or seen. A damaged size or offset makes a sample of anything, which nobody can tell.
fn without_media(mut file: Vec<u8>) -> Vec<u8> {
    let mp4 = file.get(4..8) == Some(b"ftyp");
    let mut at = 0;
    while at < file.len() {
        let (piece, content, end) = if mp4 { read_box(&file, at) } else { read_element(&file, at) };
        match piece {
            Piece::Media => file[content..end].fill(0),
            Piece::Around => {
                at = content;
                continue;
            }
            Piece::Other => {}
        }
        at = end;
    }
    file
}

/// What a piece of a file is.
enum Piece {
    /// Sound or picture.
    Media,
    /// Something in which there are other pieces.
    Around,
    Other,
}

/// The box at a place: what it is, and where its content begins and ends.
fn read_box(file: &[u8], at: usize) -> (Piece, usize, usize) {
    let number = |from: usize, length: usize| {
        file[from..from + length].iter().fold(0, |sum, it| sum << 8 | usize::from(*it))
    };
    let piece = if &file[at + 4..at + 8] == b"mdat" { Piece::Media } else { Piece::Other };
    match number(at, 4) {
        0 => (piece, at + 8, file.len()),
        1 => (piece, at + 16, at + number(at + 8, 8)),
        size => (piece, at + 8, at + size),
    }
}

/// The same of an element.
fn read_element(file: &[u8], at: usize) -> (Piece, usize, usize) {
    let sizes = at + file[at].leading_zeros() as usize + 1;
    let width = file[sizes].leading_zeros() as usize + 1;
    let marked = file[sizes..sizes + width].iter().fold(0, |sum, it| sum << 8 | usize::from(*it));
    let piece = match file[at..sizes] {
        [0xA3] | [0xA1] => Piece::Media,
        [0x18, 0x53, 0x80, 0x67] | [0x1F, 0x43, 0xB6, 0x75] | [0xA0] => Piece::Around,
        _ => Piece::Other,
    };
    (piece, sizes + width, sizes + width + (marked & ((1 << (7 * width)) - 1)))
}

#[test]
fn a_file_that_is_cut_anywhere_tells_nothing() {
    for file in corpus() {
        assert!(check(file.clone(), Wanted::Video).is_ok());
        let taken = (0..file.len()).filter(|length| match check(file[..*length].to_vec(), Wanted::Video) {
            Ok(stripped) => {
                assert!(!holds(&stripped.bytes, PLACE), "cut at {length}");
                true
            }
            Err(_) => false,
        });
        // A file can end where a fragment does, or a block.
        assert!(taken.count() < 40);
    }
}

#[derive(Clone, Debug)]
enum Damage {
    Set(u8),
    Flip(u8),
    /// A size, a count, an offset.
    Word(u32),
    /// What one box or element is called, another one is.
    Name([u8; 4]),
    /// A part of the file stands there once more.
    Again(usize, usize),
    Remove(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let names = [
        *b"mdat",
        *b"moov",
        *b"trak",
        *b"stbl",
        *b"stsz",
        *b"free",
        *b"\x1f\x43\xb6\x75",
        *b"\xec\x80\xec\x80",
    ];
    prop_oneof![
        any::<u8>().prop_map(Damage::Set),
        (0..8_u8).prop_map(Damage::Flip),
        prop_oneof![any::<u32>(), 0..64_u32, Just(u32::MAX)].prop_map(Damage::Word),
        prop::sample::select(names.to_vec()).prop_map(Damage::Name),
        (0..4000_usize, 1..64_usize).prop_map(|(from, length)| Damage::Again(from, length)),
        (1..64_usize).prop_map(Damage::Remove),
    ]
}

impl Damage {
    fn apply(&self, file: &mut Vec<u8>, at: usize) {
        let four = |file: &mut Vec<u8>, bytes: [u8; 4]| {
            let end = (at + 4).min(file.len());
            file[at..end].copy_from_slice(&bytes[..end - at]);
        };
        match self {
            Self::Set(byte) => file[at] = *byte,
            Self::Flip(bit) => file[at] ^= 1 << bit,
            Self::Word(number) => four(file, number.to_be_bytes()),
            Self::Name(name) => four(file, *name),
            Self::Again(from, length) => {
                let from = from % file.len();
                let again = file[from..(from + length).min(file.len())].to_vec();
                file.splice(at..at, again);
            }
            Self::Remove(length) => drop(file.drain(at..(at + length).min(file.len()))),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_refused_or_tells_nothing(
        which in 0..6_usize,
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..6),
    ) {
        let mut file = FILES.with(|files| files[which].clone());
        for (place, damage) in damages {
            if !file.is_empty() {
                let at = place.index(file.len());
                damage.apply(&mut file, at);
            }
        }
        if let Ok(stripped) = check(file, Wanted::Video) {
            prop_assert!(!holds(&without_media(stripped.bytes), PLACE));
        }
    }

    #[test]
    fn noise_is_refused(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        for begin in [&b"\0\0\0\x10ftypisom\0\0\0\0"[..], b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"] {
            prop_assert!(check([begin, &noise].concat(), Wanted::Voice).is_err());
        }
    }
}

thread_local! {
    static FILES: Vec<Vec<u8>> = corpus();
}
