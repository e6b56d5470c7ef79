//! Names of the things that core knows.

use xunan_core::access::Denial;
use xunan_core::evidence::CameraWay;
use xunan_core::facility::{FacilityType, Party};
use xunan_core::hazard::HazardState;
use xunan_core::plan::NoticeMode;
use xunan_core::rules::{Confidence, Grade, Measure, PhotoDuty, Profile, Ruling, Unit};
use xunan_core::visit::RevisitOutcome;

use super::Lang;

names! {
    /// Names of the things that core knows: one word or a few, without a sentence around them.
    Name {
        /// The word beside a grade's shape.
        grade(Grade) {
            Advice => "提示" | "Advice";
            General => "一般" | "General";
            Major => "重大" | "Major";
        }
        /// The grade as a record writes it.
        grade_in_full(Grade) {
            Advice => "提示（不作隐患）" | "Advice, not a hazard";
            General => "一般事故隐患" | "General hazard";
            Major => "重大事故隐患" | "Major hazard";
        }
        /// What can be ordered at once.
        measure(Measure) {
            StopUse => "停止使用设备、场所" | "Stop using the equipment or place";
            Evacuate => "撤离人员" | "Withdraw people";
            Cordon => "设置警戒" | "Cordon off";
            PostWatch => "派人看守、加强巡查" | "Post a watch";
            StopWork => "停止作业" | "Stop the work";
            SuspendService => "暂停该项服务" | "Suspend the service";
            RemoveNow => "立即清除、移走、调离" | "Remove at once";
            OpenNow => "立即打开、恢复" | "Open or restore at once";
            RelocatePeople => "转移安置服务对象" | "Relocate the residents";
        }
        /// The kinds of institution.
        facility_type(FacilityType) {
            ElderlyCare => "养老机构" | "Elderly-care home";
            ChildWelfare => "儿童福利机构" | "Child-welfare institution";
            MinorProtection => "未成年人救助保护机构" | "Minors' protection institution";
            ReliefStation => "救助管理机构" | "Relief station";
            FuneralHome => "殡仪馆、火葬场" | "Funeral home";
            Cemetery => "公墓、骨灰堂" | "Cemetery or columbarium";
            MarriageRegistry => "婚姻登记机构" | "Marriage registry";
            MentalWelfare => "精神卫生福利机构" | "Psychiatric welfare institution";
        }
        /// Which items a visit walks through.
        profile(Profile) {
            Standard => "标准检查" | "Standard";
            Full => "全项检查" | "Full";
            MajorOnly => "重大隐患专项" | "Major hazards only";
            DailyPatrol => "日常巡查" | "Daily patrol";
        }
        /// One line under a profile's name.
        profile_note(Profile) {
            Standard => "全部核心项" | "All core items";
            Full => "核心项和扩展项" | "Core and extended items";
            MajorOnly => "只查可能构成重大隐患的项，适合四不两直" | "Only what can be a major hazard; suits unannounced visits";
            DailyPatrol => "机构自己每天走一遍的短清单" | "The institution's own short round";
        }
        /// When the visited side learns of a visit.
        notice(NoticeMode) {
            Advance => "提前通知" | "Announced";
            OnArrival => "到场告知" | "Told on arrival";
            Secret => "四不两直" | "Unannounced";
        }
        /// One line under a notice mode.
        notice_note(NoticeMode) {
            Advance => "提前三个工作日通知机构" | "The institution is told three working days ahead";
            OnArrival => "到场出示通知和证件" | "Notice and certificates are shown on arrival";
            Secret => "不发通知、不打招呼，机构在任何列表和提醒里都看不到" | "No notice at all: the institution sees it in no list, count or reminder";
        }
        /// The six responsible parties.
        party(Party) {
            Locality => "属地（乡镇、街道）" | "Township or sub-district";
            Department => "主管部门" | "Supervising department";
            LeaderInCharge => "分管领导" | "Leader in charge";
            Head => "机构负责人" | "Head of the institution";
            SafetyOfficer => "安全管理员" | "Safety officer";
            Maintenance => "维保单位" | "Maintenance firm";
        }
        /// How well the text behind a grade or a clause is known.
        confidence(Confidence) {
            Design => "本项目设计取值，非法定" | "This project's proposal, not law";
            Recalled => "未见原文，待核" | "Text not seen, to be checked";
            Secondary => "据摘要或转载" | "From a summary or reprint";
            Sourced => "条文已核" | "Clause checked";
        }
        /// When an item wants a photo.
        photo_duty(PhotoDuty) {
            Required => "须拍照" | "Photo required";
            OnFail => "不合格须拍照" | "Photo if it fails";
            Optional => "可拍照" | "Photo optional";
            None => "" | "";
        }
        /// The inspector's own word on a value.
        ruling(Ruling) {
            Pass => "合格" | "Pass";
            Fail => "不合格" | "Fail";
        }
        /// After a number.
        unit(Unit) {
            Hour => "小时" | "h";
            Day => "天" | "days";
            Month => "个月" | "months";
            Times => "次" | "times";
            People => "人" | "people";
            Percent => "%" | "%";
            Gram => "克" | "g";
            Celsius => "℃" | "°C";
            OneTo => "（1 比 n）" | "(1 to n)";
        }
        /// How a photo came in.
        camera_way(CameraWay) {
            InPage => "现场拍摄" | "Taken on site";
            Picked => "从文件选取" | "Picked from files";
        }
        /// What was found of an earlier hazard.
        revisit(RevisitOutcome) {
            StillThere => "仍存在" | "Still there";
            LooksFixed => "已整改" | "Looks fixed";
        }
        /// Where a hazard stands in its loop.
        hazard_state(HazardState) {
            Found => "待交办" | "To assign";
            Assigned => "待签收" | "To be signed for";
            Rectifying => "整改中" | "Being put right";
            Submitted => "待复查" | "To re-check";
            Rechecked => "待销号" | "To close";
            Transferred => "已移送" | "Transferred";
            Closed => "已销号" | "Closed";
            NotEstablished => "不成立" | "Not established";
            Duplicate => "重复" | "Duplicate";
        }
        /// Why an action is denied.
        denial(Denial) {
            WrongRole => "这个账号的角色不办理此事" | "This account's role does not do that";
            OutsideRegion => "超出账号的辖区" | "Outside this account's region";
            CertificateExpired => "执法证已过有效期" | "The enforcement certificate has expired";
            HigherOffice => "由县级以上管理员办理" | "For an administrator of a county or above";
        }
    }
}

impl Name {
    /// The role of an account.
    pub const fn role(self, role: &xunan_core::access::Role) -> &'static str {
        use xunan_core::access::Role;
        match (self.0, role) {
            (Lang::Zh, Role::Inspector { .. }) => "检查人员",
            (Lang::En, Role::Inspector { .. }) => "Inspector",
            (Lang::Zh, Role::Supervisor) => "监管人员",
            (Lang::En, Role::Supervisor) => "Supervisor",
            (Lang::Zh, Role::Administrator) => "管理员",
            (Lang::En, Role::Administrator) => "Administrator",
            (Lang::Zh, Role::RewardOfficer) => "奖励专员",
            (Lang::En, Role::RewardOfficer) => "Reward officer",
            (Lang::Zh, Role::Institution { .. }) => "机构人员",
            (Lang::En, Role::Institution { .. }) => "Institution",
            (Lang::Zh, Role::Maintenance { .. }) => "维保人员",
            (Lang::En, Role::Maintenance { .. }) => "Maintenance firm",
            (Lang::Zh, Role::Department { .. }) => "部门人员",
            (Lang::En, Role::Department { .. }) => "Department",
            (Lang::Zh, Role::Citizens) => "市民随手拍",
            (Lang::En, Role::Citizens) => "Citizens' reports",
            (Lang::Zh, Role::Recorder) => "培训登记",
            (Lang::En, Role::Recorder) => "Training records",
            (Lang::Zh, Role::Staff { .. }) => "员工、住养人员",
            (Lang::En, Role::Staff { .. }) => "Staff or resident",
        }
    }
}
