//! The parts that people take in a hazard's loop and in an institution's own work, and which role takes which.

use super::Role;
use crate::department::Department;
use crate::facility::Party;
use crate::ids::FacilityId;
use crate::unit::UnitKind;

/// A part in a hazard's loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HazardPart {
    /// 交办、答复、销号、挂牌、移送: the supervisor's.
    Supervise,
    /// 复查、责令措施、回头看: an inspector's or the supervisor's.
    Recheck,
    /// 签收、整改、申请: of whoever puts it right, or of the supervisor in the place of a unit without an account.
    Rectify,
    /// 接收移送、答复: the department's, or the supervisor's who was told on paper.
    Receive {
        /// Which department.
        department: Department,
    },
}

/// A part in what becomes of a citizen's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapPart {
    /// 受理、转办、答复、拟奖: the supervisor's, of the office that has it or one above.
    Triage,
    /// 批准奖励、查看领奖人、发放: the reward officer's.
    Reward,
    /// 报告、评价、反映未整改: the reporter's, by the server that was asked with the report's secret.
    Reporter,
}

/// A part of what institutions do by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPart {
    /// 巡查、自查、演练、培训: the institution's.
    Round,
    /// 维保: its firm's.
    MaintenanceVisit,
    /// 证书、保险: the institution's.
    Register,
    /// 内部报告: of those who work or live there. Nobody sees it but its author: what is seen is the hazard.
    Report,
}

/// Whether a role does a part of an institution's own work.
pub(super) fn does_own_work(role: &Role, part: OwnPart, facility: FacilityId) -> bool {
    match (part, role) {
        (OwnPart::Round | OwnPart::Register, Role::Institution { facility: own })
        | (OwnPart::Report, Role::Staff { facility: own }) => *own == facility,
        (OwnPart::MaintenanceVisit, Role::Maintenance { facilities }) => facilities.contains(&facility),
        _ => false,
    }
}

/// Whether a role takes a part in the loop of a hazard of an institution.
pub(super) fn takes_part(role: &Role, part: HazardPart, facility: FacilityId, involved: &[UnitKind]) -> bool {
    match (part, role) {
        (
            HazardPart::Supervise | HazardPart::Recheck | HazardPart::Rectify | HazardPart::Receive { .. },
            Role::Supervisor,
        )
        | (HazardPart::Recheck, Role::Inspector { .. }) => true,
        (HazardPart::Rectify, Role::Institution { facility: own }) => *own == facility,
        (HazardPart::Rectify, Role::Maintenance { facilities }) => {
            facilities.contains(&facility) && involved.contains(&UnitKind::Party(Party::Maintenance))
        }
        (HazardPart::Rectify, Role::Department { department }) => {
            involved.contains(&UnitKind::Department(*department))
        }
        (HazardPart::Receive { department: to }, Role::Department { department }) => to == *department,
        _ => false,
    }
}
