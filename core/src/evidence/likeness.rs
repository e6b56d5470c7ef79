//! Telling that two photos show the same picture, though one of them was saved again, brightened, cropped a little,
//! turned by a degree or had lines drawn over it: the way to find a photo that is used twice.
//!
//! A picture is averaged to a few squares, and of each square it is noted whether the next but one to the right is
//! brighter; then the same downwards. Each of the 128 answers depends on a small part of the picture alone, so lines
//! drawn over its lower edge change few of them: of the transforms that look at the whole (DCT hashes of 64 to 255
//! bits), a watermark changed one answer in five. Everything is whole numbers, so phone and server agree bit for bit.
//!
//! A likeness is a hint for a person who then looks at both pictures. It proves nothing: two photos of one white wall
//! are alike, and whoever wants to can make a picture with any likeness.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a picture looks like from very far away 感知哈希. Written as `dhash128:` and 32 lower-case hexadecimal digits;
/// the prefix leaves room for a better way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likeness(u128);

/// A text that is not a likeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a likeness: \"dhash128:\" and 32 lower-case hexadecimal digits are needed")]
pub struct NotALikeness;

const PREFIX: &str = "dhash128:";

/// Answers along an edge of the picture: 8 × 8 to the right, 8 × 8 downwards.
const EDGE: usize = 8;

/// A square is compared with the next but one. With its neighbour, half as many photos that lost 5 % at one corner
/// would be found; three squares on, a watermark begins to hide them.
const STRIDE: usize = 2;

impl Likeness {
    /// At most so many of the 128 answers differ in two pictures of one photo.
    ///
    /// Measured by `app/photo/tests/likeness`, which also holds the figures: almost every photo that was saved again,
    /// made smaller, darker or sharper is within; nine in ten that were marked, turned by a degree or two, or cropped
    /// by 5 % around; and none of the pairs of different scenes. More would find more, and cut the bands below eight
    /// answers, where an index stops being one.
    pub const NEAR: u32 = 15;

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
        let level = |column, row, columns, rows| {
            average(grey, width, part(column, columns, width), part(row, rows, height))
        };
        let places = || (0..EDGE).flat_map(|row| (0..EDGE).map(move |column| (column, row)));
        let brighter_to_the_right = places().map(|(column, row)| {
            let level = |column| level(column, row, EDGE + STRIDE, EDGE);
            level(column + STRIDE) > level(column)
        });
        let brighter_below = places().map(|(column, row)| {
            let level = |row| level(column, row, EDGE, EDGE + STRIDE);
            level(row + STRIDE) > level(row)
        });
        let answers = brighter_to_the_right.chain(brighter_below);
        Some(Self(answers.fold(0, |answers, yes| answers << 1 | u128::from(yes))))
    }

    /// As a database keeps it.
    pub const fn bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// From what a database kept.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// In how many of the 128 answers two pictures differ: 0 for the same, about 64 for any two.
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether two pictures are so alike that a person should look at both.
    pub const fn is_near(self, other: Self) -> bool {
        self.distance(other) <= Self::NEAR
    }

    /// For an index: two likenesses within [`Likeness::NEAR`] share at least one band, since fewer answers differ than
    /// there are bands. So all that are near to a given one are found by equality, and [`Likeness::is_near`] then
    /// drops the one in ten that only shares a band.
    pub fn bands(self) -> [Band; Self::BANDS] {
        // Answers that are far from each other make a band: neighbours repeat each other and would tell less.
        std::array::from_fn(|number| {
            let answers = (0..128).skip(number).step_by(Self::BANDS);
            let answers = answers.fold(0, |band, at| band << 1 | (self.0 >> at & 1) as u16);
            Band((number as u16) << 8 | answers)
        })
    }
}

/// One piece of a [`Likeness`], together with which piece it is: equal numbers are equal pieces of the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band(u16);

impl Band {
    /// As a database keeps it: which piece, then eight answers.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// The pixels of an edge that fall into one of `parts`; at least one, so in a tiny picture some are shared.
fn part(number: usize, parts: usize, edge: usize) -> Range<usize> {
    let from = number * edge / parts;
    from..((number + 1) * edge / parts).max(from + 1)
}

/// The average of a rectangle, in sixteenths of a grey level.
fn average(grey: &[u8], width: usize, columns: Range<usize>, rows: Range<usize>) -> u64 {
    let count = (columns.len() * rows.len()) as u64;
    let rows = rows.filter_map(|row| grey.get(row * width..)?.get(columns.clone()));
    rows.flatten().map(|&level| u64::from(level)).sum::<u64>() * 16 / count
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{:032x}", self.0)
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
            digits.len() == 32 && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !spelled {
            return Err(NotALikeness);
        }
        u128::from_str_radix(digits, 16).map(Self).map_err(|_| NotALikeness)
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

    /// Likenesses are signed, and compared with those of years before: the way to them never changes.
    #[test]
    fn the_likeness_of_a_picture_is_what_it_always_was() {
        for (seed, likeness) in [
            (1, "dhash128:e187d3731f8fc68903b9b88687fe7ee5"),
            (2, "dhash128:8ececc797e327131261d1913def0f82f"),
        ] {
            assert_eq!(Likeness::of(320, &wall(320, 240, seed)).unwrap().to_string(), likeness);
        }
    }

    #[test]
    fn what_is_no_picture_has_no_likeness() {
        for (width, pixels) in [(0, 0), (0, 9), (5, 0), (5, 4), (5, 9)] {
            assert_eq!(Likeness::of(width, &vec![9; pixels]), None, "{width}, {pixels}");
        }
        assert!(Likeness::of(1, &[9]).is_some());
    }

    proptest! {
        #[test]
        fn a_likeness_has_one_spelling(answers: u128) {
            let likeness = Likeness(answers);
            prop_assert_eq!(likeness.to_string().parse(), Ok(likeness));
            prop_assert!(likeness.to_string().to_uppercase().parse::<Likeness>().is_err());
        }

        #[test]
        fn all_that_are_near_share_a_band(
            answers: u128,
            changed in proptest::collection::vec(0..128_u32, 0..=Likeness::NEAR as usize),
        ) {
            let near = changed.iter().fold(answers, |answers, at| answers ^ 1 << at);
            let (one, other) = (Likeness(answers).bands(), Likeness(near).bands());
            prop_assert!(one.iter().zip(&other).any(|(one, other)| one == other));
        }

        #[test]
        fn bands_of_different_places_are_never_equal(one: u128, other: u128) {
            for (at, band) in Likeness(one).bands().iter().enumerate() {
                for (place, foreign) in Likeness(other).bands().iter().enumerate() {
                    prop_assert!(at == place || band != foreign);
                }
            }
        }
    }
}
