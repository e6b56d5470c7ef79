//! By what an open report is found again 线索, so that what may be the same is looked for among some dozens and not among all.
//! Photos are compared by themselves, since no order brings alike pictures together.

use std::fmt;

use super::report::{Category, Report};
use crate::ids::FacilityId;
use crate::place::GeoPoint;

/// A square of the ground, a thousandth of a degree wide and high: at least 50 m up to 63 degrees of latitude, beyond which no
/// division lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Square {
    /// Thousandths of a degree, rounded down; north positive.
    row: i32,
    /// The same; east positive.
    column: i32,
}

/// Ten-millionths of a degree in a square.
const SQUARE_E7: i32 = 10_000;

impl Square {
    const fn of(point: GeoPoint) -> Self {
        Self {
            row: point.latitude_e7().div_euclid(SQUARE_E7),
            column: point.longitude_e7().div_euclid(SQUARE_E7),
        }
    }

    /// It, and the eight around it.
    fn with_neighbours(self) -> impl Iterator<Item = Self> {
        let Self { row, column } = self;
        (row - 1..=row + 1)
            .flat_map(move |row| (column - 1..=column + 1).map(move |column| Self { row, column }))
    }
}

/// What a report leaves behind, to be found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// 同一机构、同一类别
    Facility(FacilityId, Category),
    /// 同一方格、同一类别
    Square(Square, Category),
}

impl fmt::Display for Trace {
    /// As a database keeps it: `f:gas:01K…`, `s:gas:36400:116000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Facility(facility, category) => write!(f, "f:{}:{facility}", category.name()),
            Self::Square(Square { row, column }, category) => {
                write!(f, "s:{}:{row}:{column}", category.name())
            }
        }
    }
}

impl Report {
    /// By what it is found.
    pub fn traces(&self) -> Vec<Trace> {
        self.facility_trace().into_iter().chain(self.square().map(|it| self.in_square(it))).collect()
    }

    /// By what all are found that may be the same as this one for where they are: whatever
    /// [`likely_same`](super::likely_same) suggests has one of these, or an alike photo.
    pub fn traces_near(&self) -> Vec<Trace> {
        let squares = self.square().into_iter().flat_map(Square::with_neighbours);
        self.facility_trace().into_iter().chain(squares.map(|it| self.in_square(it))).collect()
    }

    fn facility_trace(&self) -> Option<Trace> {
        self.place.facility.map(|facility| Trace::Facility(facility, self.category))
    }

    fn square(&self) -> Option<Square> {
        self.place.position.as_ref().map(|it| Square::of(it.point))
    }

    const fn in_square(&self, square: Square) -> Trace {
        Trace::Square(square, self.category)
    }
}
