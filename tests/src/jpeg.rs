//! Real JPEG files made on the spot: noise, so that they are as heavy as photos of rooms.

use crate::chance::Chance;

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
