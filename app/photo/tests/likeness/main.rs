//! How well photos that are used twice are found: recall for each way of changing one, and how many pairs of different
//! scenes are taken for one photo. The scenes are made by code, with what rooms have; `--nocapture` prints the figures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod rooms;

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use rooms::{Chance, room};
use xunan_core::evidence::Likeness;
use xunan_photo::prepare;

const SCENES: u32 = 80;

fn saved(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    Encoder::new(&mut bytes, quality).encode(picture.as_raw(), width, height, ColorType::Rgb).unwrap();
    bytes
}

/// As the pipeline sees it.
fn likeness(picture: &RgbImage, quality: u8) -> Likeness {
    prepare(&saved(picture, quality), None).unwrap().likeness
}

fn each_sample(picture: &RgbImage, change: impl Fn(f32) -> f32) -> RgbImage {
    let change = |sample: u8| change(f32::from(sample)).clamp(0.0, 255.0) as u8;
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| Rgb(picture.get_pixel(x, y).0.map(change)))
}

/// Without these parts of its width and height: left, top, right, bottom.
fn cropped(picture: &RgbImage, [left, top, right, bottom]: [f32; 4]) -> RgbImage {
    let part = |edge: u32, share: f32| (edge as f32 * share) as u32;
    let (width, height) = picture.dimensions();
    let (x, y) = (part(width, left), part(height, top));
    let (right, bottom) = (part(width, right), part(height, bottom));
    imageops::crop_imm(picture, x, y, width - x - right, height - y - bottom).to_image()
}

/// Turned by a few degrees, and cropped to what is left without corners.
fn tilted(picture: &RgbImage, degrees: f32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (half_width, half_height) = (width as f32 / 2.0, height as f32 / 2.0);
    let turned = RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 - half_width, y as f32 - half_height);
        let (x, y) = (x * cos - y * sin + half_width, x * sin + y * cos + half_height);
        imageops::interpolate_bilinear(picture, x, y).unwrap_or(Rgb([0; 3]))
    });
    let (over_x, over_y) = (sin.abs() * half_height / width as f32, sin.abs() * half_width / height as f32);
    cropped(&turned, [over_x, over_y, over_x, over_y])
}

/// With four lines of letters on a dark plate over its lower sixth.
fn marked(picture: &RgbImage, chance: &mut Chance) -> RgbImage {
    let mut marked = picture.clone();
    let (width, height) = picture.dimensions();
    let top = height - height / 6;
    let ends: [u32; 4] = std::array::from_fn(|_| width / 3 + chance.below(width / 2));
    for (x, y, pixel) in marked.enumerate_pixels_mut().filter(|(_, y, _)| *y >= top) {
        let (line, within) = ((y - top) * 4 / (height - top), (y - top) * 24 / (height - top) % 6);
        let letter =
            (1..=4).contains(&within) && x > 8 && x < ends[line as usize] && (x / 2 + y / 3) % 2 == 0;
        *pixel = if letter { Rgb([240; 3]) } else { Rgb(pixel.0.map(|sample| sample / 5 * 2)) };
    }
    marked
}

/// What people and programs do to a photo before it is used again, and the least share that must be found.
fn ways(picture: &RgbImage, chance: &mut Chance) -> Vec<(&'static str, f64, RgbImage, u8)> {
    let (width, height) = picture.dimensions();
    let smaller = imageops::resize(picture, width / 2, height / 2, FilterType::Triangle);
    let side = if chance.below(2) == 0 { 1.0 } else { -1.0 };
    vec![
        ("saved at quality 40", 0.98, picture.clone(), 40),
        ("half the size, quality 60", 0.93, smaller, 60),
        ("30 % brighter", 0.85, each_sample(picture, |sample| sample * 1.3), 85),
        ("40 % darker", 0.98, each_sample(picture, |sample| sample * 0.6), 85),
        ("40 % more contrast", 0.95, each_sample(picture, |sample| (sample - 128.0) * 1.4 + 128.0), 85),
        ("marked", 0.85, marked(picture, chance), 80),
        ("5 % cropped around", 0.88, cropped(picture, [0.025; 4]), 85),
        ("5 % cropped at a corner", 0.40, cropped(picture, [0.0, 0.0, 0.05, 0.05]), 85),
        ("10 % cropped around", 0.45, cropped(picture, [0.05; 4]), 85),
        ("tilted by 1°", 0.88, tilted(picture, side), 85),
        ("tilted by 2°", 0.85, tilted(picture, side * 2.0), 85),
        ("tilted by 3°", 0.75, tilted(picture, side * 3.0), 85),
    ]
}

#[test]
fn a_photo_that_is_used_twice_is_found_and_another_one_is_not_taken_for_it() {
    let mut chance = Chance::of(7);
    let pictures: Vec<RgbImage> = (0..SCENES).map(room).collect();
    let originals: Vec<Likeness> = pictures.iter().map(|picture| likeness(picture, 85)).collect();

    let mut found: Vec<(&str, f64, u32)> = Vec::new();
    for (picture, original) in pictures.iter().zip(&originals) {
        for (at, (way, at_least, changed, quality)) in ways(picture, &mut chance).into_iter().enumerate() {
            if found.len() == at {
                found.push((way, at_least, 0));
            }
            found[at].2 += u32::from(original.is_near(likeness(&changed, quality)));
        }
    }
    for (way, at_least, found) in &found {
        let share = f64::from(*found) / f64::from(SCENES);
        println!("{way}: {share:.2} found");
        assert!(share >= *at_least, "{way}: {share:.2} found, {at_least} wanted");
    }

    let (mut pairs, mut taken_for_one, mut share_a_band, mut nearest) = (0_u32, 0_u32, 0_u32, u32::MAX);
    for (at, one) in originals.iter().enumerate() {
        for other in &originals[..at] {
            pairs += 1;
            taken_for_one += u32::from(one.is_near(*other));
            share_a_band +=
                u32::from(one.bands().iter().zip(&other.bands()).any(|(one, other)| one == other));
            nearest = nearest.min(one.distance(*other));
        }
    }
    let candidates = f64::from(share_a_band) / f64::from(pairs);
    println!("{pairs} pairs of different scenes: {taken_for_one} taken for one, the nearest {nearest} apart");
    println!("an index by bands looks at {candidates:.3} of all");
    assert_eq!(taken_for_one, 0);
    assert!(candidates < 0.2, "{candidates}");
}
