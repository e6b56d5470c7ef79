//! Which report may tell of the same matter as another 疑似重复: a suggestion with its reasons. A person looks at both and
//! decides; nothing here moves anything.

use serde::{Deserialize, Serialize};

use super::life::SnapState;
use super::report::Report;
use crate::clock::{Instant, Span};
use crate::evidence::Likeness;
use crate::place::Metres;

/// Reports further apart in time are two matters. This project's proposal: the term of an answer, doubled.
pub const ALIKE_WITHIN: Span = Span::days(30);

/// Positions within which two reports may be about one place (domain rule 2k, this project's proposal): what a phone is off
/// by between houses.
const NEAR: Metres = Metres(50);

/// What speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Alike {
    /// 同一机构
    Facility,
    /// 距离不超过 50 米: so many metres apart.
    Near(Metres),
    /// 同一类别
    Category,
    /// 照片相似: so many of the 128 answers of their likenesses differ.
    Photo(u32),
}

/// A report with what the rule asks of it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The report.
    pub report: &'a Report,
    /// Where it stands.
    pub state: SnapState,
    /// When the ledger had it.
    pub received: Instant,
}

/// Why `other` may tell of the same matter as `one`; empty when nothing suggests it. It does when the other is open, both came
/// within 30 days, and they are either of one place *and* one category, or show alike photos.
pub fn likely_same(one: &Candidate<'_>, other: &Candidate<'_>) -> Vec<Alike> {
    let apart = one.received.since(other.received).as_millis().abs();
    if one.report.snap == other.report.snap || !other.state.is_open() || apart > ALIKE_WITHIN.as_millis() {
        return Vec::new();
    }
    let place = place(one.report, other.report);
    let category = (one.report.category == other.report.category).then_some(Alike::Category);
    let photo = nearest_photos(one.report, other.report).map(Alike::Photo);
    let suggests = (!place.is_empty() && category.is_some()) || photo.is_some();
    if suggests { place.into_iter().chain(category).chain(photo).collect() } else { Vec::new() }
}

fn place(one: &Report, other: &Report) -> Vec<Alike> {
    let facility = one.place.facility.is_some() && one.place.facility == other.place.facility;
    let near = one.place.position.as_ref().zip(other.place.position.as_ref()).and_then(|(one, other)| {
        let apart = one.point.distance(other.point);
        (apart <= NEAR).then_some(Alike::Near(apart))
    });
    facility.then_some(Alike::Facility).into_iter().chain(near).collect()
}

/// By how much the two most alike photos differ, when they are alike at all.
fn nearest_photos(one: &Report, other: &Report) -> Option<u32> {
    let pairs = one.photos.iter().flat_map(|photo| other.photos.iter().map(move |other| (photo, other)));
    pairs.map(|(one, other)| one.likeness.distance(other.likeness)).min().filter(|it| *it <= Likeness::NEAR)
}
