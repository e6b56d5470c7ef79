//! Hazards as they are listed and counted.

use xunan_core::Json;
use xunan_core::clock::Span;
use xunan_core::hazard::{HazardState, Life, Mark, Stage, StepKind, StoryLine};
use xunan_core::ids::{AccountId, Entropy, EntryId, FacilityId, HazardId};
use xunan_core::ledger::{HazardCard, Origin, Row};
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardKey, HazardQuery};
use xunan_core::visit::Due;
use xunan_server::ledger_store::{HazardsAsked, LedgerStore, StoreError, Tables};

use super::{account, backends, noon};

fn hazard(number: u128, division: &str, due: &str) -> HazardCard {
    let mark = Mark {
        entry: EntryId::from_parts(noon(), Entropy(number)),
        account: AccountId::from_parts(noon(), Entropy(1)),
        name: "名字".to_owned(),
        organisation: String::new(),
        at: noon(),
        received: noon(),
    };
    let line = StoryLine {
        kind: StepKind::Found,
        mark,
        note: String::new(),
        date: None,
        measure: None,
        photos: Vec::new(),
    };
    let life = Life::found(line);
    HazardCard {
        id: HazardId::from_parts(noon(), Entropy(number)),
        origin: Origin::Report,
        facility: FacilityId::from_parts(noon(), Entropy(7)),
        facility_name: "养老院".to_owned(),
        division: division.parse().unwrap(),
        found: noon(),
        item: None,
        title: format!("隐患{number} ABC"),
        description: String::new(),
        place: String::new(),
        grade: Grade::General,
        due: Due::By(due.parse().unwrap()),
        responsible: None,
        photos: Vec::new(),
        state: life.stage.state(),
        involved: life.involved(),
        life: Json::of(&life),
        last_seen: None,
    }
}

fn asked(question: &[(&str, &str)]) -> HazardsAsked {
    let query = HazardQuery::from_pairs(question.iter().copied()).unwrap();
    let mut supervisor = account(1).account;
    supervisor.region = "3715".parse().unwrap();
    HazardsAsked::of(&supervisor, &query, "2026-11-28".parse().unwrap())
}

#[tokio::test]
async fn a_hazard_is_listed_as_it_is_now_and_counted_once() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let (mut first, second) = (hazard(1, "371526", "2026-12-01"), hazard(2, "3715", "2026-11-27"));
            let beside = hazard(3, "3716", "2026-11-27");
            for it in [&first, &second, &beside] {
                tables.put_row(&Row::Hazard(Box::new(it.clone())))?;
            }
            let ids = |question: &[(&str, &str)]| {
                let found = tables.hazards(&asked(question)).unwrap();
                found.into_iter().map(|hazard| hazard.id).collect::<Vec<_>>()
            };
            assert_eq!(ids(&[]), [second.id, first.id]);
            assert_eq!(ids(&[("overdue", "1")]), [second.id]);
            assert_eq!(ids(&[("q", "隐患1 abc")]), [first.id]);
            let mut standing = first.standing().unwrap();
            let mark = standing.life.story[0].mark.clone();
            standing.life.stage = Stage::NotEstablished { mark };
            first = first.with(&standing);
            tables.put_row(&Row::Hazard(Box::new(first.clone())))?;
            assert_eq!(ids(&[]), [second.id]);
            assert_eq!(ids(&[("scope", "all")]), [second.id, first.id]);
            let counts: Vec<_> = tables.hazard_counts(&asked(&[]))?.into_iter().collect();
            let of = |state| counts.iter().find(|count| count.state == state).map(|count| count.hazards);
            assert_eq!(of(HazardState::Found), Some(1));
            assert_eq!(of(HazardState::NotEstablished), Some(1));
            let gone = Row::Hazard(Box::new(first.clone())).key();
            tables.put_row(&Row::Gone(gone))?;
            assert_eq!(ids(&[("scope", "all")]), [second.id]);
            assert_eq!(tables.hazard(first.id)?, None);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

/// The ids of all pages of a question, each of so many.
fn pages(tables: &dyn Tables, question: &[(&str, &str)], limit: &str) -> Vec<HazardId> {
    let (mut ids, mut after) = (Vec::new(), None::<String>);
    loop {
        let mut page = vec![("limit", limit)];
        page.extend(question);
        page.extend(after.as_deref().map(|after| ("after", after)));
        let found = tables.hazards(&asked(&page)).unwrap();
        let Some(last) = found.last() else { return ids };
        after = Some(HazardKey::of(last).to_string());
        ids.extend(found.iter().map(|hazard| hazard.id));
    }
}

#[tokio::test]
async fn words_are_found_in_every_order_in_pages_of_any_size_whether_many_have_them_or_few() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let grades = [Grade::Major, Grade::General, Grade::Advice];
            let mut all: Vec<HazardCard> = (1..=60)
                .map(|number| {
                    let day = format!("2026-12-{:02}", 1 + number * 7 % 29);
                    let it = hazard(number, if number % 2 == 0 { "371526" } else { "371527" }, &day);
                    let found = noon().plus(Span::minutes(i64::try_from(number * 11 % 60).unwrap()));
                    let place = if number % 9 == 0 { "配电间".to_owned() } else { String::new() };
                    HazardCard { grade: grades[number as usize % 3], found, place, ..it }
                })
                .collect();
            for it in &all {
                tables.put_row(&Row::Hazard(Box::new(it.clone())))?;
            }
            for words in ["abc", "隐患", "配电", "间", "隐患1", "没有"] {
                for sort in ["due", "found", "grade"] {
                    let question = [("scope", "all"), ("q", words), ("sort", sort)];
                    let query = HazardQuery::from_pairs(question).unwrap();
                    all.sort_by(|a, b| query.compare(a, b));
                    let has =
                        |it: &&HazardCard| format!("{}{}", it.title, it.place).to_lowercase().contains(words);
                    let expected: Vec<_> = all.iter().filter(has).map(|it| it.id).collect();
                    for limit in ["1", "3", "100"] {
                        assert_eq!(pages(tables, &question, limit), expected, "{words} {sort} {limit}");
                    }
                }
            }
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_hazard_is_found_by_the_words_that_it_has_now() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            // So many that the words are asked of the index.
            for number in 1..=40 {
                tables.put_row(&Row::Hazard(Box::new(hazard(number, "371526", "2026-12-01"))))?;
            }
            let renamed =
                HazardCard { title: "后来的名字".to_owned(), ..hazard(35, "371526", "2026-12-01") };
            tables.put_row(&Row::Hazard(Box::new(renamed.clone())))?;
            let ids = |words: &str| pages(tables, &[("scope", "all"), ("q", words)], "2");
            assert_eq!(ids("后来的"), [renamed.id]);
            assert_eq!(ids("隐患35"), []);
            tables.put_row(&Row::Gone(Row::Hazard(Box::new(renamed)).key()))?;
            assert_eq!(ids("后来的"), []);
            tables.delete_rows_of_entries()?;
            assert_eq!(ids("隐患"), []);
            let again = hazard(1, "371526", "2026-12-01");
            tables.put_row(&Row::Hazard(Box::new(again.clone())))?;
            assert_eq!(ids("隐患1"), [again.id]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
