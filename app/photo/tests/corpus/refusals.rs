//! What is refused, with which code, before how much was done.

use crate::fixtures::*;
use image::RgbImage;
use xunan_photo::{
    Foreign, ForeignFormat, PhotoRefused, Prepared, RefusalCode, limits, prepare, prepare_decoded,
};

fn assert_refused(bytes: &[u8], code: RefusalCode, what: &str) {
    match prepare(bytes, None) {
        Err(refused) => assert_eq!(refused.code(), code, "{what}: {refused}"),
        Ok(prepared) => panic!("{what}: taken in as {}x{}", prepared.width, prepared.height),
    }
}

#[test]
fn an_empty_file_is_refused() {
    assert_eq!(prepare(&[], None), Err(PhotoRefused::Empty));
}

#[test]
fn more_than_60_megabytes_are_refused_unread() {
    let mut bytes = jpeg(&scene(64, 64), JpegWay::default());
    bytes.resize(limits::MAX_BYTES, 0);
    assert!(prepare(&bytes, None).is_ok());
    bytes.push(0);
    assert_eq!(prepare(&bytes, None), Err(PhotoRefused::TooManyBytes { bytes: 62_914_561 }));
}

#[test]
fn what_is_no_picture_is_called_so() {
    for (bytes, what) in [
        (b"just a note".as_slice(), "text"),
        (b"<!doctype html><img src=x onerror=alert(1)>", "HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "film"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "sound"),
        (b"BMW is a maker of cars", "text that begins like a bitmap"),
        (b"\xFF", "one byte"),
        (b"\xFF\xD8", "two bytes of a JPEG"),
    ] {
        assert_refused(bytes, RefusalCode::NotAnImage, what);
    }
}

#[test]
fn formats_of_the_browser_are_named() {
    let mut bitmap = b"BM".to_vec();
    bitmap.resize(60, 0);
    for (bytes, format) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), ForeignFormat::Heif),
        (b"\0\0\0\x18ftypavif\0\0\0\0", ForeignFormat::Avif),
        (b"\0\0\0\x0cJXL \r\n\x87\n", ForeignFormat::JpegXl),
        (b"GIF89a\x01\0\x01\0", ForeignFormat::Gif),
        (&bitmap, ForeignFormat::Bmp),
        (b"II*\0\x08\0\0\0", ForeignFormat::Tiff),
    ] {
        assert_eq!(prepare(bytes, None), Err(PhotoRefused::UnsupportedFormat { format }));
    }
    let animation = riff_chunk(b"RIFF", &[b"WEBP".to_vec(), riff_chunk(b"ANIM", &[0; 6])].concat());
    assert_eq!(
        prepare(&animation, None),
        Err(PhotoRefused::UnsupportedFormat { format: ForeignFormat::AnimatedWebp })
    );
    // Lossless, arithmetic, and twelve bits: only the frame's marker or its first byte differ.
    let plain = jpeg(&scene(64, 64), JpegWay::default());
    let frame = plain.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    for (offset, byte) in [(1, 0xC3), (1, 0xC9), (4, 12)] {
        let mut bytes = plain.clone();
        bytes[frame + offset] = byte;
        assert_eq!(
            prepare(&bytes, None),
            Err(PhotoRefused::UnsupportedFormat { format: ForeignFormat::UnusualJpeg }),
            "{byte:x}"
        );
    }
}

#[test]
fn a_file_that_ends_early_is_broken_wherever_it_ends() {
    let image = scene(800, 600);
    let files = [
        (jpeg(&image, JpegWay::default()), "JPEG"),
        (jpeg(&image, JpegWay { progressive: true, ..JpegWay::default() }), "progressive JPEG"),
        (jpeg(&image, JpegWay { restarts: true, ..JpegWay::default() }), "JPEG with restarts"),
        (rgb_png(&image), "PNG"),
        (interlaced_png(&image), "interlaced PNG"),
        (lossless_webp(&image), "WebP"),
        (extended_webp(&lossless_webp(&image), (800, 600), &exif(1, false)), "extended WebP"),
        (lossy_webp(), "lossy WebP"),
    ];
    for (bytes, what) in files {
        assert!(prepare(&bytes, None).is_ok(), "{what}");
        for twentieth in 1..20 {
            // Never shorter than a signature.
            let cut = (bytes.len() * twentieth / 20).max(16);
            assert_refused(&bytes[..cut], RefusalCode::Broken, &format!("{what}, {twentieth}/20"));
        }
    }
}

#[test]
fn a_picture_of_100_megapixels_is_refused_by_its_header() {
    let too_many = |width_px, height_px| Err(PhotoRefused::TooManyPixels { width_px, height_px });
    assert_eq!(prepare(&jpeg_header(60_000, 60_000), None), too_many(60_000, 60_000));
    assert_eq!(prepare(&jpeg_header(65_535, 1), None), too_many(65_535, 1));
    assert_eq!(prepare(&png_header(60_000, 60_000, 0), None), too_many(60_000, 60_000));
    assert_eq!(prepare(&png_header(i32::MAX as u32, 1, 0), None), too_many(i32::MAX as u32, 1));
    let webp = |width: u32, height: u32| {
        let bits = (width - 1) | (height - 1) << 14;
        let frame = riff_chunk(b"VP8L", &[&[0x2F], bits.to_le_bytes().as_slice()].concat());
        riff_chunk(b"RIFF", &[b"WEBP".to_vec(), frame].concat())
    };
    assert_eq!(prepare(&webp(16_384, 16_384), None), too_many(16_384, 16_384));
    assert_eq!(from_browser(&[], 60_000, 60_000), too_many(60_000, 60_000));

    let canvas = extended_webp(&lossless_webp(&scene(8, 8)), (60_000, 60_000), &exif(1, false));
    assert_eq!(prepare(&canvas, None), too_many(60_000, 60_000));
}

#[test]
fn a_picture_that_cannot_be_reduced_while_decoding_is_refused_earlier() {
    let too_many = |width_px, height_px| Err(PhotoRefused::TooManyPixels { width_px, height_px });
    // 81 megapixels: in rows a PNG of any size passes, interlaced it would need 324 MB.
    assert_eq!(prepare(&png_header(9000, 9000, 1), None), too_many(9000, 9000));
    let webp = |width: u32, height: u32| {
        let bits = (width - 1) | (height - 1) << 14;
        let frame = riff_chunk(b"VP8L", &[&[0x2F], bits.to_le_bytes().as_slice()].concat());
        riff_chunk(b"RIFF", &[b"WEBP".to_vec(), frame].concat())
    };
    assert_eq!(prepare(&webp(7000, 7000), None), too_many(7000, 7000));
    // The same as a progressive JPEG in full colour, with bytes enough to look honest.
    let mut bytes = jpeg_header(7000, 7000);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[frame + 1] = 0xC2;
    bytes.resize(400_000, 0);
    assert_eq!(prepare(&bytes, None), too_many(7000, 7000));
}

#[test]
fn a_small_file_cannot_promise_a_large_picture() {
    assert_refused(&jpeg_header(9000, 9000), RefusalCode::Broken, "JPEG");
    let lying = extended_webp(&lossless_webp(&scene(8, 8)), (4000, 4000), &exif(1, false));
    assert_refused(&lying, RefusalCode::Broken, "WebP whose canvas is not its picture");
    let simple = lossless_webp(&scene(8, 8));
    let twice = riff_chunk(b"RIFF", &[&simple[8..], &simple[12..]].concat());
    assert_refused(&twice, RefusalCode::Broken, "two pictures in one WebP");
}

#[test]
fn ten_thousand_scans_are_refused_before_the_first_is_decoded() {
    let bytes = jpeg(&scene(1200, 900), JpegWay { progressive: true, ..JpegWay::default() });
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let mut bomb = bytes[..bytes.len() - 2].to_vec();
    for _ in 0..10_000 {
        bomb.extend(&bytes[scan..scan + 40]);
    }
    bomb.extend([0xFF, 0xD9]);
    assert_refused(&bomb, RefusalCode::Broken, "scans");
}

#[test]
fn compressed_texts_and_profiles_are_never_unpacked() {
    let image = scene(64, 48);
    let plain = rgb_png(&image);
    // A stream that says "a thousand zeros, again and again" is all that is behind each of these chunks; were it
    // unpacked, it would be found damaged.
    let stuffing = vec![0xED; 100_000];
    for (name, head) in [
        (*b"zTXt", b"Comment\0\0".as_slice()),
        (*b"iTXt", b"Comment\0\x01\0\0\0"),
        (*b"iCCP", b"profile\0\0"),
    ] {
        let chunk = png_file(&[(name, &[head, &stuffing].concat())])[8..].to_vec();
        let bytes = [&plain[..33], &chunk, &plain[33..]].concat();
        assert_eq!(
            prepare(&bytes, None).map(|prepared| prepared.jpeg_digest),
            prepare(&plain, None).map(|prepared| prepared.jpeg_digest)
        );
    }
}

#[test]
fn damaged_exif_never_costs_the_photo() {
    let image = scene(64, 48);
    let good = exif(6, false);
    for bad in [
        Vec::new(),
        b"II*\0".to_vec(),
        b"II*\0\xFF\xFF\xFF\xFF".to_vec(),
        good[..20].to_vec(),
        [b"II*\0\x08\0\0\0\xFF\xFF".as_slice(), &[0; 500]].concat(),
    ] {
        let bytes = jpeg_with(&image, JpegWay::default(), |encoder| encoder.add_exif_metadata(&bad).unwrap());
        let prepared = prepare(&bytes, None).unwrap();
        assert_eq!((prepared.width, prepared.height), (64, 48));
    }
}

#[test]
fn a_blank_result_is_refused_and_a_faint_one_is_not() {
    for shade in [0, 128, 255] {
        let blank = RgbImage::from_pixel(640, 480, image::Rgb([shade; 3]));
        assert_refused(&jpeg(&blank, JpegWay::default()), RefusalCode::Blank, "JPEG");
        assert_refused(&rgb_png(&blank), RefusalCode::Blank, "PNG");
    }
    // What a browser hands over when it has run out of canvas memory.
    assert_eq!(from_browser(&vec![0; 64 * 48 * 4], 64, 48), Err(PhotoRefused::Blank));
    // The dark corridor with one emergency lamp far away, and the wall in the fog.
    let lamp = RgbImage::from_fn(640, 480, |x, y| {
        image::Rgb(if (300..306).contains(&x) && (200..206).contains(&y) { [220; 3] } else { [3; 3] })
    });
    let fog = RgbImage::from_fn(640, 480, |x, _| image::Rgb([(200 + x / 200) as u8; 3]));
    for faint in [lamp, fog] {
        assert!(prepare(&rgb_png(&faint), None).is_ok());
    }
}

#[test]
fn pixels_that_are_not_as_many_as_said_are_refused() {
    for length in [0, 47 * 64 * 4, 48 * 64 * 4 + 4] {
        assert_eq!(
            from_browser(&vec![9; length], 64, 48).map_err(|refused| refused.code()),
            Err(RefusalCode::Broken)
        );
    }
}

/// What comes of pixels that the browser has decoded.
fn from_browser(rgba: &[u8], width: u32, height: u32) -> Result<Prepared, PhotoRefused> {
    prepare_decoded(Foreign { full_size: (width, height), size: (width, height), rgba }, None)
}

/// A JPEG of 64 × 64 pixels whose header claims another size.
fn jpeg_header(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&scene(64, 64), JpegWay { full_color: true, ..JpegWay::default() });
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A PNG with this size in its header and next to nothing behind it.
fn png_header(width: u32, height: u32, interlace: u8) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, interlace]);
    png_file(&[(*b"IHDR", &header), (*b"IDAT", &[0x78, 0x9C, 3, 0]), (*b"IEND", &[])])
}
