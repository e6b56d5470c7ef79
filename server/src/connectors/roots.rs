//! Sends the signed root of each day to an address: whoever keeps it there can hold this server to it.

use std::sync::Arc;

use super::{AT_ONCE, Address, Connector, ConnectorError, Courier, first_day};
use crate::clock::Clock;
use crate::ledger_store::LedgerStore;

/// Sends roots to one address, oldest first, each until it was taken.
pub struct RootSender {
    store: LedgerStore,
    clock: Clock,
    courier: Arc<Courier>,
    address: Address,
}

impl RootSender {
    /// One for `address`.
    pub const fn new(store: LedgerStore, clock: Clock, courier: Arc<Courier>, address: Address) -> Self {
        Self { store, clock, courier, address }
    }

    /// Sends every root of the last 30 days that the address does not have.
    ///
    /// # Errors
    /// [`ConnectorError`] at the first that was not taken; the earlier ones are noted.
    pub async fn send_pending(&self) -> Result<(), ConnectorError> {
        let (address, since) = (self.address.digest(), first_day(&self.clock));
        let pending =
            self.store.read(move |tables| tables.undelivered_roots(&address, since, AT_ONCE)).await?;
        for stored in pending {
            let body = stored.root.compact().as_bytes().to_vec();
            self.courier.post(&self.address, "application/jose", body).await?;
            let delivered = self.clock.now();
            self.store.write(move |tables| tables.insert_delivery(&address, stored.date, delivered)).await?;
            tracing::info!(root.date = %stored.date, connector.host = self.address.host(), "sent the root of the day");
        }
        Ok(())
    }
}

impl Connector for RootSender {
    async fn work_off(&self) -> Result<(), ConnectorError> {
        self.send_pending().await
    }

    fn host(&self) -> &str {
        self.address.host()
    }
}
