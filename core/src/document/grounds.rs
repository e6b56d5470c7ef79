//! The grounds of a decision: as an office writes them, and what is missing of them.

use super::issue::Grounds;
use super::wording;
use crate::clock::{Instant, Span};
use crate::ids::HazardId;
use crate::letterhead::OfficeKind;

/// A part without which a decision has no grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroundsPart {
    /// 事实
    Facts,
    /// 依据
    Basis,
    /// 措施
    Measures,
}

/// From when a coercive decision holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HoldsFrom {
    /// 提前二十四小时通知: the rule where power is cut (安全生产法 70(2)).
    #[default]
    AfterNotice,
    /// 立即: where safety is in danger at this moment.
    AtOnce,
}

impl HoldsFrom {
    /// Both, the rule first.
    pub const ALL: [Self; 2] = [Self::AfterNotice, Self::AtOnce];
    /// How long before power is cut the institution is told.
    const NOTICE: Span = Span::days(1);

    /// The time itself, for a decision that is made now.
    pub fn begins(self, now: Instant) -> Instant {
        match self {
            Self::AfterNotice => now.plus(Self::NOTICE),
            Self::AtOnce => now,
        }
    }
}

impl Grounds {
    /// Grounds as an office writes them: a fact, and a measure, on each line.
    pub fn written(hazards: Vec<HazardId>, facts: &str, basis: &str, measures: &str, from: Instant) -> Self {
        let basis = basis.trim().to_owned();
        Self { hazards, facts: lines(facts), basis, measures: lines(measures), from }
    }

    /// What it lacks, in the order in which it is written.
    pub fn missing(&self) -> Vec<GroundsPart> {
        let all_say = |lines: &[String]| !lines.is_empty() && lines.iter().all(|it| !it.trim().is_empty());
        let parts = [
            (GroundsPart::Facts, all_say(&self.facts)),
            (GroundsPart::Basis, !self.basis.trim().is_empty()),
            (GroundsPart::Measures, all_say(&self.measures)),
        ];
        parts.into_iter().filter(|(_, said)| !said).map(|(part, _)| part).collect()
    }

    /// On what a coercive measure usually stands, by whose law the office acts; empty where no one law can be named, since
    /// nobody is coerced but by a law (行政强制法 10).
    pub const fn coercive_basis(office: OfficeKind) -> &'static str {
        wording::coercive_basis(office)
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
