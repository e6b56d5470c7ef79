//! The whole life as two tables: when each step may be taken, and by whom. Every state is then tried with every step by
//! everybody: 4 × 3 × 13 answers.

use xunan_core::access::Sight;
use xunan_core::knowledge::{Article, Command, What};
use xunan_core::problem::StepRefusal as Refusal;

use super::support::{Became, Ledger, content, entry_id, everybody, person, supervisor};
use xunan_core::access::Role;

const STATES: [&str; 4] = ["nothing", "public", "revised", "withdrawn"];

/// **y**es, `-` is `not_now`, `x`: the article is there already, or not at all.
const WHEN: &str = "
          nothing public revised withdrawn
publish   y       x      x       x
revise    x       y      y       y
withdraw  x       y      y       -
";

/// Who publishes, and who goes on with an article of the county.
const WHO: &str = "
                      publish  go on
county supervisor     yes      yes
colleague supervisor  yes      yes
city supervisor       yes      yes
township supervisor   yes      no
neighbour supervisor  yes      no
administrator         no       no
inspector             no       no
institution           no       no
staff                 no       no
maintenance           no       no
reward officer        no       no
department            no       no
citizens              no       no
";

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().skip(2)
}

#[test]
fn each_step_in_each_state_by_each_person_does_what_the_tables_say() {
    let (mut tried, people) = (0, everybody());
    for line in lines(WHEN) {
        let mut cells = line.split_whitespace();
        let step = cells.next().unwrap();
        for (state, cell) in STATES.into_iter().zip(cells) {
            let ledger = Ledger::standing_at(state);
            for line in lines(WHO) {
                let (name, parts) = line.split_at(22);
                let may = parts.split_whitespace().nth(usize::from(step != "publish")).unwrap() == "yes";
                let actor = &people.iter().find(|(it, _)| *it == name.trim()).unwrap().1;
                let expected = match cell {
                    "x" => Became::Inconsistent,
                    _ if !may => Became::NotAllowed,
                    "-" => Became::Refused(Refusal::NotNow),
                    _ => Became::Done,
                };
                let mut after = ledger.clone();
                let became = after.take(actor, ledger.command(step));
                assert_eq!(became, expected, "{step} by {name} in {state}");
                if became != Became::Done {
                    assert_eq!(after.article(), ledger.article(), "a refused step changes nothing");
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 4 * 3 * 13);
}

#[test]
fn an_article_is_its_writers_offices_and_only_supervisors_above_see_what_became_of_it() {
    let ledger = Ledger::standing_at("withdrawn");
    let article = ledger.article().unwrap();
    assert_eq!(article.office.as_str(), "999901");
    for (name, account) in everybody() {
        let sees = matches!(name, "county supervisor" | "colleague supervisor" | "city supervisor");
        let expected = if sees { Sight::Visible } else { Sight::Hidden };
        assert_eq!(article.seen_by(&account), expected, "{name}");
    }
}

#[test]
fn of_two_who_edit_at_once_the_second_is_told() {
    let mut ledger = Ledger::standing_at("public");
    let (first, second) = (ledger.command("revise"), ledger.command("revise"));
    let withdrawal = ledger.command("withdraw");
    assert_eq!(ledger.take(&supervisor(), first), Became::Done);
    let stands = ledger.article().cloned();
    for late in [second, withdrawal] {
        let colleague = person(2, "999901", Role::Supervisor);
        assert_eq!(ledger.take(&colleague, late), Became::Refused(Refusal::MovedOn));
        assert_eq!(ledger.article().cloned(), stands);
    }
    // Whoever wrote on before it was withdrawn does not bring it back without knowing.
    let unknowing = ledger.command("revise");
    let withdrawal = ledger.command("withdraw");
    assert_eq!(ledger.take(&supervisor(), withdrawal), Became::Done);
    assert_eq!(ledger.take(&supervisor(), unknowing), Became::Refused(Refusal::MovedOn));
    assert!(!ledger.article().unwrap().is_public());
}

#[test]
fn withdrawing_needs_a_reason_and_what_is_withdrawn_can_be_published_again() {
    let mut ledger = Ledger::standing_at("revised");
    let version = ledger.article().unwrap().stands_by();
    for (reason, why) in [("", Refusal::ReasonMissing), (" \n", Refusal::ReasonMissing)] {
        let command = Command::Withdraw { version, reason: reason.to_owned() };
        assert_eq!(ledger.take(&supervisor(), command), Became::Refused(why));
    }
    let command = Command::Withdraw { version, reason: "字".repeat(2001) };
    assert_eq!(ledger.take(&supervisor(), command), Became::Refused(Refusal::TooLong));
    let command = Command::Withdraw { version: entry_id(77), reason: "过时".to_owned() };
    assert_eq!(ledger.take(&supervisor(), command), Became::Refused(Refusal::MovedOn));
    for step in ["withdraw", "revise"] {
        let command = ledger.command(step);
        assert_eq!(ledger.take(&supervisor(), command), Became::Done);
    }
    let article = ledger.article().unwrap();
    assert!(article.is_public());
    assert_eq!(article.version, 3);
    let told: Vec<&What> = article.story().map(|line| &line.what).collect();
    let version = |number| What::Version { number };
    let withdrawn = What::Withdrawn { reason: "内容过时".to_owned() };
    assert_eq!(told, [&version(1), &version(2), &withdrawn, &version(3)]);
    assert_eq!(article.line_of(2).unwrap().mark.organisation, "单位1");
    assert_eq!(article.line_of(4), None);
}

#[test]
fn a_story_ends_with_its_last_step() {
    let mut ledger = Ledger::standing_at("public");
    for _ in 1..Article::MOST_STEPS {
        let command = ledger.command("revise");
        assert_eq!(ledger.take(&supervisor(), command), Became::Done);
    }
    assert_eq!(ledger.article().unwrap().story().count(), Article::MOST_STEPS);
    let command = Command::Revise { after: ledger.article().unwrap().stands_by(), content: content("再") };
    assert_eq!(ledger.take(&supervisor(), command), Became::Refused(Refusal::TooLong));
}
