//! Administering accounts: by whom, of which regions, and what a handover leaves where it was.

use axum::http::StatusCode;
use serde_json::json;
use xunan_core::access::{Account, Certificate, Role};
use xunan_core::account::{AccountChange, AccountChanger, AccountFault};
use xunan_core::facility::Party;
use xunan_core::hazard::{Assignment, Command, HazardState, Step};
use xunan_core::ids::{AccountId, FacilityId, PlanId};
use xunan_core::ledger::{HazardCard, Row};
use xunan_core::log::{Body, Effect};
use xunan_core::plan::{NoticeMode, Plan};
use xunan_core::problem::Problem;
use xunan_core::rules::Profile;
use xunan_core::sync::{
    AccountAnswer, AccountCard, AccountDetail, AccountList, AccountStanding, HandOver, MakeAccount,
    Unfinished,
};
use xunan_core::unit::{Unit, UnitKind};
use xunan_server::accounts::{NewAccount, add_account};
use xunan_server::clock::id_entropy;
use xunan_server::demo::{self, PASSWORD};
use xunan_server::ledger_store::Tables;
use xunan_server::rebuild::rebuild;

use crate::support::{Browser, Phone, Server, now, receipt};

fn new_account(login: &str, region: &str, role: Role) -> MakeAccount {
    MakeAccount {
        login: login.to_owned(),
        name: format!("新人{login}"),
        organisation: "某局（演示）".to_owned(),
        region: region.parse().unwrap(),
        role,
    }
}

fn certificate() -> Certificate {
    Certificate { number: "演示执法099".to_owned(), valid_until: now().date().plus_days(300) }
}

/// Somebody who is there before the test begins.
pub(crate) async fn somebody(server: &Server, login: &str, region: &str, role: Role) -> AccountId {
    let MakeAccount { login, name, organisation, region, role } = new_account(login, region, role);
    let id = AccountId::from_parts(now(), id_entropy().unwrap());
    let password_hash = server.parts.passwords.hash(demo::PASSWORD).unwrap();
    let new = NewAccount { id, login, name, organisation, region, role, password_hash };
    server.parts.store.write(move |tables: &dyn Tables| add_account(tables, new, now())).await.unwrap();
    id
}

async fn accounts(browser: &Browser, search: &str) -> Vec<AccountCard> {
    browser.get(&format!("/api/accounts?search={search}")).await.json::<AccountList>().accounts
}

async fn account_of(browser: &Browser, login: &str) -> Account {
    let found = accounts(browser, login).await.into_iter().find(|card| card.login == login);
    found.unwrap_or_else(|| panic!("{login}")).account
}

/// What was done, with the password that was told.
async fn done(browser: &Browser, path: &str, body: &impl serde::Serialize) -> (AccountCard, Option<String>) {
    let answer = browser.post(path, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    match answer.json::<AccountAnswer>() {
        AccountAnswer::Done { card, password, .. } => (*card, password.map(|it| it.0)),
        AccountAnswer::Refused { fault } => panic!("{path}: {fault:?}"),
    }
}

fn path(id: AccountId, what: &str) -> String {
    format!("/api/accounts/{id}{what}")
}

async fn history(browser: &Browser, id: AccountId) -> Vec<AccountChange> {
    let detail: AccountDetail = browser.get(&path(id, "")).await.json();
    detail.history.into_iter().map(|event| event.what).collect()
}

#[tokio::test]
async fn a_new_account_signs_in_with_a_password_that_is_told_once_and_stands_nowhere() {
    let server = Server::start().await;
    let admin = server.signed_in("admin1").await;
    let wanted = new_account("xin.ren", "999901", Role::Supervisor);
    let (card, password) = done(&admin, "/api/accounts", &wanted).await;
    let password = password.unwrap();
    assert_eq!((card.login.as_str(), card.standing), ("xin.ren", AccountStanding::Active));
    assert_eq!(server.browser().sign_in("xin.ren", &password).await.status, StatusCode::OK);
    let detail = admin.get(&path(card.account.id, "")).await;
    let list = admin.get("/api/accounts").await;
    for text in [detail.text(), list.text()] {
        assert!(!text.contains(&password) && !text.contains("argon2"), "{text}");
    }
    let by = detail.json::<AccountDetail>().history[0].by.clone();
    let admin_account = admin.account().await;
    assert_eq!(by, AccountChanger::Administrator { account: admin_account.id, name: admin_account.name });
    // The very login again, and what says nothing.
    for (change, fault) in [
        (json!({}), AccountFault::LoginTaken),
        (json!({ "login": "a b" }), AccountFault::Login),
        (json!({ "login": "" }), AccountFault::Login),
        (json!({ "login": "other", "name": " " }), AccountFault::Name),
        (json!({ "login": "other", "organisation": "" }), AccountFault::Organisation),
        (
            json!({ "login": "other", "role": { "maintenance": { "facilities": [] } } }),
            AccountFault::Facilities,
        ),
        (
            json!({ "login": "other", "role": { "staff": { "facility": "01HZZZZZZZZZZZZZZZZZZZZZZZ" } } }),
            AccountFault::Facility,
        ),
        (
            json!({ "login": "other", "role": { "inspector": {
                "certificate": { "number": " ", "valid_until": "2030-01-01" } } } }),
            AccountFault::Certificate,
        ),
    ] {
        let mut body = serde_json::to_value(&wanted).unwrap();
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer: AccountAnswer = admin.post("/api/accounts", &body).await.json();
        assert_eq!(answer, AccountAnswer::Refused { fault }, "{body}");
    }
    assert!(accounts(&admin, "other").await.is_empty());
}

#[tokio::test]
async fn accounts_are_made_in_the_own_region_and_below_and_those_of_institutions_by_the_county() {
    let server = Server::start().await;
    somebody(&server, "town-admin", "999901001", Role::Administrator).await;
    somebody(&server, "city-admin", "9999", Role::Administrator).await;
    let Role::Institution { facility } = server.signed_in("institution1").await.account().await.role else {
        panic!("an institution")
    };
    let county = Role::Supervisor;
    let inspector = Role::Inspector { certificate: certificate() };
    let cases: [(&str, &str, Role, [bool; 3]); 9] = [
        // administrators of the city, the county and a township of it
        ("the city", "9999", county.clone(), [true, false, false]),
        ("the county", "999901", county.clone(), [true, true, false]),
        ("its administrator", "999901", Role::Administrator, [true, true, false]),
        ("the township", "999901001", inspector, [true, true, true]),
        ("another township", "999901002", county.clone(), [true, true, false]),
        ("the next county", "999902", county.clone(), [true, false, false]),
        ("the next city", "9998", county, [false, false, false]),
        // The server takes the institution's own region, whatever is said.
        ("an institution", "9998", Role::Institution { facility }, [true, true, false]),
        ("its staff", "999901001", Role::Staff { facility }, [true, true, false]),
    ];
    for (who, login) in [(0, "city-admin"), (1, "admin1"), (2, "town-admin")] {
        let admin = server.signed_in(login).await;
        for (number, (name, region, role, may)) in cases.iter().enumerate() {
            let wanted = new_account(&format!("new-{who}-{number}"), region, role.clone());
            let answer = admin.post("/api/accounts", &wanted).await;
            if may[who] {
                assert!(
                    matches!(answer.json(), AccountAnswer::Done { .. }),
                    "{login}: {name}: {}",
                    answer.text()
                );
            } else {
                assert_eq!(answer.problem(), Problem::NotAllowed, "{login}: {name}");
            }
        }
        let seen = accounts(&admin, "new-").await;
        let region = admin.account().await.region;
        assert!(seen.iter().all(|card| region.contains(&card.account.region)), "{login}");
    }
    let institution = account_of(&server.signed_in("admin1").await, "new-1-7").await;
    assert_eq!(institution.region.as_str(), "999901001");
}

#[tokio::test]
async fn the_people_of_an_institution_that_moves_are_administered_where_it_stands_now() {
    let server = Server::start().await;
    let after = "999902001";
    somebody(&server, "next-admin", "999902", Role::Administrator).await;
    somebody(&server, "city-office", "9999", Role::Supervisor).await;
    let home = server.signed_in("institution1").await;
    let Role::Institution { facility } = home.account().await.role else { panic!("an institution") };
    let firm = Role::Maintenance { facilities: vec![facility] };
    somebody(&server, "its-firm", "999901", firm).await;
    let sees = async |login: &str| {
        let seen = accounts(&server.signed_in(login).await, "").await;
        ["institution1", "its-firm"].map(|person| seen.iter().any(|card| card.login == person))
    };
    assert_eq!([sees("admin1").await, sees("next-admin").await], [[true, true], [false, false]]);

    let mut office = server.phone("city-office").await;
    let found = office.browser.rows().await.into_iter().find_map(|row| match row {
        Row::Facility(card) if card.id == facility => Some(card),
        _ => None,
    });
    let mut card = found.expect("the institution's card");
    card.division = after.parse().unwrap();
    let moved = office.sign(&Body::FacilityRegistered(card));
    receipt(&office.push_one(&moved).await);
    assert_eq!([sees("admin1").await, sees("next-admin").await], [[false, true], [true, false]]);
    assert_eq!(home.account().await.region.as_str(), after);
    assert!(home.rows().await.iter().any(|row| matches!(row, Row::Facility(card) if card.id == facility)));
}

#[tokio::test]
async fn only_administrators_come_in_and_accounts_of_other_regions_do_not_exist() {
    let server = Server::start().await;
    let foreign = somebody(&server, "next-county", "999902", Role::Supervisor).await;
    let above = somebody(&server, "city-admin", "9999", Role::Administrator).await;
    let nobody = AccountId::from_parts(now(), id_entropy().unwrap());
    let hand_over = HandOver { login: "x".to_owned(), name: "某".to_owned(), certificate: None };
    let actions = ["/lock", "/unlock", "/password", "/hand-over"];
    for login in ["inspector1", "supervisor1", "institution1"] {
        let browser = server.signed_in(login).await;
        assert_eq!(browser.get("/api/accounts").await.problem(), Problem::NotAllowed, "{login}");
        for action in actions {
            let answer = browser.post(&path(foreign, action), &hand_over).await;
            assert_eq!(answer.problem(), Problem::NotAllowed, "{login}{action}");
        }
    }
    let admin = server.signed_in("admin1").await;
    for id in [foreign, above, nobody] {
        assert_eq!(admin.get(&path(id, "")).await.problem(), Problem::NotFound);
        for action in actions {
            let answer = admin.post(&path(id, action), &hand_over).await;
            let there_is_none = admin.post(&path(nobody, action), &hand_over).await;
            assert_eq!(
                (answer.status, answer.text()),
                (there_is_none.status, there_is_none.text()),
                "{action}"
            );
            assert_eq!(answer.problem(), Problem::NotFound);
        }
    }
    for search in ["", "next", "city", "新人"] {
        let seen = accounts(&admin, search).await;
        assert!(seen.iter().all(|card| card.login != "next-county" && card.login != "city-admin"));
    }
    assert_eq!(server.signed_in("next-county").await.account().await.id, foreign, "nothing was done to it");
    assert_eq!(server.browser().get("/api/accounts").await.problem(), Problem::NotSignedIn);
}

async fn roster(browser: &Browser) -> Vec<AccountId> {
    let of = |row| if let Row::Colleague(colleague) = row { Some(colleague.account) } else { None };
    browser.rows().await.into_iter().filter_map(of).collect()
}

#[tokio::test]
async fn a_locked_inspector_is_out_at_once_and_off_the_roster_until_unlocked() {
    let server = Server::start().await;
    let admin = server.signed_in("admin1").await;
    let inspector = server.signed_in("inspector2").await;
    let id = inspector.account().await.id;
    let supervisor = server.signed_in("supervisor1").await;
    assert!(roster(&supervisor).await.contains(&id));
    done(&admin, &path(id, "/lock"), &json!({})).await;
    assert_eq!(inspector.get("/api/session").await.problem(), Problem::NotSignedIn);
    assert_eq!(server.browser().sign_in("inspector2", PASSWORD).await.problem(), Problem::AccountLocked);
    assert!(!roster(&supervisor).await.contains(&id));
    // Visits on which that inspector was the second one stay what they were.
    rebuild(&server.parts.store, &server.parts.packs).await.unwrap();
    done(&admin, &path(id, "/unlock"), &json!({})).await;
    assert!(roster(&supervisor).await.contains(&id));
    assert_eq!(server.browser().sign_in("inspector2", PASSWORD).await.status, StatusCode::OK);
    assert_eq!(history(&admin, id).await, [AccountChange::Unlocked, AccountChange::Locked]);
    let own = admin.account().await.id;
    assert_eq!(admin.post(&path(own, "/lock"), &json!({})).await.problem(), Problem::NotAllowed);
}

#[tokio::test]
async fn a_reset_password_is_told_once_and_ends_the_sessions() {
    let server = Server::start().await;
    let admin = server.signed_in("admin1").await;
    let before = server.signed_in("supervisor1").await;
    let id = before.account().await.id;
    let (_, password) = done(&admin, &path(id, "/password"), &json!({})).await;
    assert_eq!(before.get("/api/session").await.problem(), Problem::NotSignedIn);
    assert_eq!(server.browser().sign_in("supervisor1", PASSWORD).await.problem(), Problem::BadLogin);
    assert_eq!(server.browser().sign_in("supervisor1", &password.unwrap()).await.status, StatusCode::OK);
    assert_eq!(history(&admin, id).await, [AccountChange::PasswordReset]);
}

#[tokio::test]
async fn an_administrator_who_changes_too_much_at_once_is_slowed_down() {
    let server = Server::start().await;
    let admin = server.signed_in("admin1").await;
    let id = account_of(&admin, "inspector3").await.id;
    for _ in 0..30 {
        done(&admin, &path(id, "/unlock"), &json!({})).await;
    }
    let answer = admin.post(&path(id, "/unlock"), &json!({})).await;
    assert!(matches!(answer.problem(), Problem::TooMany { retry_after_seconds: 1..=60 }));
    server.parts.clock.advance(xunan_core::clock::Span::seconds(61));
    done(&admin, &path(id, "/unlock"), &json!({})).await;
}

async fn open_hazard(browser: &Browser) -> HazardCard {
    let hazard = browser.rows().await.into_iter().find_map(|row| match row {
        Row::Hazard(hazard) if hazard.state == HazardState::Found => Some(*hazard),
        _ => None,
    });
    hazard.unwrap()
}

fn assign(hazard: &HazardCard, person: &str) -> Body {
    let assignment = Assignment {
        primary: Unit { kind: UnitKind::Party(Party::Head), name: "某机构".to_owned() },
        supporting: Vec::new(),
        person: person.to_owned(),
        measure: "立即清理".to_owned(),
        due: now().date().plus_days(10),
    };
    Body::HazardStep(Box::new(Step { hazard: hazard.id, command: Command::Assign { assignment } }))
}

#[tokio::test]
async fn a_supervisors_post_is_handed_over_in_the_middle_of_a_loop_and_nothing_is_lost() {
    let server = Server::start().await;
    let admin = server.signed_in("admin1").await;
    let mut old = server.phone("supervisor1").await;
    let hazard = open_hazard(&old.browser).await;
    let assigned = old.sign(&assign(&hazard, &old.account.name.clone()));
    assert_eq!(receipt(&old.push_one(&assigned).await).receipt().effect, Effect::Taken);
    // Written without a network before the handover, and not sent yet.
    let remark = Command::Remark { text: "已电话催办".to_owned() };
    let unsent = old.sign(&Body::HazardStep(Box::new(Step { hazard: hazard.id, command: remark })));

    let wanted = HandOver { login: "jieren".to_owned(), name: "接任演示".to_owned(), certificate: None };
    let answer = admin.post(&path(old.account.id, "/hand-over"), &wanted).await;
    let AccountAnswer::Done { card, password, from, unfinished } = answer.json() else {
        panic!("{}", answer.text())
    };
    assert_eq!(from, Some(old.account.id));
    let told =
        |it: &Unfinished| matches!(it, Unfinished::Hazard { hazard: named, .. } if *named == hazard.id);
    assert!(unfinished.iter().any(told), "{unfinished:?}");
    assert_eq!((&card.account.role, &card.account.region), (&old.account.role, &old.account.region));

    // The old one is out, by session and by password; the phone keeps what it wrote.
    assert_eq!(old.push_texts(vec![unsent.compact().to_owned()]).await.problem(), Problem::NotSignedIn);
    assert_eq!(server.browser().sign_in("supervisor1", PASSWORD).await.problem(), Problem::AccountLocked);

    // The new one sees the open hazard and goes on.
    let mut browser = server.browser();
    browser.sign_in("jieren", &password.unwrap().0).await;
    let mut new = Phone::enrol(browser).await;
    let seen = new.browser.rows().await;
    let goes_on = seen.iter().any(|row| matches!(row, Row::Hazard(it) if it.id == hazard.id));
    assert!(goes_on, "the new supervisor does not see the hazard");
    let again = new.sign(&assign(&hazard, "院长乙"));
    assert_eq!(receipt(&new.push_one(&again).await).receipt().effect, Effect::Taken);

    // Signed in on the old one's phone, the new one sends what the old one had written: in the old one's name.
    let on_the_old_phone = Phone { browser: new.browser.clone(), ..old };
    assert_eq!(on_the_old_phone.show_key().await.status, StatusCode::OK);
    assert_eq!(receipt(&on_the_old_phone.push_one(&unsent).await).receipt().effect, Effect::Taken);
    let card_now = new.browser.rows().await.into_iter().find_map(|row| match row {
        Row::Hazard(it) if it.id == hazard.id => Some(it),
        _ => None,
    });
    let story = card_now.unwrap().life.read().unwrap().story;
    assert_eq!(story.last().unwrap().mark.account, on_the_old_phone.account.id);
    let handed = AccountChange::HandedOver { to: card.account.id };
    assert_eq!(history(&admin, on_the_old_phone.account.id).await, [handed]);
    let took = AccountChange::TookOver { from: on_the_old_phone.account.id };
    assert_eq!(history(&admin, card.account.id).await, [took]);
}

#[tokio::test]
async fn an_inspectors_post_needs_a_certificate_of_the_new_persons_own_and_open_plans_are_told() {
    let server = Server::start().await;
    let admin = server.signed_in("admin1").await;
    let mut supervisor = server.phone("supervisor1").await;
    let rows = supervisor.browser.rows().await;
    let facility: FacilityId = rows
        .iter()
        .find_map(|row| if let Row::Facility(facility) = row { Some(facility.id) } else { None })
        .unwrap();
    let [first, second] = ["inspector1", "inspector2"];
    let (first, second) = (account_of(&admin, first).await, account_of(&admin, second).await);
    let plan = Plan {
        id: PlanId::from_parts(now(), id_entropy().unwrap()),
        facility,
        office: "999901".parse().unwrap(),
        inspectors: [first.id, second.id],
        notice: NoticeMode::Secret,
        profile: Profile::MajorOnly,
        from: now().date(),
        until: now().date().plus_days(9),
        purpose: String::new(),
    };
    let made = supervisor.sign(&Body::PlanMade(plan.clone()));
    assert_eq!(receipt(&supervisor.push_one(&made).await).receipt().effect, Effect::Taken);
    let mut wanted =
        HandOver { login: "new.inspector".to_owned(), name: "新检查员".to_owned(), certificate: None };
    let refused = admin.post(&path(first.id, "/hand-over"), &wanted).await;
    assert!(matches!(refused.problem(), Problem::Malformed { .. }));
    wanted.certificate = Some(certificate());
    let answer: AccountAnswer = admin.post(&path(first.id, "/hand-over"), &wanted).await.json();
    let AccountAnswer::Done { card, unfinished, .. } = answer else { panic!("{answer:?}") };
    let told = |it: &Unfinished| matches!(it, Unfinished::Plan { plan: named, .. } if *named == plan.id);
    assert!(unfinished.iter().any(told), "{unfinished:?}");
    let roster = roster(&supervisor.browser).await;
    assert!(roster.contains(&card.account.id) && !roster.contains(&first.id));
}
