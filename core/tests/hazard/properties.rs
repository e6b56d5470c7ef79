//! Five parties at one hazard, two of them offline: whatever they do, and in whatever order it arrives, what must never
//! happen does not, and nothing gets stuck.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::department::Department;
use xunan_core::hazard::{
    Answer, Assignment, Command, HazardState, Life, ListingLevel, MeasureState, RecheckOutcome, RecheckWay,
    Reviewer, Stage, Step, StepKind, TransferOutcome,
};
use xunan_core::ids::{EntryId, HazardId};
use xunan_core::ledger::{Folded, HazardCard, Row, Rows};
use xunan_core::log::{Body, Entry};
use xunan_core::problem::Problem;
use xunan_core::rules::{Grade, Measure};
use xunan_core::visit::Due;

use super::support::{
    Hazard, assignment, city_supervisor, date, department, entry_id, entry_of, folded, found, hazard_id,
    inspector, institution, maintenance, minute, other_supervisor, photo, supervisor, treatment_plan,
};

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// A party takes a step: which kind, and which of its varieties.
    Step { party: usize, kind: u8, variety: u8 },
    /// A party that was offline sends what it wrote, and fetches what others did.
    Sync { party: usize },
}

/// The kinds of command; see [`command`].
const KINDS: u8 = 24;
/// Whatever brings the hazard nearer to its end: without it, few sequences would ever close anything.
const NEXT: u8 = KINDS;
/// Parties from this one on are offline, and send only when they sync.
const OFFLINE_FROM: usize = 3;

fn parties() -> [Account; 5] {
    [supervisor(), inspector(), institution(), other_supervisor(), maintenance()]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..5_usize, 0..KINDS, any::<u8>())
            .prop_map(|(party, kind, variety)| Event::Step { party, kind, variety }),
        6 => (0..5_usize, Just(NEXT), any::<u8>())
            .prop_map(|(party, kind, variety)| Event::Step { party, kind, variety }),
        1 => (OFFLINE_FROM..5).prop_map(|party| Event::Sync { party }),
    ]
}

/// A command of a kind, about the hazard as its author knows it. Varieties are good ones and bad ones.
fn command(life: &Life, kind: u8, variety: u8) -> Command {
    let bit = |bit: u8| variety >> bit & 1 == 1;
    let reason = || if variety.is_multiple_of(8) { " ".to_owned() } else { "原因".to_owned() };
    let stale = entry_id(9_999);
    let photos = || if bit(1) { vec![photo(1000 + u128::from(variety))] } else { Vec::new() };
    let measure = if bit(2) { Measure::StopUse } else { Measure::Cordon };
    let lift_asked = life.measures.iter().find_map(|order| match &order.state {
        MeasureState::LiftAsked { mark } => Some((order.measure, mark.entry)),
        _ => None,
    });
    let answer = if bit(3) { Answer::Granted } else { Answer::Denied };
    let (mut assigned, mut submitted, mut rechecked, mut transferred) = (stale, None, stale, stale);
    match &life.stage {
        Stage::Assigned { mark } => assigned = mark.entry,
        Stage::Submitted { submission } => submitted = Some(submission.mark.entry),
        Stage::Rechecked { recheck, .. } => rechecked = recheck.mark.entry,
        Stage::Transferred { transfer } => transferred = transfer.mark.entry,
        _ => {}
    }
    match kind {
        0 => Command::Assign {
            assignment: Assignment {
                due: date(if bit(5) { "2026-12-01" } else { "2026-01-01" }),
                ..assignment()
            },
        },
        1 => Command::SignFor { assignment: assigned },
        2 => Command::Decline { assignment: assigned, reason: reason() },
        3 => Command::Plan { plan: treatment_plan() },
        4 => Command::Submit { note: String::new(), photos: photos() },
        5 => {
            let submission = if bit(4) { rechecked } else { submitted.unwrap_or(stale) };
            Command::SendBack { submission, reason: reason() }
        }
        6 | 7 => Command::Recheck {
            submission: submitted.filter(|_| bit(6)),
            way: if bit(0) { RecheckWay::OnSite } else { RecheckWay::ByPhotos },
            outcome: if kind == 6 || bit(5) { RecheckOutcome::Fixed } else { RecheckOutcome::NotFixed },
            note: reason(),
            photos: photos(),
            second: bit(7).then(|| {
                let who = &parties()[usize::from(variety % 5)];
                Reviewer { account: who.id, name: who.name.clone() }
            }),
        },
        8 => Command::Close { recheck: rechecked, note: String::new() },
        9 => Command::AskExtension { until: date("2026-12-20"), reason: reason() },
        10 => Command::AnswerExtension {
            ask: life.extension.as_ref().map_or(stale, |wish| wish.mark.entry),
            answer,
            reason: reason(),
        },
        11 => Command::Escalate { reason: reason() },
        12 => Command::List { level: ListingLevel::County, reason: reason() },
        13 => {
            let listing = life.listing.as_ref().map_or(stale, |listing| listing.mark.entry);
            Command::Delist { listing, reason: reason() }
        }
        14 => Command::OrderMeasure { measure, reason: reason() },
        15 => Command::CarryOut { measure, note: String::new(), photos: photos() },
        16 => Command::AskLift { measure, reason: reason() },
        17 => {
            let (measure, ask) = lift_asked.unwrap_or((measure, stale));
            Command::AnswerLift { measure, ask, answer, reason: reason() }
        }
        18 => Command::Lift { measure },
        19 => Command::Transfer { to: Department::FireRescue, reason: reason() },
        20 => Command::ReturnTransfer {
            transfer: transferred,
            outcome: if bit(4) { TransferOutcome::Handled } else { TransferOutcome::NotCompetent },
            reply: reason(),
            photos: photos(),
        },
        21 if bit(4) => Command::Duplicate { of: hazard_id(2) },
        21 => Command::NotEstablished { reason: reason() },
        22 => Command::Reopen { reason: reason(), photos: photos() },
        NEXT => next(life, variety),
        _ => Command::Remark { text: reason() },
    }
}

/// The next step on the way to the end, as a party that wants it there would take it.
fn next(life: &Life, variety: u8) -> Command {
    let reason = || "原因".to_owned();
    let photos = || vec![photo(2000 + u128::from(variety))];
    if let Some(wish) = &life.extension
        && variety.is_multiple_of(3)
    {
        return Command::AnswerExtension { ask: wish.mark.entry, answer: Answer::Granted, reason: reason() };
    }
    match &life.stage {
        Stage::Found if life.plan.is_none() && variety.is_multiple_of(2) => {
            Command::Plan { plan: treatment_plan() }
        }
        Stage::Found | Stage::Rectifying { .. } => Command::Submit { note: String::new(), photos: photos() },
        Stage::Assigned { mark } => Command::SignFor { assignment: mark.entry },
        Stage::Submitted { submission } => Command::Recheck {
            submission: Some(submission.mark.entry),
            way: RecheckWay::OnSite,
            outcome: RecheckOutcome::Fixed,
            note: String::new(),
            photos: photos(),
            second: None,
        },
        Stage::Rechecked { recheck, .. } => {
            let in_force =
                life.measures.iter().find(|it| it.measure.needs_consent() && !it.state.is_settled());
            match (in_force, &life.listing) {
                (Some(order), _) => match &order.state {
                    MeasureState::LiftAsked { mark } => Command::AnswerLift {
                        measure: order.measure,
                        ask: mark.entry,
                        answer: Answer::Granted,
                        reason: reason(),
                    },
                    _ => Command::AskLift { measure: order.measure, reason: reason() },
                },
                (None, Some(listing)) => Command::Delist { listing: listing.mark.entry, reason: reason() },
                (None, None) => Command::Close { recheck: recheck.mark.entry, note: String::new() },
            }
        }
        Stage::Transferred { transfer } => Command::ReturnTransfer {
            transfer: transfer.mark.entry,
            outcome: TransferOutcome::Handled,
            reply: reason(),
            photos: photos(),
        },
        Stage::Closed { .. } | Stage::NotEstablished { .. } | Stage::Duplicate { .. } => {
            Command::Reopen { reason: reason(), photos: Vec::new() }
        }
    }
}

/// An entry in the order of the ledger, as it came.
#[derive(Clone)]
struct Received {
    entry: Entry,
    body: Body,
    actor: Account,
    at: Instant,
}

fn fold_into(rows: &mut Rows, received: &Received) -> Result<(), Problem> {
    match folded(rows, &received.entry, &received.body, &received.actor, received.at) {
        Folded::Takes(changed) => {
            assert!(!changed.is_empty());
            changed.into_iter().for_each(|row| rows.apply(row));
            Ok(())
        }
        Folded::Without(problem) => Err(problem),
    }
}

/// The server: rows, and the entries of which they are a fold.
struct Ledger {
    first: Rows,
    rows: Rows,
    entries: Vec<Received>,
    taken: Vec<usize>,
    visited: BTreeSet<HazardState>,
}

impl Ledger {
    fn card(&self) -> &HazardCard {
        self.rows.hazard(hazard_id(1)).unwrap()
    }

    /// Takes an entry in, and looks at what must hold after each.
    fn take(&mut self, received: Received) {
        let before = self.rows.clone();
        let story = life_of(&self.rows).story;
        let outcome = fold_into(&mut self.rows, &received);
        self.entries.push(received);
        match outcome {
            Ok(()) => self.taken.push(self.entries.len() - 1),
            Err(Problem::StepRefused { .. } | Problem::NotAllowed | Problem::RecordInconsistent { .. }) => {
                assert_eq!(self.rows, before, "a refused step changed something");
            }
            Err(other) => panic!("{other:?}"),
        }
        let life = life_of(&self.rows);
        assert_eq!(life.story[..story.len()], story, "the story only grows");
        self.visited.insert(self.card().state);
        check_card(self.card(), &life);
        check_closing(self.card(), &life);
        assert_eq!(self.open_by_recount(), open(&self.rows));
    }

    /// The open list, counted again from the commands that took effect.
    fn open_by_recount(&self) -> Vec<HazardId> {
        let mut is_open = true;
        for at in &self.taken {
            let Body::HazardStep(step) = &self.entries[*at].body else { continue };
            match step.command {
                Command::Close { .. } | Command::NotEstablished { .. } | Command::Duplicate { .. } => {
                    is_open = false
                }
                Command::Reopen { .. } => is_open = true,
                _ => {}
            }
        }
        let mut open: Vec<_> = [(1, is_open), (2, true), (3, true)]
            .into_iter()
            .filter(|(_, is_open)| *is_open)
            .map(|(number, _)| hazard_id(number))
            .collect();
        open.sort_unstable();
        open
    }
}

fn life_of(rows: &Rows) -> Life {
    rows.hazard(hazard_id(1)).unwrap().life.read().unwrap()
}

fn open(rows: &Rows) -> Vec<HazardId> {
    let mut open: Vec<_> = rows.open_hazards().into_iter().map(|card| card.id).collect();
    open.sort_unstable();
    open
}

/// What the card says in short is what its life says at length.
fn check_card(card: &HazardCard, life: &Life) {
    assert_eq!(card.state, life.stage.state());
    assert_eq!(card.involved, life.involved());
    if let (Some(assignment), Due::By(due)) = (&life.assignment, card.due) {
        assert_eq!(assignment.due, due);
    }
    let at_work = matches!(card.state, HazardState::Found | HazardState::Assigned | HazardState::Rectifying);
    assert!(life.extension.is_none() || at_work, "more time for what nobody is at");
    assert!(life.listing.is_none() || card.state.is_open(), "listed, and off the list");
}

/// A closed hazard was re-checked with photos by somebody who did not put it right; a major one was closed by a second
/// person; nobody is kept away, and it is not listed.
fn check_closing(card: &HazardCard, life: &Life) {
    if card.state != HazardState::Closed {
        return;
    }
    let closing = life.story.iter().rposition(|line| line.kind == StepKind::Closed).unwrap();
    let opened = life.story[..closing].iter().rposition(|line| line.kind == StepKind::Reopened).unwrap_or(0);
    let round = &life.story[opened..=closing];
    let last = |wanted: &[StepKind]| round.iter().rev().find(|line| wanted.contains(&line.kind));
    let closer = last(&[StepKind::Closed]).unwrap();
    let recheck = last(&[StepKind::RecheckedFixed]).unwrap();
    let submitted = last(&[StepKind::Submitted, StepKind::TransferHandled]);
    let shown = !recheck.photos.is_empty() || submitted.is_some_and(|line| !line.photos.is_empty());
    assert!(shown, "closed on no photo");
    if let Some(submitted) = submitted {
        assert_ne!(submitted.mark.account, recheck.mark.account, "re-checked by the rectifier");
        assert_ne!(submitted.mark.account, closer.mark.account, "closed by the rectifier");
    }
    if card.grade == Grade::Major {
        assert_ne!(recheck.mark.account, closer.mark.account, "a major hazard closed by one person");
        assert!(!recheck.photos.is_empty(), "a major hazard that nobody saw on site");
    }
    let in_force = life.measures.iter().find(|it| it.measure.needs_consent() && !it.state.is_settled());
    // What somebody ordered before stays settled; nothing can be ordered of a closed one.
    assert_eq!(in_force, None, "closed while people are kept away");
    assert_eq!(life.listing, None, "closed while listed");
}

/// Somebody's phone: the rows that it pulled, and what it wrote and has not sent.
struct Phone {
    actor: Account,
    pulled: Rows,
    rows: Rows,
    unsent: Vec<Received>,
}

impl Phone {
    /// What the server gives travels as JSON.
    fn pull(&mut self, server: &Rows) {
        let all =
            [1, 2, 3].map(|number| Row::Hazard(Box::new(server.hazard(hazard_id(number)).unwrap().clone())));
        let json = serde_json::to_string(&all).unwrap();
        self.pulled = serde_json::from_str::<Vec<Row>>(&json).unwrap().into_iter().collect();
        self.rows = self.pulled.clone();
        assert_eq!(&self.pulled, server);
    }

    fn write(&mut self, number: u128, kind: u8, variety: u8, at: Instant) {
        let command = command(&life_of(&self.rows), kind, variety);
        let body = Body::HazardStep(Box::new(Step { hazard: hazard_id(1), command }));
        let entry = entry_of(entry_id(10_000 + number), at, &self.actor, &body);
        let written = Received { entry, body, actor: self.actor.clone(), at };
        // The page shows the step as the phone's own fold has it, or why it has no effect. It is written all the same:
        // whatever an older or a changed app sends, the server has the last word.
        let _ = fold_into(&mut self.rows, &written);
        self.unsent.push(written);
    }

    /// Sends what it wrote, in its order.
    fn send(&mut self, ledger: &mut Ledger) {
        for written in self.unsent.drain(..) {
            ledger.take(written);
        }
        let server = ledger.rows.clone();
        self.pull(&server);
    }
}

/// Lets everything happen; answers the ledger.
fn happen(grade: Grade, events: &[Event]) -> Ledger {
    let cards = [
        found(1, 1, grade, &[Measure::StopUse, Measure::PostWatch]),
        found(2, 1, Grade::General, &[]),
        found(3, 2, Grade::General, &[]),
    ];
    let rows: Rows = cards.into_iter().map(|card| Row::Hazard(Box::new(card))).collect();
    let mut ledger = Ledger {
        first: rows.clone(),
        rows: rows.clone(),
        entries: Vec::new(),
        taken: Vec::new(),
        visited: BTreeSet::new(),
    };
    let mut phones =
        parties().map(|actor| Phone { actor, pulled: rows.clone(), rows: rows.clone(), unsent: Vec::new() });
    for (number, event) in (0_u128..).zip(events) {
        let at = minute(10 + i64::try_from(number).unwrap());
        match *event {
            Event::Step { party, kind, variety } => {
                let phone = &mut phones[party];
                let online = party < OFFLINE_FROM;
                if online {
                    phone.pull(&ledger.rows);
                }
                phone.write(number, kind, variety, at);
                if online {
                    // Whoever had all rows folds the step as the server does.
                    let own = phone.rows.clone();
                    phone.send(&mut ledger);
                    assert_eq!(own, ledger.rows, "the phone's own fold and the server's differ");
                }
            }
            Event::Sync { party } => phones[party].send(&mut ledger),
        }
    }
    for phone in &mut phones[OFFLINE_FROM..] {
        phone.send(&mut ledger);
    }
    ledger
}

/// The shortest way to the end from wherever it stands, by people who were not there before.
fn finish(rows: Rows) -> HazardState {
    let mut hazard = Hazard { rows, minutes: 5_000 };
    let mut number = 50_000;
    let mut step = |hazard: &mut Hazard, actor: &Account, command: Command| -> EntryId {
        number += 1;
        hazard.must(entry_id(number), actor, command);
        entry_id(number)
    };
    let reason = || "原因".to_owned();
    let (office, unit) = (city_supervisor(), institution());
    if let Stage::Transferred { transfer } = hazard.life().stage {
        let (transfer, outcome) = (transfer.mark.entry, TransferOutcome::NotCompetent);
        let back = Command::ReturnTransfer { transfer, outcome, reply: reason(), photos: Vec::new() };
        step(&mut hazard, &department(), back);
    }
    if matches!(hazard.card().state, HazardState::Found | HazardState::Assigned | HazardState::Rectifying) {
        if hazard.card().grade == Grade::Major {
            step(&mut hazard, &unit, Command::Plan { plan: treatment_plan() });
        }
        step(&mut hazard, &unit, Command::Submit { note: String::new(), photos: vec![photo(7_001)] });
    }
    if let Stage::Submitted { submission } = hazard.life().stage {
        let look = super::support::recheck(Some(submission.mark.entry), RecheckOutcome::Fixed);
        step(&mut hazard, &inspector(), look);
    }
    let Stage::Rechecked { recheck, .. } = hazard.life().stage else { return hazard.card().state };
    for order in hazard.life().measures {
        let measure = order.measure;
        if !measure.needs_consent() || order.state.is_settled() {
            continue;
        }
        let ask = match order.state {
            MeasureState::LiftAsked { mark } => mark.entry,
            _ => step(&mut hazard, &unit, Command::AskLift { measure, reason: reason() }),
        };
        let answer = Answer::Granted;
        step(&mut hazard, &office, Command::AnswerLift { measure, ask, answer, reason: reason() });
    }
    if let Some(listing) = hazard.life().listing {
        let listing = listing.mark.entry;
        step(&mut hazard, &office, Command::Delist { listing, reason: reason() });
    }
    step(&mut hazard, &office, Command::Close { recheck: recheck.mark.entry, note: String::new() });
    hazard.card().state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_five_parties_do_the_invariants_hold_and_the_loop_can_be_finished(
        major in any::<bool>(),
        events in prop::collection::vec(event(), 1..70),
    ) {
        let ledger = happen(if major { Grade::Major } else { Grade::General }, &events);
        let open = ledger.card().state.is_open();
        let finished = finish(ledger.rows.clone());
        prop_assert_eq!(finished == HazardState::Closed, open || ledger.card().state == HazardState::Closed);
        // The same entries in the same order give the same rows, to the letter.
        for _ in 0..2 {
            let mut again = ledger.first.clone();
            for received in &ledger.entries {
                let _ = fold_into(&mut again, received);
            }
            prop_assert_eq!(&again, &ledger.rows);
        }
    }
}

#[test]
fn the_events_of_the_property_reach_every_state_and_every_kind_of_step() {
    // A property that never closes anything says nothing about closing.
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = prop::collection::vec(event(), 1..70);
    let (mut states, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..150 {
        let events = strategy.new_tree(&mut runner).unwrap().current();
        let ledger = happen(if round % 2 == 0 { Grade::Major } else { Grade::General }, &events);
        states.extend(ledger.visited.iter().copied());
        kinds.extend(life_of(&ledger.rows).story.iter().map(|line| line.kind));
    }
    assert_eq!(states.into_iter().collect::<Vec<_>>(), HazardState::ALL);
    for kind in [
        StepKind::Closed,
        StepKind::Reopened,
        StepKind::LiftConsented,
        StepKind::ExtensionGranted,
        StepKind::Delisted,
        StepKind::TransferHandled,
        StepKind::RecheckedNotFixed,
        StepKind::SentBack,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} never happened");
    }
}
