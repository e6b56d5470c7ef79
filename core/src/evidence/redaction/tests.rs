use super::*;
use crate::clock::Instant;
use crate::evidence::{CameraWay, Capture, DeviceTime, FileClaims, NoPosition, Position};
use crate::ids::Entropy;

fn at() -> Instant {
    Instant::from_unix_millis(1_790_000_000_000)
}

fn photo(width_px: u32, height_px: u32, step: PhotoStep) -> PhotoManifest {
    let capture = Capture {
        time: DeviceTime::unbounded(at()),
        position: Position::Unknown(NoPosition::Denied),
        claims: FileClaims::default(),
        steps: vec![step, PhotoStep::Encoded { quality: 80 }],
        likeness: format!("dhash128:{}", "0".repeat(32)).parse().unwrap(),
        thumbnail: Digest::of(b"small"),
        original: None,
    };
    PhotoManifest {
        id: PhotoId::from_parts(at(), Entropy(1)),
        original: Digest::of(b"original"),
        original_bytes: 8,
        stored: Digest::of(b"stored"),
        stored_bytes: 6,
        width_px,
        height_px,
        taken: at(),
        way: CameraWay::InPage,
        capture: Some(Box::new(capture)),
    }
}

fn marked(lines: &[&str]) -> PhotoStep {
    PhotoStep::Marked { lines: lines.iter().map(|line| (*line).to_owned()).collect() }
}

fn copy(shapes: Vec<Shape>) -> PublicCopy {
    PublicCopy {
        visit: VisitId::from_parts(at(), Entropy(2)),
        photo: PhotoId::from_parts(at(), Entropy(1)),
        source: Digest::of(b"stored"),
        id: PhotoId::from_parts(at(), Entropy(3)),
        digest: Digest::of(b"copy"),
        size_bytes: 4,
        width_px: 1280,
        height_px: 960,
        shapes,
        reason: String::new(),
    }
}

const USUAL: [&str; 4] =
    ["2026-11-22 09:31:07", "样例县幸福养老院", "36.123456, 115.123456 ±12 m", "样例甲 · 8KE0FZSG"];

#[test]
fn the_lines_are_covered_at_least_as_high_as_the_worker_can_draw_them() {
    // The worker's own arithmetic, with every letter as wide as the bound allows: the strip is never higher.
    let highest = |width: u32, height: u32, lines: &[&str]| {
        let largest = ((f64::from(width.max(height)) / 50.0).round() as u32).max(9);
        (9..=largest).rev().find_map(|size| {
            let fits = |line: &&str| {
                let per_row = (f64::from(width - size) / (f64::from(size) * 4.0 / 3.0)).floor().max(1.0);
                (line.chars().count() as f64 / per_row).ceil().max(1.0)
            };
            let rows: f64 = lines.iter().map(fits).sum();
            let strip = rows * (f64::from(size) * 1.35).round() + f64::from(size);
            (strip <= f64::from(height / 3)).then_some(strip)
        })
    };
    let long = "很长的机构名称".repeat(12);
    for (width, height) in [(1600, 1200), (1200, 1600), (1600, 900), (1600, 400), (400, 300), (160, 120)] {
        for lines in [&USUAL[..], &[long.as_str()], &["一"]] {
            let Some(strip) = highest(width, height, lines) else { continue };
            let photo = photo(width, height, marked(lines));
            let Some(Shape::Box { from, to }) = Shape::over_lines_of(&photo) else { panic!("no box") };
            let top = f64::from(from.1) * f64::from(height) / 1000.0;
            assert!(
                top <= f64::from(height) - strip,
                "{width}x{height} {lines:?}: {top} hides less than {strip}"
            );
            assert_eq!((from.0, to), (0, (EDGE, EDGE)));
            // Never more than the third that the worker leaves to lines, but for the rounding.
            assert!(top >= f64::from(height) * 0.66 - 2.0, "{width}x{height} {lines:?}: {top}");
        }
    }
}

#[test]
fn usual_lines_cost_a_sixth_and_letters_of_any_width_the_whole_third() {
    let top = |lines: &[&str]| match Shape::over_lines_of(&photo(1600, 1200, marked(lines))) {
        Some(Shape::Box { from, .. }) => Some(from.1),
        _ => None,
    };
    assert_eq!(top(&USUAL), Some(825));
    assert_eq!(top(&["﷽"]), Some(665));
    for step in [PhotoStep::Unmarked, PhotoStep::Decoded { by: crate::evidence::Decoder::App }] {
        assert_eq!(Shape::over_lines_of(&photo(1600, 1200, step)), None);
    }
}

#[test]
fn a_copy_that_leaves_the_lines_in_sight_or_is_of_another_photo_is_none() {
    let lined = photo(1600, 1200, marked(&USUAL));
    let band = |from, to| copy(vec![Shape::Box { from, to }]);
    for (name, copy, expected) in [
        ("the band", band((0, 825), (EDGE, EDGE)), Ok(())),
        ("more than the band", band((0, 100), (EDGE, EDGE)), Ok(())),
        ("too low", band((0, 826), (EDGE, EDGE)), Err(NotAPublicCopy::LinesShow)),
        ("not to the left edge", band((1, 825), (EDGE, EDGE)), Err(NotAPublicCopy::LinesShow)),
        ("not to the lower edge", band((0, 825), (EDGE, 999)), Err(NotAPublicCopy::LinesShow)),
        ("nothing", copy(vec![]), Err(NotAPublicCopy::LinesShow)),
        (
            "other bytes",
            PublicCopy { source: Digest::of(b"other"), ..band((0, 825), (EDGE, EDGE)) },
            Err(NotAPublicCopy::OtherPhoto),
        ),
        (
            "another photo",
            PublicCopy { photo: PhotoId::from_parts(at(), Entropy(9)), ..band((0, 825), (EDGE, EDGE)) },
            Err(NotAPublicCopy::OtherPhoto),
        ),
    ] {
        assert_eq!(copy.check_source(&lined), expected, "{name}");
    }
    assert_eq!(copy(vec![]).check_source(&photo(1600, 1200, PhotoStep::Unmarked)), Ok(()));
}

#[test]
fn shapes_sizes_and_words_have_bounds() {
    let cover = |from, to| Shape::Box { from, to };
    let brush = |points: usize, width| Shape::Brush { points: vec![(5, 5); points], width };
    let sound = cover((0, 0), (1, 1));
    for (name, copy, expected) in [
        ("nothing is covered", copy(vec![]), Ok(())),
        ("a box and a dot", copy(vec![sound.clone(), brush(1, 1)]), Ok(())),
        ("as many as may be", copy(vec![sound.clone(); MAX_SHAPES]), Ok(())),
        ("one more", copy(vec![sound.clone(); MAX_SHAPES + 1]), Err(NotAPublicCopy::TooMuch)),
        ("all points", copy(vec![brush(MAX_POINTS, 30)]), Ok(())),
        ("one more", copy(vec![brush(MAX_POINTS, 30), brush(1, 30)]), Err(NotAPublicCopy::TooMuch)),
        ("a flat box", copy(vec![cover((5, 5), (5, 6))]), Err(NotAPublicCopy::Shape)),
        ("a box turned over", copy(vec![cover((6, 5), (5, 6))]), Err(NotAPublicCopy::Shape)),
        ("a box beyond the edge", copy(vec![cover((0, 0), (1001, 5))]), Err(NotAPublicCopy::Shape)),
        ("no stroke", copy(vec![brush(0, 30)]), Err(NotAPublicCopy::Shape)),
        ("no brush", copy(vec![brush(1, 0)]), Err(NotAPublicCopy::Shape)),
        (
            "a stroke beyond the edge",
            copy(vec![Shape::Brush { points: vec![(0, 1001)], width: 3 }]),
            Err(NotAPublicCopy::Shape),
        ),
        ("too large a picture", PublicCopy { width_px: 1281, ..copy(vec![]) }, Err(NotAPublicCopy::Size)),
        ("no picture", PublicCopy { height_px: 0, ..copy(vec![]) }, Err(NotAPublicCopy::Size)),
        ("too many bytes", PublicCopy { size_bytes: 1 << 30, ..copy(vec![]) }, Err(NotAPublicCopy::Size)),
        (
            "the photo itself",
            PublicCopy { digest: Digest::of(b"stored"), ..copy(vec![]) },
            Err(NotAPublicCopy::Same),
        ),
        (
            "too many words",
            PublicCopy { reason: "由".repeat(MAX_REASON_CHARS + 1), ..copy(vec![]) },
            Err(NotAPublicCopy::TooMuch),
        ),
    ] {
        assert_eq!(copy.check(), expected, "{name}");
    }
}

#[test]
fn a_shape_is_moved_and_stretched_inside_the_picture_alone() {
    let cover = |from, to| Shape::Box { from, to };
    let brush = |points: &[Place], width| Shape::Brush { points: points.to_vec(), width };
    let middle = cover((400, 300), (600, 500));
    for (name, shape, expected) in [
        ("to the right", middle.shifted(10, 0), cover((410, 300), (610, 500))),
        ("up", middle.shifted(0, -10), cover((400, 290), (600, 490))),
        ("against the right edge", middle.shifted(900, 0), cover((800, 300), (1000, 500))),
        ("against the upper edge", middle.shifted(0, i16::MIN), cover((400, 0), (600, 200))),
        ("larger", middle.stretched(10, 20), cover((400, 300), (610, 520))),
        ("as large as can be", middle.stretched(i16::MAX, i16::MAX), cover((400, 300), (1000, 1000))),
        ("as small as can be", middle.stretched(-900, -900), cover((400, 300), (405, 305))),
        ("a stroke", brush(&[(0, 10), (50, 990)], 30).shifted(-5, 20), brush(&[(0, 20), (50, 1000)], 30)),
        ("a thicker stroke", brush(&[(0, 10)], 30).stretched(0, 10), brush(&[(0, 10)], 40)),
        ("a thin stroke", brush(&[(0, 10)], 10).stretched(-10, 0), brush(&[(0, 10)], SMALLEST)),
    ] {
        assert_eq!(shape, expected, "{name}");
    }
    assert_eq!(Shape::between((600, 300), (400, 500)), Some(middle));
    assert_eq!(Shape::between((600, 300), (604, 500)), None);
}
