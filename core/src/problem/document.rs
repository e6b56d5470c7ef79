//! Why a document may not be issued as it is. The entry is kept and shown to its author; no number is spent on it.

use super::refusals::refusals;

refusals! {
    /// Why a document may not be issued.
    DocumentRefusal;

    /// 已出具: there is a document with that id.
    IssuedAlready = "issued_already";
    /// 没有出具机关: no name, or no mark 机关代字 for the number.
    OfficeMissing = "office_missing";
    /// 没有被检查单位.
    AddresseeMissing = "addressee_missing";
    /// 日期不是出具当日: the document's day is not the day of its entry.
    OtherDay = "other_day";
    /// 执法人员少于二人 (行政处罚法 42; 国办发〔2024〕54号).
    OfficersMissing = "officers_missing";
    /// 两名人员是同一个人.
    SameOfficerTwice = "same_officer_twice";
    /// 没有执法证号.
    CertificateMissing = "certificate_missing";
    /// 不是持证检查人员: an officer is not in the roster, or the certificate is not valid on that day.
    OfficerUnknown = "officer_unknown";
    /// 没有检查场所或起止时间, or the end lies before the beginning.
    TimesMissing = "times_missing";
    /// 没有内容: no line says anything.
    NothingSaid = "nothing_said";
    /// 没有整改期限.
    DueMissing = "due_missing";
    /// 整改期限已过: a date lies before the document's day.
    DueInThePast = "due_in_the_past";
    /// 没有写明复议机关或者法院.
    RemediesMissing = "remedies_missing";
    /// 没有事实、依据或者措施.
    GroundsMissing = "grounds_missing";
    /// 没有前置文书: a re-check notice needs one of the three documents before it.
    PredecessorMissing = "predecessor_missing";
    /// 前置文书不符: another kind, another institution's, or another number than it has.
    PredecessorOther = "predecessor_other";
    /// 治理方案不全: one of the six parts is empty.
    PlanIncomplete = "plan_incomplete";
    /// 只有重大隐患制定治理方案.
    OnlyMajor = "only_major";
    /// 没有事由或者受移送单位 on a transfer.
    TransferIncomplete = "transfer_incomplete";
    /// 隐患或者检查是别的机构的.
    OtherInstitution = "other_institution";
    /// 内容过长: a text of more than 2000 characters, or more than 300 lines.
    TooLong = "too_long";
}

impl DocumentRefusal {
    /// Whether it is about who signs the document.
    pub const fn is_about_officers(self) -> bool {
        matches!(
            self,
            Self::OfficersMissing | Self::SameOfficerTwice | Self::CertificateMissing | Self::OfficerUnknown
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_travels_as_its_code_and_an_unknown_one_is_borne() {
        for refusal in DocumentRefusal::ALL {
            assert_eq!(DocumentRefusal::of_code(refusal.code()), *refusal);
        }
        assert_eq!(DocumentRefusal::of_code("of_tomorrow"), DocumentRefusal::Other);
    }
}
