//! The tree of the log, the root of each day, and where a root has been.

use xunan_core::clock::Date;
use xunan_core::digest::Digest;
use xunan_core::log::tree::{RightEdge, Subtree};
use xunan_core::log::{Root, RootDraft, SignedRoot};
use xunan_core::sync::TimeStamping;
use xunan_server::keys::Signer;
use xunan_server::ledger_store::{LedgerStore, StoreError, StoredRoot, Tables};

use super::{backends, noon};

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
