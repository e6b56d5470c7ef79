//! Why a step of a hazard's loop has no effect. The step is kept and shown to its author; nothing waits behind it.

use super::Problem;
use super::refusals::refusals;

refusals! {
    /// Why a step has no effect.
    StepRefusal;

    /// 隐患已经走到别的一步: the hazard moved on since its author saw it.
    MovedOn = "moved_on";
    /// This is not a step of the state in which the hazard is.
    NotNow = "not_now";
    /// 没有主责单位: assigning needs a unit.
    UnitMissing = "unit_missing";
    /// A supporting unit is the primary one, or named twice.
    UnitTwice = "unit_twice";
    /// 没有责任人: assigning needs a person.
    PersonMissing = "person_missing";
    /// 没有整改措施: assigning needs a measure.
    MeasureMissing = "measure_missing";
    /// 期限已过: the due date lies before the day of the step.
    DueInThePast = "due_in_the_past";
    /// 没有写原因.
    ReasonMissing = "reason_missing";
    /// 重大隐患没有治理方案: a major hazard is submitted only with a treatment plan of six parts.
    TreatmentPlanMissing = "treatment_plan_missing";
    /// 治理方案不全: one of the six parts is empty.
    TreatmentPlanIncomplete = "treatment_plan_incomplete";
    /// 没有整改后照片.
    AfterPhotosMissing = "after_photos_missing";
    /// 整改人不能复查自己: the verifier is the rectifier.
    VerifierIsRectifier = "verifier_is_rectifier";
    /// 重大隐患须第二人核实: who closes a major hazard is not who re-checked it.
    SecondVerifierNeeded = "second_verifier_needed";
    /// 两名复查人是同一个人.
    SameReviewerTwice = "same_reviewer_twice";
    /// 重大隐患须现场复查: a major hazard is re-checked on site, with a photo taken there.
    NotOnSite = "not_on_site";
    /// The hazard has no such immediate measure.
    NoSuchMeasure = "no_such_measure";
    /// The hazard has that immediate measure already.
    MeasureInForce = "measure_in_force";
    /// That is not the next step in the life of that immediate measure.
    MeasureNotNow = "measure_not_now";
    /// 立即措施尚未解除: an immediate measure is still in force, and nobody consented to lifting it.
    MeasuresStillInForce = "measures_still_in_force";
    /// 恢复使用须先复查合格: use is resumed only after the hazard was found put right (安全生产法 65).
    NotPutRight = "not_put_right";
    /// 已经申请过延期: an extension was asked for and is not answered.
    ExtensionAsked = "extension_asked";
    /// The extended date is not later than the present one.
    ExtensionNotLater = "extension_not_later";
    /// 只有重大隐患可以挂牌、制定方案.
    OnlyMajor = "only_major";
    /// 已经是重大隐患.
    AlreadyMajor = "already_major";
    /// 已挂牌: listed already, or to be delisted first.
    Listed = "listed";
    /// 未挂牌.
    NotListed = "not_listed";
    /// 由挂牌单位摘牌: another office listed it.
    OtherOffice = "other_office";
    /// A hazard is no duplicate of itself, of another institution's, or of one that is itself not open.
    NotADuplicate = "not_a_duplicate";
    /// 重大隐患须由县级以上核定: setting a major hazard aside is for an office of a county or above.
    HigherOffice = "higher_office";
    /// A text is longer than 2000 characters, or there are too many photos or units.
    TooLong = "too_long";
    /// 未成年人机构的不公开: what was seen at a home of minors is not made public, unless the region's terms say so.
    MinorsNotPublic = "minors_not_public";
    /// 超过奖励上限: a reward above what the region's terms allow.
    AmountTooHigh = "amount_too_high";
    /// 拟奖人不能批准: who approves a reward is who proposed it.
    ApproverIsProposer = "approver_is_proposer";
    /// 申领期限不当: the time to claim a reward is too short, or longer than a year.
    ClaimTime = "claim_time";
    /// 已过申领期限: a reward is claimed too late.
    ClaimTooLate = "claim_too_late";
    /// 由经手的专员登记: what became of a payout is for the officer who ordered it or took it over.
    NotThePayer = "not_the_payer";
}

/// Characters of one text of an office, at most: a page of A4.
const MAX_TEXT_CHARS: usize = 2000;

pub(crate) fn refuse<T>(why: StepRefusal) -> Result<T, Problem> {
    Err(Problem::StepRefused { why })
}

/// Whether a text that has to say something does, and not too much.
pub(crate) fn must_say(text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() {
        return refuse(StepRefusal::ReasonMissing);
    }
    must_be_short(text)
}

pub(crate) fn must_be_short(text: &str) -> Result<(), Problem> {
    if text.chars().count() > MAX_TEXT_CHARS { refuse(StepRefusal::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_travels_as_its_code_and_an_unknown_one_is_borne() {
        for refusal in StepRefusal::ALL {
            assert_eq!(StepRefusal::of_code(refusal.code()), *refusal);
        }
        assert_eq!(StepRefusal::of_code("of_tomorrow"), StepRefusal::Other);
    }
}
