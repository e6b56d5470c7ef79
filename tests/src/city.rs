//! A generated year of a city: institutions, visits, hazards and their steps, as signed entries of real phones, pushed to
//! the real server. Everything in it is made up.

use std::collections::VecDeque;

use xunan_core::clock::Date;
use xunan_core::evidence::PhotoManifest;
use xunan_core::facility::{Facility, FacilityType, Party};
use xunan_core::hazard::{Assignment, Command, RecheckOutcome, RecheckWay, Step, TreatmentPlan};
use xunan_core::ids::{EntryId, FacilityId, HazardId, PhotoId};
use xunan_core::log::{Body, Effect, SignedEntry, SignedReceipt};
use xunan_core::place::GeoPoint;
use xunan_core::rules::{Grade, Profile};
use xunan_core::sync::{Outcome, Push};
use xunan_core::unit::{Unit, UnitKind};

use crate::demo;
use crate::filled_visit::{Provisions, Wish, filled_visit};
use crate::jpeg;
use crate::phone::{Phone, now};

/// How much of a year.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Institutions.
    pub facilities: usize,
    /// Visits.
    pub visits: usize,
    /// Hazards that they find.
    pub hazards: usize,
}

impl Size {
    /// A city's year (Jiangsu 2019: 10,700 institutions; Liaocheng 2025: 31,700 problems), times `scale`.
    pub fn of_scale(scale: f64) -> Self {
        let part = |whole: f64| (whole * scale).ceil() as usize;
        Self { facilities: part(10_700.0), visits: part(12_000.0), hazards: part(31_700.0) }
    }
}

/// A hazard of the year.
#[derive(Clone, Copy, Debug)]
pub struct Generated {
    /// Which.
    pub hazard: HazardId,
    /// Its grade.
    pub grade: Grade,
    /// The last stage that it may reach: a measure that keeps people away holds it before its end.
    last: u8,
}

/// What was pushed.
#[derive(Clone, Debug, Default)]
pub struct Pushed {
    /// Entries.
    pub entries: usize,
    /// The hazards, in the order in which they were found.
    pub hazards: Vec<Generated>,
}

/// The township in which all of it stands: one with a supervisor of its own, so that who puts something right is not who
/// closes it.
const TOWNSHIP: &str = "999901002";
const TOWNSHIP_SUPERVISOR: &str = "supervisor2";

/// The people of the year.
struct People {
    inspector: Phone,
    supervisor: Phone,
    township: Phone,
    photo: Vec<u8>,
}

/// Pushes a year to the server with the demo county at `port`.
///
/// # Panics
/// When the server does not take something.
pub async fn push_year(port: u16, size: Size, seed: u64) -> Pushed {
    let mut people = People {
        inspector: Phone::enrolled(port, demo::INSPECTOR, demo::PASSWORD, seed).await,
        supervisor: Phone::enrolled(port, demo::SUPERVISOR, demo::PASSWORD, seed + 1).await,
        township: Phone::enrolled(port, TOWNSHIP_SUPERVISOR, demo::PASSWORD, seed + 2).await,
        photo: jpeg::photo(320, 240, seed),
    };
    people.inspector.upload(&people.photo).await.expect("the server takes the photo");
    let mut pushed = Pushed::default();
    let facilities = register(&mut people, size.facilities, &mut pushed).await;
    visit(&mut people, &facilities, size, &mut pushed).await;
    go_on(&mut people, &mut pushed).await;
    pushed
}

async fn register(people: &mut People, count: usize, pushed: &mut Pushed) -> Vec<Facility> {
    let mut facilities = Vec::with_capacity(count);
    let mut entries = Vec::with_capacity(count);
    for number in 0..count {
        let facility = Facility {
            id: FacilityId::from_parts(now(), people.supervisor.entropy()),
            name: format!("虚构机构{number:05}（生成）"),
            facility_type: FacilityType::ALL[number % FacilityType::ALL.len()],
            division: format!("{TOWNSHIP}{:03}", number % 100).parse().expect("a village's code"),
            address: format!("虚构路 {number} 号"),
            credit_code: None,
            telephone: None,
            beds: Some(100),
            location: GeoPoint::from_degrees(36.4, 115.9).ok(),
            parties: Vec::new(),
        };
        entries.push(people.supervisor.sign(&Body::FacilityRegistered(facility.clone())));
        facilities.push(facility);
    }
    push(&people.supervisor, entries, pushed).await;
    facilities
}

async fn visit(people: &mut People, facilities: &[Facility], size: Size, pushed: &mut Pushed) {
    let mut provisions = Provisions::pulled(&people.inspector).await;
    provisions.facilities.clear();
    let mut entries = Vec::with_capacity(size.visits);
    for number in 0..size.visits {
        let facility = &facilities[number % facilities.len()];
        let left = size.hazards.saturating_sub(pushed.hazards.len());
        let failing = left.div_ceil(size.visits - number);
        let wish = Wish { failing, photos: &[&people.photo], profile: Profile::MajorOnly };
        let record = filled_visit(&mut people.inspector, &provisions, facility, wish);
        pushed.hazards.extend(record.content().findings.iter().map(|finding| {
            let held = finding.measures.ordered().iter().any(|measure| measure.needs_consent());
            Generated { hazard: finding.hazard, grade: finding.grade, last: if held { 4 } else { 5 } }
        }));
        entries.push(people.inspector.sign(&Body::VisitSigned(Box::new(record))));
        if entries.len() == 1000 {
            push(&people.inspector, std::mem::take(&mut entries), pushed).await;
        }
    }
    push(&people.inspector, entries, pushed).await;
}

/// How far a hazard goes: 0 stays found, 1 is assigned, 2 signed for, 3 submitted, 4 re-checked, 5 closed.
const fn how_far(at: usize) -> u8 {
    [1, 2, 3, 4, 5, 5, 5, 0][at % 8]
}

/// Takes hazards through the loop, a thousand at a time. Each phone signs and pushes one stage after the other: its
/// entries are a chain.
async fn go_on(people: &mut People, pushed: &mut Pushed) {
    let hazards = std::mem::take(&mut pushed.hazards);
    let due = now().date().plus_days(30);
    for chunk in hazards.chunks(1000) {
        let going = chunk.iter().enumerate().map(|(at, made)| (made, how_far(at).min(made.last)));
        let going = going.filter(|(_, far)| *far >= 1);
        let (mut entries, mut assigned) = (Vec::new(), Vec::new());
        for (made, far) in going {
            let entry =
                step(&mut people.supervisor, made.hazard, Command::Assign { assignment: assignment(due) });
            assigned.push((*made, entry.entry().id, far));
            entries.push(entry);
        }
        push(&people.supervisor, entries, pushed).await;
        let submitted = rectify(people, assigned, due, pushed).await;
        let mut checks = Vec::new();
        let mut to_close = Vec::new();
        for (hazard, submission, far) in submitted.into_iter().filter(|(.., far)| *far >= 4) {
            let photo = manifest(&people.photo, &mut people.inspector);
            let command = recheck(photo, submission);
            let entry = step(&mut people.inspector, hazard, command);
            to_close.push((hazard, entry.entry().id, far));
            checks.push(entry);
        }
        push(&people.inspector, checks, pushed).await;
        let mut closed = Vec::new();
        for (hazard, recheck, _) in to_close.into_iter().filter(|(.., far)| *far >= 5) {
            closed.push(step(
                &mut people.supervisor,
                hazard,
                Command::Close { recheck, note: String::new() },
            ));
        }
        push(&people.supervisor, closed, pushed).await;
    }
    pushed.hazards = hazards;
}

/// The township signs for what was assigned, and submits it as put right. Answers the submissions.
async fn rectify(
    people: &mut People,
    assigned: Vec<(Generated, EntryId, u8)>,
    due: Date,
    pushed: &mut Pushed,
) -> Vec<(HazardId, EntryId, u8)> {
    let (mut entries, mut submitted) = (Vec::new(), Vec::new());
    for (Generated { hazard, grade, .. }, assignment, far) in
        assigned.into_iter().filter(|(.., far)| *far >= 2)
    {
        entries.push(step(&mut people.township, hazard, Command::SignFor { assignment }));
        if far >= 3 {
            if grade == Grade::Major {
                entries.push(plan(people, hazard, due));
            }
            submitted.push((hazard, submit(people, hazard, &mut entries), far));
        }
    }
    push(&people.township, entries, pushed).await;
    submitted
}

fn step(phone: &mut Phone, hazard: HazardId, command: Command) -> SignedEntry {
    phone.sign(&Body::HazardStep(Box::new(Step { hazard, command })))
}

fn assignment(due: Date) -> Assignment {
    Assignment {
        primary: Unit { kind: UnitKind::Party(Party::Head), name: "虚构机构".to_owned() },
        supporting: Vec::new(),
        person: "演示甲".to_owned(),
        measure: "恢复原状，清理通道".to_owned(),
        due,
    }
}

/// The treatment plan that a major hazard needs.
fn plan(people: &mut People, hazard: HazardId, until: Date) -> SignedEntry {
    let part = || "按要求落实".to_owned();
    let plan = TreatmentPlan {
        goals: part(),
        methods: part(),
        funds: part(),
        people: part(),
        requirements: part(),
        until,
        emergency: part(),
    };
    step(&mut people.township, hazard, Command::Plan { plan })
}

fn submit(people: &mut People, hazard: HazardId, entries: &mut Vec<SignedEntry>) -> EntryId {
    let photos = vec![manifest(&people.photo, &mut people.township)];
    let submit = step(&mut people.township, hazard, Command::Submit { note: "已整改".to_owned(), photos });
    let submission = submit.entry().id;
    entries.push(submit);
    submission
}

fn recheck(photo: PhotoManifest, submission: EntryId) -> Command {
    Command::Recheck {
        submission: Some(submission),
        way: RecheckWay::OnSite,
        outcome: RecheckOutcome::Fixed,
        note: String::new(),
        photos: vec![photo],
        second: None,
    }
}

fn manifest(photo: &[u8], phone: &mut Phone) -> PhotoManifest {
    PhotoManifest::untouched(PhotoId::from_parts(now(), phone.entropy()), photo, (320, 240), now())
}

/// Pushes entries of one phone in order.
async fn push(phone: &Phone, entries: Vec<SignedEntry>, pushed: &mut Pushed) {
    let mut left: VecDeque<SignedEntry> = entries.into();
    while !left.is_empty() {
        let batch: Vec<SignedEntry> = left.drain(..left.len().min(Push::MAX_ENTRIES)).collect();
        let answer = phone.push(&batch.iter().collect::<Vec<_>>()).await.expect("the server takes them");
        for pushed in &answer.entries {
            let Outcome::Receipted { receipt } = &pushed.outcome else { panic!("{:?}", pushed.outcome) };
            let receipt = SignedReceipt::parse(receipt).expect("a receipt");
            assert_eq!(receipt.receipt().effect, Effect::Taken, "the year does nothing without effect");
        }
        pushed.entries += batch.len();
    }
}
