//! The ledger's hazards: every list is what core lets its reader see, in any order, in pages of any size.

use std::collections::BTreeSet;

use xunan_core::access::{Role, Sight};
use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::hazard::{HazardState, Turn};
use xunan_core::ids::HazardId;
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::problem::Problem;
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardQuery, HazardsPage};
use xunan_core::unit::UnitKind;

use crate::pull::EVERYBODY;
use crate::support::{Browser, Server};

/// All pages of a question.
async fn all(browser: &Browser, question: &str, limit: usize) -> (Vec<HazardCard>, HazardsPage) {
    let (mut hazards, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/hazards?{question}&limit={limit}{after}");
        let page: HazardsPage = browser.get(&path).await.json();
        assert!(page.hazards.len() <= limit);
        hazards.extend(page.hazards.clone());
        match &page.next {
            Some(next) => after = format!("&after={next}"),
            None => return (hazards, page),
        }
    }
}

/// Every hazard there is: the county's office sees all of the demo.
async fn every_hazard(server: &Server) -> Vec<HazardCard> {
    all(&server.signed_in("supervisor1").await, "scope=all", 200).await.0
}

fn ids(hazards: &[HazardCard]) -> Vec<HazardId> {
    hazards.iter().map(|hazard| hazard.id).collect()
}

#[tokio::test]
async fn pages_of_any_size_in_any_order_give_what_core_lets_their_reader_see() {
    let server = Server::start().await;
    let every = every_hazard(&server).await;
    assert!(every.len() > 5 && every.iter().any(|hazard| hazard.state == HazardState::Closed));
    for login in EVERYBODY {
        let browser = server.signed_in(login).await;
        let account = browser.account().await;
        let seen = |hazard: &&HazardCard| {
            Row::Hazard(Box::new((*hazard).clone())).seen_by(&account) == Sight::Visible
        };
        let visible: BTreeSet<HazardId> = every.iter().filter(seen).map(|hazard| hazard.id).collect();
        for sort in ["due", "found", "grade"] {
            let (whole, page) = all(&browser, &format!("scope=all&sort={sort}"), 200).await;
            assert_eq!(ids(&whole).into_iter().collect::<BTreeSet<_>>(), visible, "{login} {sort}");
            assert_eq!(whole.len(), visible.len(), "{login} {sort}: each once");
            let counted: u64 = page.counts.iter().map(|count| count.hazards).sum();
            assert_eq!(counted, visible.len() as u64, "{login}");
            let in_order = whole.is_sorted_by_key(|hazard| match sort {
                "due" => (0, hazard.due_day().to_string()),
                "found" => (-hazard.found.unix_millis(), String::new()),
                _ => (-i64::from(hazard.grade == Grade::Major), hazard.due_day().to_string()),
            });
            assert!(in_order, "{login} {sort}");
            for limit in [1, 2, 3] {
                let (paged, _) = all(&browser, &format!("scope=all&sort={sort}"), limit).await;
                assert_eq!(ids(&paged), ids(&whole), "{login} {sort} {limit}");
            }
        }
        for hazard in &every {
            let answer = browser.get(&format!("/api/hazards/{}", hazard.id)).await;
            if visible.contains(&hazard.id) {
                assert_eq!(&answer.json::<HazardCard>(), hazard, "{login}");
            } else {
                assert_eq!(answer.problem(), Problem::NotFound, "{login}");
            }
        }
    }
}

#[tokio::test]
async fn each_question_lets_through_what_it_says() {
    let server = Server::start().await;
    let browser = server.signed_in("supervisor1").await;
    let (every, page) = all(&browser, "scope=all", 200).await;
    let today = page.today;
    let turn = |hazard: &HazardCard| hazard.standing().unwrap().life.turn();
    let listed = |hazard: &HazardCard| hazard.standing().unwrap().life.listing.is_some();
    let fire = UnitKind::Department(Department::FireRescue);
    let facility = every[0].facility;
    type Through<'a> = Box<dyn Fn(&HazardCard) -> bool + 'a>;
    let cases: Vec<(String, Through<'_>)> = vec![
        ("".into(), Box::new(|it| turn(it) == Turn::Supervisor)),
        ("scope=open".into(), Box::new(|it| it.state.is_open())),
        ("scope=all&state=closed".into(), Box::new(|it| it.state == HazardState::Closed)),
        (
            "scope=open&state=found&state=transferred".into(),
            Box::new(|it| matches!(it.state, HazardState::Found | HazardState::Transferred)),
        ),
        ("scope=open&state=closed".into(), Box::new(|_| false)),
        ("scope=all&grade=major".into(), Box::new(|it| it.grade == Grade::Major)),
        ("scope=all&grade=general&sort=found".into(), Box::new(|it| it.grade == Grade::General)),
        ("scope=all&division=999901002".into(), Box::new(|it| it.division.as_str().starts_with("999901002"))),
        ("scope=all&division=999902".into(), Box::new(|_| false)),
        (format!("scope=all&facility={facility}"), Box::new(|it| it.facility == facility)),
        ("scope=all&unit=department.fire_rescue".into(), Box::new(|it| it.involved.contains(&fire))),
        (
            format!("scope=all&facility={facility}&unit=department.fire_rescue"),
            Box::new(|it| it.facility == facility && it.involved.contains(&fire)),
        ),
        ("scope=all&overdue=1".into(), Box::new(|it| it.is_overdue(today))),
        ("scope=all&listed=1".into(), Box::new(listed)),
        ("scope=all&q=%E9%93%81%E9%93%BE".into(), Box::new(|it| it.description.contains("铁链"))),
        ("scope=all&q=%25".into(), Box::new(|_| false)),
    ];
    for (question, through) in cases {
        let (found, _) = all(&browser, &question, 2).await;
        let pairs: Vec<(&str, String)> = question
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name, value.replace("%E9%93%81%E9%93%BE", "铁链").replace("%25", "%")))
            .collect();
        let query =
            HazardQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))).unwrap();
        for hazard in &every {
            let here = query.lets_through(hazard, &Role::Supervisor, today);
            assert_eq!(here, through(hazard), "a page that is offline lists the same: {question}");
        }
        let expected: BTreeSet<HazardId> =
            every.iter().filter(|hazard| through(hazard)).map(|hazard| hazard.id).collect();
        assert_eq!(found.len(), expected.len(), "{question}");
        assert_eq!(ids(&found).into_iter().collect::<BTreeSet<_>>(), expected, "{question}");
    }
}

#[tokio::test]
async fn an_institution_elsewhere_is_as_one_that_never_was_also_in_the_counts() {
    let server = Server::start().await;
    let every = every_hazard(&server).await;
    let township = server.signed_in("supervisor2").await;
    let elsewhere = every.iter().find(|it| !it.division.as_str().starts_with("999901002")).unwrap().facility;
    for question in [format!("facility={elsewhere}"), "division=999901001".into(), "division=999902".into()] {
        let page: HazardsPage = township.get(&format!("/api/hazards?scope=all&{question}")).await.json();
        assert!(page.hazards.is_empty() && page.counts.iter().all(|it| it.hazards == 0), "{question}");
    }
}

#[tokio::test]
async fn a_question_about_hazards_that_makes_no_sense_is_a_numbered_problem() {
    let server = Server::start().await;
    let browser = server.signed_in("supervisor1").await;
    for question in ["state=gone", "after=x", "limit=many", "colour=red", "division=1"] {
        let problem = browser.get(&format!("/api/hazards?{question}")).await.problem();
        assert_eq!(problem.number(), "400.2", "{question}");
    }
    assert_eq!(server.browser().get("/api/hazards").await.problem(), Problem::NotSignedIn);
    assert_eq!(server.browser().get("/api/hazards/x").await.problem(), Problem::NotSignedIn);
    assert_eq!(browser.get("/api/hazards/x").await.problem(), Problem::NotFound);
    let _: Date = browser.get("/api/hazards").await.json::<HazardsPage>().today;
}

#[tokio::test]
async fn a_department_sees_the_photos_of_what_was_transferred_to_it_and_not_the_visits_record() {
    let server = Server::start().await;
    let fire = server.signed_in("fire1").await;
    let every = every_hazard(&server).await;
    let transferred = every.iter().find(|hazard| hazard.state == HazardState::Transferred).unwrap();
    let entry = transferred.standing().unwrap().life.story[0].mark.entry;
    assert_eq!(fire.get(&format!("/api/entries/{entry}")).await.problem(), Problem::NotFound);
    assert!(!transferred.photos.is_empty());
    let firm = server.signed_in("firm1").await;
    for (_, digest) in &transferred.photos {
        let path = format!("/api/photos/{}", digest.hex());
        assert_eq!(fire.get(&path).await.status.as_u16(), 200);
    }
    // A firm with which the hazard has nothing to do learns nothing of it.
    assert_eq!(firm.get(&format!("/api/hazards/{}", transferred.id)).await.problem(), Problem::NotFound);
}
