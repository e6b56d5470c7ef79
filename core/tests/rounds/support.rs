//! One institution, its people, and a round in shorthand.

use xunan_core::Late;
use xunan_core::access::{Account, Certificate, Role};
use xunan_core::clock::{Date, Instant};
use xunan_core::department::Department;
use xunan_core::digest::Digest;
use xunan_core::evidence::{CameraWay, DeviceTime, PhotoManifest};
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{AccountId, DeviceId, Entropy, EntryId, FacilityId, PhotoId, RoundId};
use xunan_core::ledger::{Folded, MemoryView, Row, Rows, fold, needed};
use xunan_core::log::{Body, ChainHead, EntryDraft};
use xunan_core::problem::Problem;
use xunan_core::rounds::{Finding, Found, Mending, Round, RoundKind};
use xunan_core::rules::Grade;

pub(super) fn time(text: &str) -> Instant {
    text.parse().unwrap()
}

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Nine in the morning in China.
pub(super) fn morning() -> Instant {
    time("2026-11-22T01:00:00.000Z")
}

macro_rules! ids {
    ($($name:ident: $id:ty;)*) => {$(
        pub(super) fn $name(number: u128) -> $id {
            <$id>::from_parts(morning(), Entropy(number))
        }
    )*};
}
ids! {
    account_id: AccountId;
    device_id: DeviceId;
    entry_id: EntryId;
    facility_id: FacilityId;
    photo_id: PhotoId;
    round_id: RoundId;
}

pub(super) fn facility() -> Facility {
    Facility {
        id: facility_id(1),
        name: "样例养老院".to_owned(),
        facility_type: FacilityType::ElderlyCare,
        division: "999901001".parse().unwrap(),
        address: "样例路1号".to_owned(),
        credit_code: None,
        telephone: None,
        beds: Some(80),
        location: None,
        parties: Vec::new(),
    }
}

pub(super) fn account(role: Role) -> Account {
    Account {
        id: account_id(7),
        name: "样例甲".to_owned(),
        organisation: "样例单位".to_owned(),
        region: "999901".parse().unwrap(),
        role,
    }
}

pub(super) fn institution() -> Account {
    account(Role::Institution { facility: facility_id(1) })
}

pub(super) fn firm() -> Account {
    account(Role::Maintenance { facilities: vec![facility_id(1)] })
}

pub(super) fn staff() -> Account {
    account(Role::Staff { facility: facility_id(1) })
}

/// Every role, those that are bound to an institution twice: to this one and to another.
pub(super) fn everybody() -> Vec<(&'static str, Account)> {
    let certificate = Certificate { number: "ZF-1".to_owned(), valid_until: date("2028-12-31") };
    let other = facility_id(2);
    vec![
        ("institution", institution()),
        ("other institution", account(Role::Institution { facility: other })),
        ("firm", firm()),
        ("other firm", account(Role::Maintenance { facilities: vec![other] })),
        ("staff", staff()),
        ("other staff", account(Role::Staff { facility: other })),
        ("inspector", account(Role::Inspector { certificate })),
        ("supervisor", account(Role::Supervisor)),
        ("administrator", account(Role::Administrator)),
        ("department", account(Role::Department { department: Department::FireRescue })),
    ]
}

pub(super) fn photo(number: u128) -> PhotoManifest {
    PhotoManifest {
        id: photo_id(number),
        original: Digest::of(&number.to_be_bytes()),
        original_bytes: 3_000_000,
        stored: Digest::of(&(number + 1000).to_be_bytes()),
        stored_bytes: 250_000,
        width_px: 1600,
        height_px: 1200,
        taken: morning(),
        way: CameraWay::InPage,
        capture: None,
    }
}

pub(super) fn finding(mending: Mending, photos: &[u128]) -> Finding {
    Finding {
        title: "疏散通道堆放轮椅".to_owned(),
        place: "二层东侧".to_owned(),
        description: "三台".to_owned(),
        grade: Grade::General,
        mending,
        photos: photos.iter().copied().map(photo).collect(),
    }
}

pub(super) fn round(number: u128, kind: RoundKind, found: Found) -> Round {
    Round {
        id: round_id(number),
        facility: facility_id(1),
        kind,
        at: morning(),
        by: "样例乙".to_owned(),
        note: String::new(),
        found,
        photos: Vec::new(),
    }
}

/// The ledger of these tests: one institution, and what was folded over it.
pub(super) struct Ledger(pub(super) Rows);

impl Ledger {
    pub(super) fn new() -> Self {
        Self([Row::Facility(facility())].into_iter().collect())
    }

    /// Folds, and keeps what changed. Only the rows that the fold asks for are shown to it.
    pub(super) fn take(&mut self, number: u128, body: &Body, actor: &Account) -> Result<Vec<Row>, Problem> {
        let keys = needed(body);
        let hazards = self.0.open_hazards().into_iter().cloned().map(|it| Row::Hazard(Box::new(it)));
        let mut seen: Vec<Row> = hazards.collect();
        seen.push(Row::Facility(facility()));
        for kind in RoundKind::ALL {
            seen.extend(self.0.rounds(facility_id(1), kind).cloned().map(|it| Row::Rounds(Late::of(&it))));
        }
        let certificates = self.0.certificates_of(facility_id(1)).into_iter().cloned();
        seen.extend(certificates.map(|it| Row::Certificate(Late::of(&it))));
        let rows: Rows = seen.into_iter().filter(|row| keys.contains(&row.key())).collect();
        let view = MemoryView { rows: &rows, packs: &[], fire_rules: &[] };
        let time = DeviceTime::unbounded(morning());
        let entry =
            EntryDraft::new(ChainHead::default(), entry_id(number), device_id(1), actor.id, time, body);
        let entry = entry.unwrap().entry;
        match fold(&entry, body, actor, &view, morning()) {
            Folded::Takes(rows) => {
                rows.iter().cloned().for_each(|row| self.0.apply(row));
                Ok(rows)
            }
            Folded::Without(problem) => Err(problem),
        }
    }
}
