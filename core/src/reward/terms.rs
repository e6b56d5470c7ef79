//! How much a reward may be, and how long a reporter is given to claim it: by region and date, as data.

use serde::Deserialize;

use super::amount::Yuan;
use crate::rules::Grade;
use crate::terms::{Shipped, Table};

/// The terms of one division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardTerms {
    /// For a general hazard, and for what became none, at most.
    pub general_most: Yuan,
    /// For a major hazard, at most.
    pub major_most: Yuan,
    /// From the approval to the last day of claiming, in work days 工作日: what is proposed to the officer.
    pub claim_work_days: u16,
}

impl Shipped for RewardTerms {
    const FILE: &str = include_str!("../../rules/reward_terms.json");
}

/// The terms of all regions through the years.
pub type RewardTermsTable = Table<RewardTerms>;

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
