//! Counting the elements of the comprehensive fire judgement over one visit.

use super::checklist::{self, Answered};
use super::draft::Draft;
use super::record::{Content, FindingSource, FireCount};
use crate::clock::Date;
use crate::facility::FacilityType;
use crate::rules::{Answer, CountedElement, FireRules, ItemId, Pack, Profile, Remedy, judge_fire};

impl Answered for Content {
    fn facility_type(&self) -> FacilityType {
        self.facility_type
    }

    fn profile(&self) -> Profile {
        self.profile
    }

    fn on(&self) -> Date {
        self.started.date()
    }

    fn answer(&self, item: &ItemId) -> Option<&Answer> {
        self.items.get(item).map(|record| &record.answer)
    }
}

impl Draft {
    /// What the comprehensive fire judgement comes to so far. What was corrected on the spot does not count
    /// (GB 35181-2017, 5.1.2).
    pub fn count_fire(&self, pack: &Pack, fire: &FireRules) -> FireCount {
        count(self, pack, fire, |item| {
            let sheet = self.items.get(item).and_then(|filled| filled.sheet.as_ref());
            sheet.map_or(Remedy::Outstanding, |sheet| sheet.remedy)
        })
    }
}

impl Content {
    /// What the comprehensive fire judgement comes to.
    pub fn count_fire(&self, pack: &Pack, fire: &FireRules) -> FireCount {
        count(self, pack, fire, |wanted| {
            let found = self.findings.iter().find(
                |finding| matches!(&finding.source, FindingSource::Item { item, .. } if item == wanted),
            );
            found.map_or(Remedy::Outstanding, |finding| finding.remedy)
        })
    }
}

/// `remedy` is asked for the item under which a failure is registered.
fn count(
    answers: &impl Answered,
    pack: &Pack,
    fire: &FireRules,
    remedy: impl Fn(&ItemId) -> Remedy,
) -> FireCount {
    let mut counted = Vec::new();
    for failure in checklist::failures(answers, pack) {
        let remedy = remedy(&failure.item.id);
        let own = std::iter::once((failure.item, &failure.finding));
        for (item, finding) in own.chain(failure.also.iter().map(|(item, finding)| (*item, finding))) {
            if let Some(element) = finding.counts_element.clone() {
                counted.push(CountedElement { item: item.id.clone(), element, remedy });
            }
        }
    }
    let place = fire.place_kind(answers.facility_type());
    FireCount {
        rules: fire.reference().clone(),
        judgement: place.and_then(|place| judge_fire(fire, place.kind, &counted)),
    }
}
