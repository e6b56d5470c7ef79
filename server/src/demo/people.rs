//! Who is in the demo county, and how to sign in as them.

use std::fmt::Write as _;

use xunan_core::access::{Certificate, Role};
use xunan_core::clock::Instant;
use xunan_core::department::Department;
use xunan_core::facility::Facility;
use xunan_core::ids::AccountId;
use xunan_core::letterhead::{Letterhead, OfficeKind};
use xunan_core::region::DivisionCode;

use super::DemoError;
use crate::accounts::NewAccount;

/// Every demo account's password.
pub const PASSWORD: &str = "yunxi-demo-2026";

/// The account by which a loaded county is recognised.
pub(super) const FIRST: &str = "inspector1";

/// A person of the demo.
pub(super) struct Person {
    pub(super) login: &'static str,
    name: &'static str,
    organisation: &'static str,
    region: &'static str,
    part: Part,
}

#[derive(Clone, Copy)]
enum Part {
    /// With the number of a certificate.
    Inspector(&'static str),
    Supervisor,
    Administrator,
    RewardOfficer,
    /// Of the institution with this number.
    Institution(usize),
    /// Of a firm that looks after the institutions with these numbers.
    Firm([usize; 2]),
    Department(Department),
}

const BUREAU: &str = "云溪县民政局（演示数据）";

/// How the county's bureau names itself in documents.
pub(super) fn letterhead() -> Letterhead {
    let Ok(division) = PEOPLE[0].region.parse() else {
        unreachable!("the demo's regions are division codes")
    };
    Letterhead {
        division,
        kind: OfficeKind::CivilAffairs,
        name: BUREAU.to_owned(),
        mark: "云民".to_owned(),
        review_body: "云溪县人民政府（演示数据）".to_owned(),
        court: "云溪县人民法院（演示数据）".to_owned(),
    }
}

/// Everybody.
pub(super) const PEOPLE: [Person; 11] = [
    Person {
        login: FIRST,
        name: "林演示",
        organisation: BUREAU,
        region: "999901",
        part: Part::Inspector("演示执法001"),
    },
    Person {
        login: "inspector2",
        name: "陈演示",
        organisation: BUREAU,
        region: "999901",
        part: Part::Inspector("演示执法002"),
    },
    Person {
        login: "inspector3",
        name: "赵演示",
        organisation: "青石镇社会事务办（演示数据）",
        region: "999901002",
        part: Part::Inspector("演示执法003"),
    },
    Person {
        login: "supervisor1",
        name: "周演示",
        organisation: BUREAU,
        region: "999901",
        part: Part::Supervisor,
    },
    Person {
        login: "supervisor2",
        name: "吴演示",
        organisation: "青石镇社会事务办（演示数据）",
        region: "999901002",
        part: Part::Supervisor,
    },
    Person {
        login: "admin1",
        name: "郑演示",
        organisation: BUREAU,
        region: "999901",
        part: Part::Administrator,
    },
    Person {
        login: "reward1",
        name: "冯演示",
        organisation: BUREAU,
        region: "999901",
        part: Part::RewardOfficer,
    },
    Person {
        login: "institution1",
        name: "王演示",
        organisation: "云溪县第一养老院（演示）",
        region: "999901001",
        part: Part::Institution(0),
    },
    Person {
        login: "institution2",
        name: "孙演示",
        organisation: "云溪县儿童福利院（演示）",
        region: "999901001",
        part: Part::Institution(3),
    },
    Person {
        login: "firm1",
        name: "钱演示",
        organisation: "云溪电气维保（演示）",
        region: "999901",
        part: Part::Firm([0, 3]),
    },
    Person {
        login: "fire1",
        name: "李演示",
        organisation: "云溪县消防救援大队（演示）",
        region: "999901",
        part: Part::Department(Department::FireRescue),
    },
];

impl Person {
    /// The account to make.
    pub(super) fn account(
        &self,
        id: AccountId,
        facilities: &[Facility],
        now: Instant,
        password_hash: &str,
    ) -> Result<NewAccount, DemoError> {
        let refused = |error: &dyn std::fmt::Display| DemoError::Refused(error.to_string());
        let place = |number: usize| {
            let facility = facilities.get(number).ok_or_else(|| refused(&"no such institution"))?;
            Ok::<_, DemoError>(facility.id)
        };
        let role = match self.part {
            Part::Inspector(number) => Role::Inspector {
                certificate: Certificate {
                    number: number.to_owned(),
                    valid_until: now.date().plus_days(900),
                },
            },
            Part::Supervisor => Role::Supervisor,
            Part::Administrator => Role::Administrator,
            Part::RewardOfficer => Role::RewardOfficer,
            Part::Institution(number) => Role::Institution { facility: place(number)? },
            Part::Firm(numbers) => {
                Role::Maintenance { facilities: numbers.into_iter().map(place).collect::<Result<_, _>>()? }
            }
            Part::Department(department) => Role::Department { department },
        };
        Ok(NewAccount {
            id,
            login: self.login.to_owned(),
            name: self.name.to_owned(),
            organisation: self.organisation.to_owned(),
            region: self.region.parse::<DivisionCode>().map_err(|error| refused(&error))?,
            role,
            password_hash: password_hash.to_owned(),
        })
    }
}

/// The logins, in the order of the work.
pub(super) fn logins() -> String {
    let mut text =
        format!("演示数据：云溪县（虚构）。Demo data: a fictitious county. Password of all: {PASSWORD}\n");
    for person in &PEOPLE {
        let part = match person.part {
            Part::Inspector(_) => "检查人员 inspector",
            Part::Supervisor => "监管人员 supervisor → /desk",
            Part::Administrator => "管理员 administrator",
            Part::RewardOfficer => "奖励专员 reward officer → /desk",
            Part::Institution(_) => "机构人员 institution",
            Part::Firm(_) => "维保单位 maintenance firm",
            Part::Department(_) => "消防救援 fire brigade → /desk",
        };
        let _ = writeln!(text, "  {:<13} {}  {part}", person.login, person.name); // writing to a String cannot fail
    }
    text
}
