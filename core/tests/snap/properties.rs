//! Whatever reporter, offices and neighbours do with a report, and in whatever order, what must never happen does not.

use proptest::prelude::*;
use xunan_core::calendar::Calendar;
use xunan_core::ids::EntryId;
use xunan_core::snap::{Command, PublicCard, SnapState, Stage, StepKind, TermsTable};

use super::support::{
    Became, Ledger, OFFICE_STEPS, REPORTER_STEPS, citizens, entry_id, everybody, supervisor,
};

/// The same command, about an entry that does not stand.
fn stale(command: Command, entry: EntryId) -> Command {
    match command {
        Command::DealWith { words, .. } => Command::DealWith { after: entry, words },
        Command::Answer { words, .. } => Command::Answer { after: entry, words },
        Command::Rate { satisfaction, .. } => Command::Rate { answer: entry, satisfaction },
        Command::NotFixed { words, photos, .. } => Command::NotFixed { answer: entry, words, photos },
        Command::Publish { notice, .. } => Command::Publish { after: entry, notice },
        Command::ShowPhoto { photo, .. } => Command::ShowPhoto { publication: entry, photo },
        Command::Withdraw { words, .. } => Command::Withdraw { publication: entry, words },
        other => other,
    }
}

/// Nothing is public that no office published, and what is public tells neither the reporter's words nor anybody's name.
fn check_public(ledger: &Ledger) {
    let card = ledger.card();
    let Some(public) = PublicCard::of(card.id(), card.division(), &card.life) else {
        assert_eq!(card.life.publication, None);
        return;
    };
    let state = ledger.state();
    let never = [SnapState::Received, SnapState::NotAccepted, SnapState::Duplicate];
    assert!(!never.contains(&state), "{state:?}");
    assert!(public.notice.result.is_empty() || state == SnapState::Answered);
    let json = serde_json::to_string(&public).unwrap();
    let named: Vec<&str> = card.life.story.iter().map(|line| line.mark.name.as_str()).collect();
    for hidden in
        [card.report.words.as_str(), "门还锁着", "已到现场核实", &card.facility_name].into_iter().chain(named)
    {
        assert!(hidden.is_empty() || !json.contains(hidden), "{hidden} in {json}");
    }
}

fn check(before: &Ledger, after: &Ledger, became: &Became) {
    let (old, new) = (before.card(), after.card());
    assert_eq!(new.report, old.report, "a report is never changed");
    if !matches!(became, Became::Done(_)) {
        assert_eq!(new, old);
        return;
    }
    assert_eq!(new.life.story.len(), old.life.story.len() + 1, "each step is told");
    assert_eq!(new.life.story[..old.life.story.len()], old.life.story[..], "and nothing is taken back");
    let told = |kind| new.life.story.iter().any(|line| line.kind == kind);
    match &new.life.stage {
        Stage::Answered { .. } => {
            assert!(told(StepKind::DealtWith), "nothing is answered before it is dealt with")
        }
        // Accepted by the office, or opened again by the reporter.
        Stage::Hazard { .. } => {
            assert!(told(StepKind::Accepted) || told(StepKind::NotFixed));
            assert!(after.hazard().is_some());
        }
        _ => {}
    }
    check_public(after);
    for line in &new.life.story {
        let of_the_reporter = matches!(line.kind, StepKind::Received | StepKind::Rated | StepKind::NotFixed);
        assert_eq!(line.mark.is_named(), !of_the_reporter, "the office is named, the reporter never");
    }
    let due = new.life.deadline(new.division(), &TermsTable::shipped(), &Calendar::shipped());
    assert_eq!(due.is_some(), after.state().is_open(), "who owes something owes it until a day");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_anybody_does_the_story_is_whole_and_the_reporter_unknown(
        events in prop::collection::vec((0..OFFICE_STEPS.len() + REPORTER_STEPS.len(), 0..16_usize, any::<bool>()), 1..40)
    ) {
        let people = everybody();
        let mut ledger = Ledger::received();
        for (step, who, is_stale) in events {
            // Mostly those who may: else few sequences would come anywhere.
            let (step, fallback) = match OFFICE_STEPS.get(step) {
                Some(step) => (step, supervisor()),
                None => (&REPORTER_STEPS[step - OFFICE_STEPS.len()], citizens()),
            };
            let actor = people.get(who).map_or(fallback, |(_, account)| account.clone());
            let mut command = ledger.command(step);
            if is_stale {
                command = stale(command, entry_id(9_999));
            }
            let before = ledger.clone();
            let became = ledger.take(&actor, command);
            check(&before, &ledger, &became);
            if ledger.state() == SnapState::Hazard && who.is_multiple_of(3) {
                ledger.hazard_is(xunan_core::hazard::HazardState::Closed);
            }
        }
    }
}
