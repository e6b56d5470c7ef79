//! The loop of a hazard: what was done, what is due, and why a step has no effect. For pages that are loaded when they are
//! opened: the first page of a phone does without these words.

use xunan_core::department::Department;
use xunan_core::hazard::{DeadlineOf, ListingLevel, StepKind};
use xunan_core::problem::StepRefusal;
use xunan_core::unit::UnitKind;

use super::Texts;

names! {
    /// Names of what the loop consists of.
    HazardLoop {
        /// What a line of the story tells of.
        step(StepKind) {
            Found => "发现隐患" | "Found";
            SeenStillThere => "现场查看：仍存在" | "Seen on site: still there";
            SeenFixed => "现场查看：已整改" | "Seen on site: put right";
            Assigned => "交办" | "Assigned";
            SignedFor => "签收" | "Signed for";
            Declined => "退回交办" | "Declined";
            Planned => "提交治理方案" | "Treatment plan";
            Submitted => "提交整改" | "Submitted as put right";
            SentBack => "退回整改" | "Sent back";
            RecheckedFixed => "复查合格" | "Re-checked: put right";
            RecheckedNotFixed => "复查不合格" | "Re-checked: not put right";
            Closed => "销号" | "Closed";
            ExtensionAsked => "申请延期" | "Asked for more time";
            ExtensionGranted => "同意延期" | "More time granted";
            ExtensionDenied => "不同意延期" | "More time refused";
            Escalated => "升级为重大隐患" | "Escalated to major";
            Listed => "挂牌督办" | "Listed for supervision";
            Delisted => "摘牌" | "Delisted";
            MeasureOrdered => "责令立即措施" | "Immediate measure ordered";
            MeasureCarriedOut => "立即措施已落实" | "Immediate measure carried out";
            LiftAsked => "申请解除措施" | "Asked to lift the measure";
            LiftConsented => "同意解除措施" | "Lifting consented";
            LiftRefused => "不同意解除措施" | "Lifting refused";
            Lifted => "措施已解除" | "Measure lifted";
            Transferred => "移送" | "Transferred";
            TransferReceived => "移送签收" | "Transfer received";
            TransferReturned => "移送退回" | "Transfer returned";
            TransferHandled => "移送办结" | "Transfer dealt with";
            NotEstablished => "认定不成立" | "Not established";
            Duplicate => "认定重复" | "Marked as a duplicate";
            Reopened => "重新打开" | "Reopened";
            Remarked => "批注" | "Remark";
        }
        /// What is due.
        deadline(DeadlineOf) {
            Assign => "交办" | "Assign";
            SignFor => "签收" | "Sign for";
            Rectify => "整改" | "Put right";
            Recheck => "复查" | "Re-check";
            Close => "销号" | "Close";
            AnswerExtension => "答复延期" | "Answer the wish for more time";
            CarryOut => "落实立即措施" | "Carry out the measure";
            AnswerLift => "答复解除措施" | "Answer the wish to lift the measure";
            Receive => "接收移送" | "Take the transfer over";
        }
        /// A department.
        department(Department) {
            CivilAffairs => "民政" | "Civil affairs";
            FireRescue => "消防救援" | "Fire and rescue";
            Housing => "住房城乡建设" | "Housing and construction";
            MarketRegulation => "市场监管" | "Market regulation";
            Health => "卫生健康" | "Health";
            EmergencyManagement => "应急管理" | "Emergency management";
            PublicSecurity => "公安" | "Police";
            UrbanManagement => "城市管理（燃气）" | "Urban management (gas)";
            NaturalResources => "自然资源" | "Natural resources";
            WaterResources => "水利" | "Water";
            DevelopmentReform => "发展改革" | "Development and reform";
            Finance => "财政" | "Finance";
        }
        /// The level of a listing.
        listing(ListingLevel) {
            County => "县级挂牌" | "Listed by the county";
            City => "市级挂牌" | "Listed by the city";
            Province => "省级挂牌" | "Listed by the province";
        }
        /// Why a step has no effect: what happened, and what can be done.
        refusal(StepRefusal) {
            MovedOn => "这件事已经走到别的一步，请看最新情况后再办" |
                "It has moved on; look at it as it is now, then decide";
            NotNow => "现在还不能办这一步" | "This step cannot be taken now";
            UnitMissing => "请写明责任单位" | "Name the responsible unit";
            UnitTwice => "同一个单位写了两次" | "A unit is named twice";
            PersonMissing => "请写明责任人" | "Name the responsible person";
            MeasureMissing => "请写明整改措施" | "Say what is to be done";
            DueInThePast => "期限已经过去，请选今天或以后" | "The date has passed; choose today or later";
            ReasonMissing => "请写明原因" | "Give the reason";
            TreatmentPlanMissing => "重大隐患要先提交治理方案" | "A major hazard needs its treatment plan first";
            TreatmentPlanIncomplete => "治理方案六项都要写" | "All six parts of the plan are needed";
            AfterPhotosMissing => "要有整改后的照片" | "Photos of how it looks now are needed";
            VerifierIsRectifier => "谁整改，谁就不能复查或销号，请换一个人" |
                "Whoever put it right can neither re-check nor close it; somebody else has to";
            SecondVerifierNeeded => "重大隐患要由复查人以外的第二个人核实后销号" |
                "A major hazard is closed by a second person, not by who re-checked it";
            SameReviewerTwice => "两名复查人不能是同一个人" | "The two reviewers must be different people";
            NotOnSite => "重大隐患必须到现场复查，并当场拍照" |
                "A major hazard is re-checked on site, with a photo taken there";
            NoSuchMeasure => "这条隐患没有这项立即措施" | "The hazard has no such measure";
            MeasureInForce => "这项措施已经在执行" | "This measure is in force already";
            MeasureNotNow => "这项措施现在不能办这一步" | "This measure cannot take that step now";
            MeasuresStillInForce => "还有立即措施没有解除，先答复解除措施，再销号" |
                "A measure is still in force; answer the wish to lift it, then close";
            NotPutRight => "复查合格以后才能办" | "Only after a re-check has found it put right";
            ExtensionAsked => "已经申请过延期，等待答复" | "More time was asked for already; wait for the answer";
            ExtensionNotLater => "新期限要晚于现在的期限" | "The new date must be later than the present one";
            OnlyMajor => "只有重大隐患才办这一步" | "Only for major hazards";
            AlreadyMajor => "已经是重大隐患" | "It is major already";
            Listed => "挂牌督办的隐患，先摘牌再办" | "It is listed: delist it first";
            NotListed => "这条隐患没有挂牌" | "It is not listed";
            OtherOffice => "由挂牌的单位或上级摘牌" | "The office that listed it, or one above, delists it";
            NotADuplicate => "只能与同一机构另一条未销号的隐患合并" |
                "Only another open hazard of the same institution can stand for it";
            HigherOffice => "重大隐患由县级以上单位认定" | "An office of the county or above decides on a major hazard";
            MinorsNotPublic => "未成年人机构的不公开" | "Nothing of homes of minors is made public";
            AmountTooHigh => "超过了奖励上限" | "More than may be given";
            ApproverIsProposer => "拟奖的人不能自己批准" | "Who proposed it does not approve it";
            ClaimTime => "申领期限至少 9 天，最多一年" | "There are 9 days to a year to claim it";
            ClaimTooLate => "已过申领期限" | "The time to claim it is over";
            NotThePayer => "由列入批次的人登记；接手先“查看领奖人”" | "For whoever ordered it, or looked at the claimant to take over";
            TooLong => "文字最多 2000 字，照片最多 20 张" | "At most 2000 characters and 20 photos";
            Other => "这一步没有生效" | "The step has no effect";
        }
    }
}

impl HazardLoop {
    /// A kind of unit.
    pub const fn unit(self, kind: UnitKind) -> &'static str {
        match kind {
            UnitKind::Party(party) => super::t(self.0).name().party(party),
            UnitKind::Department(department) => self.department(department),
        }
    }
}

impl Texts {
    /// The loop of a hazard.
    pub const fn hazard_loop(self) -> HazardLoop {
        HazardLoop(self.lang())
    }
}
