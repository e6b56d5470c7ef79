//! The lists and single pages that are measured, as the desk and phones ask for them.

use std::time::{Duration, Instant};

use xunan_core::notice::InboxPage;
use xunan_core::sync::{HazardsPage, Pulled, SignedIn};
use xunan_e2e::city::{Pushed, TOWNSHIP};
use xunan_e2e::demo;
use xunan_e2e::http::Http;

/// The trivial route that all others stand beside.
pub(crate) const BASELINE: &str = "baseline: is the server there";

/// Rows of a page of a pull that is behind most of the others.
const LAST_ROWS: u64 = 200;

/// How long the log may take to have all receipts.
const TREE_GROWS_WITHIN: Duration = Duration::from_secs(300);

/// How many pages the last one of a long list is behind the first.
const PAGES_DOWN: usize = 20;

/// A page, with whom it is asked by and from where.
pub(crate) struct Page {
    /// What is printed of it.
    pub(crate) name: &'static str,
    /// Whose.
    pub(crate) http: Http,
    /// Its addresses, one after the other.
    pub(crate) paths: Vec<String>,
}

/// What the desk offers to narrow the list of hazards by, beside one institution.
const FILTERS: [(&str, &str); 29] = [
    ("hazards, open", ""),
    ("hazards, my turn", "&scope=mine"),
    ("hazards, all", "&scope=all"),
    ("hazards, found", "&state=found"),
    ("hazards, assigned", "&state=assigned"),
    ("hazards, rectifying", "&state=rectifying"),
    ("hazards, submitted", "&state=submitted"),
    ("hazards, re-checked", "&state=rechecked"),
    ("hazards, transferred", "&state=transferred"),
    ("hazards, closed", "&scope=all&state=closed"),
    ("hazards, not established", "&scope=all&state=not_established"),
    ("hazards, major", "&grade=major"),
    ("hazards, general", "&grade=general"),
    ("hazards, advice", "&grade=advice"),
    ("hazards, overdue", "&overdue=1"),
    ("hazards, overdue, newest first", "&overdue=1&sort=found"),
    ("hazards, listed", "&listed=1"),
    ("hazards, of the institution's head", "&unit=party.head"),
    ("hazards, of the fire service", "&unit=department.fire_rescue"),
    ("hazards, newest first", "&sort=found"),
    ("hazards, worst first", "&sort=grade"),
    ("hazards, major, newest first", "&grade=major&sort=found"),
    ("hazards, search: in many", "&q=%E6%9C%BA%E6%9E%84"),
    ("hazards, search: in few", "&q=%E6%9C%BA%E6%9E%8400042"),
    ("hazards, search: in none", "&q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA"),
    ("hazards, search in all: in few", "&scope=all&q=%E6%9C%BA%E6%9E%8400042"),
    ("hazards, search in all: in none", "&scope=all&q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA"),
    ("hazards, search, worst first", "&sort=grade&q=%E6%9C%BA%E6%9E%8400042"),
    ("hazards, everything at once", "&grade=major&state=assigned&unit=party.head&sort=found&q=00042"),
];

/// The people who ask.
struct Askers {
    office: Http,
    inspector: Http,
    institution: Http,
    administrator: Http,
}

/// Every list and every single page of a year that was pushed.
pub(crate) async fn of_a_year(port: u16, pushed: &Pushed) -> Vec<Page> {
    let signed_in = async |login| Http::to_port(port).signed_in(login, demo::PASSWORD).await;
    let askers = Askers {
        office: signed_in(demo::SUPERVISOR).await,
        inspector: signed_in(demo::INSPECTOR).await,
        institution: signed_in(demo::INSTITUTION).await,
        administrator: signed_in("admin1").await,
    };
    let mut pages = vec![page(BASELINE, &askers.office, ["/healthz".to_owned()])];
    pages.extend(hazard_lists(&askers, pushed).await);
    pages.extend(inboxes(&askers).await);
    pages.extend(pulls(&askers).await);
    pages.extend(single_pages(&askers, pushed));
    pages.extend(of_the_log(&askers, pushed).await);
    pages.extend(accounts(&askers).await);
    pages
}

fn page(name: &'static str, http: &Http, paths: impl IntoIterator<Item = String>) -> Page {
    Page { name, http: http.clone(), paths: paths.into_iter().collect() }
}

async fn hazard_lists(askers: &Askers, pushed: &Pushed) -> Vec<Page> {
    let office = &askers.office;
    let path = |filter: &str| format!("/api/hazards?limit=50{filter}");
    let mut pages: Vec<Page> =
        FILTERS.iter().map(|(name, filter)| page(name, office, [path(filter)])).collect();
    pages.push(page("hazards, of a township", office, [path(&format!("&division={TOWNSHIP}"))]));
    let villages = (0..10).map(|village| path(&format!("&scope=all&division={TOWNSHIP}{village:03}")));
    pages.push(page("hazards, of a village", office, villages));
    let institutions = pushed.facilities.iter().map(|id| path(&format!("&scope=all&facility={id}")));
    pages.push(page("hazards, of an institution", office, institutions));
    pages.push(page("hazards, an inspector's turn", &askers.inspector, [path("&scope=mine")]));
    pages.push(page("hazards, of the own institution", &askers.institution, [path("&scope=all")]));
    pages.push(page("hazards, open, many pages down", office, [many_pages_down(office).await]));
    pages
}

/// The address of a page to which somebody has leafed; of the last one when there are not so many.
async fn many_pages_down(office: &Http) -> String {
    let mut path = "/api/hazards?limit=50".to_owned();
    for _ in 0..PAGES_DOWN {
        let Some(next) = office.get(&path).await.json::<HazardsPage>().next else { break };
        path = format!("/api/hazards?limit=50&after={next}");
    }
    path
}

async fn inboxes(askers: &Askers) -> Vec<Page> {
    let path = || "/api/notices?limit=50".to_owned();
    let newest: InboxPage = askers.office.get(&path()).await.json();
    let receipts = newest.notices.iter().map(|it| format!("/api/notices/{}/receipts", it.notice.id.0));
    let mut seen = Vec::new();
    for path in receipts {
        // Only what the own office caused may be asked for.
        if askers.office.get(&path).await.status.is_success() {
            seen.push(path);
        }
    }
    let mut pages = vec![
        page("inbox of an office", &askers.office, [path()]),
        page("inbox of an inspector", &askers.inspector, [path()]),
        page("inbox of an institution", &askers.institution, [path()]),
    ];
    if !seen.is_empty() {
        pages.push(page("who has read a notice", &askers.office, seen));
    }
    pages
}

async fn pulls(askers: &Askers) -> Vec<Page> {
    let first = || "/api/pull".to_owned();
    let last = last_rows(&askers.inspector).await;
    vec![
        page("first pull of an office", &askers.office, [first()]),
        page("first pull of an inspector", &askers.inspector, [first()]),
        page("first pull of an institution", &askers.institution, [first()]),
        page("pull of what is new", &askers.inspector, [last]),
    ]
}

/// The address of a pull near the end of all changes, which is found by halving.
async fn last_rows(http: &Http) -> String {
    let (mut some, mut none) = (0_u64, 1_u64 << 40);
    while none - some > 1 {
        let middle = some.midpoint(none);
        let pulled: Pulled = http.get(&format!("/api/pull?after={middle}&limit=1")).await.json();
        if pulled.cursor.0 > middle { some = middle } else { none = middle }
    }
    format!("/api/pull?after={}", none.saturating_sub(LAST_ROWS))
}

fn single_pages(askers: &Askers, pushed: &Pushed) -> Vec<Page> {
    let office = &askers.office;
    let entries = |part: &'static str| pushed.visits.iter().map(move |id| format!("/api/entries/{id}{part}"));
    let hazards = pushed.hazards.iter().map(|id| format!("/api/hazards/{id}"));
    let documents = pushed.documents.iter().map(|id| format!("/api/documents/{id}.pdf"));
    vec![
        page("one hazard", office, hazards),
        page("one record", office, entries("")),
        page("one receipt", office, entries("/receipt")),
        page("one record's package", office, entries("/package")),
        page("one document as PDF", office, documents),
    ]
}

async fn of_the_log(askers: &Askers, pushed: &Pushed) -> Vec<Page> {
    let office = &askers.office;
    let size = pushed.entries;
    let proof = |position: usize| format!("/api/log/inclusion?position={position}&size={size}");
    let begun = Instant::now();
    // The tree follows the ledger some seconds behind.
    while !office.get(&proof(1)).await.status.is_success() {
        assert!(begun.elapsed() < TREE_GROWS_WITHIN, "the log does not grow to {size} receipts");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let proofs = (1..=10).map(|tenth| proof((size * tenth / 10).max(1)));
    vec![
        page("the log's newest root", office, ["/api/log/root".to_owned()]),
        page("the log's days", office, ["/api/log/roots".to_owned()]),
        page("a proof from the log", office, proofs),
    ]
}

async fn accounts(askers: &Askers) -> Vec<Page> {
    let administrator = &askers.administrator;
    let inspector = askers.inspector.get("/api/session").await.json::<SignedIn>().account.id;
    vec![
        page("accounts", administrator, ["/api/accounts".to_owned()]),
        page("accounts, search", administrator, ["/api/accounts?search=inspector1".to_owned()]),
        page("one account, and what waits for it", administrator, [format!("/api/accounts/{inspector}")]),
    ]
}
