//! Who does what of an institution's own work, and who sees it.

use xunan_core::access::{Action, Denial, OwnPart, Permission, Sight, Subject, may_do, may_see};

use super::support::{everybody, facility, facility_id};

const PARTS: [OwnPart; 4] = [OwnPart::Round, OwnPart::MaintenanceVisit, OwnPart::Register, OwnPart::Report];

#[test]
fn each_part_is_done_by_those_whose_work_it_is() {
    let division = facility().division;
    for (name, account) in everybody() {
        let done = PARTS.map(|part| {
            let action = Action::DoOwnWork { part, division: &division, facility: facility_id(1) };
            match may_do(&account, &action) {
                Permission::Granted => true,
                Permission::Denied(why) => {
                    assert_eq!(why, Denial::WrongRole, "{name} {part:?}");
                    false
                }
            }
        });
        let expected = match name {
            "institution" => [true, false, true, false],
            "firm" => [false, true, false, false],
            "staff" => [false, false, false, true],
            _ => [false; 4],
        };
        assert_eq!(done, expected, "{name}");
    }
}

#[test]
fn rounds_are_seen_by_the_institution_and_the_offices_above_and_a_report_by_nobody() {
    let division = facility().division;
    for (name, account) in everybody() {
        let seen = PARTS.map(|part| {
            let subject = Subject::OwnWork { part, division: &division, facility: facility_id(1) };
            may_see(&account, &subject) == Sight::Visible
        });
        let expected = match name {
            "institution" | "supervisor" | "administrator" => [true, true, true, false],
            "firm" => [false, true, false, false],
            _ => [false; 4],
        };
        assert_eq!(seen, expected, "{name}");
    }
}
