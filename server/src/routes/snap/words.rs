//! What the citizen's pages say, in two languages. Plain words, no exclamation marks, and what is kept and what to do.

use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::snap::{
    Category, Deadline, DeadlineOf, NotAcceptedReason, Satisfaction, SnapState, StepKind,
};

use super::page::Lang;
use crate::ledger_store::Progress;
use crate::snaps::PhotoFault;

/// A category as it is offered.
pub(super) const fn category(lang: Lang, category: Category) -> &'static str {
    match category {
        Category::WayOut => lang.pick("通道、安全出口被堵或锁着", "A way out is blocked or locked"),
        Category::FireEquipment => {
            lang.pick("灭火器等消防设施坏了或没有", "Fire equipment is broken or missing")
        }
        Category::Electricity => {
            lang.pick("用电危险：电线、插座、取暖器", "Electricity: wires, sockets, heaters")
        }
        Category::Gas => lang.pick("燃气：漏气、私接、气瓶", "Gas: leaks, home-made pipes, cylinders"),
        Category::EBike => lang.pick("电动车在楼里停放、充电", "E-bikes parked or charged indoors"),
        Category::Building => lang.pick("房屋、墙、围栏不牢", "Building, wall or railing is unsafe"),
        Category::Lift => lang.pick("电梯、锅炉等设备", "Lift, boiler, other equipment"),
        Category::Food => lang.pick("食堂、食品", "Kitchen and food"),
        Category::Care => lang.pick("人员照护、走失、打骂", "Care: neglect, people going missing, harm"),
        Category::Other => lang.pick("其他", "Something else"),
    }
}

/// A state, in a few words.
pub(super) const fn state(lang: Lang, state: SnapState) -> &'static str {
    match state {
        SnapState::Received => lang.pick("已收到，等待受理", "Received, waiting to be accepted"),
        SnapState::Accepted => lang.pick("已受理，正在办理", "Accepted, being looked into"),
        SnapState::NotAccepted => lang.pick("不予受理", "Not accepted"),
        SnapState::Transferred => lang.pick("已转给主管部门办理", "Passed on to the department in charge"),
        SnapState::Duplicate => lang.pick("与另一件并案办理", "Handled together with an earlier report"),
        SnapState::Hazard => lang.pick("已列为隐患，正在整改", "On record as a hazard, being put right"),
        SnapState::DealtWith => lang.pick("已办结，等待答复", "Dealt with, the answer follows"),
        SnapState::Answered => lang.pick("已答复", "Answered"),
    }
}

/// A step, as the story tells it.
pub(super) const fn step(lang: Lang, kind: StepKind) -> &'static str {
    match kind {
        StepKind::Received => lang.pick("收到", "Received"),
        StepKind::Accepted => lang.pick("受理", "Accepted"),
        StepKind::NotAccepted => lang.pick("不予受理", "Not accepted"),
        StepKind::Transferred => lang.pick("转办", "Passed on"),
        StepKind::Duplicate => lang.pick("并案", "Joined with an earlier report"),
        StepKind::TurnedIntoHazard => lang.pick("列为隐患，督促整改", "Put on record as a hazard"),
        StepKind::DealtWith => lang.pick("办结", "Dealt with"),
        StepKind::Answered => lang.pick("答复", "Answered"),
        StepKind::Rated => lang.pick("您作了评价", "You rated the answer"),
        StepKind::NotFixed => {
            lang.pick("您反映没有真正解决，重新办理", "You said it is not really fixed: reopened")
        }
        StepKind::Published => lang.pick("公开到广场", "Made public"),
        StepKind::ShowedPhoto => lang.pick("公开遮挡后的照片", "A covered photo made public"),
        StepKind::Withdrawn => lang.pick("从广场撤下", "Not public any more"),
    }
}

/// A step, as everybody reads it.
pub(super) const fn public_step(lang: Lang, kind: StepKind) -> &'static str {
    match kind {
        StepKind::NotFixed => {
            lang.pick("报告人反映没有真正解决，重新办理", "Said to be not really fixed: reopened")
        }
        kind => step(lang, kind),
    }
}

/// How far cases have come, as a list is narrowed down.
pub(super) const fn progress(lang: Lang, progress: Progress) -> &'static str {
    match progress {
        Progress::Open => lang.pick("办理中", "Under way"),
        Progress::Answered => lang.pick("已答复", "Answered"),
    }
}

/// How long it took from receiving to answering, in days.
pub(super) fn days(lang: Lang, days: u32) -> String {
    match (lang, days) {
        (Lang::Zh, 0) => "当天答复".to_owned(),
        (Lang::En, 0) => "answered on the same day".to_owned(),
        (Lang::Zh, days) => format!("用时 {days} 天"),
        (Lang::En, 1) => "answered after 1 day".to_owned(),
        (Lang::En, days) => format!("answered after {days} days"),
    }
}

/// How many met it too.
pub(super) fn me_toos(lang: Lang, count: u64) -> String {
    match (lang, count) {
        (Lang::Zh, count) => format!("{count} 人也遇到了"),
        (Lang::En, 1) => "1 other has met it too".to_owned(),
        (Lang::En, count) => format!("{count} others have met it too"),
    }
}

/// Why a report was not accepted.
pub(super) const fn not_accepted(lang: Lang, reason: NotAcceptedReason) -> &'static str {
    match reason {
        NotAcceptedReason::AcceptedAlready => {
            lang.pick("同一事项已经受理", "The same matter was accepted already")
        }
        NotAcceptedReason::NoObjectOrFacts => {
            lang.pick("没有明确的对象或者具体事实", "It names no object or no facts that can be checked")
        }
        NotAcceptedReason::NotCompetent => {
            lang.pick("不属于本机关职责", "This office is not in charge of it")
        }
        NotAcceptedReason::NoHazard => lang.pick("不构成安全隐患", "It is not a safety hazard"),
        NotAcceptedReason::Other => lang.pick("其他原因", "Another reason"),
    }
}

/// How satisfied somebody is.
pub(super) const fn satisfaction(lang: Lang, satisfaction: Satisfaction) -> &'static str {
    match satisfaction {
        Satisfaction::Satisfied => lang.pick("满意", "Satisfied"),
        Satisfaction::Neutral => lang.pick("一般", "So-so"),
        Satisfaction::Dissatisfied => lang.pick("不满意", "Not satisfied"),
    }
}

/// What is due, as a sentence.
pub(super) fn due(lang: Lang, deadline: Deadline) -> String {
    let day = date(lang, deadline.by);
    match (lang, deadline.of) {
        (Lang::Zh, DeadlineOf::Accept) => format!("最迟 {day}告诉您是否受理"),
        (Lang::En, DeadlineOf::Accept) => format!("You will be told by {day} whether it is accepted"),
        (Lang::Zh, DeadlineOf::Answer) => format!("最迟 {day}答复您"),
        (Lang::En, DeadlineOf::Answer) => format!("You will be answered by {day}"),
    }
}

/// A day.
pub(super) fn date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => date.to_string(),
    }
}

/// A department.
pub(super) const fn department(lang: Lang, department: Department) -> &'static str {
    match department {
        Department::CivilAffairs => lang.pick("民政部门", "civil affairs"),
        Department::FireRescue => lang.pick("消防救援机构", "fire and rescue"),
        Department::Housing => lang.pick("住房城乡建设部门", "housing and construction"),
        Department::MarketRegulation => lang.pick("市场监管部门", "market regulation"),
        Department::Health => lang.pick("卫生健康部门", "health"),
        Department::EmergencyManagement => lang.pick("应急管理部门", "emergency management"),
        Department::PublicSecurity => lang.pick("公安机关", "public security"),
        Department::UrbanManagement => lang.pick("城市管理部门", "urban management"),
        Department::NaturalResources => lang.pick("自然资源部门", "natural resources"),
        Department::WaterResources => lang.pick("水利部门", "water resources"),
        Department::DevelopmentReform => lang.pick("发展改革部门", "development and reform"),
        Department::Finance => lang.pick("财政部门", "finance"),
    }
}

/// What happens to photos before anybody looks at them.
pub(super) const fn photo_hint(lang: Lang) -> &'static str {
    lang.pick(
        "照片里的拍摄时间、位置、手机型号会先去掉，再给办理的人看。请尽量不要拍到人脸",
        "Time, place and phone are taken out of the photos before anybody sees them. Please keep faces out of them",
    )
}

/// Why a photo cannot be used, and what to do.
pub(super) const fn photo(lang: Lang, fault: PhotoFault) -> &'static str {
    match fault {
        PhotoFault::Empty => lang.pick("是空的", "is empty"),
        PhotoFault::TooManyBytes => lang.pick("超过 20 MB", "is larger than 20 MB"),
        PhotoFault::TooManyPixels => lang.pick("尺寸太大", "has too many pixels"),
        PhotoFault::NotAnImage => lang.pick("不是照片", "is not a photo"),
        PhotoFault::UnsupportedFormat => lang.pick(
            "格式不支持，请用 JPEG、PNG 或 WebP",
            "is of a kind that cannot be read here: use JPEG, PNG or WebP",
        ),
        PhotoFault::Broken => lang.pick("损坏或不完整", "is damaged or cut off"),
        PhotoFault::Blank => lang.pick("什么也看不到", "shows nothing"),
    }
}
