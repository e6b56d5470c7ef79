//! Inboxes: who finds what in his, that nothing is told twice, that it was read, and what nobody is told.

use axum::http::{Method, StatusCode};
use xunan_core::access::Role;
use xunan_core::clock::Span;
use xunan_core::facility::Party;
use xunan_core::hazard::{Assignment, Command, DeadlineOf, HazardState, Step, StepKind};
use xunan_core::ids::PlanId;
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::log::{Body, Effect};
use xunan_core::notice::{
    About, DueStanding, InboxItem, InboxPage, PlanNews, ReadNotices, ReadReceipt, Reading, What,
};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::problem::Problem;
use xunan_core::rules::Profile;
use xunan_core::unit::{Unit, UnitKind};
use xunan_server::clock::id_entropy;
use xunan_server::notices::Reminders;

use crate::support::{Browser, Phone, Server, now, receipt};

/// The whole inbox, in pages of a few.
async fn inbox(browser: &Browser) -> Vec<InboxItem> {
    let (mut items, mut after) = (Vec::new(), String::new());
    loop {
        let page: InboxPage = browser.get(&format!("/api/notices?limit=3{after}")).await.json();
        items.extend(page.notices);
        match page.next {
            Some(place) => after = format!("&after={place}"),
            None => return items,
        }
    }
}

async fn unread(browser: &Browser) -> u32 {
    browser.get("/api/notices?limit=1").await.json::<InboxPage>().unread
}

/// An open hazard of the home that `institution1` belongs to, as the office sees it.
async fn hazard_of_the_home(server: &Server) -> HazardCard {
    let Role::Institution { facility } = server.signed_in("institution1").await.account().await.role else {
        panic!("institution1 is of another role")
    };
    let rows = server.signed_in("supervisor1").await.rows().await;
    let hazards = rows.into_iter().filter_map(|row| if let Row::Hazard(it) = row { Some(*it) } else { None });
    let found = hazards.into_iter().find(|it| it.facility == facility && it.state == HazardState::Found);
    found.expect("the demo's first home has an open hazard")
}

fn assign(card: &HazardCard) -> Body {
    let primary = Unit { kind: UnitKind::Party(Party::Head), name: "第一养老院".to_owned() };
    let assignment = Assignment {
        primary,
        supporting: Vec::new(),
        person: "王某".to_owned(),
        measure: "立即打开".to_owned(),
        due: now().date().plus_days(20),
    };
    Body::HazardStep(Box::new(Step { hazard: card.id, command: Command::Assign { assignment } }))
}

fn is_assigned(item: &&InboxItem) -> bool {
    matches!(item.notice.what, What::Step { did: StepKind::Assigned, .. })
}

#[tokio::test]
async fn an_assignment_is_told_once_and_the_office_learns_when_it_was_read() {
    let server = Server::start().await;
    let card = hazard_of_the_home(&server).await;
    let home = server.signed_in("institution1").await;
    let before = (inbox(&home).await.len(), unread(&home).await);
    let mut office = server.phone("supervisor1").await;
    let entry = office.sign(&assign(&card));
    for _ in 0..2 {
        let outcome = office.push_one(&entry).await;
        assert_eq!(receipt(&outcome).receipt().effect, Effect::Taken);
    }
    let items = inbox(&home).await;
    assert_eq!((items.len(), unread(&home).await), (before.0 + 1, before.1 + 1));
    let told = items.iter().find(is_assigned).unwrap().clone();
    assert_eq!(told, items[0], "the newest comes first");
    assert!(matches!(&told.notice.about, About::Hazard { hazard, .. } if *hazard == card.id));
    assert_eq!(told.read, None);
    // Whoever did it is not told; nor is another institution.
    let of_this =
        |it: &InboxItem| matches!(&it.notice.about, About::Hazard { hazard, .. } if *hazard == card.id);
    for login in ["supervisor1", "institution2"] {
        let items = inbox(&server.signed_in(login).await).await;
        assert!(!items.iter().any(|it| is_assigned(&it) && of_this(it)), "{login}");
    }

    let path = format!("/api/notices/{}/receipts", told.notice.id.0);
    let receipts = async || office.browser.get(&path).await.json::<Vec<ReadReceipt>>();
    assert_eq!(receipts().await.iter().map(|it| it.reading).collect::<Vec<_>>(), [Reading::Unread]);
    let read = ReadNotices { notices: vec![told.notice.id] };
    // Somebody else's reading is not the home's.
    let other = server.signed_in("institution2").await;
    assert_eq!(other.post("/api/notices/read", &read).await.status, StatusCode::NO_CONTENT);
    assert_eq!(receipts().await[0].reading, Reading::Unread);
    for _ in 0..2 {
        assert_eq!(home.post("/api/notices/read", &read).await.status, StatusCode::NO_CONTENT);
    }
    let [ReadReceipt { name, reading: Reading::Read { at }, .. }] = &receipts().await[..] else { panic!() };
    assert_eq!(name, "王演示");
    assert_eq!(inbox(&home).await[0].read, Some(*at));
    assert_eq!(unread(&home).await, before.1);
    // The sender's office, and nobody else.
    for (login, status) in [("inspector1", 200), ("admin1", 200), ("supervisor2", 404), ("institution1", 404)]
    {
        assert_eq!(server.signed_in(login).await.get(&path).await.status.as_u16(), status, "{login}");
    }
}

async fn plan(server: &Server, office: &mut Phone, notice: NoticeMode) -> PlanId {
    let card = hazard_of_the_home(server).await;
    let inspectors = [
        server.signed_in("inspector1").await.account().await.id,
        server.signed_in("inspector2").await.account().await.id,
    ];
    let plan = Plan {
        id: PlanId::from_parts(now(), id_entropy().unwrap()),
        facility: card.facility,
        office: office.account.region.clone(),
        inspectors,
        notice,
        profile: Profile::MajorOnly,
        from: now().date(),
        until: now().date().plus_days(9),
        purpose: "举报线索".to_owned(),
    };
    let entry = office.sign(&Body::PlanMade(plan.clone()));
    assert_eq!(receipt(&office.push_one(&entry).await).receipt().effect, Effect::Taken);
    plan.id
}

#[tokio::test]
async fn a_secret_plan_changes_nothing_in_the_inboxes_of_those_who_must_not_know() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let logins = ["institution1", "institution2", "inspector3", "supervisor2"];
    let mut before = Vec::new();
    for login in logins {
        before.push(server.signed_in(login).await.get("/api/notices").await.body);
    }
    for notice in [NoticeMode::Secret, NoticeMode::OnArrival] {
        plan(&server, &mut office, notice).await;
        for (login, before) in logins.iter().zip(&before) {
            // Byte for byte: no count, no place, no time tells that something happened.
            let now = server.signed_in(login).await.get("/api/notices").await.body;
            assert_eq!(&now, before, "{login} {notice:?}");
        }
        let carries_out = inbox(&server.signed_in("inspector1").await).await;
        let news = &carries_out[0].notice.what;
        assert!(matches!(news, What::Plan { news: PlanNews::Made, .. }), "{news:?}");
    }
    let announced = plan(&server, &mut office, NoticeMode::Advance).await;
    let told = inbox(&server.signed_in("institution1").await).await;
    assert!(matches!(&told[0].notice.about, About::Plan { plan, .. } if *plan == announced));
    assert!(matches!(told[0].notice.what, What::Plan { news: PlanNews::Announced, .. }));
    assert_eq!(server.signed_in("institution2").await.get("/api/notices").await.body, before[1]);
}

fn overdue(items: &[InboxItem], card: &HazardCard) -> usize {
    let is_overdue = |item: &&InboxItem| {
        let What::Due { of: DeadlineOf::Rectify, standing: DueStanding::Overdue, .. } = item.notice.what
        else {
            return false;
        };
        matches!(&item.notice.about, About::Hazard { hazard, .. } if *hazard == card.id)
    };
    items.iter().filter(is_overdue).count()
}

#[tokio::test]
async fn what_is_overdue_is_told_once_whatever_the_clock_does_and_however_often_the_server_starts() {
    let server = Server::start().await;
    let card = hazard_of_the_home(&server).await;
    let mut office = server.phone("supervisor1").await;
    let entry = office.sign(&assign(&card));
    office.push_one(&entry).await;
    let clock = server.parts.clock.clone();
    let reminders = |server: &Server| Reminders::new(server.parts.store.clone(), clock.clone());
    reminders(&server).remind().await.unwrap();
    let home = server.signed_in("institution1").await;
    assert_eq!(overdue(&inbox(&home).await, &card), 0);
    // Three weeks off, then forward, back, and forward again.
    for days in [21, 1, -1, 1, 3] {
        clock.advance(Span::days(days));
        for _ in 0..2 {
            reminders(&server).remind().await.unwrap();
        }
        assert_eq!(overdue(&inbox(&home).await, &card), 1, "{days}");
    }
    let supervisors = inbox(&server.signed_in("supervisor1").await).await;
    assert_eq!(overdue(&supervisors, &card), 1);
    let raised = |it: &&InboxItem| matches!(it.notice.what, What::Due { standing: DueStanding::Raised, .. });
    // No office above the county has an account here: the highest one is told again rather than nobody.
    assert!(supervisors.iter().any(|it| raised(&it)));
    let count = inbox(&home).await.len();
    let server = server.restarted().await;
    reminders(&server).remind().await.unwrap();
    assert_eq!(inbox(&server.signed_in("institution1").await).await.len(), count);
}

/// How often an inbox says that a plan is due, by how it stands.
fn due(items: &[InboxItem], id: PlanId) -> Vec<DueStanding> {
    let of_this =
        items.iter().filter(|it| matches!(&it.notice.about, About::Plan { plan, .. } if *plan == id));
    let standings = of_this.filter_map(|it| match it.notice.what {
        What::PlanDue { standing, .. } => Some(standing),
        _ => None,
    });
    let mut standings: Vec<DueStanding> = standings.collect();
    standings.sort_unstable();
    standings
}

#[tokio::test]
async fn a_secret_visit_that_is_overdue_is_told_once_to_its_inspectors_and_its_office_and_to_nobody_else() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let clock = server.parts.clock.clone();
    let remind = async |server: &Server| {
        Reminders::new(server.parts.store.clone(), clock.clone()).remind().await.unwrap();
    };
    // All that the demo itself has to be reminded of is told.
    clock.advance(Span::days(60));
    remind(&server).await;
    // Its sign-in ended meanwhile.
    office.browser = server.signed_in("supervisor1").await;
    let uninvolved = ["institution1", "institution2", "inspector3", "supervisor2", "admin1"];
    let inbox_bytes = async |server: &Server| {
        let mut all = Vec::new();
        for login in uninvolved {
            all.push(server.signed_in(login).await.get("/api/notices").await.body);
        }
        all
    };
    let before = inbox_bytes(&server).await;
    let secret = plan(&server, &mut office, NoticeMode::Secret).await;
    for _ in 0..3 {
        clock.advance(Span::days(1));
        for _ in 0..2 {
            remind(&server).await;
        }
    }
    use DueStanding::{Overdue, Raised, RaisedAgain};
    let told = async |server: &Server, login: &str| due(&inbox(&server.signed_in(login).await).await, secret);
    drop(office);
    let server = server.restarted().await;
    remind(&server).await;
    for login in ["inspector1", "inspector2"] {
        assert_eq!(told(&server, login).await, [Overdue], "{login}");
    }
    assert_eq!(told(&server, "supervisor1").await, [Overdue, Raised, RaisedAgain]);
    // Byte for byte: no count, no place, no time tells that something was planned.
    assert_eq!(inbox_bytes(&server).await, before);
}

#[tokio::test]
async fn an_announced_visit_is_no_duty_of_the_institution_and_nobody_is_reminded_of_one_that_is_withdrawn() {
    let server = Server::start().await;
    let mut office = server.phone("supervisor1").await;
    let (kept, withdrawn) = (
        plan(&server, &mut office, NoticeMode::Advance).await,
        plan(&server, &mut office, NoticeMode::Advance).await,
    );
    let entry = office.sign(&Body::PlanWithdrawn { plan: withdrawn, reason: String::new() });
    assert_eq!(receipt(&office.push_one(&entry).await).receipt().effect, Effect::Taken);
    let clock = server.parts.clock.clone();
    let mut told = Vec::new();
    // The last day is the ninth from now.
    for days in [7, 2, 1] {
        clock.advance(Span::days(days));
        Reminders::new(server.parts.store.clone(), clock.clone()).remind().await.unwrap();
        told.push(due(&inbox(&server.signed_in("inspector1").await).await, kept));
    }
    use DueStanding::{Overdue, Soon, Today};
    assert_eq!(told, [vec![Soon], vec![Soon, Today], vec![Soon, Today, Overdue]]);
    for login in ["inspector1", "supervisor1", "institution1"] {
        assert_eq!(due(&inbox(&server.signed_in(login).await).await, withdrawn), [], "{login}");
    }
    assert_eq!(due(&inbox(&server.signed_in("supervisor1").await).await, kept), [Overdue]);
    assert_eq!(due(&inbox(&server.signed_in("institution1").await).await, kept), []);
}

#[tokio::test]
async fn an_inbox_is_its_owners_and_what_makes_no_sense_is_a_numbered_problem() {
    let server = Server::start().await;
    let nobody = server.browser();
    for path in ["/api/notices", "/api/push-key", "/api/notices/x/receipts"] {
        assert_eq!(nobody.get(path).await.problem(), Problem::NotSignedIn, "{path}");
    }
    for path in ["/api/notices/read", "/api/push-subscriptions"] {
        assert_eq!(nobody.post(path, &serde_json::json!({})).await.problem(), Problem::NotSignedIn, "{path}");
    }
    let browser = server.signed_in("inspector1").await;
    for query in ["after=x", "after=-1", "limit=many"] {
        assert_eq!(
            browser.get(&format!("/api/notices?{query}")).await.problem().number(),
            "400.2",
            "{query}"
        );
    }
    let far = browser.get(&format!("/api/notices?after={}", u64::MAX)).await;
    assert_eq!(far.status, StatusCode::OK);
    let id = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    assert_eq!(browser.get(&format!("/api/notices/{id}/receipts")).await.problem(), Problem::NotFound);
    assert_eq!(browser.get("/api/notices/..%2f/receipts").await.problem(), Problem::NotFound);
    let many = serde_json::json!({ "notices": vec![id; 501] });
    assert_eq!(browser.post("/api/notices/read", &many).await.problem().number(), "400.2");
    // Web Push is off unless an operator switches it on.
    assert_eq!(browser.get("/api/push-key").await.text(), "{}");
    let subscription = serde_json::json!({ "endpoint": "https://a.example/x", "p256dh": "", "auth": "" });
    assert_eq!(browser.post("/api/push-subscriptions", &subscription).await.problem(), Problem::NotFound);
    let ended = browser
        .send(
            Method::DELETE,
            "/api/push-subscriptions",
            &[("content-type", "application/json")],
            r#"{"endpoint":"https://a.example/x"}"#,
        )
        .await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
}
