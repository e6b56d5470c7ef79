//! Telling that two photos show the same picture, though one of them was saved again, brightened, cropped a little or
//! had lines drawn over it: the way to find a photo that is used twice.
//!
//! A picture is averaged to 32 × 32 grey squares; of the cosine transform of those, the 64 slowest waves are kept, and
//! of each only its sign. Everything is whole numbers, so that phone and server agree bit for bit.
//!
//! A likeness is a hint for a person who then looks at both pictures. It proves nothing: two photos of one white wall
//! are alike, and whoever wants to can make a picture with any likeness.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a picture looks like from very far away 感知哈希. Written as `dct64:` and 16 lower-case hexadecimal digits; the
/// prefix leaves room for a better way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likeness(u64);

/// A text that is not a likeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a likeness: \"dct64:\" and 16 lower-case hexadecimal digits are needed")]
pub struct NotALikeness;

const PREFIX: &str = "dct64:";

/// Squares along each edge of the grid that a picture is averaged to.
const GRID: usize = 32;

/// The waves that are kept run from the first to the eighth, along each edge. The zeroth, the average, is the light.
const WAVES: usize = 8;

impl Likeness {
    /// At most so many of the 64 signs differ in two pictures of one photo.
    pub const NEAR: u32 = 10;

    /// In how many pieces [`Likeness::bands`] cuts: one more than may differ, so one at least is the same.
    pub const BANDS: usize = Self::NEAR as usize + 1;

    /// Looks at a picture, given as rows of grey levels, each `width` long, from the top down and as people see it.
    ///
    /// `None` when there is no picture: no width, no rows, or a last row that is not whole.
    pub fn of(width: usize, grey: &[u8]) -> Option<Self> {
        let height = grey.len().checked_div(width)?;
        if height == 0 || width * height != grey.len() {
            return None;
        }
        let grid = averaged(grey, width, height);
        let waves = transformed(&grid);
        let signs = waves.iter().enumerate().filter(|(_, wave)| **wave > 0);
        Some(Self(signs.fold(0, |signs, (at, _)| signs | 1 << at)))
    }

    /// In how many of the 64 signs two pictures differ: 0 for the same, about 32 for any two.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether two pictures are so alike that a person should look at both.
    pub const fn is_near(self, other: Self) -> bool {
        self.distance(other) <= Self::NEAR
    }

    /// For an index: two likenesses within [`Likeness::NEAR`] share at least one band, since fewer signs differ than
    /// there are bands. So all that are near to a given one are found by equality, and [`Likeness::is_near`] then
    /// drops those that only share a band.
    pub fn bands(self) -> [Band; Self::BANDS] {
        std::array::from_fn(|number| {
            let (from, to) = (number * 64 / Self::BANDS, (number + 1) * 64 / Self::BANDS);
            let signs = self.0 >> from & ((1 << (to - from)) - 1);
            // A band is at most six signs wide, and there are eleven.
            Band((number << 8) as u16 | signs as u16)
        })
    }
}

/// One piece of a [`Likeness`], together with which piece it is: equal numbers are equal pieces of the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band(u16);

impl Band {
    /// As a database keeps it.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// Averages to [`GRID`] × [`GRID`] squares, row by row. In a picture with fewer pixels than squares some share a pixel.
fn averaged(grey: &[u8], width: usize, height: usize) -> [i32; GRID * GRID] {
    /// Which pixels of an edge fall into a square; at least one.
    fn pixels(square: usize, edge: usize) -> std::ops::Range<usize> {
        let from = square * edge / GRID;
        from..((square + 1) * edge / GRID).max(from + 1)
    }
    std::array::from_fn(|at| {
        let (columns, rows) = (pixels(at % GRID, width), pixels(at / GRID, height));
        let count = columns.len() * rows.len();
        let sum: u64 = rows
            .filter_map(|row| grey.get(row * width..)?.get(columns.clone()))
            .flatten()
            .map(|&level| u64::from(level))
            .sum();
        // Sixteenths of a grey level: at most 4080.
        (sum * 16 / count as u64) as i32
    })
}

/// The waves 1 to [`WAVES`] along each edge, of the cosine transform (DCT-II) of the grid.
fn transformed(grid: &[i32; GRID * GRID]) -> [i64; WAVES * WAVES] {
    let mut rows = [[0_i64; WAVES]; GRID];
    for (row, squares) in rows.iter_mut().zip(grid.chunks_exact(GRID)) {
        *row = std::array::from_fn(|wave| {
            let squares = squares.iter().enumerate();
            squares.map(|(at, &level)| i64::from(level) * i64::from(cosine(at, wave + 1))).sum()
        });
    }
    std::array::from_fn(|at| {
        let (down, along) = (at / WAVES, at % WAVES);
        rows.iter().enumerate().map(|(at, row)| row[along] * i64::from(cosine(at, down + 1))).sum()
    })
}

/// The cosine of `(2·square + 1)·wave·π/64`, times 16,384.
fn cosine(square: usize, wave: usize) -> i32 {
    /// A quarter turn, in steps of π/64.
    const QUARTER: [i32; 33] = [
        16384, 16364, 16305, 16207, 16069, 15893, 15679, 15426, 15137, 14811, 14449, 14053, 13623, 13160,
        12665, 12140, 11585, 11003, 10394, 9760, 9102, 8423, 7723, 7005, 6270, 5520, 4756, 3981, 3196, 2404,
        1606, 804, 0,
    ];
    let angle = (2 * square + 1) * wave % 128;
    match angle {
        0..=32 => QUARTER[angle],
        33..=64 => -QUARTER[64 - angle],
        65..=96 => -QUARTER[angle - 64],
        _ => QUARTER[128 - angle],
    }
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{:016x}", self.0)
    }
}

impl fmt::Debug for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Likeness {
    type Err = NotALikeness;

    fn from_str(text: &str) -> Result<Self, NotALikeness> {
        let digits = text.strip_prefix(PREFIX).ok_or(NotALikeness)?;
        let spelled =
            digits.len() == 16 && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !spelled {
            return Err(NotALikeness);
        }
        u64::from_str_radix(digits, 16).map(Self).map_err(|_| NotALikeness)
    }
}

impl Serialize for Likeness {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Likeness {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A wall with things of all sizes on it, each at a place that `seed` gives.
    fn wall(width: usize, height: usize, seed: u64) -> Vec<u8> {
        let mut state = seed;
        let mut chance = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let things: Vec<[u64; 5]> = (0..40)
            .map(|_| [chance(1000), chance(1000), 30 + chance(270), 30 + chance(270), 40 + chance(200)])
            .collect();
        let level = |at: usize| {
            let (x, y) = ((at % width * 1000 / width) as u64, (at / width * 1000 / height) as u64);
            let thing = things.iter().rev().find(|[left, top, wide, high, _]| {
                (*left..left + wide).contains(&x) && (*top..top + high).contains(&y)
            });
            thing.map_or(150, |thing| thing[4] as u8)
        };
        (0..width * height).map(level).collect()
    }

    #[test]
    fn a_picture_is_like_itself_in_any_size_and_light_and_unlike_another() {
        for seed in 0..20 {
            let picture = wall(320, 240, seed);
            let original = Likeness::of(320, &picture).unwrap();
            let smaller = Likeness::of(160, &wall(160, 120, seed)).unwrap();
            let darker: Vec<u8> = picture.iter().map(|level| level / 2 + 10).collect();
            let darker = Likeness::of(320, &darker).unwrap();
            let another = Likeness::of(320, &wall(320, 240, seed + 100)).unwrap();
            assert!(original.is_near(smaller), "{seed}: {}", original.distance(smaller));
            assert!(original.is_near(darker), "{seed}: {}", original.distance(darker));
            assert!(!original.is_near(another), "{seed}: {}", original.distance(another));
        }
    }

    #[test]
    fn what_is_no_picture_has_no_likeness() {
        for (width, pixels) in [(0, 0), (0, 9), (5, 0), (5, 4), (5, 9)] {
            assert_eq!(Likeness::of(width, &vec![9; pixels]), None, "{width}, {pixels}");
        }
        assert!(Likeness::of(1, &[9]).is_some());
    }

    #[test]
    fn the_transform_is_the_cosine_transform() {
        let grid: [i32; GRID * GRID] = std::array::from_fn(|at| (at * at * 7 % 4081) as i32);
        for (at, wave) in transformed(&grid).into_iter().enumerate() {
            let cosine = |place: usize, wave: usize| {
                ((2 * place + 1) as f64 * (wave + 1) as f64 * std::f64::consts::PI / 64.0).cos()
            };
            let (down, along) = (at / WAVES, at % WAVES);
            let squares = grid.iter().enumerate();
            let exact: f64 = squares
                .map(|(at, &level)| {
                    f64::from(level)
                        * cosine(at / GRID, down)
                        * cosine(at % GRID, along)
                        * 16_384.0_f64.powi(2)
                })
                .sum();
            let error = (wave as f64 - exact).abs() / 16_384.0_f64.powi(2);
            assert!(error < 60.0, "{at}: {wave} is not {exact}");
        }
    }

    proptest! {
        #[test]
        fn a_likeness_has_one_spelling(signs: u64) {
            let likeness = Likeness(signs);
            prop_assert_eq!(likeness.to_string().parse(), Ok(likeness));
            prop_assert!(likeness.to_string().to_uppercase().parse::<Likeness>().is_err());
        }

        #[test]
        fn all_that_are_near_share_a_band(
            signs: u64,
            changed in proptest::collection::vec(0..64_u32, 0..=Likeness::NEAR as usize),
        ) {
            let near = changed.iter().fold(signs, |signs, at| signs ^ 1 << at);
            let (one, other) = (Likeness(signs).bands(), Likeness(near).bands());
            prop_assert!(one.iter().zip(&other).any(|(one, other)| one == other));
        }

        #[test]
        fn bands_of_different_places_are_never_equal(one: u64, other: u64) {
            for (at, band) in Likeness(one).bands().iter().enumerate() {
                for (place, foreign) in Likeness(other).bands().iter().enumerate() {
                    prop_assert!(at == place || band != foreign);
                }
            }
        }
    }
}
