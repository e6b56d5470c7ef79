//! How much a reward may be, and how long a reporter is given to claim it: by region and date, as data.

use serde::Deserialize;

use super::amount::Yuan;
use crate::clock::Date;
use crate::region::DivisionCode;
use crate::rules::Grade;
use crate::terms::{self, Table};

/// The file of the shipped terms.
const SHIPPED: &str = include_str!("../../rules/reward_terms.json");

/// The terms of one division.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RewardTerms {
    /// For a general hazard, and for what became none, at most.
    pub general_most: Yuan,
    /// For a major hazard, at most.
    pub major_most: Yuan,
    /// From the approval to the last day of claiming, in work days 工作日: what is proposed to the officer.
    pub claim_work_days: u16,
}

impl RewardTerms {
    /// The most that any region may give: for a step whose amount was looked at before.
    pub const ANYWHERE_MOST: Yuan = match Yuan::of(Yuan::MOST) {
        Ok(yuan) => yuan,
        Err(_) => unreachable!(),
    };

    /// The most for a report that was turned into a hazard of that grade; `None` where it was turned into none.
    pub const fn most(&self, hazard: Option<Grade>) -> Yuan {
        match hazard {
            Some(Grade::Major) => self.major_most,
            Some(Grade::General | Grade::Advice) | None => self.general_most,
        }
    }
}

/// The terms of one division from one day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    division: DivisionCode,
    from: Date,
    general_most: Yuan,
    major_most: Yuan,
    claim_work_days: u16,
    source: String,
}

impl terms::Line for Line {
    fn place(&self) -> (&DivisionCode, Date) {
        (&self.division, self.from)
    }

    fn source(&self) -> &str {
        &self.source
    }
}

/// The terms of all regions through the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardTermsTable(Table<Line>);

impl RewardTermsTable {
    /// The terms that this version ships.
    pub fn shipped() -> Self {
        Self(Table::shipped(SHIPPED))
    }

    /// The terms of a division on a day: its own, or those of the nearest one above it.
    pub fn of(&self, division: &DivisionCode, on: Date) -> RewardTerms {
        let line = self.0.of(division, on);
        RewardTerms {
            general_most: line.general_most,
            major_most: line.major_most,
            claim_work_days: line.claim_work_days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_major_hazard_may_bring_more_and_all_else_what_a_general_one_may() {
        let on = "2026-11-29".parse().unwrap();
        let terms = RewardTermsTable::shipped().of(&"370202".parse().unwrap(), on);
        let most = [Some(Grade::Major), Some(Grade::General), Some(Grade::Advice), None]
            .map(|grade| terms.most(grade).get());
        assert_eq!((most, terms.claim_work_days), ([3000, 500, 500, 500], 7));
    }
}
