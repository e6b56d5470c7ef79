//! A report as a citizen made it.

use serde::{Deserialize, Serialize};

use super::own_words::OwnWords;
use super::recording::{Recording, RecordingKind, RecordingProblem};
use crate::clock::Date;
use crate::digest::Digest;
use crate::evidence::{ClaimedTime, Likeness};
use crate::ids::{FacilityId, PhotoId, SnapId};
use crate::place::{GeoPoint, Metres};
use crate::region::DivisionCode;

/// What it is about, in plain words 类别.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 逃生通道、安全出口堵塞或锁闭
    WayOut,
    /// 消防设施损坏或缺失
    FireEquipment,
    /// 用电
    Electricity,
    /// 燃气
    Gas,
    /// 电动自行车停放、充电
    EBike,
    /// 房屋、墙体、围栏
    Building,
    /// 电梯等设备
    Lift,
    /// 食品
    Food,
    /// 照护与人身安全
    Care,
    /// 其他
    Other,
}

crate::spelling::read_by_name! { Category { "way_out" => WayOut, "fire_equipment" => FireEquipment, "electricity" => Electricity, "gas" => Gas, "e_bike" => EBike, "building" => Building, "lift" => Lift, "food" => Food, "care" => Care, "other" => Other } }

impl Category {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::WayOut,
        Self::FireEquipment,
        Self::Electricity,
        Self::Gas,
        Self::EBike,
        Self::Building,
        Self::Lift,
        Self::Food,
        Self::Care,
        Self::Other,
    ];

    /// Its name, as in JSON and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WayOut => "way_out",
            Self::FireEquipment => "fire_equipment",
            Self::Electricity => "electricity",
            Self::Gas => "gas",
            Self::EBike => "e_bike",
            Self::Building => "building",
            Self::Lift => "lift",
            Self::Food => "food",
            Self::Care => "care",
            Self::Other => "other",
        }
    }
}

/// A position, where the reporter chose to tell one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "ToldPosition", into = "ToldPosition")]
pub struct SnapPosition {
    /// Where.
    pub point: GeoPoint,
    /// How it was found.
    pub found: Found,
}

/// How a position was found 定位方式: what may be built on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// 手机定位: the phone measured it, and it is within this radius.
    Measured(Metres),
    /// 照片里记录的: the file of a photo says so, which may be of another day, and not how far it may be off.
    OfPhoto,
    /// 图上指定: somebody set a pin there.
    ByHand,
}

/// A position as it is written down.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SnapPosition"))]
struct ToldPosition {
    /// Where.
    point: GeoPoint,
    /// Radius within which it is; left out where whoever tells it does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accuracy: Option<Metres>,
    /// Left out where nobody set it by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<SetBy>,
}

/// Who set a position.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum SetBy {
    /// A person, with a pin on a map.
    Hand,
}

impl From<ToldPosition> for SnapPosition {
    fn from(told: ToldPosition) -> Self {
        let found = match (told.set, told.accuracy) {
            (Some(SetBy::Hand), _) => Found::ByHand,
            (None, Some(radius)) => Found::Measured(radius),
            (None, None) => Found::OfPhoto,
        };
        Self { point: told.point, found }
    }
}

impl From<SnapPosition> for ToldPosition {
    fn from(SnapPosition { point, found }: SnapPosition) -> Self {
        let (accuracy, set) = match found {
            Found::Measured(radius) => (Some(radius), None),
            Found::OfPhoto => (None, None),
            Found::ByHand => (None, Some(SetBy::Hand)),
        };
        Self { point, accuracy, set }
    }
}

/// Where it is: at least one of the three is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnapPlace {
    /// The institution, by the code on its wall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityId>,
    /// In words; may be empty.
    #[serde(default, skip_serializing_if = "OwnWords::is_empty")]
    pub address: OwnWords,
    /// On the ground.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<SnapPosition>,
}

/// A photo of a report: always the server's own encoding, without metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnapPhoto {
    /// Its id.
    pub id: PhotoId,
    /// Hash of the stored JPEG.
    pub stored: Digest,
    /// Its size, in bytes.
    pub stored_bytes: u64,
    /// What it looks like from afar.
    pub likeness: Likeness,
    /// When the file said that it was taken: a claim, kept since the first report counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<ClaimedTime>,
}

/// What a report lacks, or has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportFault {
    /// 没有说明、照片，也没有语音和视频
    #[error("neither words nor a photo nor a recording")]
    NothingSaid,
    /// 没有地点
    #[error("no place")]
    PlaceMissing,
    /// 照片过多
    #[error("more than {} photos", Report::MAX_PHOTOS)]
    TooManyPhotos,
    /// 语音或视频过长、过大
    #[error(transparent)]
    Recording(#[from] RecordingProblem),
}

/// What somebody reported: the body of a `snap.reported` entry. Who, is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Its id.
    pub snap: SnapId,
    /// Whose office has it.
    pub division: DivisionCode,
    /// What it is about.
    pub category: Category,
    /// What it is, in own words; may be empty when there are photos or a recording.
    #[serde(default, skip_serializing_if = "OwnWords::is_empty")]
    pub words: OwnWords,
    /// Where.
    pub place: SnapPlace,
    /// On which day it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Date>,
    /// Photos; may be none when there are words or a recording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<SnapPhoto>,
    /// What it is, spoken 语音.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Recording>,
    /// What it is, filmed 短视频: only where the region's terms take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<Recording>,
}

impl Report {
    /// Photos, at most: what a WeChat moment takes, and what people are used to.
    pub const MAX_PHOTOS: usize = 9;

    /// Whether it says enough to be looked at (明确的对象和事实): what, and where.
    ///
    /// # Errors
    /// The first [`ReportFault`].
    pub fn check(&self) -> Result<(), ReportFault> {
        let SnapPlace { facility, address, position } = &self.place;
        if self.words.is_empty() && self.photos.is_empty() && self.recordings().next().is_none() {
            return Err(ReportFault::NothingSaid);
        }
        if facility.is_none() && address.is_empty() && position.is_none() {
            return Err(ReportFault::PlaceMissing);
        }
        if self.photos.len() > Self::MAX_PHOTOS {
            return Err(ReportFault::TooManyPhotos);
        }
        Ok(self.recordings().try_for_each(|(kind, recording)| recording.check(kind))?)
    }

    /// Its recording of a kind.
    pub const fn recording(&self, kind: RecordingKind) -> Option<&Recording> {
        match kind {
            RecordingKind::Voice => self.voice.as_ref(),
            RecordingKind::Video => self.video.as_ref(),
        }
    }

    /// All that was recorded.
    pub fn recordings(&self) -> impl Iterator<Item = (RecordingKind, &Recording)> {
        RecordingKind::ALL.into_iter().filter_map(|kind| Some((kind, self.recording(kind)?)))
    }
}
