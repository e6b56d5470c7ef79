//! What the routes share.

use std::net::IpAddr;
use std::sync::Arc;

use crate::accounts::{Attempts, Pace, Passwords};
use crate::clock::Clock;
use crate::documents::Press;
use crate::export::Exporter;
use crate::intake::{Intake, Packs};
use crate::keys::ServerKeys;
use crate::ledger_store::LedgerStore;
use crate::photo_store::{Claims, PhotoFolder};
use crate::shadows::Shadows;
use crate::snaps::Snaps;
use crate::trainings::Trainings;
use crate::transparency::TransparencyLog;

/// How browsers reach this server, which decides the cookie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// Plain HTTP on this machine: browsers would refuse a cookie that asks for TLS.
    #[default]
    Plain,
    /// HTTPS, ended by a proxy in front.
    Tls,
}

impl Transport {
    /// The cookie's name. With TLS the `__Host-` prefix makes browsers refuse one set by another host or path.
    pub const fn cookie_name(self) -> &'static str {
        match self {
            Self::Plain => "xunan",
            Self::Tls => "__Host-xunan",
        }
    }
}

/// Whose word on a client's address is believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AddressSource {
    /// The connection's.
    #[default]
    Connection,
    /// The last entry of `X-Forwarded-For`: the one that our own proxy wrote.
    Proxy,
}

/// How this server stands in the network.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// How browsers reach it.
    pub transport: Transport,
    /// Whose word on a client's address is believed.
    pub addresses: AddressSource,
}

/// Everything that a route may need. Cheap to clone.
#[derive(Clone)]
pub struct Parts {
    /// The ledger.
    pub store: LedgerStore,
    /// How things get into it.
    pub intake: Intake,
    /// The photos' bytes.
    pub photos: PhotoFolder,
    /// Who is writing to which upload.
    pub claims: Claims,
    /// The keys that sign what the server states.
    pub keys: ServerKeys,
    /// The receipts as a tree, and its roots.
    pub transparency: TransparencyLog,
    /// Encrypted copies of drafts.
    pub shadows: Shadows,
    /// Citizens' reports.
    pub snaps: Snaps,
    /// Staff training on record.
    pub trainings: Trainings,
    /// What makes PDFs of documents.
    pub press: Press,
    /// The rule packs.
    pub packs: Packs,
    /// Hashes and compares passwords.
    pub passwords: Passwords,
    /// Failed sign-ins of late.
    pub attempts: Arc<Attempts>,
    /// How fast administrators change accounts.
    pub pace: Arc<Pace>,
    /// The time.
    pub clock: Clock,
    /// How this server stands in the network.
    pub standing: Standing,
}

impl Parts {
    /// What puts evidence packages together.
    pub fn exporter(&self) -> Exporter {
        Exporter::new(
            self.store.clone(),
            self.keys.clone(),
            self.packs.clone(),
            self.transparency.clone(),
            self.clock.clone(),
        )
    }
}

/// The address from which a request came, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);
