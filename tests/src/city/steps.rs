//! What becomes of a year's hazards: some stay where they are, most go through the whole loop.

use xunan_core::clock::Date;
use xunan_core::evidence::PhotoManifest;
use xunan_core::facility::Party;
use xunan_core::hazard::{Assignment, Command, RecheckOutcome, RecheckWay, Step, TreatmentPlan};
use xunan_core::ids::{EntryId, HazardId, PhotoId};
use xunan_core::log::{Body, SignedEntry};
use xunan_core::rules::Grade;
use xunan_core::unit::{Unit, UnitKind};

use super::{Generated, People, Pushed, push};
use crate::phone::{Phone, now};

/// Hazards that take a stage together.
const AT_ONCE: usize = 1000;

/// How far a hazard goes: 0 stays found, 1 is assigned, 2 signed for, 3 submitted, 4 re-checked, 5 closed.
const fn how_far(at: usize) -> u8 {
    [1, 2, 3, 4, 5, 5, 5, 0][at % 8]
}

/// Takes hazards through the loop, some at a time. Each phone signs and pushes one stage after the other: its entries are a
/// chain.
pub(super) async fn go_on(people: &mut People, hazards: &[Generated], pushed: &mut Pushed) {
    let due = now().date().plus_days(30);
    for chunk in hazards.chunks(AT_ONCE) {
        let going = chunk.iter().enumerate().map(|(at, made)| (made, how_far(at).min(made.last)));
        let going = going.filter(|(_, far)| *far >= 1);
        let (mut entries, mut assigned) = (Vec::new(), Vec::new());
        for (made, far) in going {
            let entry =
                step(&mut people.supervisor, made.hazard, Command::Assign { assignment: assignment(due) });
            assigned.push((*made, entry.entry().id, far));
            entries.push(entry);
        }
        push(&people.supervisor, &entries, pushed).await;
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
        push(&people.inspector, &checks, pushed).await;
        let mut closed = Vec::new();
        for (hazard, recheck, _) in to_close.into_iter().filter(|(.., far)| *far >= 5) {
            closed.push(step(
                &mut people.supervisor,
                hazard,
                Command::Close { recheck, note: String::new() },
            ));
        }
        push(&people.supervisor, &closed, pushed).await;
    }
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
    push(&people.township, &entries, pushed).await;
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
