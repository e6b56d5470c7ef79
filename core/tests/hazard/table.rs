//! The whole loop as two tables: when each step may be taken, and by whom. Read them beside the picture in
//! `core/src/hazard/mod.rs`. Every state is then tried with every step by everybody: 9 × 30 × 14 answers.

use xunan_core::access::Account;
use xunan_core::clock::Span;
use xunan_core::hazard::{Answer, Command, HazardState, ListingLevel, RecheckOutcome, TransferOutcome};
use xunan_core::problem::StepRefusal as Refusal;
use xunan_core::rules::{Grade, Measure};

use super::support::{
    Became, Hazard, administrator, assign, by, city_supervisor, close, date, department, duplicate, entry_id,
    expired_inspector, inspector, institution, maintenance, maintenance_elsewhere, minute,
    neighbour_supervisor, not_established, other_department, other_institution, other_supervisor, recheck,
    return_transfer, staff, submit, supervisor, township_supervisor, transfer, treatment_plan,
};

/// When: each step of a *general* hazard, taken by a supervisor who did not take any before.
///
/// A letter is the state after the step: **F**ound, **A**ssigned, **R**ectifying, **S**ubmitted, **V**erified (re-checked),
/// **T**ransferred, **C**losed, **N**ot established, **D**uplicate. A lower-case word is why it has no effect:
/// `-` is `not_now`, `~` is `moved_on` (what it answers does not stand any longer), `m` is `only_major`, `l` is
/// `not_listed`, `w` is `measure_not_now`.
const WHEN_GENERAL: &str = "
                     F A R S V T C N D
assign               A A A - - - - - -
sign for             ~ R ~ ~ ~ ~ ~ ~ ~
decline              ~ F ~ ~ ~ ~ ~ ~ ~
plan                 m m m m m m m m m
submit               S S S - - - - - -
send back            ~ ~ ~ R ~ ~ ~ ~ ~
send back recheck    ~ ~ ~ ~ R ~ ~ ~ ~
recheck fixed        ~ ~ ~ V ~ ~ ~ ~ ~
recheck not fixed    ~ ~ ~ R ~ ~ ~ ~ ~
seen fixed           V V V V - - - - -
seen not fixed       F A R R - - - - -
close                ~ ~ ~ ~ C ~ ~ ~ ~
ask extension        F A R - - - - - -
answer extension     ~ ~ ~ ~ ~ ~ ~ ~ ~
escalate             F A R S S T - - -
list                 m m m m m m m m m
delist               l l l l l l l l l
order measure        F A R S V T - - -
carry out            F A R S V T C N D
ask lift             F A R S V T C N D
answer lift          ~ ~ ~ ~ ~ ~ ~ ~ ~
lift                 w w w w w w w w w
transfer             T T T - - - - - -
receive transfer     ~ ~ ~ ~ ~ T ~ ~ ~
return transfer      ~ ~ ~ ~ ~ F ~ ~ ~
handled transfer     ~ ~ ~ ~ ~ S ~ ~ ~
not established      N N N N N N - - -
duplicate            D D D D D D - - -
reopen               - - - - - - F F F
remark               F A R S V T C N D
";

/// Where a *major* hazard differs. `p` is `treatment_plan_missing`, `M` is `already_major`; the supervisor is the county's,
/// the re-check is on site.
const WHEN_MAJOR: &str = "
                     F A R S V T C N D
plan                 F A R - - - - - -
submit               p p p - - - - - -
escalate             M M M M M M M M M
list                 F A R S V T - - -
";

/// By whom. Under each part: `+` may take it, `.` may not. Then the states in which the hazard exists for the person at
/// all; in the others it is as if there were none.
///
/// Supervise: assign, send back, close, answer, list, delist, transfer, set aside. Recheck: re-check, order a measure,
/// escalate, reopen. Rectify: sign for, decline, plan, submit, ask, carry out, lift. Receive: take a transfer over, return it.
/// A remark is for everybody who sees it.
const WHO: &str = "
                        supervise recheck rectify receive  sees
inspector                   .        +       .       .     FARSVTCND
expired inspector           .        .       .       .     FARSVTCND
county supervisor           +        +       +       +     FARSVTCND
township supervisor         +        +       +       +     FARSVTCND
city supervisor             +        +       +       +     FARSVTCND
neighbour supervisor        .        .       .       .     nowhere
administrator               .        .       .       .     FARSVTCND
institution                 .        .       +       .     FARSVTCND
other institution           .        .       .       .     nowhere
maintenance, assigned       .        .       +       .     ARSVTC
maintenance elsewhere       .        .       .       .     nowhere
department, addressed       .        .       +       +     T
other department            .        .       .       .     nowhere
staff                       .        .       .       .     FARSVTCND
";

const STATES: [(char, HazardState); 9] = [
    ('F', HazardState::Found),
    ('A', HazardState::Assigned),
    ('R', HazardState::Rectifying),
    ('S', HazardState::Submitted),
    ('V', HazardState::Rechecked),
    ('T', HazardState::Transferred),
    ('C', HazardState::Closed),
    ('N', HazardState::NotEstablished),
    ('D', HazardState::Duplicate),
];

fn person(name: &str) -> Account {
    match name {
        "inspector" => inspector(),
        "expired inspector" => expired_inspector(),
        "county supervisor" => other_supervisor(),
        "township supervisor" => township_supervisor(),
        "city supervisor" => city_supervisor(),
        "neighbour supervisor" => neighbour_supervisor(),
        "administrator" => administrator(),
        "institution" => institution(),
        "other institution" => other_institution(),
        "maintenance, assigned" => maintenance(),
        "maintenance elsewhere" => maintenance_elsewhere(),
        "department, addressed" => department(),
        "other department" => other_department(),
        "staff" => staff(),
        other => panic!("{other}"),
    }
}

/// The part of `WHO` that a step belongs to, and the step.
fn step(name: &str) -> (&'static str, Command) {
    let reason = || "原因".to_owned();
    let measure = Measure::PostWatch;
    match name {
        "assign" => ("supervise", assign()),
        "sign for" => ("rectify", Command::SignFor { assignment: by::assign() }),
        "decline" => ("rectify", Command::Decline { assignment: by::assign(), reason: reason() }),
        "plan" => ("rectify", Command::Plan { plan: treatment_plan() }),
        "submit" => ("rectify", submit(&[90])),
        "send back" => ("supervise", Command::SendBack { submission: by::submit(), reason: reason() }),
        "send back recheck" => {
            ("supervise", Command::SendBack { submission: by::recheck(), reason: reason() })
        }
        "recheck fixed" => ("recheck", recheck(Some(by::submit()), RecheckOutcome::Fixed)),
        "recheck not fixed" => ("recheck", recheck(Some(by::submit()), RecheckOutcome::NotFixed)),
        "seen fixed" => ("recheck", recheck(None, RecheckOutcome::Fixed)),
        "seen not fixed" => ("recheck", recheck(None, RecheckOutcome::NotFixed)),
        "close" => ("supervise", close()),
        "ask extension" => ("rectify", Command::AskExtension { until: date("2026-12-20"), reason: reason() }),
        "answer extension" => {
            let ask = entry_id(99);
            ("supervise", Command::AnswerExtension { ask, answer: Answer::Granted, reason: reason() })
        }
        "escalate" => ("recheck", Command::Escalate { reason: reason() }),
        "list" => ("supervise", Command::List { level: ListingLevel::County, reason: reason() }),
        "delist" => ("supervise", Command::Delist { listing: entry_id(99), reason: reason() }),
        "order measure" => ("recheck", Command::OrderMeasure { measure: Measure::Cordon, reason: reason() }),
        "carry out" => ("rectify", Command::CarryOut { measure, note: String::new(), photos: Vec::new() }),
        "ask lift" => ("rectify", Command::AskLift { measure, reason: reason() }),
        "answer lift" => {
            let ask = entry_id(99);
            ("supervise", Command::AnswerLift { measure, ask, answer: Answer::Granted, reason: reason() })
        }
        "lift" => ("rectify", Command::Lift { measure }),
        "transfer" => ("supervise", transfer()),
        "receive transfer" => {
            let transfer = by::transfer();
            ("receive", Command::ReceiveTransfer { transfer, number: "消〔2026〕7号".to_owned() })
        }
        "return transfer" => ("receive", return_transfer(TransferOutcome::NotCompetent)),
        "handled transfer" => ("receive", return_transfer(TransferOutcome::Handled)),
        "not established" => ("supervise", not_established()),
        "duplicate" => ("supervise", duplicate()),
        "reopen" => ("recheck", Command::Reopen { reason: reason(), photos: Vec::new() }),
        "remark" => ("anybody", Command::Remark { text: "已电话告知".to_owned() }),
        other => panic!("{other}"),
    }
}

/// The rows of a table: what each is about, and its cells.
fn rows(table: &'static str, cells: usize) -> Vec<(String, Vec<&'static str>)> {
    let lines = table.lines().skip(2).filter(|line| !line.is_empty());
    let row = |line: &'static str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let cells = words.split_off(words.len() - cells);
        (words.join(" "), cells)
    };
    lines.map(row).collect()
}

fn when(cell: &str) -> Became {
    if let Some((_, state)) = STATES.iter().find(|(letter, _)| cell.starts_with(*letter)) {
        return Became::Done(*state);
    }
    Became::Refused(match cell {
        "-" => Refusal::NotNow,
        "~" => Refusal::MovedOn,
        "m" => Refusal::OnlyMajor,
        "M" => Refusal::AlreadyMajor,
        "l" => Refusal::NotListed,
        "w" => Refusal::MeasureNotNow,
        "p" => Refusal::TreatmentPlanMissing,
        other => panic!("{other}"),
    })
}

/// What has to become of a step that a person takes, by the tables.
fn by_the_tables(who: &[&str], letter: char, name: &str, cell: &str) -> Became {
    let [supervise, recheck, rectify, receive, sees] = who else { panic!("{who:?}") };
    if *sees == "nowhere" || !sees.contains(letter) {
        return Became::Unseen;
    }
    let may = match step(name).0 {
        "supervise" => *supervise,
        "recheck" => *recheck,
        "rectify" => *rectify,
        // Whose it is to receive a transfer stands in the transfer: where there is none, that is what is said.
        "receive" if letter != 'T' => "+",
        "receive" => *receive,
        _ => "+",
    };
    if may == "+" { when(cell) } else { Became::NotAllowed }
}

#[test]
fn every_step_in_every_state_by_everybody_is_what_the_tables_say() {
    let mut tried = 0;
    for (name, cells) in rows(WHEN_GENERAL, 9) {
        for ((letter, state), cell) in STATES.into_iter().zip(&cells) {
            let standing = Hazard::standing_at(state, Grade::General);
            for (who, may) in rows(WHO, 5) {
                let mut hazard = standing.clone();
                let became = hazard.try_step(entry_id(100), &person(&who), step(&name).1);
                assert_eq!(became, by_the_tables(&may, letter, &name, cell), "{name}, {state:?}, {who}");
                if !matches!(became, Became::Done(_)) {
                    assert_eq!(hazard.rows, standing.rows, "{name}, {state:?}, {who}: refused, and changed");
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 9 * 30 * 14);
}

#[test]
fn the_steps_of_a_major_hazard_differ_where_the_table_says() {
    for (name, cells) in rows(WHEN_MAJOR, 9) {
        for ((_, state), cell) in STATES.into_iter().zip(&cells) {
            let mut hazard = Hazard::standing_at(state, Grade::Major);
            let became = hazard.try_step(entry_id(100), &other_supervisor(), step(&name).1);
            assert_eq!(became, when(cell), "{name}, {state:?}");
        }
    }
}

#[test]
fn a_firm_that_an_assignment_does_not_name_and_a_department_that_is_not_addressed_see_nothing() {
    let mut hazard = Hazard::found(Grade::General);
    let mut alone = super::support::assignment();
    alone.supporting.clear();
    hazard.must(by::assign(), &supervisor(), Command::Assign { assignment: alone });
    let remark = || step("remark").1;
    assert_eq!(hazard.try_step(entry_id(100), &maintenance(), remark()), Became::Unseen);
    // Given to others as well, they are in it from then on; taken from them, they are out of it again.
    hazard.must(entry_id(101), &supervisor(), assign());
    assert_eq!(hazard.try_step(entry_id(102), &maintenance(), remark()), Became::Done(HazardState::Assigned));
    assert_eq!(hazard.try_step(entry_id(103), &department(), remark()), Became::Unseen);
    hazard.must(by::transfer(), &supervisor(), transfer());
    assert_eq!(
        hazard.try_step(entry_id(104), &department(), remark()),
        Became::Done(HazardState::Transferred)
    );
    hazard.must(entry_id(105), &department(), return_transfer(TransferOutcome::NotCompetent));
    assert_eq!(hazard.try_step(entry_id(106), &department(), remark()), Became::Unseen);
    assert_eq!(hazard.try_step(entry_id(107), &maintenance(), remark()), Became::Unseen);
}

#[test]
fn a_certificate_counts_on_the_day_of_the_step_and_not_on_the_day_of_its_arrival() {
    let mut hazard = Hazard::standing_at(HazardState::Submitted, Grade::General);
    let look = || recheck(Some(by::submit()), RecheckOutcome::Fixed);
    let day_before = minute(0).plus(Span::days(-1));
    let expired = expired_inspector();
    assert_eq!(hazard.try_step(entry_id(100), &expired, look()), Became::NotAllowed);
    assert_eq!(
        hazard.try_step_at(day_before, entry_id(101), &expired, look()),
        Became::Done(HazardState::Rechecked)
    );
}
