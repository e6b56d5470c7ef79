//! One hazard, the people around it, and steps in shorthand. Steps go the way of real ones: as the body of an entry,
//! through the fold of the ledger.

use xunan_core::access::{Account, Certificate, Role};
use xunan_core::clock::Instant;
use xunan_core::department::Department;
use xunan_core::digest::Digest;
use xunan_core::evidence::{CameraWay, DeviceTime, PhotoManifest};
use xunan_core::facility::Party;
use xunan_core::hazard::{
    Assignment, Command, HazardState, Life, Mark, MeasureOrder, MeasureState, RecheckOutcome, RecheckWay,
    Step, StepKind, StoryLine, TransferOutcome, TreatmentPlan,
};
use xunan_core::ids::{AccountId, DeviceId, EntryId, FacilityId, HazardId, PhotoId, VisitId};
use xunan_core::ledger::{Folded, HazardCard, MemoryView, Origin, Row, Rows, fold};
use xunan_core::log::{Body, ChainHead, Entry, EntryDraft};
use xunan_core::problem::{Problem, StepRefusal};
use xunan_core::rules::{Grade, Measure};
use xunan_core::unit::{Unit, UnitKind};
use xunan_core::visit::Due;

pub(super) use crate::given::{date, minute, start};

crate::given::ids! {
    at start();
    account_id: AccountId;
    facility_id: FacilityId;
    hazard_id: HazardId;
    photo_id: PhotoId;
    visit_id: VisitId;
    entry_id: EntryId;
    device_id: DeviceId;
}

/// Somebody, by number, region and role.
pub(super) fn person(number: u128, region: &str, role: Role) -> Account {
    Account {
        id: account_id(number),
        name: format!("人员{number}"),
        organisation: format!("单位{number}"),
        region: region.parse().unwrap(),
        role,
    }
}

fn certified(number: u128, valid_until: &str) -> Account {
    let certificate = Certificate { number: format!("ZF-{number}"), valid_until: date(valid_until) };
    person(number, "999901", Role::Inspector { certificate })
}

pub(super) fn inspector() -> Account {
    certified(1, "2028-12-31")
}

pub(super) fn expired_inspector() -> Account {
    certified(2, "2026-11-21")
}

pub(super) fn supervisor() -> Account {
    person(3, "999901", Role::Supervisor)
}

pub(super) fn other_supervisor() -> Account {
    person(4, "999901", Role::Supervisor)
}

pub(super) fn township_supervisor() -> Account {
    person(5, "999901001", Role::Supervisor)
}

pub(super) fn city_supervisor() -> Account {
    person(6, "9999", Role::Supervisor)
}

pub(super) fn neighbour_supervisor() -> Account {
    person(7, "999902", Role::Supervisor)
}

pub(super) fn administrator() -> Account {
    person(8, "999901", Role::Administrator)
}

pub(super) fn institution() -> Account {
    person(9, "999901001", Role::Institution { facility: facility_id(1) })
}

pub(super) fn other_institution() -> Account {
    person(10, "999901001", Role::Institution { facility: facility_id(2) })
}

pub(super) fn maintenance() -> Account {
    person(11, "999901", Role::Maintenance { facilities: vec![facility_id(3), facility_id(1)] })
}

pub(super) fn maintenance_elsewhere() -> Account {
    person(12, "999901", Role::Maintenance { facilities: vec![facility_id(2)] })
}

pub(super) fn department() -> Account {
    person(13, "999901", Role::Department { department: Department::FireRescue })
}

pub(super) fn other_department() -> Account {
    person(14, "999901", Role::Department { department: Department::Health })
}

pub(super) fn staff() -> Account {
    person(15, "999901001", Role::Staff { facility: facility_id(1) })
}

/// The entries of the steps that led a hazard to where it stands in [`Hazard::standing_at`].
pub(super) mod by {
    use super::{EntryId, entry_id};

    macro_rules! steps {
        ($($name:ident = $number:literal;)*) => {$(
            pub(crate) fn $name() -> EntryId {
                entry_id($number)
            }
        )*};
    }
    steps! {
        found = 1;
        assign = 2;
        sign_for = 3;
        plan = 4;
        submit = 5;
        recheck = 6;
        close = 7;
        transfer = 8;
        set_aside = 9;
    }
}

/// A photo that the page's own camera took.
pub(super) fn photo(number: u128) -> PhotoManifest {
    PhotoManifest {
        id: photo_id(number),
        original: Digest::of(format!("original {number}").as_bytes()),
        original_bytes: 2_000_000,
        stored: Digest::of(format!("stored {number}").as_bytes()),
        stored_bytes: 200_000,
        width_px: 1600,
        height_px: 1200,
        taken: minute(5),
        way: CameraWay::InPage,
        capture: None,
    }
}

pub(super) fn unit(kind: UnitKind) -> Unit {
    Unit { kind, name: format!("{kind:?}") }
}

/// To the institution's head, with the firm that looks after the equipment.
pub(super) fn assignment() -> Assignment {
    Assignment {
        primary: unit(UnitKind::Party(Party::Head)),
        supporting: vec![unit(UnitKind::Party(Party::Maintenance))],
        person: "院长甲".to_owned(),
        measure: "更换锁具".to_owned(),
        due: date("2026-12-01"),
    }
}

pub(super) fn treatment_plan() -> TreatmentPlan {
    let say = |text: &str| text.to_owned();
    TreatmentPlan {
        goals: say("目标"),
        methods: say("方法"),
        funds: say("经费"),
        people: say("人员"),
        requirements: say("要求"),
        until: date("2026-12-01"),
        emergency: say("预案"),
    }
}

// Commands in shorthand. Each is one that a guard lets through, in the state for which it is made.

pub(super) fn assign() -> Command {
    Command::Assign { assignment: assignment() }
}

pub(super) fn submit(photos: &[u128]) -> Command {
    Command::Submit { note: "已更换".to_owned(), photos: photos.iter().copied().map(photo).collect() }
}

pub(super) fn recheck(submission: Option<EntryId>, outcome: RecheckOutcome) -> Command {
    Command::Recheck {
        submission,
        way: RecheckWay::OnSite,
        outcome,
        note: "见照片".to_owned(),
        photos: vec![photo(61)],
        second: None,
    }
}

pub(super) fn close() -> Command {
    Command::Close { recheck: by::recheck(), note: String::new() }
}

pub(super) fn transfer() -> Command {
    Command::Transfer { to: Department::FireRescue, reason: "属消防职责".to_owned() }
}

pub(super) fn return_transfer(outcome: TransferOutcome) -> Command {
    Command::ReturnTransfer {
        transfer: by::transfer(),
        outcome,
        reply: "见附件".to_owned(),
        photos: vec![photo(81)],
    }
}

pub(super) fn not_established() -> Command {
    Command::NotEstablished { reason: "重复检查，不属隐患".to_owned() }
}

/// Of a second hazard of the same institution, which is open.
pub(super) fn duplicate() -> Command {
    Command::Duplicate { of: hazard_id(2) }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// It took effect.
    Done(HazardState),
    /// The hazard does not exist for this person.
    Unseen,
    /// It is not this person's to do.
    NotAllowed,
    /// Its guard refused it.
    Refused(StepRefusal),
}

/// Hazards as a ledger holds them, and the number of the next entry.
#[derive(Clone, Debug)]
pub(super) struct Hazard {
    pub(super) rows: Rows,
    pub(super) minutes: i64,
}

/// A hazard as a visit found it: with two immediate measures, of which one needs consent to end.
pub(super) fn found(number: u128, facility: u128, grade: Grade, measures: &[Measure]) -> HazardCard {
    let mark = Mark {
        entry: by::found(),
        account: inspector().id,
        name: inspector().name,
        organisation: inspector().organisation,
        at: start(),
        received: start(),
    };
    let line = StoryLine {
        kind: StepKind::Found,
        mark: mark.clone(),
        note: "安全出口锁闭".to_owned(),
        date: None,
        measure: None,
        photos: vec![(photo_id(50), photo(50).stored)],
    };
    let mut life = Life::found(line);
    let order = |measure: &Measure| MeasureOrder {
        measure: *measure,
        ordered: mark.clone(),
        state: MeasureState::Ordered,
    };
    life.measures = measures.iter().map(order).collect();
    HazardCard {
        id: hazard_id(number),
        origin: Origin::Visit(visit_id(1)),
        facility: facility_id(facility),
        facility_name: "样例养老院".to_owned(),
        division: "999901001".parse().unwrap(),
        found: start(),
        item: None,
        title: "安全出口锁闭".to_owned(),
        description: "安全出口锁闭".to_owned(),
        place: String::new(),
        grade,
        due: Due::By(date("2026-11-30")),
        responsible: None,
        photos: vec![(photo_id(50), photo(50).stored)],
        state: life.stage.state(),
        involved: life.involved(),
        life: serde_json::from_str(&serde_json::to_string(&life).unwrap()).unwrap(),
        last_seen: None,
    }
}

impl Hazard {
    /// Just found; beside it hazard 2 of the same institution and hazard 3 of another.
    pub(super) fn found(grade: Grade) -> Self {
        Self::found_with(grade, &[Measure::PostWatch])
    }

    pub(super) fn found_with(grade: Grade, measures: &[Measure]) -> Self {
        let cards = [
            found(1, 1, grade, measures),
            found(2, 1, Grade::General, &[]),
            found(3, 2, Grade::General, &[]),
        ];
        Self { rows: cards.into_iter().map(|card| Row::Hazard(Box::new(card))).collect(), minutes: 10 }
    }

    /// Brought to a state by the people whose steps these are: the institution puts it right, an inspector re-checks, the
    /// supervisor closes.
    pub(super) fn standing_at(state: HazardState, grade: Grade) -> Self {
        let mut hazard = Self::found(grade);
        let loop_steps: [(EntryId, Account, Command); 6] = [
            (by::assign(), supervisor(), assign()),
            (by::sign_for(), institution(), Command::SignFor { assignment: by::assign() }),
            (by::plan(), institution(), Command::Plan { plan: treatment_plan() }),
            (by::submit(), institution(), submit(&[51])),
            (by::recheck(), inspector(), recheck(Some(by::submit()), RecheckOutcome::Fixed)),
            (by::close(), supervisor(), close()),
        ];
        let (steps, last) = match state {
            HazardState::Found => (0, None),
            HazardState::Assigned => (1, None),
            HazardState::Rectifying => (2, None),
            HazardState::Submitted => (4, None),
            HazardState::Rechecked => (5, None),
            HazardState::Closed => (6, None),
            HazardState::Transferred => (1, Some((by::transfer(), transfer()))),
            HazardState::NotEstablished => (0, Some((by::set_aside(), not_established()))),
            HazardState::Duplicate => (0, Some((by::set_aside(), duplicate()))),
        };
        for (entry, actor, command) in loop_steps.into_iter().take(steps) {
            if grade == Grade::Major || !matches!(command, Command::Plan { .. }) {
                hazard.must(entry, &actor, command);
            }
        }
        if let Some((entry, command)) = last {
            hazard.must(entry, &supervisor(), command);
        }
        assert_eq!(hazard.card().state, state);
        hazard
    }

    pub(super) fn card(&self) -> &HazardCard {
        self.rows.hazard(hazard_id(1)).unwrap()
    }

    pub(super) fn life(&self) -> Life {
        self.card().life.read().unwrap()
    }

    /// Takes a step in the next minute; what it changes stands in the rows.
    pub(super) fn try_step(&mut self, entry: EntryId, actor: &Account, command: Command) -> Became {
        self.minutes += 1;
        self.try_step_at(minute(self.minutes), entry, actor, command)
    }

    pub(super) fn try_step_at(
        &mut self,
        at: Instant,
        entry: EntryId,
        actor: &Account,
        command: Command,
    ) -> Became {
        let body = Body::HazardStep(Box::new(Step { hazard: hazard_id(1), command }));
        match folded(&self.rows, &entry_of(entry, at, actor, &body), &body, actor, at) {
            Folded::Takes(rows) => {
                rows.into_iter().for_each(|row| self.rows.apply(row));
                Became::Done(self.card().state)
            }
            Folded::Without(problem) => became(problem),
        }
    }

    /// Takes a step that has to take effect.
    pub(super) fn must(&mut self, entry: EntryId, actor: &Account, command: Command) {
        let said = format!("{command:?}");
        let became = self.try_step(entry, actor, command);
        assert!(matches!(became, Became::Done(_)), "{said}: {became:?}");
    }
}

fn became(problem: Problem) -> Became {
    match problem {
        Problem::StepRefused { why } => Became::Refused(why),
        Problem::NotAllowed => Became::NotAllowed,
        Problem::RecordInconsistent { detail } if detail == "there is no such hazard" => Became::Unseen,
        other => panic!("{other:?}"),
    }
}

pub(super) fn entry_of(id: EntryId, at: Instant, actor: &Account, body: &Body) -> Entry {
    let time = DeviceTime::unbounded(at);
    EntryDraft::new(ChainHead::default(), id, device_id(1), actor.id, time, body).unwrap().entry
}

pub(super) fn folded(rows: &Rows, entry: &Entry, body: &Body, actor: &Account, received: Instant) -> Folded {
    let view = MemoryView { rows, packs: &[], fire_rules: &[] };
    fold(entry, body, actor, &view, received)
}
