//! What is being covered in a photo: shapes in the order in which they were drawn, and a way back.

use xunan_core::evidence::{MAX_POINTS, MAX_SHAPES, Place, Shape};

/// Shapes that are being drawn. The first ones may be fixed: they are always there and are never touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch {
    fixed: Vec<Shape>,
    drawn: Vec<Shape>,
    /// As it was before each change.
    before: Vec<Vec<Shape>>,
    /// The shape that was changed last, while nothing else was: its changes are one step back.
    changing: Option<usize>,
}

/// What becomes of a shape that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// There is room for more.
    Left,
    /// A copy has as many shapes or points as it may have.
    None,
}

impl Sketch {
    /// A sketch that covers `fixed` from the start.
    pub(super) fn over(fixed: Option<Shape>) -> Self {
        Self { fixed: fixed.into_iter().collect(), ..Self::default() }
    }

    /// What is covered in any case.
    pub(super) fn fixed(&self) -> &[Shape] {
        &self.fixed
    }

    /// What was drawn.
    pub(super) fn drawn(&self) -> &[Shape] {
        &self.drawn
    }

    /// All of it, as it is signed.
    pub(super) fn all(&self) -> Vec<Shape> {
        self.fixed.iter().chain(&self.drawn).cloned().collect()
    }

    /// Whether another shape fits.
    pub(super) fn room(&self) -> Room {
        let points = self.drawn.iter().map(points_of).sum::<usize>();
        let fits = self.fixed.len() + self.drawn.len() < MAX_SHAPES && points < MAX_POINTS;
        if fits { Room::Left } else { Room::None }
    }

    /// Adds a shape. One that there is no room for is left out, and points of a stroke that are too many are.
    pub(super) fn add(&mut self, mut shape: Shape) {
        if self.room() == Room::None {
            return;
        }
        if let Shape::Brush { points, .. } = &mut shape {
            let taken = self.drawn.iter().map(points_of).sum::<usize>();
            points.truncate(MAX_POINTS - taken);
        }
        self.keep();
        self.drawn.push(shape);
    }

    /// Changes a shape that was drawn.
    pub(super) fn change(&mut self, at: usize, change: impl FnOnce(&Shape) -> Shape) {
        let Some(shape) = self.drawn.get(at) else { return };
        let changed = change(shape);
        if self.changing != Some(at) {
            self.keep();
            self.changing = Some(at);
        }
        self.drawn[at] = changed;
    }

    /// Takes a shape away that was drawn.
    pub(super) fn remove(&mut self, at: usize) {
        if at < self.drawn.len() {
            self.keep();
            self.drawn.remove(at);
        }
    }

    /// Goes one step back.
    pub(super) fn undo(&mut self) {
        self.changing = None;
        if let Some(before) = self.before.pop() {
            self.drawn = before;
        }
    }

    /// Whether there is a step back.
    pub(super) const fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    fn keep(&mut self) {
        self.changing = None;
        self.before.push(self.drawn.clone());
    }
}

const fn points_of(shape: &Shape) -> usize {
    match shape {
        Shape::Box { .. } => 0,
        Shape::Brush { points, .. } => points.len(),
    }
}

/// Points of a stroke closer than this along both edges add nothing but bytes, in thousandths.
const NEAR: u16 = 4;

/// What a pointer has drawn from where it went down to where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Drawing {
    /// A box between two corners.
    Box(Place, Place),
    /// A stroke, with its thickness.
    Brush(Vec<Place>, u16),
}

impl Drawing {
    /// Goes on to a place.
    pub(super) fn go_to(&mut self, place: Place) {
        match self {
            Self::Box(_, corner) => *corner = place,
            Self::Brush(points, _) => {
                let near = |last: &Place| last.0.abs_diff(place.0) < NEAR && last.1.abs_diff(place.1) < NEAR;
                if !points.last().is_some_and(near) {
                    points.push(place);
                }
            }
        }
    }

    /// What it covers; `None` for a box that was a slip.
    pub(super) fn shape(&self) -> Option<Shape> {
        match self {
            Self::Box(from, to) => Shape::between(*from, *to),
            Self::Brush(points, width) => Some(Shape::Brush { points: points.clone(), width: *width }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(left: u16) -> Shape {
        Shape::Box { from: (left, 0), to: (left + 100, 100) }
    }

    #[test]
    fn every_change_has_a_way_back_and_moves_of_one_shape_are_one_step() {
        let band = Shape::Box { from: (0, 900), to: (1000, 1000) };
        let mut sketch = Sketch::over(Some(band.clone()));
        assert!(!sketch.can_undo());
        sketch.add(cover(0));
        sketch.add(cover(200));
        for _ in 0..3 {
            sketch.change(1, |shape| shape.shifted(10, 0));
        }
        sketch.change(0, |shape| shape.shifted(5, 0));
        assert_eq!(sketch.all(), [band.clone(), cover(5), cover(230)]);
        sketch.remove(0);
        assert_eq!(sketch.drawn(), [cover(230)]);
        for expected in [
            vec![cover(5), cover(230)],
            vec![cover(0), cover(230)],
            vec![cover(0), cover(200)],
            vec![cover(0)],
            vec![],
        ] {
            sketch.undo();
            assert_eq!(sketch.drawn(), expected);
        }
        sketch.undo();
        sketch.change(7, Shape::clone);
        sketch.remove(7);
        assert_eq!((sketch.all(), sketch.can_undo()), (vec![band], false));
    }

    #[test]
    fn a_full_sketch_takes_no_more() {
        let mut sketch = Sketch::over(Some(cover(0)));
        for _ in 0..MAX_SHAPES {
            sketch.add(cover(300));
        }
        assert_eq!((sketch.all().len(), sketch.room()), (MAX_SHAPES, Room::None));
        let stroke = |points| Shape::Brush { points: vec![(1, 1); points], width: 20 };
        let mut sketch = Sketch::default();
        sketch.add(stroke(MAX_POINTS - 1));
        assert_eq!(sketch.room(), Room::Left);
        sketch.add(stroke(9));
        assert_eq!((sketch.drawn(), sketch.room()), (&[stroke(MAX_POINTS - 1), stroke(1)][..], Room::None));
    }

    #[test]
    fn a_slip_of_the_mouse_is_no_box_and_a_tap_of_the_brush_is_a_dot() {
        let mut slip = Drawing::Box((500, 500), (500, 500));
        slip.go_to((502, 501));
        assert_eq!(slip.shape(), None);
        slip.go_to((400, 600));
        assert_eq!(slip.shape(), Some(Shape::Box { from: (400, 500), to: (500, 600) }));
        let mut stroke = Drawing::Brush(vec![(10, 10)], 30);
        for place in [(11, 12), (20, 10), (21, 11), (20, 40)] {
            stroke.go_to(place);
        }
        let points = vec![(10, 10), (20, 10), (20, 40)];
        assert_eq!(stroke.shape(), Some(Shape::Brush { points, width: 30 }));
    }
}
