//! What is told of a photo beside its pixels: what its file claims, what was done to it, what it is like.

use std::cell::Cell;

use crate::fixtures::*;
use image::RgbImage;
use xunan_core::evidence::{Decoder, FileClaims, Orientation, PhotoStep};
use xunan_photo::{Mark, Prepared, Strip, StripSpace, prepare};

fn claims_of(exif: &[u8]) -> FileClaims {
    let bytes =
        jpeg_with(&scene(40, 30), JpegWay::default(), |encoder| encoder.add_exif_metadata(exif).unwrap());
    prepare(&bytes, None).unwrap().claims
}

#[test]
fn time_place_and_orientation_are_read_from_every_format_in_either_byte_order() {
    let image = scene(40, 30);
    for big_endian in [false, true] {
        let exif = full_exif(big_endian);
        let jpeg = jpeg_with(&image, JpegWay::default(), |encoder| encoder.add_exif_metadata(&exif).unwrap());
        let png = png_with(40, 30, png::ColorType::Rgb, png::BitDepth::Eight, image.as_raw(), |info| {
            info.exif_metadata = Some(exif.clone().into());
        });
        let webp = extended_webp(&lossless_webp(&image), image.dimensions(), &exif);
        for (bytes, what) in [(jpeg, "JPEG"), (png, "PNG"), (webp, "WebP")] {
            let prepared = prepare(&bytes, None).unwrap();
            assert_eq!((prepared.width, prepared.height), (30, 40), "{what}");
            let FileClaims { taken, position, orientation } = prepared.claims;
            assert_eq!(taken.unwrap().to_string(), "2026-11-22T09:31:07.250+08:00", "{what}");
            let position = position.unwrap();
            assert_eq!(
                (position.latitude_e7(), position.longitude_e7()),
                (364_561_194, 1_159_854_056),
                "{what}"
            );
            assert_eq!(orientation, Some(Orientation::RightTop), "{what}");
        }
    }
}

#[test]
fn a_time_is_claimed_as_far_as_the_file_tells_it() {
    let claimed =
        |camera: &[Field]| claims_of(&exif_of(&[], camera, &[], true)).taken.map(|time| time.to_string());
    let taken = Field::Text(0x9003, "2026:11:22 09:31:07");
    let expect = |camera: &[Field], expected: Option<&str>| {
        assert_eq!(claimed(camera).as_deref(), expected, "{camera:?}");
    };
    expect(&[taken], Some("2026-11-22T09:31:07.000"));
    expect(&[taken, Field::Text(0x9291, "123456   ")], Some("2026-11-22T09:31:07.123"));
    expect(&[taken, Field::Text(0x9011, "-03:30")], Some("2026-11-22T09:31:07.000-03:30"));
    // Offsets that are none: blank, cut off, too large.
    for offset in ["   :  ", "+08", "+25:00"] {
        expect(&[taken, Field::Text(0x9011, offset)], Some("2026-11-22T09:31:07.000"));
    }
    for none in
        ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:02:30 09:31:07", "2026:11:22", "", "午前"]
    {
        expect(&[Field::Text(0x9003, none)], None);
    }
    expect(&[Field::Short(0x9003, 7)], None);
    expect(&[], None);
}

#[test]
fn a_place_is_claimed_only_when_it_lies_on_earth() {
    let claimed = |gps: &[Field]| {
        let claims = claims_of(&exif_of(&[], &[], gps, false));
        claims.position.map(|point| (point.latitude_e7(), point.longitude_e7()))
    };
    let south_west = [Field::Text(1, "S"), GPS[1], Field::Text(3, "W"), GPS[3]];
    assert_eq!(claimed(&south_west), Some((-364_561_194, -1_159_854_056)));
    let degrees = |tag, parts| Field::Fractions(tag, parts);
    // Some write everything as a fraction of degrees; the pole and the date line are places.
    let edge = [
        GPS[0],
        degrees(2, [(900_000_000, 10_000_000), (0, 1), (0, 1)]),
        GPS[2],
        degrees(4, [(180, 1), (0, 1), (0, 1)]),
    ];
    assert_eq!(claimed(&edge), Some((900_000_000, 1_800_000_000)));
    for latitude in [
        [(90, 1), (0, 1), (1, 1)],
        [(0, 0), (0, 0), (0, 0)],
        [(36, 0), (27, 1), (0, 1)],
        [(u32::MAX, 1), (u32::MAX, 1), (u32::MAX, 1)],
    ] {
        assert_eq!(claimed(&[GPS[0], degrees(2, latitude), GPS[2], GPS[3]]), None, "{latitude:?}");
    }
    assert_eq!(claimed(&[Field::Text(1, "X"), GPS[1], GPS[2], GPS[3]]), None);
    assert_eq!(claimed(&GPS[..3]), None);
    assert_eq!(claimed(&[GPS[0], Field::Text(2, "36"), GPS[2], GPS[3]]), None);
}

#[test]
fn the_steps_say_what_was_done_and_nothing_else() {
    let decoded = PhotoStep::Decoded { by: Decoder::App };
    let encoded = PhotoStep::Encoded { quality: 80 };
    let plain = prepare(&jpeg(&scene(640, 480), JpegWay::default()), None).unwrap();
    assert_eq!(plain.steps, [decoded.clone(), encoded.clone()]);
    assert!(plain.claims.is_empty());
    let turned = jpeg_with(&scene(3200, 2400), JpegWay::default(), |encoder| {
        encoder.add_exif_metadata(&exif(8, true)).unwrap();
    });
    assert_eq!(
        prepare(&turned, None).unwrap().steps,
        [
            decoded,
            PhotoStep::Shrunk { from: pixel_size(3200, 2400), to: pixel_size(1600, 1200) },
            PhotoStep::Turned { orientation: Orientation::LeftBottom },
            encoded,
        ]
    );
}

/// Prepares with lines that are drawn by `draw`.
fn marked(bytes: &[u8], draw: &dyn Fn(StripSpace) -> Option<Strip>) -> Prepared {
    let lines = ["2026-11-22 09:31:07".to_owned(), "无定位".to_owned()];
    prepare(bytes, Some(Mark { lines: &lines, draw })).unwrap()
}

/// A strip of one colour.
fn plain_strip(space: StripSpace, height: u32, color: [u8; 4]) -> Strip {
    Strip { rgba: color.repeat((space.width_px * height) as usize) }
}

#[test]
fn lines_lie_over_the_lower_edge_however_the_picture_lay() {
    let upright = scene(240, 160);
    for orientation in 1..=8 {
        let bytes = jpeg_with(&laid_down(&upright, orientation), JpegWay::default(), |encoder| {
            encoder.add_exif_metadata(&exif(orientation, true)).unwrap();
        });
        let asked = Cell::new(None);
        let with = marked(&bytes, &|space| {
            asked.set(Some(space));
            Some(plain_strip(space, 30, [0, 0, 255, 255]))
        });
        let without = prepare(&bytes, None).unwrap();
        assert_eq!(
            asked.get(),
            Some(StripSpace { width_px: 240, picture_height_px: 160, max_height_px: 53 })
        );
        let mut expected = upright.clone();
        for (_, _, pixel) in expected.enumerate_pixels_mut().filter(|(_, y, _)| *y >= 130) {
            *pixel = image::Rgb([0, 0, 255]);
        }
        let found = psnr(&decode_jpeg(&with.jpeg), &expected);
        assert!(found > 27.0, "orientation {orientation}: {found:.1} dB");
        // What is compared and listed is the picture itself.
        assert_eq!((with.likeness, &with.thumbnail), (without.likeness, &without.thumbnail));
        assert_ne!(with.jpeg_digest, without.jpeg_digest);
        let lines = vec!["2026-11-22 09:31:07".to_owned(), "无定位".to_owned()];
        assert_eq!(with.steps[with.steps.len() - 2], PhotoStep::Marked { lines });
    }
}

#[test]
fn glass_lets_the_picture_through() {
    let image = scene(240, 160);
    let prepared = marked(&rgb_png(&image), &|space| Some(plain_strip(space, 53, [0, 0, 0, 128])));
    let expected = RgbImage::from_fn(240, 160, |x, y| {
        let image::Rgb(sample) = *image.get_pixel(x, y);
        image::Rgb(if y < 107 { sample } else { sample.map(|sample| sample / 2) })
    });
    assert!(psnr(&decode_jpeg(&prepared.jpeg), &expected) > 30.0);
}

#[test]
fn a_strip_that_does_not_fit_is_left_out_and_the_steps_say_so() {
    let bytes = jpeg(&scene(240, 160), JpegWay::default());
    let without = prepare(&bytes, None).unwrap();
    let strips: [&dyn Fn(StripSpace) -> Option<Strip>; 5] = [
        &|_| None,
        &|space| Some(plain_strip(space, 0, [9; 4])),
        &|space| Some(plain_strip(space, 54, [9; 4])),
        &|_| Some(Strip { rgba: vec![9; 240 * 4 * 10 + 4] }),
        &|_| Some(Strip { rgba: vec![9; 239 * 4 * 10] }),
    ];
    for (number, draw) in strips.into_iter().enumerate() {
        let prepared = marked(&bytes, draw);
        assert_eq!(prepared.jpeg, without.jpeg, "{number}");
        assert!(prepared.steps.contains(&PhotoStep::Unmarked), "{number}: {:?}", prepared.steps);
    }
}

#[test]
fn a_blank_picture_is_blank_whatever_is_written_on_it() {
    let blank = rgb_png(&RgbImage::from_pixel(640, 480, image::Rgb([128; 3])));
    let lines = ["09:31:07".to_owned()];
    let draw = |space: StripSpace| Some(plain_strip(space, 90, [255, 0, 0, 255]));
    let answer = prepare(&blank, Some(Mark { lines: &lines, draw: &draw }));
    assert_eq!(answer, Err(xunan_photo::PhotoRefused::Blank));
}
