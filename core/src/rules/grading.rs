//! From an answer to a verdict, with the trace that lets anybody repeat it.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, AnswerKind, Bound, DateRule, NumberRule, Ruling, Threshold, Unit};
use super::basis::{Citation, Confidence};
use super::item::{CountsWhen, Deadline, Escalation, Grade, Item, Measure, PhotoDuty};
use super::name::{AuthorityId, ElementId, ItemId};
use super::pack::{Pack, PackRef};
use super::quantity::Quantity;
use crate::clock::Date;
use crate::facility::FacilityType;

/// What an answer comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 合格
    Passes,
    /// 不适用
    NotApplicable,
    /// The answer does not settle the item; the inspector has to answer again.
    NeedsDecision(Undecided),
    /// 不合格
    Fails(Box<Finding>),
}

impl Verdict {
    /// The finding, when it fails.
    pub fn finding(&self) -> Option<&Finding> {
        match self {
            Self::Fails(finding) => Some(finding),
            Self::Passes | Self::NotApplicable | Self::NeedsDecision(_) => None,
        }
    }

    /// Whether a photo is due. What does not apply, or is not decided yet, owes none.
    pub fn owes_photo(&self, duty: PhotoDuty) -> bool {
        match self {
            Self::Passes => duty == PhotoDuty::Required,
            Self::Fails(_) => matches!(duty, PhotoDuty::Required | PhotoDuty::OnFail),
            Self::NotApplicable | Self::NeedsDecision(_) => false,
        }
    }
}

/// Why an answer does not settle an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undecided {
    /// The item is not for this type of facility: the answer belongs to another checklist.
    OtherFacilityType,
    /// A date was given for a number, a number for a three-way item, and so on.
    OtherKindOfAnswer,
    /// "Passes" was said where a number or a date has to show it.
    ValueMissing,
    /// No source and no jurisdiction has set the threshold: the inspector's own ruling is needed.
    ThresholdNotSet,
    /// The unit cannot have such a value: 120 percent, -3 days, half a person.
    ValueImpossible,
    /// Something that has to lie in the past is dated after the inspection.
    DateToCome,
}

/// A failed item: its grade, what it stands on, and what has to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How grave it is at this type of facility.
    pub grade: Grade,
    /// Whether the grade stands or waits for a second inspector.
    pub standing: Standing,
    /// How well the source of the grade is known.
    pub grade_confidence: Confidence,
    /// Whether a grade below major may become major.
    #[serde(default, skip_serializing_if = "Escalation::is_none")]
    pub escalation: Escalation,
    /// The legal places.
    pub basis: Vec<Citation>,
    /// The proposed deadline.
    pub deadline: Deadline,
    /// Measures of which one has to be ordered, or declined with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_offer: Vec<Measure>,
    /// Measures that may be ordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub may_offer: Vec<Measure>,
    /// Departments to which it may be referred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refer_to: Vec<AuthorityId>,
    /// The element of the comprehensive fire judgement that it counts as, if this failure counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_element: Option<ElementId>,
    /// How it came about.
    pub trace: Trace,
}

/// Whether a grade stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It stands as it is.
    Stands,
    /// Proposed 重大(建议): a second certified inspector has to confirm it.
    ProposedNeedsSecondInspector,
}

/// Everything that decided a grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The pack, by its hash.
    pub pack: PackRef,
    /// The item in it.
    pub item: ItemId,
    /// The type of facility that was inspected.
    pub facility_type: FacilityType,
    /// The day of the inspection, against which dates were held.
    pub on: Date,
    /// What made it fail.
    pub cause: Cause,
    /// Which line of the item gave the grade.
    pub decided_by: DecidedBy,
}

/// What made an item fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The inspector said 不合格.
    Answered,
    /// A number outside its threshold.
    Number {
        /// What was measured.
        value: Quantity,
        /// What would have passed.
        threshold: Bound,
    },
    /// A number without a threshold, which the inspector ruled a failure.
    Ruled {
        /// What was measured.
        value: Quantity,
    },
    /// A date outside its rule.
    Date {
        /// The date.
        value: Date,
        /// What would have passed.
        rule: DateRule,
    },
}

/// Which line of an item gave the grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The item says: major at once 直接判定.
    Direct,
    /// The item has a grade of its own for this type of facility.
    TypeOverride,
    /// General by itself, and counted toward the comprehensive judgement 综合判定要素.
    Element,
    /// The item says: general.
    General,
    /// The item says: advice, not a hazard.
    Advice,
}

/// Grades an answer. Never fails, never panics, depends on nothing but its arguments.
///
/// `on` is the day of the inspection in China. `item` has to come from `pack`: see [`Pack::item`].
pub fn grade(pack: &Pack, item: &Item, answer: &Answer, facility_type: FacilityType, on: Date) -> Verdict {
    if !item.applies_to.contains(&facility_type) {
        return Verdict::NeedsDecision(Undecided::OtherFacilityType);
    }
    let outcome = match (answer, &item.answer) {
        (Answer::NotApplicable, _) => return Verdict::NotApplicable,
        (Answer::Fail, _) => Outcome::Fails(Cause::Answered),
        (Answer::Pass, AnswerKind::Tri) => Outcome::Passes,
        (Answer::Pass, AnswerKind::Number(rule)) => match rule.threshold(facility_type) {
            Threshold::Configurable => Outcome::Passes,
            Threshold::Set(_) => Outcome::Undecided(Undecided::ValueMissing),
        },
        (Answer::Pass, AnswerKind::Date(_)) => Outcome::Undecided(Undecided::ValueMissing),
        (Answer::Number(value), AnswerKind::Number(rule)) => measured(rule, *value, None, facility_type),
        (Answer::Judged { value, ruling }, AnswerKind::Number(rule)) => {
            measured(rule, *value, Some(*ruling), facility_type)
        }
        (Answer::Date(value), AnswerKind::Date(rule)) => dated(*rule, *value, on),
        (Answer::Number(_) | Answer::Judged { .. } | Answer::Date(_), _) => {
            Outcome::Undecided(Undecided::OtherKindOfAnswer)
        }
    };
    match outcome {
        Outcome::Passes => Verdict::Passes,
        Outcome::Undecided(why) => Verdict::NeedsDecision(why),
        Outcome::Fails(cause) => Verdict::Fails(Box::new(finding(pack, item, cause, facility_type, on))),
    }
}

/// A verdict before it is known what a failure brings with it.
enum Outcome {
    Passes,
    Undecided(Undecided),
    Fails(Cause),
}

fn measured(
    rule: &NumberRule,
    value: Quantity,
    ruling: Option<Ruling>,
    facility_type: FacilityType,
) -> Outcome {
    if !Unit::admits(rule.unit, value) {
        return Outcome::Undecided(Undecided::ValueImpossible);
    }
    match (rule.threshold(facility_type), ruling) {
        (Threshold::Set(threshold), _) if threshold.admits(value) => Outcome::Passes,
        (Threshold::Set(threshold), _) => Outcome::Fails(Cause::Number { value, threshold }),
        (Threshold::Configurable, Some(Ruling::Pass)) => Outcome::Passes,
        (Threshold::Configurable, Some(Ruling::Fail)) => Outcome::Fails(Cause::Ruled { value }),
        (Threshold::Configurable, None) => Outcome::Undecided(Undecided::ThresholdNotSet),
    }
}

fn dated(rule: DateRule, value: Date, on: Date) -> Outcome {
    let passes = match rule {
        DateRule::WithinDays(_) if value > on => return Outcome::Undecided(Undecided::DateToCome),
        DateRule::WithinDays(days) => on.days_since(value) <= i64::from(days),
        DateRule::NotExpired => value >= on,
    };
    if passes { Outcome::Passes } else { Outcome::Fails(Cause::Date { value, rule }) }
}

fn finding(pack: &Pack, item: &Item, cause: Cause, facility_type: FacilityType, on: Date) -> Finding {
    let grade = item.grade_for(facility_type);
    let counts_element =
        item.counts_as.as_ref().filter(|it| counts(it.when, &cause)).map(|it| it.element.clone());
    let decided_by = match grade {
        _ if item.grade_by_type.get(&facility_type).is_some() => DecidedBy::TypeOverride,
        Grade::Major => DecidedBy::Direct,
        Grade::General if counts_element.is_some() => DecidedBy::Element,
        Grade::General => DecidedBy::General,
        Grade::Advice => DecidedBy::Advice,
    };
    let (standing, escalation) = match grade {
        Grade::Major => (Standing::ProposedNeedsSecondInspector, Escalation::None),
        Grade::General | Grade::Advice => (Standing::Stands, item.escalation),
    };
    Finding {
        grade,
        standing,
        grade_confidence: item.grade_confidence,
        escalation,
        basis: item.basis.clone(),
        deadline: item.deadline,
        must_offer: item.must_offer.clone(),
        may_offer: item.may_offer.clone(),
        refer_to: item.refer_to.clone(),
        counts_element,
        trace: Trace {
            pack: pack.reference().clone(),
            item: item.id.clone(),
            facility_type,
            on,
            cause,
            decided_by,
        },
    }
}

fn counts(when: CountsWhen, cause: &Cause) -> bool {
    match (when, cause) {
        (CountsWhen::Fails, _) => true,
        (CountsWhen::Value(bound), Cause::Number { value, .. } | Cause::Ruled { value }) => {
            bound.admits(*value)
        }
        (CountsWhen::Value(_), Cause::Answered | Cause::Date { .. }) => false,
    }
}
