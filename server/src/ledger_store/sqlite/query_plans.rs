//! How SQLite answers every question that the store asks: from an index, whatever has been gathered over the years.
//!
//! The tests ask each once and look at its plan, not at a clock; one of this folder that is asked nowhere fails them too.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::Location;
use std::path::Path;

use tempfile::TempDir;
use xunan_core::access::{Account, Role};
use xunan_core::clock::{Date, Instant};
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::HazardState;
use xunan_core::ids::{
    AccountId, DeviceId, Entropy, EntryId, FacilityId, HazardId, PhotoId, SnapId, VisitId,
};
use xunan_core::ledger::{Cursor, PhotoSubject, PhotoUse, Row, RowKey, RowKind};
use xunan_core::log::tree::Subtree;
use xunan_core::notice::NoticeId;
use xunan_core::place::GeoPoint;
use xunan_core::region::DivisionCode;
use xunan_core::snap::{CaseNumber, Category, Neighbourhood};
use xunan_core::sync::{HazardSort, Only, SnapKey};

use super::{SqliteConnection, SqliteDatabase, article_growth, growth, snap_growth};
use crate::ledger_store::{
    AccountTables as _, AlikeAsked, Audience, ContactKind, Database as _, DeliveryTables as _,
    DeviceTables as _, EntryTables as _, HazardPlace, HazardTables as _, HazardsAsked, NameWords,
    NoticeTables as _, PayoutTables as _, PhotoTables as _, PlazaAsked, PlazaTables as _, Progress,
    RewardTables as _, RootTables as _, RowTables as _, ServerTables as _, ShadowTables as _, SnapList,
    SnapTables as _, StoredNotice, TreeTables as _,
};
use crate::photo_store::ShadowFile;

/// Reads whole tables that grow with the years, on purpose, and how many there are of what it reads.
const READ_AS_A_WHOLE: [(&str, &str); 6] = [
    ("SELECT likeness, rowid FROM photo_uses", "no order brings alike pictures together; 16 bytes of each"),
    ("FROM accounts ORDER BY login", "the operator's list of all accounts"),
    ("FROM devices d", "the operator's list of all devices"),
    (
        "INDEXED BY facility_names",
        "a part of a name stands anywhere in it; a province has thousands of institutions",
    ),
    ("FROM reward_batches b JOIN snaps s ON s.id = b.snap ORDER", "what is ordered and not settled yet"),
    ("FROM shadows s", "drafts, which are forgotten when their visit is signed"),
];

/// Tables of which an operator makes each row by hand, and that of the townships.
const SMALL: [&str; 5] =
    ["FROM endpoints", "FROM packs", "FROM server_keys", "FROM rows_form", "FROM plaza_places"];

/// Sorts what it found, of which there are few.
const SORTS_A_FEW: [&str; 2] = ["FROM push_subscriptions WHERE account", "AND due < :before"];

thread_local! {
    /// The file, the line and the words of each question of this thread.
    static ASKED: RefCell<BTreeSet<(String, u32, String)>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes a question, and where it is asked.
#[track_caller]
pub(super) fn note(sql: &str) {
    let place = Location::caller();
    let file = Path::new(place.file()).file_name().unwrap().to_string_lossy().into_owned();
    ASKED.with_borrow_mut(|asked| asked.insert((file, place.line(), sql.to_owned())));
}

/// An empty database of this version.
pub(super) fn migrated() -> (TempDir, SqliteConnection) {
    let folder = tempfile::tempdir().unwrap();
    let database = SqliteDatabase::at(&folder.path().join("ledger.sqlite"));
    database.migrate().unwrap();
    let connection = database.connect(rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    (folder, SqliteConnection(connection))
}

/// The plan by which SQLite answers, a step on each line.
pub(super) fn plan_of(connection: &SqliteConnection, sql: &str) -> String {
    let mut statement = connection.0.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    for at in 1..=statement.parameter_count() {
        statement.raw_bind_parameter(at, "x").unwrap();
    }
    let mut rows = statement.raw_query();
    let mut plan = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        plan.push(row.get::<_, String>(3).unwrap());
    }
    plan.join("\n")
}

fn noon() -> Instant {
    "2026-11-23T04:00:00Z".parse().unwrap()
}

fn today() -> Date {
    noon().date()
}

fn township() -> DivisionCode {
    "999901001".parse().unwrap()
}

fn facility() -> Facility {
    Facility {
        id: FacilityId::from_parts(noon(), Entropy(1)),
        name: "虚构机构".to_owned(),
        facility_type: FacilityType::ALL[0],
        division: township(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: None,
        parties: Vec::new(),
    }
}

fn somebody() -> Account {
    Account {
        id: account(),
        name: "演示甲".to_owned(),
        organisation: String::new(),
        region: township(),
        role: Role::Supervisor,
    }
}

fn account() -> AccountId {
    AccountId::from_parts(noon(), Entropy(1))
}

fn ask_about_people(store: &SqliteConnection) {
    let id = account();
    store.account_by_login("x").unwrap();
    store.account(id).unwrap();
    store.accounts().unwrap();
    store.accounts_within(&township(), "x", &|_| true, 10).unwrap();
    store.accounts_around(facility().id).unwrap();
    store.account_history(id).unwrap();
    store.session(&Digest::of(b"x"), noon()).unwrap();
    let device = DeviceId::from_parts(noon(), Entropy(1));
    store.device(device).unwrap();
    store.devices().unwrap();
    store.device_serves(device, id).unwrap();
    store.shadow(id, VisitId::from_parts(noon(), Entropy(1)), &"sheet".parse().unwrap()).unwrap();
    store.shadows_of(id).unwrap();
    store.idle_shadows(noon()).unwrap();
    store.shadow_file_use(ShadowFile::fresh().unwrap()).unwrap();
}

fn ask_about_snaps(store: &SqliteConnection) {
    let (id, hash) = (SnapId::from_parts(noon(), Entropy(1)), Digest::of(b"x"));
    store.snap(id).unwrap();
    store.snap_within(&township(), id).unwrap();
    for list in [SnapList::Open, SnapList::Closed, SnapList::RewardsOpen, SnapList::RewardsClosed] {
        store.snaps_within(&township(), list, None, 10).unwrap();
        store.snaps_within(&township(), list, Some(SnapKey { since: noon(), snap: id }), 10).unwrap();
    }
    store.snaps_numbered(&township(), &CaseNumber::of(id)).unwrap();
    store.snap_of_secret(&hash).unwrap();
    store.snap_of_code(&hash).unwrap();
    let card = snap_growth::published(1);
    let at = card.received;
    let asked = AlikeAsked { report: &card.report, from: at, until: at, most: 10, photos: 10 };
    store.snaps_alike(&asked).unwrap();
    store.sealed_contact(id).unwrap();
    store.ordered_in(&township(), &"20261129-1".parse().unwrap()).unwrap();
    store.rewards_paid().unwrap();
    let approval = EntryId::from_parts(noon(), Entropy(1));
    store.sealed_claimant(approval).unwrap();
    store.claimed_approvals(id).unwrap();
    store.delete_sealed_claimant(approval).unwrap();
    store.ordered(&township()).unwrap();
    store.payout_way(approval).unwrap();
    store.payouts_sent_to(hash, 10).unwrap();
}

/// Every way in which a list can be narrowed down.
pub(super) fn narrowed_plazas(division: &DivisionCode) -> Vec<PlazaAsked> {
    let mut all = vec![PlazaAsked { limit: 21, ..PlazaAsked::default() }];
    let more = |all: &mut Vec<PlazaAsked>, narrow: &dyn Fn(PlazaAsked) -> PlazaAsked| {
        all.extend(all.clone().into_iter().map(narrow));
    };
    more(&mut all, &|it| PlazaAsked { category: Some(Category::Gas), ..it });
    more(&mut all, &|it| PlazaAsked { progress: Some(Progress::Answered), ..it });
    more(&mut all, &|it| PlazaAsked { division: Some(division.clone()), ..it });
    let searched = ["门", "安全出口"];
    let found = |words: &str, it: &PlazaAsked| PlazaAsked { words: words.to_owned(), ..it.clone() };
    let found: Vec<_> =
        searched.iter().flat_map(|words| all.iter().map(move |it| found(words, it))).collect();
    all.extend(found);
    all
}

fn ask_about_plaza(store: &SqliteConnection) {
    let (id, hash) = (SnapId::from_parts(noon(), Entropy(1)), Digest::of(b"x"));
    for asked in narrowed_plazas(&township()) {
        store.plaza(&asked).unwrap();
        store.plaza(&PlazaAsked { before: Some(7), ..asked }).unwrap();
    }
    store.put_snap(&snap_growth::published(1)).unwrap();
    store.public_case(&CaseNumber::of(id)).unwrap();
    store.plaza_places().unwrap();
    store.map_points().unwrap();
    store.has_me_too(id, &hash).unwrap();
}

fn ask_about_entries(store: &SqliteConnection) {
    let (id, device) = (EntryId::from_parts(noon(), Entropy(1)), DeviceId::from_parts(noon(), Entropy(1)));
    let digest = Digest::of(b"x");
    store.entry(id).unwrap();
    store.entry_state(id).unwrap();
    store.entry_came(id).unwrap();
    store.state_of_hash(device, &digest).unwrap();
    store.held(device).unwrap();
    store.awaiting(&digest).unwrap();
    store.chain_head(device).unwrap();
    store.last_position().unwrap();
    store.ledger_entries_after(0, 10).unwrap();
    store.tree_size().unwrap();
    store.subtree(Subtree { level: 0, index: 0 }).unwrap_err();
    store.receipts_after(0, 10).unwrap();
    store.daily_root(today()).unwrap();
    store.daily_roots_after(None, 10).unwrap();
    store.undelivered_roots(&digest, today(), 10).unwrap();
    store.unstamped_roots(today(), 10).unwrap();
    store.time_stamp(today()).unwrap();
}

fn ask_about_photos(store: &SqliteConnection) {
    let used = PhotoUse {
        photo: PhotoId::from_parts(noon(), Entropy(1)),
        entry: EntryId::from_parts(noon(), Entropy(1)),
        visit: None,
        facility: facility().id,
        subject: PhotoSubject::Hazard(HazardId::from_parts(noon(), Entropy(1))),
        taken: noon(),
        original: Digest::of(b"x"),
        stored: Digest::of(b"x"),
        likeness: Likeness::from_bytes([0; 16]),
    };
    store.insert_photo_use(&used).unwrap();
    store.photo(&used.stored).unwrap();
    store.entries_naming(&used.stored).unwrap();
    store.photo_uses_like(&[used], 3).unwrap();
    store.unclaimed_photos(noon()).unwrap();
}

fn ask_about_rows(store: &SqliteConnection) {
    let row = Row::Facility(facility());
    store.put_row(&row).unwrap();
    store.rows_form().unwrap();
    store.facilities_named(&NameWords::of("虚构 机构").unwrap(), 21).unwrap();
    store.facilities_in(Neighbourhood::of(GeoPoint::from_e7(0, 0).unwrap()), 61).unwrap();
    store.rows_after(&Audience::of_row(&row), Cursor(0), 10).unwrap();
    store.rows_that_wait_for(&somebody()).unwrap();
    store.open_plans_after("", 10).unwrap();
    store.open_hazards_after("", 10).unwrap();
    store.packs().unwrap();
    store.pack_bytes(&Digest::of(b"x")).unwrap();
    store.region_rules(&township()).unwrap();
    store.letterhead(&township()).unwrap();
    store.server_keys().unwrap();
}

const SORTS: [HazardSort; 3] = [HazardSort::Due, HazardSort::Found, HazardSort::Grade];

fn ask_about_hazards(store: &SqliteConnection) {
    let card = growth::hazard(1);
    store.hazard(card.id).unwrap();
    // Enough to look for words in the index, and not one after the other.
    for number in 1..60 {
        store.put_row(&Row::Hazard(Box::new(growth::hazard(number)))).unwrap();
    }
    let places = [HazardPlace::Division(card.division.clone()), HazardPlace::Facility(card.facility)];
    let narrowed = [("", None), ("门", None), ("没有", None), ("", Some(today()))];
    for (place, sort) in places.iter().flat_map(|place| SORTS.map(|sort| (place, sort))) {
        for (words, due_before) in narrowed {
            let asked = HazardsAsked {
                places: vec![place.clone()],
                states: HazardState::ALL.to_vec(),
                turns: &[],
                grade: None,
                division: card.division.clone(),
                unit: None,
                due_before,
                listed: Only::Any,
                words: words.to_owned(),
                sort,
                after: None,
                limit: 1,
            };
            store.hazards(&asked).unwrap();
            store.hazard_counts(&asked).unwrap();
        }
    }
}

fn ask_about_notices(store: &SqliteConnection) {
    let stored = StoredNotice::made_up(&township(), noon());
    store.insert_notice(&stored).unwrap();
    // An endpoint is made by hand; what is asked is whether its deliveries are read from their end.
    store
        .change(
            "INSERT INTO endpoints (id, name, region, setting, state, created) VALUES (1, 'x', '', '', 'on', 0)",
            [],
        )
        .unwrap();
    store.insert_delivery_of(1, stored.notice.id, None, noon()).unwrap();
    store.due_deliveries(1, noon(), 10).unwrap();
    store.newest_deliveries(1, 10).unwrap();
    store.delete_endpoint(1).unwrap();
    store.endpoints().unwrap();
    store.contact(account(), ContactKind::Mail).unwrap();
    store.push_subscriptions(account()).unwrap();
    store.accounts_near(&township(), Some(facility().id), &[account()]).unwrap();
    store.notice(NoticeId(Digest::of(b"x"))).unwrap();
    store.inbox(account(), None, 10).unwrap();
    store.unread(account(), 10).unwrap();
    store.receipts_of(NoticeId(Digest::of(b"x"))).unwrap();
    store.is_reminded(today()).unwrap();
    store.row(&RowKey { kind: RowKind::Hazard, id: "x".to_owned() }).unwrap();
}

/// All questions, each with its file and line.
fn ask_everything(store: &SqliteConnection) -> BTreeSet<(String, u32, String)> {
    ASKED.take();
    ask_about_people(store);
    ask_about_entries(store);
    ask_about_snaps(store);
    ask_about_plaza(store);
    article_growth::ask_about_articles(store, &township());
    super::training_growth::ask_about_trainings(store);
    ask_about_photos(store);
    ask_about_rows(store);
    ask_about_hazards(store);
    ask_about_notices(store);
    ASKED.take()
}

fn is_among(sql: &str, known: &[&str]) -> bool {
    known.iter().any(|part| sql.contains(part))
}

#[test]
fn every_question_is_answered_from_an_index_and_no_table_that_grows_is_read_as_a_whole() {
    let (_folder, store) = migrated();
    let whole = READ_AS_A_WHOLE.map(|(part, _)| part);
    let asked = ask_everything(&store);
    for (file, line, sql) in &asked {
        let plan = plan_of(&store, sql);
        // The words' own index is a table of another kind to SQLite.
        let scan = |step: &str| step.starts_with("SCAN ") && !step.contains("VIRTUAL TABLE INDEX");
        let scans = plan.lines().any(scan);
        assert!(!scans || is_among(sql, &whole) || is_among(sql, &SMALL), "{file}:{line} {sql}\n{plan}");
        // A page that has to be sorted first is made from all that it could be a page of.
        let sorts = sql.contains("LIMIT") && plan.contains("TEMP B-TREE");
        assert!(!sorts || is_among(sql, &SORTS_A_FEW), "{file}:{line} {sql}\n{plan}");
    }
    for part in whole.iter().chain(&SMALL).chain(&SORTS_A_FEW) {
        assert!(asked.iter().any(|(.., sql)| sql.contains(part)), "nothing asks {part} any more");
    }
}

#[test]
fn no_question_is_left_out() {
    let (_folder, store) = migrated();
    let asked: BTreeSet<(String, u32)> =
        ask_everything(&store).into_iter().map(|(file, line, _)| (file, line)).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ledger_store/sqlite");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "query_plans.rs" {
            continue;
        }
        for (number, line) in (1..).zip(std::fs::read_to_string(&path).unwrap().lines()) {
            if ["self.all(", "self.first(", "self.each("].iter().any(|asks| line.contains(asks)) {
                assert!(
                    asked.contains(&(name.clone(), number)),
                    "{name}:{number} is asked nowhere here: {line}"
                );
            }
        }
    }
}
