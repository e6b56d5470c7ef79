//! A checklist with its answers, graded: the one place where a draft and a record are graded alike.

use crate::clock::Date;
use crate::facility::FacilityType;
use crate::rules::{self, Answer, Finding, Grade, Item, ItemId, Pack, Profile, Undecided, Verdict};

/// What the answers of a visit stand under. A draft and the content of a record both have it.
pub(super) trait Answered {
    fn facility_type(&self) -> FacilityType;
    fn profile(&self) -> Profile;
    /// The civil date in China on which the visit began.
    fn on(&self) -> Date;
    fn answer(&self, item: &ItemId) -> Option<&Answer>;
}

/// How one item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// 未答
    Untouched,
    /// 合格
    Passed,
    /// 不适用
    NotApplicable,
    /// 不合格, with what the rules make of it.
    Failed(Box<Finding>),
    /// Answered, but the answer does not settle it.
    NeedsDecision(Undecided),
}

impl ItemState {
    /// What the rules make of a failure.
    pub fn finding(&self) -> Option<&Finding> {
        match self {
            Self::Failed(finding) => Some(finding),
            Self::Untouched | Self::Passed | Self::NotApplicable | Self::NeedsDecision(_) => None,
        }
    }
}

/// How one item stands.
pub(super) fn item_state(of: &impl Answered, pack: &Pack, item: &Item) -> ItemState {
    let Some(answer) = of.answer(&item.id) else { return ItemState::Untouched };
    match rules::grade(pack, item, answer, of.facility_type(), of.on()) {
        Verdict::Passes => ItemState::Passed,
        Verdict::NotApplicable => ItemState::NotApplicable,
        Verdict::Fails(finding) => ItemState::Failed(finding),
        Verdict::NeedsDecision(why) => ItemState::NeedsDecision(why),
    }
}

/// One hazard that failed items make.
pub(super) struct Failure<'a> {
    /// The item under which it is registered.
    pub(super) item: &'a Item,
    pub(super) finding: Box<Finding>,
    /// Narrower items that failed too.
    pub(super) also: Vec<(&'a Item, Box<Finding>)>,
}

/// The broader items of a checklist that failed: what decides under which item a failure is registered.
pub(super) struct Broader<'a>(Vec<(&'a Item, Grade)>);

impl<'a> Broader<'a> {
    pub(super) fn of(answers: &impl Answered, pack: &'a Pack) -> Self {
        let broader =
            pack.items_for(answers.facility_type(), answers.profile()).filter(|it| !it.covers.is_empty());
        Self(
            broader
                .filter_map(|item| Some((item, item_state(answers, pack, item).finding()?.grade)))
                .collect(),
        )
    }

    /// The item under which the failure of `item` is registered: the broadest failed one that covers it, or
    /// itself. One hazard is registered for one cause, but never under a lighter grade than its own.
    pub(super) fn host(&self, item: &'a Item, grade: Grade) -> &'a Item {
        let (mut host, mut at_least) = (item, grade);
        // Ends, since a pack in which items cover each other in a circle does not load.
        while let Some((broader, grade)) =
            self.0.iter().find(|(broader, grade)| *grade >= at_least && broader.covers.contains(&host.id))
        {
            (host, at_least) = (broader, *grade);
        }
        host
    }
}

/// Every hazard that failed items make, in walking order.
pub(super) fn failures<'a>(answers: &impl Answered, pack: &'a Pack) -> Vec<Failure<'a>> {
    let broader = Broader::of(answers, pack);
    let mut failures: Vec<Failure<'a>> = Vec::new();
    let mut narrower = Vec::new();
    for item in pack.items_for(answers.facility_type(), answers.profile()) {
        let ItemState::Failed(finding) = item_state(answers, pack, item) else { continue };
        let host = broader.host(item, finding.grade);
        if host.id == item.id {
            failures.push(Failure { item, finding, also: Vec::new() });
        } else {
            narrower.push((host, item, finding));
        }
    }
    // A narrower item may stand before its host in the walk, so hosts are complete only now.
    for (host, item, finding) in narrower {
        if let Some(failure) = failures.iter_mut().find(|it| it.item.id == host.id) {
            failure.also.push((item, finding));
        }
    }
    failures
}
