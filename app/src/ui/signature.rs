//! A signature on glass as vector strokes: drawn with a finger, replayed sharply at any size.

use std::fmt::Write as _;

use leptos::prelude::*;
use xunan_core::evidence::Stroke;

use crate::browser::pointer;
use crate::i18n::texts;

/// A point, in thousandths of the pad's width.
type Point = (i16, i16);

/// Points closer than this along both axes add nothing but bytes, in thousandths of the pad's width.
const NEAR: u16 = 2;

/// Where a name is written by hand. Reports all strokes after each one; the caller keeps them and decides with
/// [`Signature::is_drawn`](xunan_core::evidence::Signature::is_drawn) whether it is enough.
#[component]
pub fn SignaturePad(
    /// What has been drawn.
    #[prop(into)]
    strokes: Signal<Vec<Stroke>>,
    /// A stroke ended: all of them.
    on_strokes: Callback<Vec<Stroke>>,
) -> impl IntoView {
    let t = texts().words();
    let drawing = RwSignal::new(Vec::<Point>::new());
    let down = move |event: leptos::ev::PointerEvent| {
        // A second finger or the palm draws nothing.
        if !event.is_primary() {
            return;
        }
        event.prevent_default();
        pointer::hold(&event);
        drawing.set(pointer::thousandths_of_width(&event).into_iter().collect());
    };
    let along = move |event: leptos::ev::PointerEvent| {
        if let Some(point) = pointer::thousandths_of_width(&event).filter(|_| event.is_primary()) {
            let goes_on =
                drawing.with_untracked(|points| points.last().is_some_and(|last| !is_near(*last, point)));
            if goes_on {
                drawing.update(|points| points.push(point));
            }
        }
    };
    let end = move |_| {
        let points = std::mem::take(&mut *drawing.write());
        if !points.is_empty() {
            let mut all = strokes.get_untracked();
            all.push(Stroke(points));
            on_strokes.run(all);
        }
    };
    let is_blank = move || strokes.with(Vec::is_empty) && drawing.with(Vec::is_empty);
    view! {
        <div class="signature-pad" role="img" aria-label=t.sign_here() on:pointerdown=down on:pointermove=along on:pointerup=end on:pointercancel=end>
            <svg class="signature-ink" viewBox="0 0 1000 1000" aria-hidden="true">
                <path d=move || strokes.with(|strokes| path_of(strokes.iter().map(|stroke| &stroke.0[..]))) />
                <path d=move || drawing.with(|points| path_of(std::iter::once(&points[..]))) />
            </svg>
            <Show when=is_blank><p class="signature-hint">{t.sign_here()}</p></Show>
        </div>
    }
}

/// A signature as it was drawn, fitted into its frame.
#[component]
pub fn SignatureImage(
    /// What was drawn.
    strokes: Vec<Stroke>,
    /// Whose it is, for screen readers.
    #[prop(into)]
    of: String,
) -> impl IntoView {
    let path = path_of(strokes.iter().map(|stroke| &stroke.0[..]));
    view! {
        <div class="signature-image">
            <svg class="signature-ink" viewBox=frame_of(&strokes) role="img" aria-label=texts().words().signature_of(&of)>
                <path d=path />
            </svg>
        </div>
    }
}

const fn is_near(a: Point, b: Point) -> bool {
    a.0.abs_diff(b.0) < NEAR && a.1.abs_diff(b.1) < NEAR
}

/// The strokes as an SVG path. Between two points the line bends at the middle, so that a quick hand looks
/// round; a single point becomes a dot.
fn path_of<'a>(strokes: impl Iterator<Item = &'a [Point]>) -> String {
    let mut path = String::new();
    for points in strokes {
        let [first, rest @ ..] = points else { continue };
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}", first.0, first.1);
        match rest {
            [] => path.push_str("h0"),
            _ => {
                for pair in rest.windows(2) {
                    let (bend, next) = (pair[0], pair[1]);
                    let middle = (midway(bend.0, next.0), midway(bend.1, next.1));
                    let _ = write!(path, "Q{} {} {} {}", bend.0, bend.1, middle.0, middle.1);
                }
                if let Some(last) = rest.last() {
                    let _ = write!(path, "L{} {}", last.0, last.1);
                }
            }
        }
    }
    path
}

const fn midway(a: i16, b: i16) -> i32 {
    (a as i32 + b as i32) / 2
}

/// The smallest frame around all strokes, with a margin of 30 thousandths; `0 0 1000 400` around nothing.
fn frame_of(strokes: &[Stroke]) -> String {
    const MARGIN: i32 = 30;
    let points = || strokes.iter().flat_map(|stroke| &stroke.0);
    let ends = |along: fn(&Point) -> i16| {
        let values = points().map(along).map(i32::from);
        Some((values.clone().min()?, values.max()?))
    };
    match (ends(|point| point.0), ends(|point| point.1)) {
        (Some((left, right)), Some((top, bottom))) => {
            let (width, height) = (right - left + 2 * MARGIN, bottom - top + 2 * MARGIN);
            format!("{} {} {width} {height}", left - MARGIN, top - MARGIN)
        }
        _ => "0 0 1000 400".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_become_a_path_and_a_tap_becomes_a_dot() {
        let drawn: [&[Point]; 4] = [&[(1, 2)], &[], &[(0, 0), (10, 10)], &[(0, 0), (10, 0), (20, 10)]];
        assert_eq!(path_of(drawn.into_iter()), "M1 2h0M0 0L10 10M0 0Q10 0 15 5L20 10");
    }

    #[test]
    fn the_frame_holds_every_point() {
        assert_eq!(frame_of(&[Stroke(vec![(100, 50), (300, 150)])]), "70 20 260 160");
        assert_eq!(frame_of(&[Stroke(vec![(i16::MIN, 0), (i16::MAX, 0)])]), "-32798 -30 65595 60");
        assert_eq!(frame_of(&[]), "0 0 1000 400");
    }
}
