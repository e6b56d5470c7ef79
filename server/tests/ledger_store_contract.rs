//! What every backend of the ledger store must do. To hold another backend to it, add it to [`backends`].

#![expect(clippy::unwrap_used, reason = "helpers of tests may, as tests may: a failure is the test's")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tempfile::TempDir;
use xunan_core::Json;
use xunan_core::access::{Account, Role};
use xunan_core::clock::{Date, Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::evidence::Likeness;
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::hazard::{HazardState, Life, Mark, Stage, StepKind, StoryLine};
use xunan_core::ids::{AccountId, Entropy, EntryId, FacilityId, HazardId, PhotoId, VisitId};
use xunan_core::ledger::{Cursor, HazardCard, Origin, PhotoSubject, PhotoUse, Row, RowKey, RowKind};
use xunan_core::log::tree::{RightEdge, Subtree};
use xunan_core::log::{Root, RootDraft, SignedRoot};
use xunan_core::rules::Grade;
use xunan_core::sync::{HazardQuery, KeptShadow, TimeStamping};
use xunan_core::visit::Due;
use xunan_server::keys::Signer;
use xunan_server::ledger_store::{
    AccountState, Audience, Connection, Database, FileUse, HazardsAsked, LedgerStore, RowStanding,
    SqliteDatabase, StoreError, StoreResult, StoredAccount, StoredPhoto, StoredRoot, StoredShadow, Tables,
};
use xunan_server::photo_store::ShadowFile;

/// A store of each kind, empty, with what keeps it alive.
fn backends() -> Vec<(TempDir, Arc<dyn Database>)> {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Arc::new(SqliteDatabase::at(&folder.path().join("ledger.sqlite")));
    vec![(folder, sqlite)]
}

fn noon() -> Instant {
    Instant::from_unix_millis(1_790_000_000_000)
}

fn account(number: u128) -> StoredAccount {
    StoredAccount {
        account: Account {
            id: AccountId::from_parts(noon(), Entropy(number)),
            name: format!("名字{number}"),
            organisation: String::new(),
            region: "3715".parse().unwrap(),
            role: Role::Supervisor,
        },
        login: format!("login{number}"),
        password_hash: "hash".to_owned(),
        state: AccountState::Active,
    }
}

fn facility(number: u128, division: &str) -> Facility {
    Facility {
        id: FacilityId::from_parts(noon(), Entropy(number)),
        name: number.to_string(),
        facility_type: FacilityType::Cemetery,
        division: division.parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: None,
        parties: Vec::new(),
    }
}

fn key(facility: &Facility) -> RowKey {
    RowKey { kind: RowKind::Facility, id: facility.id.to_string() }
}

fn division(code: &str) -> Vec<Audience> {
    vec![Audience::Division(code.parse().unwrap())]
}

#[tokio::test]
async fn a_unit_is_kept_whole_or_not_at_all_and_harms_no_other() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let mut units = tokio::task::JoinSet::new();
        for number in 0..200_u128 {
            let store = store.clone();
            units.spawn(async move {
                let unit = move |tables: &dyn Tables| {
                    tables.insert_account(&account(number), noon())?;
                    match number % 4 {
                        0 => Err(StoreError::Refused("on purpose".to_owned())),
                        1 => panic!("on purpose"),
                        _ => Ok(()),
                    }
                };
                (number, store.write(unit).await)
            });
        }
        while let Some(done) = units.join_next().await {
            let (number, kept) = done.unwrap();
            assert_eq!(kept.is_ok(), number % 4 > 1, "{number} {kept:?}");
        }
        let accounts = store.read(|tables| tables.accounts()).await.unwrap();
        assert_eq!(accounts.len(), 100);
    }
}

#[tokio::test]
async fn units_run_one_after_another_and_each_sees_those_before() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let units = (0..100).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let unit = |tables: &dyn Tables| {
                    let number = tables.accounts()?.len() as u128;
                    tables.insert_account(&account(number), noon())
                };
                store.write(unit).await
            })
        });
        for unit in units.collect::<Vec<_>>() {
            unit.await.unwrap().unwrap();
        }
        assert_eq!(store.read(|tables| tables.accounts()).await.unwrap().len(), 100);
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_the_store_was_opened_again() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(Arc::clone(&database)).unwrap();
        store.write(|tables| tables.insert_account(&account(1), noon())).await.unwrap();
        drop(store);
        let store = LedgerStore::open(database).unwrap();
        assert!(store.read(|tables| tables.account_by_login("login1")).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_reader_sees_one_state_however_long_it_looks() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let (looking, written) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let reader = tokio::spawn({
            let (store, looking, written) = (store.clone(), Arc::clone(&looking), Arc::clone(&written));
            async move {
                let look = move |tables: &dyn Tables| {
                    let before = tables.accounts()?.len();
                    looking.store(1, Ordering::SeqCst);
                    while written.load(Ordering::SeqCst) == 0 {
                        std::thread::yield_now();
                    }
                    Ok::<_, StoreError>((before, tables.accounts()?.len()))
                };
                store.read(look).await
            }
        });
        while looking.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        store.write(|tables| tables.insert_account(&account(1), noon())).await.unwrap();
        written.store(1, Ordering::SeqCst);
        assert_eq!(reader.await.unwrap().unwrap(), (0, 0));
    }
}

#[tokio::test]
async fn a_session_is_there_until_it_ends_or_its_account_is_put_out() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let (one, two) = (Digest::of(b"1"), Digest::of(b"2"));
            let (id, later) = (account(1).account.id, noon().plus(Span::days(30)));
            tables.insert_account(&account(1), noon())?;
            tables.insert_session(&one, id, later)?;
            tables.insert_session(&two, id, later)?;
            assert_eq!(tables.session(&one, noon())?.unwrap().account.login, "login1");
            assert!(tables.session(&one, later)?.is_none());
            tables.extend_session(&one, later.plus(Span::days(1)))?;
            assert!(tables.session(&one, later)?.is_some());
            tables.delete_ended_sessions(later)?;
            assert!(tables.session(&one, noon())?.is_some() && tables.session(&two, noon())?.is_none());
            tables.delete_sessions_of(id)?;
            assert!(tables.session(&one, noon())?.is_none());
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_row_has_one_current_form_under_the_number_of_its_last_change() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let (mut card, other) = (facility(1, "371526"), facility(2, "3715"));
            for it in [&card, &other] {
                tables.put_row(&Row::Facility(it.clone()))?;
            }
            card.name = "新名".to_owned();
            tables.put_row(&Row::Facility(card.clone()))?;
            let seen = |audience: &str, after: u64| {
                let rows = tables.rows_after(&division(audience), Cursor(after), 9).unwrap();
                rows.into_iter().map(|row| (row.change.0, row.row.key())).collect::<Vec<_>>()
            };
            assert_eq!(seen("37", 0), [(2, key(&other)), (3, key(&card))]);
            assert_eq!(seen("37", 2), [(3, key(&card))]);
            assert_eq!(seen("371526", 0), [(3, key(&card))]);
            assert_eq!(seen("371525", 0), []);
            assert_eq!(tables.row(&key(&card))?, Some(Row::Facility(card)));
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_row_that_changes_its_audience_leaves_its_former_self_behind() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let mut card = facility(1, "371526");
            tables.put_row(&Row::Facility(card.clone()))?;
            card.division = "371525".parse().unwrap();
            tables.put_row(&Row::Facility(card.clone()))?;
            let standings = |audience: &str| {
                let rows = tables.rows_after(&division(audience), Cursor(0), 9).unwrap();
                rows.into_iter().map(|row| row.standing).collect::<Vec<_>>()
            };
            assert_eq!(standings("371526"), [RowStanding::Former]);
            assert_eq!(standings("371525"), [RowStanding::Current]);
            assert_eq!(standings("3715"), [RowStanding::Former, RowStanding::Current]);
            tables.put_row(&Row::Gone(key(&card)))?;
            assert_eq!(standings("371525"), [RowStanding::Former]);
            assert_eq!(tables.row(&key(&card))?, None);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_photo_keeps_its_first_uploader_and_is_unclaimed_until_an_entry_names_it() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let digest = Digest::of(b"photo");
            for number in [1, 2] {
                tables.insert_account(&account(number), noon())?;
                let uploader = account(number).account.id;
                tables.insert_photo(&StoredPhoto { digest, size_bytes: 5, uploader }, noon())?;
            }
            assert_eq!(tables.photo(&digest)?.unwrap().uploader, account(1).account.id);
            assert_eq!(tables.unclaimed_photos(noon())?, []);
            assert_eq!(tables.unclaimed_photos(noon().plus(Span::days(1)))?, [digest]);
            tables.delete_photo(&digest)?;
            assert_eq!(tables.photo(&digest)?, None);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

fn root(number: u64) -> SignedRoot {
    let (signer, _) = Signer::generate().unwrap();
    let root = Root { v: Root::VERSION, size: number, root: Digest::of(b"root"), at: noon() };
    let draft = RootDraft::new(root, signer.public());
    let signature = signer.sign(draft.input.as_bytes()).unwrap();
    draft.sign(signature)
}

fn day(number: u32) -> Date {
    Date::new(2026, 11, number).unwrap()
}

#[tokio::test]
async fn a_tree_is_as_large_as_its_leaves_and_each_subtree_is_kept_once() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            assert_eq!(tables.tree_size()?, 0);
            let mut edge = RightEdge::default();
            for number in 0..5_u64 {
                let mut complete = Vec::new();
                edge.add(Digest::of(&number.to_be_bytes()), |subtree, hash| complete.push((subtree, hash)));
                for (subtree, hash) in complete {
                    tables.insert_subtree(subtree, &hash)?;
                    assert_eq!(tables.subtree(subtree)?, hash);
                }
                assert_eq!(tables.tree_size()?, number + 1);
            }
            assert_eq!(RightEdge::of(5, |subtree| tables.subtree(subtree))?, edge);
            let (there, missing) = (Subtree { level: 2, index: 0 }, Subtree { level: 1, index: 2 });
            assert!(matches!(tables.subtree(missing), Err(StoreError::Damaged(_))));
            assert!(matches!(
                tables.insert_subtree(there, &Digest::of(b"other")),
                Err(StoreError::Refused(_))
            ));
            assert_eq!(tables.receipts_after(0, 9)?, [""; 0]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn the_root_of_a_day_is_kept_as_it_was_first_signed() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let first = root(1);
            for (number, root) in (1..).zip([first.clone(), root(2), root(3)]) {
                tables.insert_daily_root(day(number), &root)?;
            }
            assert!(tables.insert_daily_root(day(1), &root(9)).is_err());
            let kept = tables.daily_root(day(1))?.unwrap();
            assert_eq!((kept.date, kept.root.compact()), (day(1), first.compact()));
            assert!(tables.daily_root(day(4))?.is_none());
            let dates = |after, limit| {
                let roots = tables.daily_roots_after(after, limit).unwrap();
                roots.into_iter().map(|root| root.date).collect::<Vec<_>>()
            };
            assert_eq!(dates(None, 2), [day(1), day(2)]);
            assert_eq!(dates(Some(day(1)), 9), [day(2), day(3)]);
            assert_eq!(dates(Some(day(3)), 9), []);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_root_waits_for_each_address_and_for_its_time_stamp_until_it_has_been_there() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let (one, two) = (Digest::of(b"https://one"), Digest::of(b"https://two"));
            for number in 1..=3 {
                tables.insert_daily_root(day(number), &root(number.into()))?;
            }
            tables.insert_delivery(&one, day(2), noon())?;
            let dates = |roots: Vec<StoredRoot>| roots.iter().map(|root| root.date).collect::<Vec<_>>();
            assert_eq!(dates(tables.undelivered_roots(&one, day(1), 9)?), [day(1), day(3)]);
            assert_eq!(dates(tables.undelivered_roots(&one, day(2), 9)?), [day(3)]);
            assert_eq!(dates(tables.undelivered_roots(&two, day(1), 2)?), [day(1), day(2)]);
            tables.set_time_stamp(day(1), b"stamp")?;
            assert_eq!(dates(tables.unstamped_roots(day(1), 9)?), [day(2), day(3)]);
            assert_eq!(tables.time_stamp(day(1))?.as_deref(), Some(&b"stamp"[..]));
            assert_eq!((tables.time_stamp(day(2))?, tables.time_stamp(day(9))?), (None, None));
            assert_eq!(tables.daily_root(day(1))?.unwrap().time_stamp, TimeStamping::Stamped);
            assert_eq!(tables.daily_root(day(2))?.unwrap().time_stamp, TimeStamping::Unstamped);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite");
    drop(LedgerStore::open_sqlite(&file).unwrap());
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(LedgerStore::open_sqlite(&file), Err(StoreError::FromTheFuture { found: 99, .. })));
}

/// A database whose disk can be full.
struct Filling {
    database: Arc<dyn Database>,
    full: Arc<AtomicBool>,
}

/// One of its connections.
struct FillingConnection {
    connection: Box<dyn Connection>,
    full: Arc<AtomicBool>,
}

impl Database for Filling {
    fn migrate(&self) -> StoreResult<()> {
        self.database.migrate()
    }

    fn open_writer(&self) -> StoreResult<Box<dyn Connection>> {
        let connection = self.database.open_writer()?;
        Ok(Box::new(FillingConnection { connection, full: Arc::clone(&self.full) }))
    }

    fn open_reader(&self) -> StoreResult<Box<dyn Connection>> {
        self.database.open_reader()
    }
}

impl Connection for FillingConnection {
    fn commit(&self) -> StoreResult<()> {
        if self.full.load(Ordering::SeqCst) { Err(StoreError::Full) } else { self.connection.commit() }
    }

    fn tables(&self) -> &dyn Tables {
        self.connection.tables()
    }

    fn begin(&self) -> StoreResult<()> {
        self.connection.begin()
    }

    fn begin_read(&self) -> StoreResult<()> {
        self.connection.begin_read()
    }

    fn rollback(&self) {
        self.connection.rollback();
    }

    fn mark(&self) -> StoreResult<()> {
        self.connection.mark()
    }

    fn keep_mark(&self) -> StoreResult<()> {
        self.connection.keep_mark()
    }

    fn undo_mark(&self) -> StoreResult<()> {
        self.connection.undo_mark()
    }

    fn is_in_transaction(&self) -> bool {
        self.connection.is_in_transaction()
    }
}

#[tokio::test]
async fn while_the_disk_is_full_nothing_is_acknowledged_and_afterwards_it_goes_on() {
    for (_alive, database) in backends() {
        let full = Arc::new(AtomicBool::new(true));
        let store = LedgerStore::open(Arc::new(Filling { database, full: Arc::clone(&full) })).unwrap();
        let write =
            async |number| store.write(move |tables| tables.insert_account(&account(number), noon())).await;
        for number in 0..3 {
            assert!(matches!(write(number).await, Err(StoreError::Full)));
        }
        assert_eq!(store.read(|tables| tables.accounts()).await.unwrap().len(), 0);
        full.store(false, Ordering::SeqCst);
        write(7).await.unwrap();
        let accounts = store.read(|tables| tables.accounts()).await.unwrap();
        assert_eq!(accounts.iter().map(|it| &*it.login).collect::<Vec<_>>(), ["login7"]);
    }
}

/// A photo of a hazard of its own, that looks like `likeness`.
fn photo_use(number: u128, likeness: [u8; 16]) -> PhotoUse {
    PhotoUse {
        photo: PhotoId::from_parts(noon(), Entropy(number)),
        entry: EntryId::from_parts(noon(), Entropy(number)),
        visit: Some(VisitId::from_parts(noon(), Entropy(number))),
        facility: FacilityId::from_parts(noon(), Entropy(1)),
        subject: PhotoSubject::Hazard(HazardId::from_parts(noon(), Entropy(number))),
        taken: noon(),
        original: Digest::of(&number.to_be_bytes()),
        stored: Digest::of(&[]),
        likeness: Likeness::from_bytes(likeness),
    }
}

#[tokio::test]
async fn uses_of_the_same_file_and_of_near_pictures_are_found_nearest_first() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let mut near = [0; 16];
        near[15] = 0b111;
        let first = photo_use(1, [0; 16]);
        let (alike, other) = (photo_use(2, near), photo_use(3, [0x55; 16]));
        let same_file = PhotoUse { original: first.original, ..photo_use(4, [0xff; 16]) };
        let uses = [first.clone(), alike.clone(), other, same_file.clone()];
        let found = store
            .write(move |tables| {
                for used in &uses {
                    tables.insert_photo_use(used)?;
                    // Told twice, kept once.
                    tables.insert_photo_use(used)?;
                }
                let all = tables.photo_uses_like(&uses, 10)?;
                let one = tables.photo_uses_like(&uses[..1], 1)?;
                Ok::<_, StoreError>((all, one))
            })
            .await
            .unwrap();
        let (all, one) = found;
        assert_eq!(all[0], [same_file.clone(), alike]);
        assert_eq!(all[1], std::slice::from_ref(&first));
        assert!(all[2].is_empty());
        assert_eq!(all[3], [first]);
        assert_eq!(one, [[same_file]]);
    }
}

fn copy(number: u128, visit: VisitId, name: &str, changed: Instant) -> StoredShadow {
    let kept = KeptShadow {
        visit,
        name: name.parse().unwrap(),
        digest: Digest::of(name.as_bytes()),
        size_bytes: 5,
        changed,
    };
    StoredShadow { account: account(number).account.id, kept, file: ShadowFile::fresh().unwrap() }
}

#[tokio::test]
async fn a_copy_of_a_draft_belongs_to_one_account_and_is_idle_when_its_visit_is() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let unit = |tables: &dyn Tables| {
            let visit = |number| VisitId::from_parts(noon(), Entropy(number));
            for number in [1, 2] {
                tables.insert_account(&account(number), noon())?;
            }
            let later = noon().plus(Span::days(1));
            let (old, new) = (copy(1, visit(1), "draft", noon()), copy(1, visit(1), "draft", later));
            let others = [copy(1, visit(1), "card", noon()), copy(2, visit(2), "draft", noon())];
            for it in [&old, &others[0], &others[1], &new] {
                tables.put_shadow(it)?;
            }
            let mine = account(1).account.id;
            assert_eq!(tables.shadow(mine, visit(1), &new.kept.name)?, Some(new.clone()));
            assert_eq!(tables.shadow(mine, visit(2), &new.kept.name)?, None);
            assert_eq!(tables.shadows_of(mine)?, [others[0].clone(), new.clone()]);
            assert_eq!(tables.shadow_file_use(old.file)?, FileUse::Orphaned);
            assert_eq!(tables.shadow_file_use(new.file)?, FileUse::Used);
            assert_eq!(tables.idle_shadows(noon())?, []);
            // One copy that came later keeps the others of its visit.
            assert_eq!(tables.idle_shadows(later)?, [others[1].clone()]);
            tables.delete_shadow(mine, visit(1), &new.kept.name)?;
            assert_eq!(tables.shadows_of(mine)?, [others[0].clone()]);
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}

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
