//! Staff training on record: whom the server may write down, what it may not, and who sees whose records.

use std::slice::from_ref;

use xunan_core::access::{Account, Action, Denial, Permission, Role, Sight, Subject, may_do, may_see};
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{Entropy, TrainingId};
use xunan_core::knowledge::{Article, Quiz, Score, Taken, Training, Verdict};
use xunan_core::ledger::{TrainingView, fold_training};
use xunan_core::log::{ArticleBody, ChainHead, EntryDraft, TrainingBody, is_read_beside};
use xunan_core::problem::{Problem, StepRefusal};

use super::support::{
    Ledger, account_id, article_id, device_id, entry_id, everybody, facility_id, minute, person, start,
};

fn training_id(number: u128) -> TrainingId {
    TrainingId::from_parts(start(), Entropy(number))
}

fn recorder() -> Account {
    person(90, "", Role::Recorder)
}

fn public() -> Article {
    Ledger::standing_at("public").article().unwrap().clone()
}

/// One right of one, by somebody, of the version in force.
fn taken(person: &Account, article: &Article) -> Taken {
    Taken {
        training: training_id(1),
        person: person.id,
        facility: person.role.institution(),
        article: article.id,
        version: article.stands_by(),
        score: Score { right: 1, all: 1 },
    }
}

/// What becomes of an attempt among these people, articles and records.
fn put(
    actor: &Account,
    taken: &Taken,
    people: &[Account],
    article: Option<&Article>,
    before: Option<&Training>,
) -> Result<Training, Problem> {
    let body = TrainingBody(taken.clone());
    let at = DeviceTime::unbounded(minute(5));
    let draft =
        EntryDraft::new(ChainHead::default(), entry_id(50), device_id(9), actor.id, at, &body).unwrap();
    assert_eq!(TrainingBody::of(&draft.entry), Some(Ok(body.clone())));
    assert_eq!(ArticleBody::of(&draft.entry), None);
    assert!(is_read_beside(&draft.entry));
    let view = TrainingView {
        account: &|id| people.iter().find(|it| it.id == id).cloned(),
        article: &|id| article.filter(|it| it.id == id).cloned(),
        training: &|id| before.filter(|it| it.id == id).cloned(),
    };
    fold_training(&draft.entry, &body, actor, &view, minute(7))
}

/// Everybody, and whether people of that role are trained.
const TRAINED: &str = "
county supervisor     yes
colleague supervisor  yes
city supervisor       yes
township supervisor   yes
neighbour supervisor  yes
administrator         no
inspector             yes
institution           yes
staff                 yes
maintenance           yes
reward officer        no
department            yes
citizens              no
recorder              no
";

/// Everybody and the server's own account.
fn all() -> Vec<(&'static str, Account)> {
    everybody().into_iter().chain([("recorder", recorder())]).collect()
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty())
}

#[test]
fn only_the_server_puts_on_record_and_only_those_who_are_trained() {
    let (people, article, mut tried) = (all(), public(), 0);
    let accounts: Vec<Account> = people.iter().map(|(_, account)| account.clone()).collect();
    for line in lines(TRAINED) {
        let (name, cell) = line.split_at(22);
        let who = &people.iter().find(|(it, _)| *it == name.trim()).unwrap().1;
        for (writer, actor) in &people {
            let done = put(actor, &taken(who, &article), &accounts, Some(&article), None);
            let may = *writer == "recorder" && cell == "yes";
            assert_eq!(done.is_ok(), may, "{writer} about {name}: {done:?}");
            if let Err(problem) = done {
                assert_eq!(problem, Problem::NotAllowed, "{writer} about {name}");
            }
            let asked = may_do(actor, &Action::RecordTraining { person: who });
            let expected = if may { Permission::Granted } else { Permission::Denied(Denial::WrongRole) };
            assert_eq!(asked, expected, "{writer} about {name}");
            tried += 1;
        }
    }
    assert_eq!(tried, 14 * 14);
}

#[test]
fn a_record_says_who_of_which_institution_answered_what_and_when() {
    let staff = person(9, "999901001", Role::Staff { facility: facility_id(1) });
    let article = public();
    let record = put(&recorder(), &taken(&staff, &article), from_ref(&staff), Some(&article), None).unwrap();
    assert_eq!((record.id, record.facility), (training_id(1), Some(facility_id(1))));
    assert_eq!((record.mark.account, record.mark.name.as_str()), (staff.id, staff.name.as_str()));
    assert_eq!(
        (record.mark.entry, record.mark.at, record.mark.received),
        (entry_id(50), minute(5), minute(7))
    );
    assert_eq!((record.article, record.version), (article.id, 1));
    assert_eq!(record.title, article.content.title);
    assert_eq!(record.verdict(), Verdict::Passed);
    let failed = Taken { score: Score { right: 0, all: 1 }, ..taken(&staff, &article) };
    let record = put(&recorder(), &failed, &[staff], Some(&article), None).unwrap();
    assert_eq!(record.verdict(), Verdict::NotPassed);
}

#[test]
fn what_is_no_attempt_at_the_version_in_force_is_no_record() {
    let staff = person(9, "999901001", Role::Staff { facility: facility_id(1) });
    let people = [staff.clone()];
    let article = public();
    let right = taken(&staff, &article);
    let record = put(&recorder(), &right, &people, Some(&article), None).unwrap();
    let inconsistent = |result: Result<Training, Problem>| {
        assert!(matches!(result, Err(Problem::RecordInconsistent { .. })), "{result:?}");
    };
    inconsistent(put(&recorder(), &right, &people, Some(&article), Some(&record)));
    inconsistent(put(&recorder(), &right, &people, None, None));
    inconsistent(put(&recorder(), &right, &[], Some(&article), None));
    for other in [
        Taken { facility: Some(facility_id(2)), ..right.clone() },
        Taken { facility: None, ..right.clone() },
        Taken { score: Score { right: 1, all: 2 }, ..right.clone() },
        Taken { person: account_id(77), ..right.clone() },
        Taken { article: article_id(77), ..right.clone() },
    ] {
        inconsistent(put(&recorder(), &other, &people, Some(&article), None));
    }
    let mut empty = article.clone();
    empty.content.quiz = Quiz::default();
    inconsistent(put(
        &recorder(),
        &Taken { score: Score { right: 0, all: 0 }, ..right.clone() },
        &people,
        Some(&empty),
        None,
    ));
    for state in ["revised", "withdrawn"] {
        let ledger = Ledger::standing_at(state);
        let late = put(&recorder(), &right, &people, ledger.article(), None);
        assert_eq!(late, Err(Problem::StepRefused { why: StepRefusal::MovedOn }), "{state}");
    }
    let ledger = Ledger::standing_at("withdrawn");
    let withdrawn = ledger.article().unwrap();
    let by_withdrawal = put(&recorder(), &taken(&staff, withdrawn), &people, Some(withdrawn), None);
    assert_eq!(by_withdrawal, Err(Problem::StepRefused { why: StepRefusal::MovedOn }));
}

/// Who sees the records of the staff of an institution of the county, and those of an inspector of the county.
const SEEN: &str = "
county supervisor     yes  no
colleague supervisor  yes  no
city supervisor       yes  no
township supervisor   yes  no
neighbour supervisor  no   no
administrator         no   no
inspector             yes  yes
institution           yes  no
staff                 yes  no
maintenance           no   no
reward officer        no   no
department            no   no
citizens              no   no
recorder              no   no
";

#[test]
fn records_are_seen_by_oneself_the_own_institution_and_those_who_look_after_it() {
    let (people, article) = (all(), public());
    let of = |name: &str| people.iter().find(|(it, _)| *it == name).unwrap().1.clone();
    let accounts: Vec<Account> = people.iter().map(|(_, account)| account.clone()).collect();
    let record =
        |name| put(&recorder(), &taken(&of(name), &article), &accounts, Some(&article), None).unwrap();
    let (staff, inspector) = (record("staff"), record("inspector"));
    let place = "999901001".parse().unwrap();
    for line in lines(SEEN) {
        let (name, cells) = line.split_at(22);
        let account = of(name.trim());
        let cells: Vec<&str> = cells.split_whitespace().collect();
        let sight = |yes: bool| if yes { Sight::Visible } else { Sight::Hidden };
        assert_eq!(staff.seen_by(&account, Some(&place)), sight(cells[0] == "yes"), "{name}");
        assert_eq!(inspector.seen_by(&account, None), sight(cells[1] == "yes"), "{name}");
        let whole = may_see(&account, &Subject::Trainings { division: &place, facility: facility_id(1) });
        assert_eq!(
            whole,
            sight(cells[0] == "yes" && name.trim() != "staff"),
            "{name}: the whole institution's"
        );
        // Of an institution that the ledger does not have, only oneself.
        assert_eq!(staff.seen_by(&account, None), sight(name.trim() == "staff"), "{name}");
    }
    for (number, role) in [
        (21, Role::Institution { facility: facility_id(2) }),
        (22, Role::Staff { facility: facility_id(1) }),
        (23, Role::Staff { facility: facility_id(2) }),
    ] {
        let other = person(number, "999901001", role);
        assert_eq!(staff.seen_by(&other, Some(&place)), Sight::Hidden, "{other:?}");
    }
}

#[test]
fn whoever_is_not_trained_any_more_sees_nothing_of_before() {
    let (staff, article) = (person(9, "999901001", Role::Staff { facility: facility_id(1) }), public());
    let record = put(&recorder(), &taken(&staff, &article), from_ref(&staff), Some(&article), None).unwrap();
    let promoted = Account { role: Role::Administrator, ..staff };
    assert_eq!(record.seen_by(&promoted, Some(&"999901001".parse().unwrap())), Sight::Hidden);
}

#[test]
fn nobody_makes_an_account_by_which_the_server_puts_on_record() {
    let region = "9999".parse().unwrap();
    for (name, account) in all() {
        let asked = may_do(&account, &Action::AdministerAccounts { region: &region, role: &Role::Recorder });
        assert!(matches!(asked, Permission::Denied(_)), "{name}");
    }
    let country = person(91, "", Role::Administrator);
    let asked = may_do(&country, &Action::AdministerAccounts { region: &region, role: &Role::Recorder });
    assert_eq!(asked, Permission::Denied(Denial::WrongRole));
}

#[test]
fn a_score_that_none_is_cannot_be_read() {
    let read = |json: &str| serde_json::from_str::<Score>(json);
    assert_eq!(read("{\"right\":4,\"all\":5}").unwrap(), Score { right: 4, all: 5 });
    let most = Quiz::MOST;
    assert!(read(&format!("{{\"right\":{most},\"all\":{most}}}")).is_ok());
    for bad in [
        "{\"right\":6,\"all\":5}".to_owned(),
        "{\"right\":-1,\"all\":5}".to_owned(),
        "{\"right\":1}".to_owned(),
        format!("{{\"right\":0,\"all\":{}}}", most + 1),
    ] {
        assert!(read(&bad).is_err(), "{bad}");
    }
}
