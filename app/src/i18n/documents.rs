//! Documents: issuing, showing and printing them, and why one is not issued. For pages that are loaded when they are opened.
//! What stands on the paper itself is core's, and Chinese.

use xunan_core::document::{DocumentKind, GroundsPart, HoldsFrom};
use xunan_core::letterhead::OfficeKind;
use xunan_core::problem::DocumentRefusal;

texts! {
    /// Documents.
    Documents {
        document => "文书" | "Document";
        title => "出具文书" | "Issue documents";
        issued => "已出具" | "Issued";
        offered => "出具文书" | "Issue a document";
        offered_about => "内容取自已签字的检查记录，出具后不能修改" | "Made from the signed record; it cannot be changed afterwards";
        issue(kind: &str) => "出具{kind}" | "Issue: {kind}";
        print => "打印" | "Print";
        overlay => "套打（只印填写内容）" | "Pre-printed form (values only)";
        pdf => "下载 PDF" | "Download PDF";
        recheck => "复查" | "Re-check";
        recheck_title => "整改复查" | "Re-check";
        recheck_of(kind: &str, facility: &str) => "{facility}：{kind}" | "{facility}: {kind}";
        recheck_open => "每一项都选择复查结果后可以出具" | "Say what became of each line; then it can be issued";
        officer_first => "执法人员" | "First officer";
        officer_second => "执法人员（第二人）" | "Second officer";
        transfer_to => "受移送机关" | "To which office";
        choose => "请选择" | "Choose";
        note => "说明" | "Note";
        not_yours => "只有本辖区持有效执法证的检查人员和监管人员可以出具文书" |
            "Documents are issued by inspectors with a valid certificate, and supervisors, of the region";
        coercion_not_now => "现在不能出具强制措施决定书" | "There is nothing to coerce now";
        coercion_when => "只对重大隐患，并且责令停用、停业或者撤离还没有解除时出具" |
            "It is issued of a major hazard only, while an order to stop or to withdraw is in force";
        coercion_about => "单位拒不执行停用、停业等决定，有发生事故的现实危险时采用。须先经本机关主要负责人批准（安全生产法第七十条）。" |
            "For an institution that does not carry out an order to stop, with an accident at hand. The head of the office approves it first (Work Safety Law, article 70).";
        grounds_facts => "事实" | "Facts";
        grounds_facts_help => "每行一条。写明已作出什么决定、单位怎样没有执行" | "One on each line: what was ordered, and how it was not carried out";
        grounds_basis => "依据" | "Basis";
        grounds_basis_help => "强制措施必须有法律依据，写到条、款" | "A coercive measure needs a law: name the article and paragraph";
        grounds_measures => "措施" | "Measures";
        grounds_measures_help => "每行一条，例如：通知供电单位停止供电" | "One on each line, such as: the electricity company is told to cut the power";
        grounds_from => "自何时起" | "From when";
        number_later => "编号待联网后生成" | "The number comes with the network";
        number_about => "已存在本机。可以现在出示、打印、签字，编号处留空；联网后自动编号" | "Stored on this phone. Show, print and sign it now with the number left empty; it is numbered once the network returns";
        office => "出具机关" | "Issuing office";
        office_law => "文书用语" | "Wording";
        office_name => "机关名称" | "Name of the office";
        office_mark => "机关代字" | "Mark in numbers";
        review_body => "行政复议机关" | "Review body";
        court => "人民法院" | "Court";
    }
}

impl Documents {
    /// A kind of document.
    pub const fn kind(self, kind: DocumentKind) -> &'static str {
        match (self.0, kind) {
            (super::Lang::Zh, kind) => kind.title(OfficeKind::CivilAffairs),
            (super::Lang::En, DocumentKind::InspectionRecord) => "Record of the inspection",
            (super::Lang::En, DocumentKind::Checklist) => "Checklist",
            (super::Lang::En, DocumentKind::RectificationOrder) => "Order to put right by a date",
            (super::Lang::En, DocumentKind::MeasuresDecision) => "Decision on immediate measures",
            (super::Lang::En, DocumentKind::CoerciveDecision) => "Decision on coercive measures",
            (super::Lang::En, DocumentKind::RecheckNotice) => "Re-check notice",
            (super::Lang::En, DocumentKind::TreatmentPlan) => "Treatment plan of a major hazard",
            (super::Lang::En, DocumentKind::Transfer) => "Transfer",
        }
    }

    /// By whose law an office acts.
    pub const fn office_kind(self, kind: OfficeKind) -> &'static str {
        let (zh, en) = match kind {
            OfficeKind::CivilAffairs => ("民政部门", "Civil affairs"),
            OfficeKind::EmergencyManagement => ("应急管理部门", "Emergency management"),
            OfficeKind::Generic => ("通用（行政检查文书）", "Generic"),
        };
        self.in_words(zh, en)
    }

    /// From when a coercive decision holds, and when to choose it.
    pub const fn holds_from(self, from: HoldsFrom) -> (&'static str, &'static str) {
        let (text, note) = match from {
            HoldsFrom::AfterNotice => (
                self.in_words("24 小时后", "In 24 hours"),
                self.in_words("停止供电应当提前二十四小时通知", "Power is cut with 24 hours' notice"),
            ),
            HoldsFrom::AtOnce => (
                self.in_words("立即", "At once"),
                self.in_words("有危及生产安全的紧急情形", "Where safety is in danger at this moment"),
            ),
        };
        (text, note)
    }

    /// A part of the grounds that is not written.
    pub const fn grounds_missing(self, part: GroundsPart) -> &'static str {
        let (zh, en) = match part {
            GroundsPart::Facts => ("请写明事实", "Write the facts"),
            GroundsPart::Basis => ("请写明法律依据", "Name the law"),
            GroundsPart::Measures => ("请写明采取什么措施", "Write what is done"),
        };
        self.in_words(zh, en)
    }

    /// Why a document is not issued.
    pub const fn refusal(self, why: DocumentRefusal) -> &'static str {
        use DocumentRefusal as Why;
        let (zh, en) = match why {
            Why::IssuedAlready => ("这份文书已经出具", "This document was issued already"),
            Why::OfficeMissing => ("请填写机关名称和机关代字", "Fill in the office's name and mark"),
            Why::AddresseeMissing => ("没有被检查单位", "There is no institution"),
            Why::OtherDay => ("文书日期必须是出具当日", "The date must be today's"),
            Why::OfficersMissing => ("需要两名持证人员", "Two certified officers are needed"),
            Why::SameOfficerTwice => ("两名人员不能是同一个人", "The two must be different people"),
            Why::CertificateMissing => ("缺少执法证号", "A certificate number is missing"),
            Why::OfficerUnknown => (
                "人员不在册，或者执法证不在有效期",
                "An officer is not in the roster, or the certificate has expired",
            ),
            Why::TimesMissing => ("缺少检查场所或起止时间", "Place or times are missing"),
            Why::NothingSaid => ("没有可以写入的内容", "There is nothing to write in it"),
            Why::DueMissing => ("有一项没有整改期限", "One line has no date"),
            Why::DueInThePast => ("有一项的整改期限已过", "One line's date has passed"),
            Why::RemediesMissing => ("请填写复议机关和人民法院", "Fill in the review body and the court"),
            Why::GroundsMissing => ("缺少事实、依据或者措施", "Facts, basis or measures are missing"),
            Why::PredecessorMissing => {
                ("复查意见书必须有前置文书", "A re-check notice needs an earlier document")
            }
            Why::PredecessorOther => ("前置文书不符", "The earlier document does not fit"),
            Why::PlanIncomplete => ("治理方案的六个部分不全", "The plan lacks one of its six parts"),
            Why::OnlyMajor => ("只有重大隐患制定治理方案", "Only major hazards have a treatment plan"),
            Why::TransferIncomplete => ("请填写受移送单位和事由", "Fill in to whom and why"),
            Why::OtherInstitution => {
                ("隐患或检查不是这家机构的", "The hazard or visit is another institution's")
            }
            Why::TooLong => ("内容过长", "Too long"),
            Why::Other => ("服务器没有接受这份文书", "The server did not accept the document"),
        };
        self.in_words(zh, en)
    }

    const fn in_words(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            super::Lang::Zh => zh,
            super::Lang::En => en,
        }
    }
}
