//! The photo with what is drawn over it. A pointer draws here; the keyboard works in the list beside it.

use std::fmt::Write as _;

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use xunan_core::evidence::{EDGE, Place, Shape};

use super::redact::{Looks, Picture, Tool};
use super::sketch::{Drawing, Sketch};
use crate::browser::pointer;
use crate::i18n::texts;

/// The board.
#[component]
pub(super) fn Board(
    /// The photo.
    picture: Picture,
    /// What is covered.
    sketch: RwSignal<Sketch>,
    /// What the pointer draws.
    tool: RwSignal<Tool>,
    /// Which shape the list has chosen.
    chosen: RwSignal<Option<usize>>,
    /// How it looks.
    preview: RwSignal<Looks>,
) -> impl IntoView {
    let t = texts().redact();
    let Picture { address, number, width_px, height_px } = picture;
    let size = Size { width: width_px.max(1), height: height_px.max(1) };
    let is_tall = size.height > size.width;
    let drawing = RwSignal::new(None::<Drawing>);
    let down = move |event: PointerEvent| {
        // A second finger or the palm draws nothing, and neither does another button of the mouse.
        if !event.is_primary() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        pointer::hold(&event);
        drawing.set(pointer::thousandths_of_edges(&event).map(|place| match tool.get_untracked() {
            Tool::Box => Drawing::Box(place, place),
            Tool::Brush(thickness) => Drawing::Brush(vec![place], thickness),
        }));
    };
    let along = move |event: PointerEvent| {
        let under_way = drawing.with_untracked(Option::is_some) && event.is_primary();
        if let Some(place) = pointer::thousandths_of_edges(&event).filter(|_| under_way) {
            drawing.update(|drawing| drawing.iter_mut().for_each(|it| it.go_to(place)));
        }
    };
    let end = move |_| {
        if let Some(shape) = drawing.try_update(Option::take).flatten().and_then(|it| it.shape()) {
            sketch.update(|sketch| sketch.add(shape));
            chosen.set(None);
        }
    };
    let shapes = move || {
        let fixed =
            sketch.with(|it| it.fixed().iter().map(|shape| drawn(shape, size, "fixed")).collect_view());
        let chosen = chosen.get();
        let marked = |at: usize| if Some(at) == chosen { "chosen" } else { "drawn" };
        let by_hand = sketch.with(|it| {
            it.drawn().iter().enumerate().map(|(at, shape)| drawn(shape, size, marked(at))).collect_view()
        });
        (fixed, by_hand)
    };
    let under_way = move || {
        let shape = drawing.with(|drawing| drawing.as_ref().and_then(Drawing::shape));
        shape.map(|shape| drawn(&shape, size, "drawn"))
    };
    view! {
        <div
            class="redact-board"
            role="img"
            aria-label=t.board(number)
            data-tall=is_tall
            data-preview=move || preview.get() == Looks::Made
            on:pointerdown=down
            on:pointermove=along
            on:pointerup=end
            on:pointercancel=end
        >
            <img src=address alt="" width=width_px height=height_px draggable="false" />
            <svg viewBox=format!("0 0 {} {}", size.width, size.height) aria-hidden="true">{shapes}{under_way}</svg>
        </div>
    }
}

/// The photo's size, in pixels.
#[derive(Clone, Copy)]
struct Size {
    width: u32,
    height: u32,
}

impl Size {
    /// Where a place lies, in pixels.
    fn at(self, place: Place) -> (u32, u32) {
        let along = |thousandths: u16, edge: u32| u32::from(thousandths) * edge / u32::from(EDGE);
        (along(place.0, self.width), along(place.1, self.height))
    }
}

/// A shape as it is drawn over the photo.
fn drawn(shape: &Shape, size: Size, kind: &'static str) -> AnyView {
    match shape {
        Shape::Box { from, to } => {
            let (from, to) = (size.at(*from), size.at(*to));
            view! {
                <rect class="redact-box" data-kind=kind x=from.0 y=from.1 width=to.0 - from.0 height=to.1 - from.1 />
            }
            .into_any()
        }
        Shape::Brush { points, width } => {
            let thickness = u32::from(*width) * size.width.max(size.height) / u32::from(EDGE);
            view! { <path class="redact-stroke" data-kind=kind d=path_of(points, size) stroke-width=thickness /> }
                .into_any()
        }
    }
}

/// A stroke as a path: straight from place to place, as it is covered; a single place is a dot.
fn path_of(points: &[Place], size: Size) -> String {
    let mut path = String::new();
    for (at, place) in points.iter().enumerate() {
        let (x, y) = size.at(*place);
        // Writing to a String cannot fail.
        let _ = write!(path, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
    }
    if points.len() == 1 {
        path.push_str("h0");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_lie_where_they_were_drawn() {
        let size = Size { width: 1600, height: 1200 };
        assert_eq!(path_of(&[(0, 0), (500, 500), (1000, 1000)], size), "M0 0L800 600L1600 1200");
        assert_eq!(path_of(&[(10, 10)], size), "M16 12h0");
    }
}
