//! What comes out for honest pictures: size, pixels, orientation, and nothing else in the file.

use crate::fixtures::*;
use image::{RgbImage, imageops};
use xunan_core::digest::Digest;
use xunan_core::evidence::{Decoder, PhotoStep};
use xunan_photo::{Foreign, Prepared, limits, prepare, prepare_decoded};

fn prepared(bytes: &[u8]) -> Prepared {
    let prepared = prepare(bytes, None).unwrap();
    assert_eq!(prepared.jpeg_digest, Digest::of(&prepared.jpeg));
    assert_eq!(prepared.thumbnail_digest, Digest::of(&prepared.thumbnail));
    assert_eq!(decode_jpeg(&prepared.jpeg).dimensions(), (prepared.width, prepared.height));
    prepared
}

fn assert_looks_like(bytes: &[u8], expected: &RgbImage, at_least_db: f64, what: &str) {
    let found = psnr(&decode_jpeg(bytes), expected);
    assert!(found >= at_least_db, "{what}: {found:.1} dB");
}

#[test]
fn every_orientation_comes_out_upright_from_either_byte_order() {
    let upright = scene(240, 160);
    for orientation in 1..=8 {
        for big_endian in [false, true] {
            let bytes = jpeg_with(&laid_down(&upright, orientation), JpegWay::default(), |encoder| {
                encoder.add_exif_metadata(&exif(orientation, big_endian)).unwrap();
            });
            let prepared = prepared(&bytes);
            let what = format!("orientation {orientation}, big endian: {big_endian}");
            assert_looks_like(&prepared.jpeg, &upright, 27.0, &what);
            assert_looks_like(&prepared.thumbnail, &upright, 26.0, &what);
        }
    }
}

#[test]
fn another_orientation_would_have_been_noticed() {
    let upright = scene(240, 240);
    for orientation in 2..=8 {
        assert!(psnr(&laid_down(&upright, orientation), &upright) < 20.0, "orientation {orientation}");
    }
}

#[test]
fn png_and_webp_are_turned_upright_too() {
    let upright = scene(120, 90);
    for orientation in 1..=8 {
        let stored = laid_down(&upright, orientation);
        let png = png_with(
            stored.width(),
            stored.height(),
            png::ColorType::Rgb,
            png::BitDepth::Eight,
            stored.as_raw(),
            |info| info.exif_metadata = Some(exif(orientation, true).into()),
        );
        assert_looks_like(&prepared(&png).jpeg, &upright, 27.0, &format!("PNG, orientation {orientation}"));
        let webp = extended_webp(&lossless_webp(&stored), stored.dimensions(), &exif(orientation, false));
        assert_looks_like(&prepared(&webp).jpeg, &upright, 27.0, &format!("WebP, orientation {orientation}"));
    }
}

#[test]
fn a_strip_one_pixel_wide_is_turned_too() {
    let strip = scene(1, 400);
    for (orientation, expected) in [(1, (1, 400)), (6, (400, 1)), (7, (400, 1)), (4, (1, 400))] {
        let bytes = jpeg_with(&strip, JpegWay::default(), |encoder| {
            encoder.add_exif_metadata(&exif(orientation, false)).unwrap();
        });
        let prepared = prepared(&bytes);
        assert_eq!((prepared.width, prepared.height), expected, "orientation {orientation}");
    }
}

#[test]
fn a_nonsense_orientation_is_no_orientation() {
    let upright = scene(120, 90);
    for orientation in [0, 9, 256, 65_535] {
        let bytes = jpeg_with(&upright, JpegWay::default(), |encoder| {
            encoder.add_exif_metadata(&exif(orientation, false)).unwrap();
        });
        assert_looks_like(&prepared(&bytes).jpeg, &upright, 27.0, &format!("orientation {orientation}"));
    }
}

#[test]
fn every_way_to_write_a_jpeg_is_read() {
    let image = scene(500, 331);
    for progressive in [false, true] {
        for full_color in [false, true] {
            for restarts in [false, true] {
                let way = JpegWay { progressive, full_color, restarts };
                assert_looks_like(&prepared(&jpeg(&image, way)).jpeg, &image, 30.0, &format!("{way:?}"));
            }
        }
    }
    let grey = imageops::grayscale(&image);
    let grey = RgbImage::from_fn(500, 331, |x, y| image::Rgb([grey.get_pixel(x, y).0[0]; 3]));
    assert_looks_like(&prepared(&grey_jpeg(&image)).jpeg, &grey, 30.0, "grey");
    assert_looks_like(&prepared(&cmyk_jpeg(&image, false)).jpeg, &image, 29.0, "CMYK");
    assert_looks_like(&prepared(&cmyk_jpeg(&image, true)).jpeg, &image, 29.0, "YCCK");
}

#[test]
fn every_sample_layout_of_png_is_read() {
    use png::{BitDepth, ColorType};
    let image = scene(300, 199);
    let (width, height) = image.dimensions();
    let deep: Vec<u8> = image.as_raw().iter().flat_map(|&sample| [sample, 77]).collect();
    let clear: Vec<u8> = image.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2], 255]).collect();
    let deep_clear: Vec<u8> = clear.iter().flat_map(|&sample| [sample, sample]).collect();
    for (color, depth, samples) in [
        (ColorType::Rgb, BitDepth::Eight, image.as_raw()),
        (ColorType::Rgb, BitDepth::Sixteen, &deep),
        (ColorType::Rgba, BitDepth::Eight, &clear),
        (ColorType::Rgba, BitDepth::Sixteen, &deep_clear),
    ] {
        let bytes = png(width, height, color, depth, samples);
        assert_looks_like(&prepared(&bytes).jpeg, &image, 29.0, &format!("{color:?} {depth:?}"));
    }
    assert_looks_like(&prepared(&interlaced_png(&image)).jpeg, &image, 29.0, "interlaced");

    let grey: Vec<u8> = image.pixels().map(|pixel| pixel.0[1]).collect();
    let shown = RgbImage::from_fn(width, height, |x, y| image::Rgb([image.get_pixel(x, y).0[1]; 3]));
    let grey_clear: Vec<u8> = grey.iter().flat_map(|&sample| [sample, 255]).collect();
    for (color, samples) in [(ColorType::Grayscale, &grey), (ColorType::GrayscaleAlpha, &grey_clear)] {
        let bytes = png(width, height, color, BitDepth::Eight, samples);
        assert_looks_like(&prepared(&bytes).jpeg, &shown, 29.0, &format!("{color:?}"));
    }
    // A palette of two colours, one of them glass.
    let stripes: Vec<u8> = (0..16 * 16).map(|at| u8::from(at % 16 >= 8)).collect();
    let bytes = png_with(16, 16, ColorType::Indexed, BitDepth::Eight, &stripes, |info| {
        info.palette = Some(vec![200, 30, 30, 0, 0, 0].into());
        info.trns = Some(vec![255, 0].into());
    });
    let shown = RgbImage::from_fn(16, 16, |x, _| image::Rgb(if x < 8 { [200, 30, 30] } else { [255; 3] }));
    assert_looks_like(&prepared(&bytes).jpeg, &shown, 28.0, "palette");
}

#[test]
fn both_kinds_of_webp_are_read() {
    let image = scene(300, 199);
    assert_looks_like(&prepared(&lossless_webp(&image)).jpeg, &image, 29.0, "lossless");

    let gradient = RgbImage::from_fn(40, 24, |x, y| {
        image::Rgb([x * 6, y * 10, 255 - x * 5].map(|sample| sample.min(255) as u8))
    });
    assert_looks_like(&prepared(&lossy_webp()).jpeg, &gradient, 24.0, "lossy");
    let glassy = RgbImage::from_fn(40, 24, |x, y| {
        let image::Rgb(sample) = *gradient.get_pixel(x, y);
        image::Rgb(if x < 20 { sample } else { sample.map(|sample| ((u32::from(sample) + 255) / 2) as u8) })
    });
    assert_looks_like(&prepared(&glassy_webp()).jpeg, &glassy, 24.0, "with transparency");
}

#[test]
fn the_long_edge_is_exactly_1600_and_small_pictures_stay_as_they_are() {
    for (size, expected, thumbnail) in [
        ((3999, 3000), (1600, 1200), (320, 240)),
        ((3000, 3999), (1200, 1600), (240, 320)),
        ((1601, 1201), (1600, 1200), (320, 240)),
        ((1600, 901), (1600, 901), (320, 180)),
        ((640, 480), (640, 480), (320, 240)),
        ((97, 31), (97, 31), (97, 31)),
        ((12_000, 90), (1600, 12), (320, 2)),
        ((9, 6000), (2, 1600), (1, 320)),
    ] {
        let image = scene(size.0, size.1);
        for bytes in [jpeg(&image, JpegWay::default()), rgb_png(&image)] {
            let prepared = prepared(&bytes);
            assert_eq!((prepared.width, prepared.height), expected, "{size:?}");
            assert_eq!(decode_jpeg(&prepared.thumbnail).dimensions(), thumbnail, "{size:?}");
        }
    }
}

/// Against a decode of every pixel and a careful resize, encoded at the same quality.
#[test]
fn the_reduced_decode_is_not_told_from_a_full_one() {
    use fast_image_resize::Resizer;
    use fast_image_resize::images::{TypedImage, TypedImageRef};
    use fast_image_resize::pixels::U8x3;
    for (width, height) in [(4032, 3024), (2000, 1500), (1700, 2267), (5000, 1000)] {
        let bytes = jpeg(&scene(width, height), JpegWay::default());
        let prepared = prepared(&bytes);
        let full = decode_jpeg(&bytes);
        let mut careful = RgbImage::new(prepared.width, prepared.height);
        Resizer::new()
            .resize_typed(
                &TypedImageRef::<U8x3>::from_buffer(width, height, full.as_raw()).unwrap(),
                &mut TypedImage::<U8x3>::from_buffer(prepared.width, prepared.height, &mut careful).unwrap(),
                None,
            )
            .unwrap();
        let mut same_quality = Vec::new();
        jpeg_encoder::Encoder::new(&mut same_quality, limits::QUALITY)
            .encode(&careful, prepared.width as u16, prepared.height as u16, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        assert_looks_like(&prepared.jpeg, &decode_jpeg(&same_quality), 38.0, &format!("{width}x{height}"));
    }
}

#[test]
fn nothing_but_the_picture_gets_through() {
    let image = scene(320, 240);
    let page = "<script>document.write('ran')</script>";
    let mut bytes = jpeg_with(&image, JpegWay::default(), |encoder| {
        let mut exif = exif(1, false);
        exif.extend(b"GPS-SECRET");
        encoder.add_exif_metadata(&exif).unwrap();
        encoder.add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS-SECRET".to_vec()).unwrap();
        encoder.add_app_segment(13, b"Photoshop 3.0\0GPS-SECRET".to_vec()).unwrap();
        encoder.add_app_segment(5, page.as_bytes().to_vec()).unwrap();
        encoder.add_icc_profile(&[b'G'; 4000]).unwrap();
    });
    // A motion photo's film, and a page for a browser that guesses.
    bytes.extend(b"....ftypmp42GPS-SECRET");
    bytes.extend(page.as_bytes());
    let prepared = prepared(&bytes);
    assert_looks_like(&prepared.jpeg, &image, 28.0, "polyglot");
    for file in [&prepared.jpeg, &prepared.thumbnail] {
        const ONLY: [u8; 6] = [0xD8, 0xE0, 0xC0, 0xDB, 0xC4, 0xDA];
        assert!(markers(file).iter().all(|marker| ONLY.contains(marker)), "{:02x?}", markers(file));
        for word in ["GPS-SECRET", "script", "Exif", "http"] {
            assert!(!file.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
        assert_eq!(file[file.len() - 2..], [0xFF, 0xD9]);
    }
}

#[test]
fn the_same_bytes_give_the_same_bytes() {
    let bytes = jpeg(&scene(2000, 1500), JpegWay::default());
    assert_eq!(prepare(&bytes, None), prepare(&bytes, None));
}

#[test]
fn pixels_from_the_browser_go_the_same_way() {
    let image = scene(1600, 1200);
    let rgba: Vec<u8> = image.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2], 255]).collect();
    let foreign = Foreign { full_size: (4000, 3000), size: (1600, 1200), rgba: &rgba };
    let prepared = prepare_decoded(foreign, None).unwrap();
    assert_eq!((prepared.width, prepared.height), (1600, 1200));
    assert_eq!(
        prepared.steps,
        [
            PhotoStep::Decoded { by: Decoder::Browser },
            PhotoStep::Shrunk { from: pixel_size(4000, 3000), to: pixel_size(1600, 1200) },
            PhotoStep::Encoded { quality: 80 },
        ]
    );
    assert_looks_like(&prepared.jpeg, &image, 29.0, "from RGBA");
}
