//! Units are kept whole or not at all, one after another, and a reader sees one state.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use xunan_server::ledger_store::{LedgerStore, StoreError, Tables};

use super::{account, backends, noon};

#[tokio::test]
async fn a_unit_is_kept_whole_or_not_at_all_and_harms_no_other() {
    for (_alive, database) in backends() {
        let store = LedgerStore::open(database).unwrap();
        let mut units = tokio::task::JoinSet::new();
        for number in 0..200_u128 {
            let store = store.clone();
            units.spawn(async move {
                let alone = number % 16 < 8;
                let unit = move |tables: &dyn Tables| {
                    tables.insert_account(&account(number), noon())?;
                    match number % 4 {
                        0 => Err(StoreError::Refused("on purpose".to_owned())),
                        1 => panic!("on purpose"),
                        _ => Ok(()),
                    }
                };
                let kept = if alone { store.write_alone(unit).await } else { store.write(unit).await };
                (number, kept)
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
