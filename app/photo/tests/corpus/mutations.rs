//! Files that somebody, or a bad memory card, has tampered with: the answer is a picture or a refusal, never a panic.

use std::panic::catch_unwind;
use std::sync::LazyLock;

use crate::fixtures::*;
use image::RgbImage;
use proptest::prelude::*;
use xunan_core::evidence::FileClaims;
use xunan_photo::prepare;

static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let image = scene(93, 70);
    let mut corpus = vec![
        grey_jpeg(&image),
        cmyk_jpeg(&image, false),
        cmyk_jpeg(&image, true),
        rgb_png(&image),
        interlaced_png(&image),
        lossless_webp(&image),
        lossy_webp(),
        glassy_webp(),
        extended_webp(&lossless_webp(&image), image.dimensions(), &exif(7, false)),
        jpeg_with(&image, JpegWay::default(), |encoder| encoder.add_exif_metadata(&exif(6, true)).unwrap()),
        jpeg_with(&image, JpegWay::default(), |encoder| encoder.add_exif_metadata(&full_exif(true)).unwrap()),
        extended_webp(&lossless_webp(&image), image.dimensions(), &full_exif(false)),
    ];
    for progressive in [false, true] {
        for full_color in [false, true] {
            corpus.push(jpeg(&image, JpegWay { progressive, full_color, restarts: progressive }));
        }
    }
    // Large enough to be reduced while it is decoded.
    corpus.push(jpeg(&scene(3300, 90), JpegWay::default()));
    corpus.push(jpeg(&scene(70, 6500), JpegWay { progressive: true, ..JpegWay::default() }));
    corpus.push(rgb_png(&scene(3300, 40)));
    corpus
});

#[derive(Clone, Debug)]
enum Damage {
    Set {
        at: usize,
        to: u8,
    },
    Flip {
        at: usize,
        bit: u8,
    },
    /// A marker, a length, a count: fields of two bytes are where decoders trip.
    Word {
        at: usize,
        to: u16,
    },
    Cut {
        at: usize,
    },
    Remove {
        at: usize,
        length: usize,
    },
    Repeat {
        at: usize,
        length: usize,
    },
    Splice {
        from: usize,
        at: usize,
        length: usize,
    },
}

fn damage() -> impl Strategy<Value = Damage> {
    // Half of all damage falls on the headers: there are few bytes of them, and most depends on them.
    let at = || prop_oneof![0..700_usize, 0..1_000_000_usize];
    let telling = prop_oneof![
        Just(0_u8),
        Just(1),
        Just(0x7F),
        Just(0x80),
        Just(0xFF),
        Just(0x11),
        Just(0x44),
        any::<u8>()
    ];
    let word = prop_oneof![Just(0_u16), Just(1), Just(0xFFFF), (0xFFC0..=0xFFFE_u16), any::<u16>()];
    prop_oneof![
        4 => (at(), telling).prop_map(|(at, to)| Damage::Set { at, to }),
        4 => (at(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip { at, bit }),
        4 => (at(), word).prop_map(|(at, to)| Damage::Word { at, to }),
        1 => at().prop_map(|at| Damage::Cut { at }),
        1 => (at(), 1..300_usize).prop_map(|(at, length)| Damage::Remove { at, length }),
        1 => (at(), 1..300_usize).prop_map(|(at, length)| Damage::Repeat { at, length }),
        1 => (at(), at(), 1..300_usize).prop_map(|(from, at, length)| Damage::Splice { from, at, length }),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let Some(last) = bytes.len().checked_sub(1) else { return };
    let until = |at: usize, length: usize| (at + length).min(last + 1);
    match *damage {
        Damage::Set { at, to } => bytes[at % (last + 1)] = to,
        Damage::Flip { at, bit } => bytes[at % (last + 1)] ^= 1 << bit,
        Damage::Word { at, to } => {
            let at = at % (last + 1);
            let end = until(at, 2);
            bytes[at..end].copy_from_slice(&to.to_be_bytes()[..end - at]);
        }
        Damage::Cut { at } => bytes.truncate(at % (last + 1)),
        Damage::Remove { at, length } => {
            let at = at % (last + 1);
            bytes.drain(at..until(at, length));
        }
        Damage::Repeat { at, length } => {
            let at = at % (last + 1);
            let again = bytes[at..until(at, length)].to_vec();
            bytes.splice(at..at, again);
        }
        Damage::Splice { from, at, length } => {
            let (from, at) = (from % (last + 1), at % (last + 1));
            let piece = bytes[from..until(from, length)].to_vec();
            bytes.splice(at..at, piece);
        }
    }
}

/// EXIF blocks alone: damage that a whole file would spread thinly falls on their few bytes.
static BLOCKS: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| vec![full_exif(false), full_exif(true), exif(3, true)]);

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_panic(seed in 0..CORPUS.len(), damages in prop::collection::vec(damage(), 1..6)) {
        let mut bytes = CORPUS[seed].clone();
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        let answer = catch_unwind(|| prepare(&bytes, None));
        prop_assert!(answer.is_ok(), "file {} with {:?}", seed, damages);
        if let Ok(Ok(prepared)) = answer {
            prop_assert!(prepared.width.max(prepared.height) <= 1600);
        }
    }

    #[test]
    fn no_damage_to_exif_costs_the_photo(
        seed in 0..BLOCKS.len(),
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let mut block = BLOCKS[seed].clone();
        for damage in &damages {
            apply(&mut block, damage);
        }
        let image = RgbImage::from_fn(9, 7, |x, y| image::Rgb([(x * 20) as u8, (y * 30) as u8, 90]));
        let bytes = jpeg_with(&image, JpegWay::default(), |encoder| encoder.add_exif_metadata(&block).unwrap());
        let prepared = prepare(&bytes, None).unwrap();
        // What is claimed travels and comes back: nothing impossible gets through.
        let text = serde_json::to_string(&prepared.claims).unwrap();
        prop_assert_eq!(serde_json::from_str::<FileClaims>(&text).unwrap(), prepared.claims);
        let turned = prepared.claims.orientation.is_some_and(|orientation| u8::from(orientation) > 4);
        prop_assert_eq!((prepared.width, prepared.height), if turned { (7, 9) } else { (9, 7) });
    }

    #[test]
    fn no_bytes_behind_a_signature_make_it_panic(
        signature in prop::sample::select(vec![
            b"\xFF\xD8\xFF".as_slice(), b"\x89PNG\r\n\x1a\n", b"RIFF\xFF\xFF\0\0WEBP", b"RIFF\xFF\xFF\0\0WEBPVP8L\xFF\0\0\0",
        ]),
        noise in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = [signature, &noise].concat();
        prop_assert!(catch_unwind(|| prepare(&bytes, None)).is_ok(), "{:?}", bytes);
    }
}
