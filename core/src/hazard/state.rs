//! Where a hazard stands in its loop, in one word: what lists show and filter by.

use serde::Serialize;

/// Where a hazard stands. What it came there by is in [`Stage`](super::Stage).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HazardState {
    /// 已发现，待交办
    Found,
    /// 已交办，待签收
    Assigned,
    /// 整改中
    Rectifying,
    /// 已提交整改，待复查
    Submitted,
    /// 复查合格，待销号
    Rechecked,
    /// 已移送
    Transferred,
    /// 已销号
    Closed,
    /// 不成立
    NotEstablished,
    /// 重复
    Duplicate,
}

crate::spelling::read_by_name! { HazardState { "found" => Found, "assigned" => Assigned, "rectifying" => Rectifying, "submitted" => Submitted, "rechecked" => Rechecked, "transferred" => Transferred, "closed" => Closed, "not_established" => NotEstablished, "duplicate" => Duplicate } }

impl HazardState {
    /// All, in the order of the loop.
    pub const ALL: [Self; 9] = [
        Self::Found,
        Self::Assigned,
        Self::Rectifying,
        Self::Submitted,
        Self::Rechecked,
        Self::Transferred,
        Self::Closed,
        Self::NotEstablished,
        Self::Duplicate,
    ];

    /// Whether it stands on the open list 未销号: nothing leaves that list but by a step that says why.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Found
            | Self::Assigned
            | Self::Rectifying
            | Self::Submitted
            | Self::Rechecked
            | Self::Transferred => true,
            Self::Closed | Self::NotEstablished | Self::Duplicate => false,
        }
    }
}
