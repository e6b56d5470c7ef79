//! An earlier round of visits, which left open hazards behind.

use xunan_core::log::Body;
use xunan_core::rules::Profile;

use super::walk::{Found, Photo, Walk};
use super::{County, DemoError};

/// A visit that was made.
struct Made {
    days_ago: i64,
    /// The number of the institution.
    facility: usize,
    inspectors: [&'static str; 2],
    profile: Profile,
    found: &'static [Found],
}

const EXIT_CHAINED: Found = Found {
    item: "fire.exit.locked",
    place: "一层东侧",
    description: "东侧安全出口用铁链锁闭，内部无法打开",
    photo: Photo::ExitChained,
};
const EXTINGUISHER_BLOCKED: Found = Found {
    item: "fire.extinguisher.qty",
    place: "二层楼梯口",
    description: "灭火器被纸箱遮挡，无法取用",
    photo: Photo::ExtinguisherBlocked,
};
const SOCKET_OVERLOADED: Found = Found {
    item: "elec.wiring",
    place: "护理站",
    description: "接线板串接，插孔有灼痕",
    photo: Photo::SocketOverloaded,
};
const FLAMMABLE_STORE: Found = Found {
    item: "fire.flammable.store",
    place: "后院仓库",
    description: "仓库内存放两桶汽油，无隔离",
    photo: Photo::ExtinguisherBlocked,
};

const ROUND: [Made; 6] = [
    Made {
        days_ago: 34,
        facility: 1,
        inspectors: ["inspector1", "inspector3"],
        profile: Profile::Standard,
        found: &[EXIT_CHAINED, SOCKET_OVERLOADED],
    },
    Made {
        days_ago: 27,
        facility: 0,
        inspectors: ["inspector1", "inspector2"],
        profile: Profile::Standard,
        found: &[EXTINGUISHER_BLOCKED, FLAMMABLE_STORE],
    },
    Made {
        days_ago: 20,
        facility: 3,
        inspectors: ["inspector2", "inspector1"],
        profile: Profile::Standard,
        found: &[SOCKET_OVERLOADED],
    },
    Made {
        days_ago: 13,
        facility: 21,
        inspectors: ["inspector2", "inspector3"],
        profile: Profile::Standard,
        found: &[EXIT_CHAINED],
    },
    Made {
        days_ago: 12,
        facility: 12,
        inspectors: ["inspector1", "inspector2"],
        profile: Profile::MajorOnly,
        found: &[FLAMMABLE_STORE],
    },
    Made {
        days_ago: 6,
        facility: 18,
        inspectors: ["inspector2", "inspector1"],
        profile: Profile::Standard,
        found: &[],
    },
];

impl County<'_> {
    pub(super) fn hold_earlier_round(&mut self) -> Result<(), DemoError> {
        let [lead, _] = ROUND[0].inspectors;
        for photo in Photo::ALL {
            self.store_photo(photo, lead)?;
        }
        for made in ROUND {
            let [lead, second] = made.inspectors;
            let facility = self
                .facilities
                .get(made.facility)
                .ok_or_else(|| DemoError::Refused("no place".to_owned()))?;
            let walk = Walk {
                pack: &self.pack,
                fire: &self.fire,
                facility,
                lead: self.account(lead)?,
                second: self.account(second)?,
                profile: made.profile,
                started: self.ago(made.days_ago, 2),
                found: made.found,
            };
            let record = walk.record()?;
            let ended = record.ended();
            self.write(lead, ended, &Body::VisitSigned(Box::new(record)))?;
        }
        Ok(())
    }
}
