//! Sessions, and how they end.

use xunan_core::clock::Span;
use xunan_core::digest::Digest;
use xunan_server::ledger_store::{LedgerStore, StoreError, Tables};

use super::{account, backends, noon};

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
            let (three, foreign) = (Digest::of(b"3"), Digest::of(b"4"));
            tables.insert_account(&account(2), noon())?;
            tables.insert_session(&three, id, later)?;
            tables.insert_session(&foreign, account(2).account.id, later)?;
            tables.delete_other_sessions_of(id, &three)?;
            let open = [one, three, foreign].map(|token| tables.session(&token, noon()));
            assert_eq!(open.map(|it| it.is_ok_and(|it| it.is_some())), [false, true, true]);
            tables.delete_sessions_of(id)?;
            assert!(tables.session(&three, noon())?.is_none());
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.unwrap();
    }
}
