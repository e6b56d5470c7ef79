//! A generated year of a city: institutions, visits, hazards and their steps, as signed entries of real phones, pushed to
//! the real server. Everything in it is made up.

mod steps;

use xunan_core::document::{Drafting, Officer, OrderedLine};
use xunan_core::evidence::RegionRules;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{DocumentId, EntryId, FacilityId, HazardId};
use xunan_core::letterhead::Letterhead;
use xunan_core::log::{Body, Effect, SignedEntry, SignedReceipt};
use xunan_core::place::GeoPoint;
use xunan_core::rules::{Grade, Profile};
use xunan_core::sync::{Outcome, Push};
use xunan_core::visit::VisitRecord;

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

    /// The part of it that ends with block `at` of `blocks`, without those before.
    const fn block(self, at: usize, blocks: usize) -> Self {
        const fn part(whole: usize, at: usize, blocks: usize) -> usize {
            whole * (at + 1) / blocks - whole * at / blocks
        }
        Self {
            facilities: part(self.facilities, at, blocks),
            visits: part(self.visits, at, blocks),
            hazards: part(self.hazards, at, blocks),
        }
    }
}

/// What was pushed: how much, and a few things of each block to ask for.
#[derive(Clone, Debug, Default)]
pub struct Pushed {
    /// Entries.
    pub entries: usize,
    /// Institutions.
    pub facilities: Vec<FacilityId>,
    /// Hazards.
    pub hazards: Vec<HazardId>,
    /// Entries of visits.
    pub visits: Vec<EntryId>,
    /// Documents.
    pub documents: Vec<DocumentId>,
}

/// A hazard on its way.
#[derive(Clone, Copy, Debug)]
struct Generated {
    hazard: HazardId,
    grade: Grade,
    /// The last stage that it may reach: a measure that keeps people away holds it before its end.
    last: u8,
}

/// The township in which all of it stands: one with a supervisor of its own, so that who puts something right is not who
/// closes it.
pub const TOWNSHIP: &str = "999901002";
const TOWNSHIP_SUPERVISOR: &str = "supervisor2";

/// Institutions of a block. A block is kept in memory, and not what came before it.
const BLOCK: usize = 500;
/// Things of each block that are kept to be asked for.
const KEPT: usize = 4;
/// One visit of so many that found something has an order to put it right.
const ORDERED_OF: usize = 4;

/// The people of the year.
struct People {
    inspector: Phone,
    supervisor: Phone,
    township: Phone,
    photo: Vec<u8>,
    provisions: Provisions,
    letterhead: Letterhead,
}

/// Pushes a year to the server with the demo county at `port`. Tells `progress` after each block which part of the year,
/// of 1, was pushed, and how many entries.
///
/// # Panics
/// When the server does not take something.
pub async fn push_year(port: u16, size: Size, seed: u64, mut progress: impl FnMut(f64, usize)) -> Pushed {
    let mut people = People::of_demo(port, seed).await;
    let blocks = size.facilities.div_ceil(BLOCK).max(1);
    let (mut pushed, mut number) = (Pushed::default(), 0);
    for at in 0..blocks {
        let block = size.block(at, blocks);
        let facilities = register(&mut people, number..number + block.facilities, &mut pushed).await;
        number += block.facilities;
        let hazards = visit(&mut people, &facilities, block, &mut pushed).await;
        steps::go_on(&mut people, &hazards, &mut pushed).await;
        pushed.facilities.extend(facilities.iter().map(|it| it.id).take(KEPT));
        pushed.hazards.extend(hazards.iter().map(|made| made.hazard).take(KEPT));
        progress((at + 1) as f64 / blocks as f64, pushed.entries);
    }
    pushed
}

impl People {
    async fn of_demo(port: u16, seed: u64) -> Self {
        let inspector = Phone::enrolled(port, demo::INSPECTOR, demo::PASSWORD, seed).await;
        let photo = jpeg::photo(320, 240, seed);
        inspector.upload(&photo).await.expect("the server takes the photo");
        let mut provisions = Provisions::pulled(&inspector).await;
        provisions.facilities.clear();
        let rules: RegionRules = inspector.http.get("/api/region-rules").await.json();
        let letterhead = rules.letterhead.and_then(|it| it.read().ok()).expect("the county has a letterhead");
        Self {
            supervisor: Phone::enrolled(port, demo::SUPERVISOR, demo::PASSWORD, seed + 1).await,
            township: Phone::enrolled(port, TOWNSHIP_SUPERVISOR, demo::PASSWORD, seed + 2).await,
            inspector,
            photo,
            provisions,
            letterhead,
        }
    }

    /// The two who sign documents.
    fn officers(&self) -> Vec<Officer> {
        let region = &self.inspector.account.region;
        let colleagues = self.provisions.colleagues.iter().filter(|it| it.region == *region).take(2);
        let officer = |it: &xunan_core::ledger::Colleague| Officer {
            account: it.account,
            name: it.name.clone(),
            certificate: it.certificate.number.clone(),
        };
        colleagues.map(officer).collect()
    }
}

async fn register(
    people: &mut People,
    numbers: std::ops::Range<usize>,
    pushed: &mut Pushed,
) -> Vec<Facility> {
    let mut facilities = Vec::with_capacity(numbers.len());
    let mut entries = Vec::with_capacity(numbers.len());
    for number in numbers {
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
    push(&people.supervisor, &entries, pushed).await;
    facilities
}

/// Visits institutions in turn; answers what was found.
async fn visit(
    people: &mut People,
    facilities: &[Facility],
    size: Size,
    pushed: &mut Pushed,
) -> Vec<Generated> {
    let (mut found, mut visits) = (Vec::with_capacity(size.hazards), Vec::with_capacity(size.visits));
    let (mut orders, mut issued) = (Vec::new(), Vec::new());
    for number in 0..size.visits {
        let facility = &facilities[number % facilities.len()];
        let failing = size.hazards.saturating_sub(found.len()).div_ceil(size.visits - number);
        let wish = Wish { failing, photos: &[&people.photo], profile: Profile::MajorOnly };
        let record = filled_visit(&mut people.inspector, &people.provisions, facility, wish);
        found.extend(record.content().findings.iter().map(|finding| {
            let held = finding.measures.ordered().iter().any(|measure| measure.needs_consent());
            Generated { hazard: finding.hazard, grade: finding.grade, last: if held { 4 } else { 5 } }
        }));
        if number % ORDERED_OF == 0 && !record.content().findings.is_empty() {
            orders.push((facility, lines_of(&record)));
        }
        visits.push(people.inspector.sign(&Body::VisitSigned(Box::new(record))));
    }
    for (facility, lines) in orders {
        let (entry, id) = order(people, facility, lines);
        visits.push(entry);
        issued.push(id);
    }
    push(&people.inspector, &visits, pushed).await;
    pushed.visits.extend(visits.iter().map(|entry| entry.entry().id).take(KEPT));
    pushed.documents.extend(issued.into_iter().take(KEPT));
    found
}

fn lines_of(record: &VisitRecord) -> Vec<OrderedLine> {
    let line = |finding: &xunan_core::visit::FindingRecord| OrderedLine {
        hazard: finding.hazard,
        what: "疏散通道被占用（虚构）".to_owned(),
        basis: String::new(),
        due: finding.due,
    };
    record.content().findings.iter().map(line).collect()
}

/// An order to put right what a visit found 责令限期整改指令书.
fn order(people: &mut People, facility: &Facility, lines: Vec<OrderedLine>) -> (SignedEntry, DocumentId) {
    let id = DocumentId::from_parts(now(), people.inspector.entropy());
    let drafting = Drafting { id, office: &people.letterhead, facility, on: now().date() };
    let issue = drafting.order_of(lines, people.officers());
    (people.inspector.sign(&Body::DocumentIssued(Box::new(issue))), id)
}

/// Pushes entries of one phone in order.
async fn push(phone: &Phone, entries: &[SignedEntry], pushed: &mut Pushed) {
    for batch in entries.chunks(Push::MAX_ENTRIES) {
        let answer = phone.push(&batch.iter().collect::<Vec<_>>()).await.expect("the server takes them");
        for pushed in &answer.entries {
            let Outcome::Receipted { receipt } = &pushed.outcome else { panic!("{:?}", pushed.outcome) };
            let receipt = SignedReceipt::parse(receipt).expect("a receipt");
            assert_eq!(receipt.receipt().effect, Effect::Taken, "the year does nothing without effect");
        }
        pushed.entries += batch.len();
    }
}
