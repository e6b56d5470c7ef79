//! The whole life as two tables: when each step may be taken, and by whom. Read them beside the picture in
//! `core/src/snap/mod.rs`. Every state is then tried with every step by everybody: 8 × 12 × 13 answers.

use xunan_core::hazard::HazardState;
use xunan_core::problem::StepRefusal as Refusal;
use xunan_core::snap::SnapState;

use super::support::{Became, Ledger, REPORTER_STEPS, citizens, everybody, supervisor};

/// A letter is the state after the step: **R**eceived, **A**ccepted, **N**ot accepted, **T**ransferred, **D**uplicate,
/// **H**azard, dealt **W**ith, answered **S**. `-` is `not_now`, `f` is `not_put_right`: the hazard is still open.
const WHEN: &str = "
                  R A N T D H W S
accept            A - - - - - - -
not accept        N - - - - - - -
transfer          T T - - - - - -
duplicate         D D - - - - - -
turn into hazard  - H - - - - - -
deal with         - W - W - f - -
answer            - - - - - - S -
rate              - - - - - - - S
not fixed         - - - - - - - A
publish           - A - - - H W S
show photo        - - - - - - - -
withdraw          - - - - - - - -
";

/// Who triages, who takes the reporter's steps, and for whom the report does not exist when a triage step is taken.
const WHO: &str = "
                           triage   reporter
citizens                   unseen   yes
county supervisor          yes      no
city supervisor            yes      no
township supervisor        yes      no
other township supervisor  unseen   no
neighbour supervisor       unseen   no
administrator              unseen   no
reward officer             no       no
inspector                  unseen   no
institution                unseen   no
staff                      unseen   no
maintenance                unseen   no
department                 unseen   no
";

pub(super) const STATES: [(char, SnapState); 8] = [
    ('R', SnapState::Received),
    ('A', SnapState::Accepted),
    ('N', SnapState::NotAccepted),
    ('T', SnapState::Transferred),
    ('D', SnapState::Duplicate),
    ('H', SnapState::Hazard),
    ('W', SnapState::DealtWith),
    ('S', SnapState::Answered),
];

fn when(cell: char) -> Became {
    match cell {
        '-' => Became::Refused(Refusal::NotNow),
        'f' => Became::Refused(Refusal::NotPutRight),
        letter => Became::Done(STATES.into_iter().find(|(it, _)| *it == letter).unwrap().1),
    }
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().skip(2)
}

#[test]
fn each_step_in_each_state_by_each_person_does_what_the_tables_say() {
    let (mut tried, people) = (0, everybody());
    for line in lines(WHEN) {
        let (step, cells) = line.split_at(18);
        let step = step.trim();
        let part = if REPORTER_STEPS.contains(&step) { 1 } else { 0 };
        let cells = cells.split_whitespace().map(|cell| cell.chars().next().unwrap());
        for ((_, state), cell) in STATES.into_iter().zip(cells) {
            let ledger = Ledger::standing_at(state);
            for line in lines(WHO) {
                let (name, parts) = line.split_at(27);
                let may = parts.split_whitespace().nth(part).unwrap();
                let actor = &people.iter().find(|(it, _)| *it == name.trim()).unwrap().1;
                let expected = match may {
                    "yes" => when(cell),
                    "unseen" => Became::Unseen,
                    _ => Became::NotAllowed,
                };
                let mut after = ledger.clone();
                let became = after.take(actor, ledger.command(step));
                assert_eq!(became, expected, "{step} by {name} in {state:?}");
                if !matches!(became, Became::Done(_)) {
                    assert_eq!(after.card(), ledger.card(), "a refused step changes nothing");
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 8 * 12 * 13);
}

#[test]
fn a_report_that_is_a_hazard_is_dealt_with_once_that_is_off_the_open_list() {
    for (state, expected) in [
        (HazardState::Rectifying, Became::Refused(Refusal::NotPutRight)),
        (HazardState::Closed, Became::Done(SnapState::DealtWith)),
        (HazardState::NotEstablished, Became::Done(SnapState::DealtWith)),
    ] {
        let mut ledger = Ledger::standing_at(SnapState::Hazard);
        ledger.hazard_is(state);
        let command = ledger.command("deal with");
        assert_eq!(ledger.take(&supervisor(), command), expected, "{state:?}");
    }
}

#[test]
fn what_answers_something_that_does_not_stand_any_longer_has_no_effect() {
    let mut ledger = Ledger::standing_at(SnapState::Answered);
    let [rate, not_fixed] = ["rate", "not fixed"].map(|step| ledger.command(step));
    assert_eq!(ledger.take(&citizens(), not_fixed.clone()), Became::Done(SnapState::Accepted));
    let reopened = ledger.last_entry();
    assert_eq!(ledger.take(&citizens(), rate.clone()), Became::Refused(Refusal::NotNow));
    for step in ["deal with", "answer"] {
        let command = ledger.command(step);
        assert!(matches!(ledger.take(&supervisor(), command), Became::Done(_)), "{step}");
    }
    assert_ne!(reopened, ledger.last_entry());
    for late in [rate, not_fixed] {
        assert_eq!(ledger.take(&citizens(), late), Became::Refused(Refusal::MovedOn));
    }
}
