//! What the server tells others when the operator asked for it, with real others: an HTTP server that fails now and
//! then, one behind TLS, and a time-stamping authority made of OpenSSL.

#![expect(clippy::unwrap_used, reason = "helpers of tests may, as tests may: a failure is the test's")]

mod outside;

mod notices;

mod roots;
mod started;
mod time_stamp;

use tempfile::TempDir;
use xunan_core::log::SignedRoot;
use xunan_server::clock::Clock;
use xunan_server::data_folder;
use xunan_server::keys::ServerKeys;
use xunan_server::ledger_store::LedgerStore;
use xunan_server::transparency::TransparencyLog;

/// A log without receipts: its roots are signed like any other.
struct Log {
    _folder: TempDir,
    store: LedgerStore,
    clock: Clock,
    log: TransparencyLog,
}

impl Log {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = data_folder::open(folder.path()).unwrap();
        let clock = Clock::default();
        let keys = ServerKeys::load(&store, &clock).await.unwrap();
        let log = TransparencyLog::new(store.clone(), keys, clock.clone());
        Self { _folder: folder, store, clock, log }
    }

    /// Signs the root of today.
    async fn sign(&self) -> SignedRoot {
        self.log.sign_daily_root().await.unwrap();
        self.log.daily_root(self.clock.now().date()).await.unwrap().unwrap().root
    }
}
