//! A ledger of reports, the people around it, and steps in shorthand. Steps go the way of real ones: as the body of an entry,
//! through the fold.

use std::collections::BTreeMap;

use xunan_core::access::{Account, Certificate, Role};
use xunan_core::clock::Instant;
use xunan_core::department::Department;
use xunan_core::digest::Digest;
use xunan_core::evidence::{DeviceTime, Likeness, Shape};
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::HazardState;
use xunan_core::ids::{AccountId, DeviceId, Entropy, EntryId, FacilityId, HazardId, PhotoId, SnapId};
use xunan_core::ledger::{HazardCard, MemoryView, Row, Rows, SnapCard, SnapView, fold_snap};
use xunan_core::log::{ChainHead, EntryDraft, SnapBody};
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::rules::Grade;
use xunan_core::snap::{
    Category, Command, Container, NewHazard, NotAcceptedReason, OwnWords, PublicNotice, PublicPhoto,
    PublicPlace, PublicTitle, PublicWords, Recording, RecordingKind, Report, Satisfaction, SnapPhoto,
    SnapPlace, SnapState, Step, StepKind,
};

pub(super) use crate::given::{date, minute, start};

crate::given::ids! {
    at start();
    account_id: AccountId;
    facility_id: FacilityId;
    photo_id: PhotoId;
    entry_id: EntryId;
    device_id: DeviceId;
    hazard_id: HazardId;
}

/// The steps of an office, by their names in the table.
pub(super) const OFFICE_STEPS: [&str; 10] = [
    "accept",
    "not accept",
    "transfer",
    "duplicate",
    "turn into hazard",
    "deal with",
    "answer",
    "publish",
    "show photo",
    "withdraw",
];

/// Those of the reporter.
pub(super) const REPORTER_STEPS: [&str; 2] = ["rate", "not fixed"];

/// Of other numbers than the ids of other things have.
pub(super) fn snap_id(number: u128) -> SnapId {
    SnapId::from_parts(start(), Entropy(7000 + number))
}

fn person(number: u128, region: &str, role: Role) -> Account {
    Account {
        id: account_id(number),
        name: format!("人员{number}"),
        organisation: format!("单位{number}"),
        region: region.parse().unwrap(),
        role,
    }
}

pub(super) fn citizens() -> Account {
    person(1, "", Role::Citizens)
}

pub(super) fn supervisor() -> Account {
    person(2, "999901", Role::Supervisor)
}

/// Who approves rewards, and pays them.
pub(super) fn reward_officer() -> Account {
    person(13, "999901", Role::RewardOfficer)
}

pub(super) fn city_supervisor() -> Account {
    person(3, "9999", Role::Supervisor)
}

/// Every role, and supervisors of every place, with whether the report is theirs to triage.
pub(super) fn everybody() -> Vec<(&'static str, Account)> {
    let certificate = Certificate { number: "ZF-1".to_owned(), valid_until: date("2028-12-31") };
    let facility = facility_id(1);
    vec![
        ("citizens", citizens()),
        ("county supervisor", supervisor()),
        ("city supervisor", city_supervisor()),
        ("township supervisor", person(4, "999901001", Role::Supervisor)),
        ("other township supervisor", person(5, "999901002", Role::Supervisor)),
        ("neighbour supervisor", person(6, "999902", Role::Supervisor)),
        ("administrator", person(7, "999901", Role::Administrator)),
        ("inspector", person(8, "999901", Role::Inspector { certificate })),
        ("institution", person(9, "999901001", Role::Institution { facility })),
        ("staff", person(10, "999901001", Role::Staff { facility })),
        ("maintenance", person(11, "999901", Role::Maintenance { facilities: vec![facility] })),
        ("reward officer", reward_officer()),
        ("department", person(12, "999901", Role::Department { department: Department::FireRescue })),
    ]
}

pub(super) fn words(text: &str) -> OwnWords {
    OwnWords::of(text).unwrap()
}

pub(super) fn photo(number: u128, likeness: u128) -> SnapPhoto {
    SnapPhoto {
        id: photo_id(number),
        stored: Digest::of(&number.to_be_bytes()),
        stored_bytes: 200_000,
        likeness: Likeness::from_bytes(likeness.to_be_bytes()),
        claimed: None,
    }
}

pub(super) fn report(number: u128) -> Report {
    Report {
        snap: snap_id(number),
        division: "999901001".parse().unwrap(),
        category: Category::WayOut,
        words: words("三楼安全出口锁着"),
        place: SnapPlace { facility: Some(facility_id(1)), ..SnapPlace::default() },
        seen: Some(date("2026-11-22")),
        photos: vec![photo(number, 0)],
        voice: None,
        video: None,
    }
}

/// A recording as long and as large as one may be.
pub(super) fn recording(kind: RecordingKind) -> Recording {
    Recording {
        sealed: Digest::of(kind.name().as_bytes()),
        sealed_bytes: kind.most_bytes() + Recording::MOST_SEALING_BYTES,
        length_ms: kind.longest(),
        container: Container::WebM,
    }
}

pub(super) fn new_hazard() -> NewHazard {
    NewHazard {
        id: hazard_id(1),
        facility: facility_id(1),
        title: "安全出口锁闭".to_owned(),
        place: "三楼".to_owned(),
        grade: Grade::General,
        due: date("2026-12-01"),
    }
}

/// What an office shows of a photo.
pub(super) fn public_photo(of: &SnapPhoto) -> PublicPhoto {
    PublicPhoto {
        photo: of.id,
        source: of.stored,
        id: photo_id(900),
        digest: Digest::of(of.stored.bytes()),
        size_bytes: 90_000,
        width_px: 1280,
        height_px: 960,
        shapes: vec![Shape::Box { from: (100, 100), to: (300, 300) }],
    }
}

/// What an office writes for everybody.
pub(super) fn notice(result: &str) -> PublicNotice {
    PublicNotice {
        title: PublicTitle::of("养老机构安全出口上锁").unwrap(),
        category: Category::FireEquipment,
        place: PublicPlace::of("云溪镇").unwrap(),
        words: PublicWords::of("现场核实，情况属实").unwrap(),
        result: PublicWords::of(result).unwrap(),
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// It took effect.
    Done(SnapState),
    /// The report does not exist for this person.
    Unseen,
    /// It is not this person's to do.
    NotAllowed,
    /// Its guard refused it.
    Refused(StepRefusal),
}

/// Reports as a ledger holds them, and the number of the next entry.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    pub(super) rows: Rows,
    pub(super) snaps: BTreeMap<SnapId, SnapCard>,
    pub(super) entries: u32,
}

impl Ledger {
    /// One institution in 999901001.
    pub(super) fn empty() -> Self {
        Self::at(FacilityType::ElderlyCare)
    }

    /// One institution of that kind.
    pub(super) fn at(facility_type: FacilityType) -> Self {
        let facility = Facility {
            id: facility_id(1),
            name: "样例养老院".to_owned(),
            facility_type,
            division: "999901001".parse().unwrap(),
            address: String::new(),
            credit_code: None,
            telephone: None,
            beds: None,
            location: None,
            parties: Vec::new(),
        };
        Self { rows: [Row::Facility(facility)].into_iter().collect(), snaps: BTreeMap::new(), entries: 0 }
    }

    /// Report 1, and beside it report 2, which is open.
    pub(super) fn received() -> Self {
        Self::received_at(FacilityType::ElderlyCare)
    }

    /// The same of an institution of that kind.
    pub(super) fn received_at(facility_type: FacilityType) -> Self {
        let mut ledger = Self::at(facility_type);
        for number in [1, 2] {
            ledger.report(report(number)).unwrap();
        }
        ledger
    }

    /// Report 1, brought to a state by the county's supervisor.
    pub(super) fn standing_at(state: SnapState) -> Self {
        let mut ledger = Self::received();
        let steps: &[&str] = match state {
            SnapState::Received => &[],
            SnapState::Accepted => &["accept"],
            SnapState::NotAccepted => &["not accept"],
            SnapState::Transferred => &["transfer"],
            SnapState::Duplicate => &["duplicate"],
            SnapState::Hazard => &["accept", "turn into hazard"],
            SnapState::DealtWith => &["accept", "deal with"],
            SnapState::Answered => &["accept", "deal with", "answer"],
        };
        for step in steps {
            let command = ledger.command(step);
            assert!(matches!(ledger.take(&supervisor(), command), Became::Done(_)), "{step}");
        }
        assert_eq!(ledger.state(), state);
        ledger
    }

    pub(super) fn card(&self) -> &SnapCard {
        &self.snaps[&snap_id(1)]
    }

    pub(super) fn state(&self) -> SnapState {
        self.card().life.stage.state()
    }

    /// The entry by which report 1 stands as it does.
    pub(super) fn standing_entry(&self) -> EntryId {
        self.card().life.stage.entry().unwrap_or(entry_id(9_999))
    }

    /// The entry of the last step of report 1 that moved it.
    pub(super) fn last_entry(&self) -> EntryId {
        let moved = self.card().life.story.iter().rev();
        let stays = [StepKind::Rated, StepKind::Published, StepKind::ShowedPhoto, StepKind::Withdrawn];
        let moved = moved.filter(|line| !stays.contains(&line.kind));
        moved.map(|line| line.mark.entry).next().unwrap()
    }

    /// The entry by which report 1 is public.
    pub(super) fn publication(&self) -> EntryId {
        self.card().life.publication.as_ref().map_or(entry_id(9_998), |it| it.mark.entry)
    }

    /// A command that its guard lets through in the state for which it is made.
    pub(super) fn command(&self, name: &str) -> Command {
        let said = || "已到现场核实".to_owned();
        match name {
            "accept" => Command::Accept,
            "not accept" => {
                Command::NotAccept { reason: NotAcceptedReason::NotCompetent, words: String::new() }
            }
            "transfer" => Command::Transfer { to: Department::FireRescue, words: said() },
            "duplicate" => Command::Duplicate { of: snap_id(2) },
            "turn into hazard" => Command::TurnIntoHazard { hazard: new_hazard() },
            "deal with" => Command::DealWith { after: self.last_entry(), words: said() },
            "answer" => Command::Answer { after: self.last_entry(), words: said() },
            "rate" => Command::Rate { answer: self.last_entry(), satisfaction: Satisfaction::Satisfied },
            "not fixed" => Command::NotFixed {
                answer: self.last_entry(),
                words: words("门还锁着"),
                photos: vec![photo(1, 0)],
            },
            "publish" => {
                let is_answered = self.state() == SnapState::Answered;
                let result = if is_answered { "已更换为推闩式门锁" } else { "" };
                Command::Publish { after: self.standing_entry(), notice: notice(result) }
            }
            "show photo" => {
                let photo = public_photo(&self.card().report.photos[0]);
                Command::ShowPhoto { publication: self.publication(), photo }
            }
            "withdraw" => Command::Withdraw { publication: self.publication(), words: said() },
            other => panic!("{other}"),
        }
    }

    pub(super) fn report(&mut self, report: Report) -> Result<(), Problem> {
        self.fold(&citizens(), &SnapBody::Reported(Box::new(report)), None).map(|_| ())
    }

    /// A step with report 1.
    pub(super) fn take(&mut self, actor: &Account, command: Command) -> Became {
        let step = SnapBody::Stepped(Box::new(Step { snap: snap_id(1), command }));
        match self.fold(actor, &step, None) {
            Ok(state) => Became::Done(state),
            Err(Problem::NotAllowed) => Became::NotAllowed,
            Err(Problem::StepRefused { why }) => Became::Refused(why),
            Err(Problem::RecordInconsistent { .. }) => Became::Unseen,
            Err(problem) => panic!("{problem:?}"),
        }
    }

    pub(super) fn fold(
        &mut self,
        actor: &Account,
        body: &SnapBody,
        at: Option<Instant>,
    ) -> Result<SnapState, Problem> {
        self.entries += 1;
        let at = at.unwrap_or_else(|| minute(self.entries.into()));
        let (id, device) = (entry_id(self.entries.into()), device_id(1));
        let time = DeviceTime::unbounded(at);
        let draft = EntryDraft::new(ChainHead::default(), id, device, actor.id, time, body).unwrap();
        assert_eq!(SnapBody::of(&draft.entry), Some(Ok(body.clone())));
        let rows = MemoryView { rows: &self.rows, packs: &[], fire_rules: &[] };
        let view = SnapView { rows: &rows, snap: &|id| self.snaps.get(&id).cloned() };
        let change = fold_snap(&draft.entry, body, actor, &view, at)?;
        let state = change.card.life.stage.state();
        self.snaps.insert(change.card.id(), change.card);
        if let Some(hazard) = change.hazard {
            self.put(*hazard);
        }
        Ok(state)
    }

    pub(super) fn hazard(&self) -> Option<&HazardCard> {
        self.rows.hazard(hazard_id(1))
    }

    fn put(&mut self, hazard: HazardCard) {
        self.rows.apply(Row::Hazard(Box::new(hazard)));
    }

    /// The hazard of report 1 goes on by itself.
    pub(super) fn hazard_is(&mut self, state: HazardState) {
        let hazard = HazardCard { state, ..self.hazard().unwrap().clone() };
        self.put(hazard);
    }
}
