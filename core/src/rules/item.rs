//! One line of a checklist 检查项, and what its failure brings with it.

use serde::{Deserialize, Serialize};

use super::answer::{AnswerKind, Bound};
use super::basis::{Citation, Confidence, Text};
use super::name::{AuthorityId, ElementId, ItemId, SectionId};
use super::source::Table;
use crate::facility::FacilityType;

/// A part of a checklist, as the walk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name.
    pub id: SectionId,
    /// What people read.
    pub text: Text,
}

/// One item of a checklist.
///
/// Comes from [`Pack::load`](super::Pack::load), which has checked every reference in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name, the same over all editions.
    pub id: ItemId,
    /// Where it stands.
    pub section: SectionId,
    /// What has to be so for 合格.
    pub text: Text,
    /// Why a failure is dangerous and how to put it right, in one line.
    pub why: Option<Text>,
    /// What the inspector or an expert should know about its source or its use.
    pub note: Option<Text>,
    /// The types of facility that it is for; never empty.
    pub applies_to: Vec<FacilityType>,
    /// The checklists in which it stands; never empty.
    pub profiles: Vec<Profile>,
    /// What it asks for.
    pub answer: AnswerKind,
    /// When a photo is due.
    pub photo: PhotoDuty,
    /// The grade of a failure.
    pub grade: Grade,
    /// Where some types of facility have another grade.
    pub grade_by_type: Table<FacilityType, Grade>,
    /// How well the source of the grade is known.
    pub grade_confidence: Confidence,
    /// Whether a lower grade may still become major.
    pub escalation: Escalation,
    /// The element of the comprehensive fire judgement that a failure is.
    pub counts_as: Option<CountsAs>,
    /// The proposed deadline. A design value, not law; the inspector may change it.
    pub deadline: Deadline,
    /// Immediate measures of which the inspector has to order one, or say why not.
    pub must_offer: Vec<Measure>,
    /// Immediate measures that may help.
    pub may_offer: Vec<Measure>,
    /// Departments to which a failure may be referred.
    pub refer_to: Vec<AuthorityId>,
    /// Whether this is a rule or one place's practice.
    pub reach: Reach,
    /// The legal places it stands on; never empty.
    pub basis: Vec<Citation>,
    /// Narrower items that ask about the same cause: one hazard is registered for both, under this item.
    pub covers: Vec<ItemId>,
}

impl Item {
    /// Whether it stands in the checklist of a type of facility and a profile.
    pub fn is_for(&self, facility_type: FacilityType, profile: Profile) -> bool {
        self.profiles.contains(&profile) && self.applies_to.contains(&facility_type)
    }

    /// The grade of a failure at a type of facility.
    pub fn grade_for(&self, facility_type: FacilityType) -> Grade {
        self.grade_by_type.get(&facility_type).copied().unwrap_or(self.grade)
    }
}

/// Which items a visit walks through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// 标准: all core items.
    Standard,
    /// 全项: core and extended items.
    Full,
    /// 重大: items that can yield or escalate to a major hazard; for 四不两直 visits and the monthly list.
    MajorOnly,
    /// 日巡查: the institution's own short walk-round.
    DailyPatrol,
}

crate::spelling::read_by_name! { Profile { "standard" => Standard, "full" => Full, "major_only" => MajorOnly, "daily_patrol" => DailyPatrol } }

impl Profile {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Standard, Self::Full, Self::MajorOnly, Self::DailyPatrol];
}

/// How grave a failure is. Ordered from the lightest to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 提示: good practice, not a hazard.
    Advice,
    /// 一般事故隐患
    General,
    /// 重大事故隐患, always as a proposal that a second inspector confirms.
    Major,
}

crate::spelling::read_by_name! { Grade { "advice" => Advice, "general" => General, "major" => Major } }

/// Whether a failure below major may become major after experts or departments were consulted 会商升级.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Escalation {
    /// It stays as it is.
    #[default]
    None,
    /// In complicated cases it may.
    AfterConsultation,
}

impl Escalation {
    /// For leaving the usual case out of JSON.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// Whether an item is a rule of the land or one place's practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// National law, standard, or this project's proposal for everywhere.
    #[default]
    National,
    /// A local practice that a jurisdiction may adopt 地方做法.
    Local,
}

/// Until when a failure should be put right. Written as a number of days, 0 for on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub enum Deadline {
    /// 当场整改
    OnTheSpot,
    /// Within so many calendar days, 1 to [`Deadline::MAX_DAYS`].
    Days(u16),
}

impl Deadline {
    /// A year: longer plans belong to supervision listing 挂牌督办 (at most a year), not to a default.
    pub const MAX_DAYS: u16 = 365;

    /// In days, 0 for on the spot.
    pub const fn days(self) -> u16 {
        match self {
            Self::OnTheSpot => 0,
            Self::Days(days) => days,
        }
    }
}

impl From<u16> for Deadline {
    fn from(days: u16) -> Self {
        if days == 0 { Self::OnTheSpot } else { Self::Days(days) }
    }
}

impl From<Deadline> for u16 {
    fn from(deadline: Deadline) -> Self {
        deadline.days()
    }
}

/// What can be ordered at once, while the hazard lasts 现场处理措施.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 停止使用设备、场所
    StopUse,
    /// 撤离人员
    Evacuate,
    /// 设置警戒
    Cordon,
    /// 加派专人看守、巡查
    PostWatch,
    /// 停止作业
    StopWork,
    /// 暂停该项服务
    SuspendService,
    /// 立即清除、移走、调离
    RemoveNow,
    /// 立即打开、恢复
    OpenNow,
    /// 转移安置服务对象
    RelocatePeople,
}

crate::spelling::read_by_name! { Measure { "stop_use" => StopUse, "evacuate" => Evacuate, "cordon" => Cordon, "post_watch" => PostWatch, "stop_work" => StopWork, "suspend_service" => SuspendService, "remove_now" => RemoveNow, "open_now" => OpenNow, "relocate_people" => RelocatePeople } }

impl Measure {
    /// All nine.
    pub const ALL: [Self; 9] = [
        Self::StopUse,
        Self::Evacuate,
        Self::Cordon,
        Self::PostWatch,
        Self::StopWork,
        Self::SuspendService,
        Self::RemoveNow,
        Self::OpenNow,
        Self::RelocatePeople,
    ];
}

/// When an item wants a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoDuty {
    /// Whether it passes or fails 不论合格与否必须拍照.
    Required,
    /// When it fails 不合格时必须拍照.
    OnFail,
    /// If the inspector likes.
    Optional,
    /// Nothing to be seen.
    None,
}

/// The element of the comprehensive fire judgement that a failure is, and from which value on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountsAs {
    /// The element.
    pub element: ElementId,
    /// When it counts.
    pub when: CountsWhen,
}

/// When a failure counts as an element.
///
/// Written as `"fails"` or `{"value":">50"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsWhen {
    /// Every time.
    Fails,
    /// When the measured value lies within a bound; a failure without a value does not count.
    Value(Bound),
}
