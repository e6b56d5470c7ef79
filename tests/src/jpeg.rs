//! Real JPEG files made on the spot: noise, so that they are as heavy as photos of rooms.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::chance::Chance;

/// What a telephone gives: 4032 × 3024 pixels, 4:2:0, quality 92, about 3.5 MB, lying on its side.
///
/// # Panics
/// Never in practice: what is made here can be encoded.
pub fn camera_photo(seed: u64) -> Vec<u8> {
    const WIDTH: u16 = 4032;
    const HEIGHT: u16 = 3024;
    let mut chance = Chance::from_seed(seed);
    let mut pixels = Vec::with_capacity(usize::from(WIDTH) * usize::from(HEIGHT) * 3);
    for y in 0..u32::from(HEIGHT) {
        for x in 0..u32::from(WIDTH) {
            // Walls with tiles, light that falls in from the right, cloth, and a sensor's noise.
            let tile = u32::from((x / 371 + y / 283) % 3 == 0) * 70;
            let cloth = ((x * 7 + y * 3) / 16 % 9) * 3;
            let noise = u32::try_from(chance.next_u64() % 14).unwrap_or(0);
            let light = 40 + x / 50 + y / 90 + tile + cloth + noise;
            pixels
                .extend([light, light * 15 / 16, light * 13 / 16].map(|it| u8::try_from(it).unwrap_or(255)));
        }
    }
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 92);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.add_exif_metadata(&exif()).expect("the block is short");
    encoder.encode(&pixels, WIDTH, HEIGHT, ColorType::Rgb).expect("noise can be encoded");
    jpeg
}

/// A small photo with all that must not leave the telephone: position, maker, an editor's notes, a film behind it.
///
/// # Panics
/// Never in practice: what is made here can be encoded.
pub fn telling_photo() -> Vec<u8> {
    let pixels: Vec<u8> = (0..640 * 480_u32 * 3).map(|at| u8::try_from(at / 97 % 251).unwrap_or(0)).collect();
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 85);
    encoder.add_exif_metadata(&exif()).expect("the block is short");
    let notes = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
        xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
        xmlns:dc='http://purl.org/dc/elements/1.1/' dc:source='room 203'/></rdf:RDF></x:xmpmeta>";
    encoder.add_app_segment(1, notes.to_vec()).expect("the segment is short");
    let by_line = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0d\x1c\x02\x50\0\x08Somebody\0";
    encoder.add_app_segment(13, by_line.to_vec()).expect("the segment is short");
    encoder.encode(&pixels, 640, 480, ColorType::Rgb).expect("a picture can be encoded");
    jpeg.extend(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom");
    jpeg
}

/// Orientation 6, a maker, and a place in Liaocheng, as EXIF writes them.
fn exif() -> Vec<u8> {
    const FIRST: u32 = 8;
    const GPS: u32 = FIRST + 2 + 3 * 12 + 4;
    const VALUES: u32 = GPS + 2 + 4 * 12 + 4;
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let fractions = |parts: [u32; 3], below: u32| -> Vec<u8> {
        parts.iter().flat_map(|part| [part.to_be_bytes(), below.to_be_bytes()].concat()).collect()
    };
    [
        b"MM\0\x2a".to_vec(),
        FIRST.to_be_bytes().to_vec(),
        vec![0, 3],
        entry(0x010F, 2, 4, *b"Fon\0"),
        entry(0x0112, 3, 1, [0, 6, 0, 0]),
        entry(0x8825, 4, 1, GPS.to_be_bytes()),
        vec![0; 4],
        vec![0, 4],
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, VALUES.to_be_bytes()),
        entry(3, 2, 2, *b"E\0\0\0"),
        entry(4, 5, 3, (VALUES + 24).to_be_bytes()),
        vec![0; 4],
        fractions([36, 27, 22], 1),
        fractions([115, 59, 7], 1),
    ]
    .concat()
}

/// A JPEG of a size in pixels, different for each seed.
///
/// # Panics
/// For a size of 0 or above 65,535.
pub fn photo(width: u16, height: u16, seed: u64) -> Vec<u8> {
    let mut chance = Chance::from_seed(seed);
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for y in 0..u32::from(height) {
        for x in 0..u32::from(width) {
            let grain = chance.next_u64();
            for channel in 0..3 {
                let slope = (x * (channel + 1) / 5 + y / 3 + u32::try_from(seed % 97).unwrap_or(0)) % 200;
                pixels.push(
                    u8::try_from(slope + u32::from(u8::try_from(grain >> (channel * 8) & 0x1f).unwrap_or(0)))
                        .unwrap_or(255),
                );
            }
        }
    }
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 80)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .expect("noise can be encoded");
    jpeg
}
