//! What every backend of the ledger store must do. To hold another backend to it, add it to [`backends`].

#![expect(clippy::unwrap_used, reason = "helpers of tests may, as tests may: a failure is the test's")]

mod articles;
mod trainings;
mod units;
mod opening;
mod sessions;
mod rows;
mod payouts;
mod photos;
mod plaza;
mod roots;
mod full_disk;
mod shadows;
mod hazard_lists;
mod rewards;
mod snaps;

use std::sync::Arc;

use tempfile::TempDir;
use xunan_core::access::{Account, Role};
use xunan_core::clock::Instant;
use xunan_core::ids::{AccountId, Entropy};
use xunan_server::ledger_store::{AccountState, Database, SqliteDatabase, StoredAccount};

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
