//! Visits to come: all three notice modes, of the county's and of a township's office.

use xunan_core::ids::PlanId;
use xunan_core::log::Body;
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::rules::Profile;

use super::{County, DemoError};
use crate::clock::id_entropy;

/// A plan to make.
struct ToCome {
    by: &'static str,
    /// The number of the institution.
    facility: usize,
    inspectors: [&'static str; 2],
    notice: NoticeMode,
    profile: Profile,
    /// Days from today.
    days: (u16, u16),
    purpose: &'static str,
}

const TO_COME: [ToCome; 6] = [
    ToCome {
        by: "supervisor1",
        facility: 0,
        inspectors: ["inspector1", "inspector2"],
        notice: NoticeMode::Secret,
        profile: Profile::Full,
        days: (0, 10),
        purpose: "四不两直检查（演示数据）",
    },
    ToCome {
        by: "supervisor1",
        facility: 3,
        inspectors: ["inspector2", "inspector1"],
        notice: NoticeMode::OnArrival,
        profile: Profile::Standard,
        days: (0, 5),
        purpose: "冬季消防安全检查（演示数据）",
    },
    ToCome {
        by: "supervisor1",
        facility: 21,
        inspectors: ["inspector1", "inspector2"],
        notice: NoticeMode::Advance,
        profile: Profile::Standard,
        days: (4, 14),
        purpose: "年度例行检查（演示数据）",
    },
    ToCome {
        by: "supervisor1",
        facility: 12,
        inspectors: ["inspector1", "inspector3"],
        notice: NoticeMode::OnArrival,
        profile: Profile::MajorOnly,
        days: (0, 7),
        purpose: "重大事故隐患专项排查（演示数据）",
    },
    ToCome {
        by: "supervisor1",
        facility: 18,
        inspectors: ["inspector2", "inspector3"],
        notice: NoticeMode::Advance,
        profile: Profile::Standard,
        days: (5, 20),
        purpose: "",
    },
    ToCome {
        by: "supervisor2",
        facility: 1,
        inspectors: ["inspector3", "inspector1"],
        notice: NoticeMode::OnArrival,
        profile: Profile::Standard,
        days: (0, 9),
        purpose: "回头看：上轮隐患复核（演示数据）",
    },
];

impl County<'_> {
    pub(super) fn make_plans(&mut self) -> Result<(), DemoError> {
        let (at, today) = (self.ago(1, 0), self.now.date());
        for plan in TO_COME {
            let [first, second] = plan.inspectors;
            let facility = self
                .facilities
                .get(plan.facility)
                .ok_or_else(|| DemoError::Refused("no place".to_owned()))?;
            let body = Body::PlanMade(Plan {
                id: PlanId::from_parts(at, id_entropy()?),
                facility: facility.id,
                office: self.account(plan.by)?.region.clone(),
                inspectors: [self.account(first)?.id, self.account(second)?.id],
                notice: plan.notice,
                profile: plan.profile,
                from: today.plus_days(plan.days.0),
                until: today.plus_days(plan.days.1),
                purpose: plan.purpose.to_owned(),
            });
            self.write(plan.by, at, &body)?;
        }
        Ok(())
    }
}
