//! Rewards: when each step may be taken and by whom, and what never happens whatever anybody does.

use proptest::prelude::*;
use xunan_core::access::{Account, Role};
use xunan_core::clock::Date;
use xunan_core::facility::FacilityType;
use xunan_core::ids::EntryId;
use xunan_core::log::SnapBody;
use xunan_core::problem::{Problem, StepRefusal as Refusal};
use xunan_core::reward::{Reward, RewardCommand, RewardState, RewardStepKind, Yuan};
use xunan_core::rules::Grade;
use xunan_core::snap::{Command, NewHazard, Offer, SnapState, Step};

use super::offers::offers;
use super::support::{
    Became, Ledger, account_id, citizens, entry_id, everybody, new_hazard, reward_officer, snap_id, start,
    supervisor,
};

/// All, by their names in the tables, with whose they are.
const STEPS: [(&str, Part); 8] = [
    ("propose", Part::Office),
    ("approve", Part::Officer),
    ("not approve", Part::Officer),
    ("claim", Part::Reporter),
    ("open claim", Part::Officer),
    ("order payout", Part::Officer),
    ("paid out", Part::Officer),
    ("payout failed", Part::Officer),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Office,
    Officer,
    Reporter,
}

/// A letter is the state after the step: **P**roposed, **N**ot approved, **A**pproved, **C**laimed, **O**rdered, pai**D**; `_` is
/// none yet. `-` is `not_now`.
const WHEN: &str = "
               _ P N A C O D
propose        P - P - - - -
approve        - A - - - - -
not approve    - N - - - - -
claim          - - - C - - -
open claim     - - - - C O -
order payout   - - - - O - -
paid out       - - - - - D -
payout failed  - - - - - A -
";

const STATES: [(char, Option<RewardState>, &[&str]); 7] = [
    ('_', None, &[]),
    ('P', Some(RewardState::Proposed), &["propose"]),
    ('N', Some(RewardState::NotApproved), &["propose", "not approve"]),
    ('A', Some(RewardState::Approved), &["propose", "approve"]),
    ('C', Some(RewardState::Claimed), &["propose", "approve", "claim"]),
    ('O', Some(RewardState::Ordered), &["propose", "approve", "claim", "order payout"]),
    ('D', Some(RewardState::Paid), &["propose", "approve", "claim", "order payout", "paid out"]),
];

fn yuan(yuan: u32) -> Yuan {
    Yuan::of(yuan).unwrap()
}

fn in_time() -> Date {
    start().date().plus_days(30)
}

fn reward(ledger: &Ledger) -> Option<&Reward> {
    ledger.card().life.reward.as_ref()
}

fn state(ledger: &Ledger) -> Option<RewardState> {
    reward(ledger).map(|reward| reward.stage.state())
}

/// A command that its guard lets through in the state for which it is made.
fn command(ledger: &Ledger, step: &str) -> RewardCommand {
    let stands = reward(ledger).map_or(entry_id(9_997), |reward| reward.stage.mark().entry);
    let words = || "经核实属实".to_owned();
    match step {
        "propose" => {
            RewardCommand::Propose { after: ledger.standing_entry(), amount: yuan(300), words: words() }
        }
        "approve" => RewardCommand::Approve { proposal: stands, claim_by: in_time() },
        "not approve" => RewardCommand::NotApprove { proposal: stands, words: words() },
        "claim" => RewardCommand::Claim { approval: stands },
        "open claim" => RewardCommand::OpenClaim { of: stands, words: "核对身份".to_owned() },
        "order payout" => RewardCommand::OrderPayout { claim: stands, batch: "20261129-1".parse().unwrap() },
        "paid out" => RewardCommand::PaidOut { order: stands, receipt: "PZ-0001".to_owned() },
        "payout failed" => {
            RewardCommand::PayoutFailed {
                order: stands, words: "账号有误".to_owned(), claim_by: in_time()
            }
        }
        other => panic!("{other}"),
    }
}

fn whose(step: &str) -> Account {
    let (_, part) = STEPS.into_iter().find(|(name, _)| *name == step).unwrap();
    match part {
        Part::Office => supervisor(),
        Part::Officer => reward_officer(),
        Part::Reporter => citizens(),
    }
}

fn take(ledger: &mut Ledger, step: &str) -> Became {
    let command = command(ledger, step);
    ledger.take(&whose(step), Command::Reward(command))
}

/// An answered report whose reward was brought so far.
fn rewarded(steps: &[&str]) -> Ledger {
    let mut ledger = Ledger::standing_at(SnapState::Answered);
    for step in steps {
        assert_eq!(take(&mut ledger, step), Became::Done(SnapState::Answered), "{step}");
    }
    ledger
}

#[test]
fn each_step_in_each_state_by_each_person_does_what_the_table_says() {
    let mut tried = 0;
    for line in WHEN.lines().skip(2) {
        let (step, cells) = line.split_at(15);
        let step = step.trim();
        let (_, part) = STEPS.into_iter().find(|(name, _)| *name == step).unwrap();
        for ((_, before, steps), cell) in STATES.into_iter().zip(cells.split_whitespace()) {
            let ledger = rewarded(steps);
            assert_eq!(state(&ledger), before);
            for (who, actor) in everybody() {
                let sees = ["county", "city", "township"].map(|it| format!("{it} supervisor"));
                let is_supervisor = sees.iter().any(|it| it == who);
                let may = match part {
                    Part::Office => is_supervisor,
                    Part::Officer => who == "reward officer",
                    Part::Reporter => who == "citizens",
                };
                let is_seen = is_supervisor || who == "reward officer" || part == Part::Reporter;
                let after = STATES.into_iter().find(|(letter, ..)| cell.starts_with(*letter));
                let expected = match after {
                    _ if !is_seen => Became::Unseen,
                    _ if !may => Became::NotAllowed,
                    None => Became::Refused(Refusal::NotNow),
                    Some(_) => Became::Done(SnapState::Answered),
                };
                let mut tried_on = ledger.clone();
                let became = tried_on.take(&actor, Command::Reward(command(&ledger, step)));
                assert_eq!(became, expected, "{step} by {who} after {steps:?}");
                match (&became, after) {
                    (Became::Done(_), Some((_, after, _))) => assert_eq!(state(&tried_on), after, "{step}"),
                    _ => assert_eq!(tried_on.card(), ledger.card(), "a refused step changes nothing"),
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 8 * 7 * 13);
}

#[test]
fn what_is_offered_is_what_would_be_taken_and_what_waits_for_money_comes_first() {
    for (_, _, steps) in STATES {
        let ledger = rewarded(steps);
        for (who, actor) in everybody() {
            let mut offered: Vec<&str> = offers(&ledger, &actor).all().filter_map(name).collect();
            offered.sort_unstable();
            let mut taken: Vec<&str> = STEPS
                .into_iter()
                .filter(|(_, part)| *part != Part::Reporter)
                .map(|(step, _)| step)
                .filter(|step| {
                    let command = Command::Reward(command(&ledger, step));
                    matches!(ledger.clone().take(&actor, command), Became::Done(_))
                })
                .collect();
            taken.sort_unstable();
            assert_eq!(offered, taken, "{who} after {steps:?}");
        }
        let next = offers(&ledger, &reward_officer()).next.and_then(name);
        let expected = match state(&ledger) {
            Some(RewardState::Claimed) => Some("order payout"),
            Some(RewardState::Ordered) => Some("paid out"),
            _ => None,
        };
        assert_eq!(next, expected, "{steps:?}");
    }
}

fn name(offer: Offer) -> Option<&'static str> {
    use xunan_core::reward::RewardOffer;
    let Offer::Reward(offer) = offer else { return None };
    Some(match offer {
        RewardOffer::Propose { .. } => "propose",
        RewardOffer::Approve { .. } => "approve",
        RewardOffer::NotApprove { .. } => "not approve",
        RewardOffer::OpenClaim { .. } => "open claim",
        RewardOffer::OrderPayout { .. } => "order payout",
        RewardOffer::PaidOut { .. } => "paid out",
        RewardOffer::PayoutFailed { .. } => "payout failed",
    })
}

#[test]
fn only_what_was_found_true_and_is_the_first_of_its_matter_is_rewarded() {
    for (_, snap) in super::table::STATES {
        let mut ledger = Ledger::standing_at(snap);
        let proven = matches!(snap, SnapState::Hazard | SnapState::DealtWith | SnapState::Answered);
        let expected = if proven { Became::Done(snap) } else { Became::Refused(Refusal::NotNow) };
        assert_eq!(take(&mut ledger, "propose"), expected, "{snap:?}");
    }
    let mut opened_again = rewarded(&["propose", "approve"]);
    let not_fixed = opened_again.command("not fixed");
    assert_eq!(opened_again.take(&citizens(), not_fixed), Became::Done(SnapState::Accepted));
    let duplicate = opened_again.command("duplicate");
    assert_eq!(opened_again.take(&supervisor(), duplicate), Became::Refused(Refusal::NotADuplicate));
    assert_eq!(take(&mut opened_again, "claim"), Became::Done(SnapState::Accepted), "it stays approved");
}

#[test]
fn what_was_only_proposed_falls_with_the_report_that_is_opened_again() {
    let mut ledger = rewarded(&["propose"]);
    let not_fixed = ledger.command("not fixed");
    assert_eq!(ledger.take(&citizens(), not_fixed), Became::Done(SnapState::Accepted));
    assert_eq!(take(&mut ledger, "approve"), Became::Refused(Refusal::NotNow));
    let duplicate = ledger.command("duplicate");
    assert_eq!(ledger.clone().take(&supervisor(), duplicate), Became::Done(SnapState::Duplicate));
    assert_eq!(take(&mut ledger, "not approve"), Became::Done(SnapState::Accepted));
}

#[test]
fn the_amount_is_bounded_by_the_grade_of_the_hazard() {
    for (grade, amount, expected) in [
        (None, 500, Ok(())),
        (None, 501, Err(Refusal::AmountTooHigh)),
        (Some(Grade::General), 500, Ok(())),
        (Some(Grade::General), 501, Err(Refusal::AmountTooHigh)),
        (Some(Grade::Major), 3000, Ok(())),
        (Some(Grade::Major), 3001, Err(Refusal::AmountTooHigh)),
    ] {
        let mut ledger = Ledger::received_at(FacilityType::ElderlyCare);
        let accept = ledger.command("accept");
        assert_eq!(ledger.take(&supervisor(), accept), Became::Done(SnapState::Accepted));
        let next = match grade {
            Some(grade) => Command::TurnIntoHazard { hazard: NewHazard { grade, ..new_hazard() } },
            None => ledger.command("deal with"),
        };
        let Became::Done(stands) = ledger.take(&supervisor(), next) else { panic!("not done") };
        let after = ledger.standing_entry();
        let propose =
            RewardCommand::Propose { after, amount: yuan(amount), words: "经核实属实".to_owned() };
        let became = ledger.take(&supervisor(), Command::Reward(propose));
        let expected = expected.map_or_else(Became::Refused, |()| Became::Done(stands));
        assert_eq!(became, expected, "{grade:?} {amount}");
    }
    for text in ["0", "300001", "-5", "5.5", "", " 5", "+5", "1e3", "９"] {
        assert!(text.parse::<Yuan>().is_err(), "{text}");
    }
    assert_eq!("300".parse(), Ok(yuan(300)));
}

#[test]
fn who_proposed_does_not_approve() {
    let mut ledger = rewarded(&["propose"]);
    let promoted = Account { role: Role::RewardOfficer, ..supervisor() };
    let approve = Command::Reward(command(&ledger, "approve"));
    assert_eq!(ledger.take(&promoted, approve.clone()), Became::Refused(Refusal::ApproverIsProposer));
    assert_eq!(ledger.take(&reward_officer(), approve), Became::Done(SnapState::Answered));
}

/// By the day on which the ledger has the claim.
#[test]
fn a_reward_is_claimed_in_time_or_lapses() {
    let approved = rewarded(&["propose", "approve"]);
    let body = SnapBody::Stepped(Box::new(Step {
        snap: snap_id(1),
        command: Command::Reward(command(&approved, "claim")),
    }));
    let late = Problem::StepRefused { why: Refusal::ClaimTooLate };
    for (day, expected) in [(in_time(), Ok(SnapState::Answered)), (in_time().plus_days(1), Err(late))] {
        let mut ledger = approved.clone();
        assert_eq!(reward(&ledger).unwrap().is_claimable(day), expected.is_ok());
        assert_eq!(ledger.fold(&citizens(), &body, Some(day.begins())), expected, "{day}");
    }
    for (days, expected) in [(8, false), (9, true), (366, true), (367, false)] {
        let mut ledger = rewarded(&["propose"]);
        let RewardCommand::Approve { proposal, .. } = command(&ledger, "approve") else { unreachable!() };
        let approve = RewardCommand::Approve { proposal, claim_by: start().date().plus_days(days) };
        let became = ledger.take(&reward_officer(), Command::Reward(approve));
        let refused = Became::Refused(Refusal::ClaimTime);
        assert_eq!(became, if expected { Became::Done(SnapState::Answered) } else { refused }, "{days}");
    }
}

#[test]
fn who_claims_is_read_by_an_officer_who_signed_for_it_since_the_claim_and_by_nobody_else() {
    let readers = |ledger: &Ledger| -> Vec<&str> {
        let reads = |who: &&(&str, Account)| reward(ledger).unwrap().may_read_claimant(&who.1);
        everybody().iter().filter(reads).map(|(who, _)| *who).collect()
    };
    let mut ledger = rewarded(&["propose", "approve", "claim"]);
    assert!(readers(&ledger).is_empty(), "an approval is no reading");
    take(&mut ledger, "open claim");
    assert_eq!(readers(&ledger), ["reward officer"]);
    take(&mut ledger, "order payout");
    take(&mut ledger, "payout failed");
    assert!(readers(&ledger).is_empty(), "the claim is over");
    take(&mut ledger, "claim");
    assert!(readers(&ledger).is_empty(), "it was the other claim that was opened");
    take(&mut ledger, "order payout");
    assert_eq!(readers(&ledger), ["reward officer"]);
    take(&mut ledger, "paid out");
    assert!(readers(&ledger).is_empty(), "there is nothing to pay any more");
}

#[test]
fn what_became_of_a_payout_is_for_the_officer_who_ordered_it_or_took_it_over() {
    let other = Account { id: account_id(77), ..reward_officer() };
    let mut ledger = rewarded(&["propose", "approve", "claim"]);
    let open = |ledger: &Ledger| Command::Reward(command(ledger, "open claim"));
    let looked = open(&ledger);
    assert_eq!(ledger.take(&other, looked), Became::Done(SnapState::Answered));
    take(&mut ledger, "order payout");
    let pays = |ledger: &Ledger, who: &Account| reward(ledger).unwrap().is_paid_by(who.id);
    assert!(
        pays(&ledger, &reward_officer()) && !pays(&ledger, &other),
        "a look of before takes nothing over"
    );
    for step in ["paid out", "payout failed"] {
        let command = Command::Reward(command(&ledger, step));
        assert_eq!(ledger.clone().take(&other, command), Became::Refused(Refusal::NotThePayer), "{step}");
    }
    let taken_over = open(&ledger);
    assert_eq!(ledger.take(&other, taken_over), Became::Done(SnapState::Answered));
    assert!(pays(&ledger, &other));
    let paid = Command::Reward(command(&ledger, "paid out"));
    assert_eq!(ledger.take(&other, paid), Became::Done(SnapState::Answered));
}

/// The same command, about an entry that does not stand.
fn stale(command: RewardCommand, entry: EntryId) -> RewardCommand {
    match command {
        RewardCommand::Propose { amount, words, .. } => {
            RewardCommand::Propose { after: entry, amount, words }
        }
        RewardCommand::Approve { claim_by, .. } => RewardCommand::Approve { proposal: entry, claim_by },
        RewardCommand::NotApprove { words, .. } => RewardCommand::NotApprove { proposal: entry, words },
        RewardCommand::Claim { .. } => RewardCommand::Claim { approval: entry },
        RewardCommand::OpenClaim { words, .. } => RewardCommand::OpenClaim { of: entry, words },
        RewardCommand::OrderPayout { batch, .. } => RewardCommand::OrderPayout { claim: entry, batch },
        RewardCommand::PaidOut { receipt, .. } => RewardCommand::PaidOut { order: entry, receipt },
        RewardCommand::PayoutFailed { words, claim_by, .. } => {
            RewardCommand::PayoutFailed { order: entry, words, claim_by }
        }
    }
}

#[test]
fn a_step_that_answers_what_does_not_stand_has_no_effect() {
    for (_, _, steps) in STATES.into_iter().skip(1) {
        let ledger = rewarded(steps);
        for (step, _) in STEPS {
            let fresh = command(&ledger, step);
            let mut tried = ledger.clone();
            if !matches!(tried.take(&whose(step), Command::Reward(fresh.clone())), Became::Done(_)) {
                continue;
            }
            let late = stale(fresh, entry_id(9_996));
            let became = ledger.clone().take(&whose(step), Command::Reward(late));
            assert_eq!(became, Became::Refused(Refusal::MovedOn), "{step} after {steps:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_anybody_does_nothing_is_paid_twice_and_nothing_unclaimed(
        events in prop::collection::vec((0..STEPS.len(), any::<bool>(), any::<bool>()), 1..60)
    ) {
        let mut ledger = Ledger::standing_at(SnapState::Answered);
        // What people hold on to, and send again later.
        let mut sent: Vec<(Account, RewardCommand)> = Vec::new();
        for (at, is_late, again) in events {
            let (step, _) = STEPS[at];
            let (actor, command) = match sent.get(at) {
                Some(old) if again => old.clone(),
                _ => (whose(step), command(&ledger, step)),
            };
            sent.push((actor.clone(), command.clone()));
            let command = if is_late { stale(command, entry_id(9_995)) } else { command };
            let before = ledger.card().clone();
            let became = ledger.take(&actor, Command::Reward(command));
            let after = ledger.card();
            prop_assert_eq!(&after.life.story, &before.life.story, "the report's story tells nothing of rewards");
            if !matches!(became, Became::Done(_)) {
                prop_assert_eq!(after, &before);
            }
        }
        let Some(reward) = reward(&ledger) else { return Ok(()) };
        let count = |kind| reward.story.iter().filter(|line| line.kind == kind).count();
        let [claimed, ordered, paid, failed] = [
            RewardStepKind::Claimed,
            RewardStepKind::PayoutOrdered,
            RewardStepKind::PaidOut,
            RewardStepKind::PayoutFailed,
        ].map(count);
        prop_assert!(paid <= 1, "paid {} times", paid);
        prop_assert!(ordered <= claimed, "nothing is ordered twice by one claim");
        prop_assert!(paid + failed <= ordered, "nothing is paid that was not ordered");
        prop_assert_eq!(paid == 1, reward.stage.state() == RewardState::Paid);
        for line in &reward.story {
            prop_assert_eq!(line.mark.is_named(), line.kind != RewardStepKind::Claimed, "who claims has no name");
        }
    }
}
