//! The transparency log: every receipt is a leaf of one Merkle tree, whose root is signed once a day and kept for ever.
//!
//! ```text
//! ledger ──receipts, in order, 256 at a time──► growth ──► complete subtrees (tree_nodes)
//!                                                              │
//!          newest root, once a minute at most ◄────────────────┼──► root of the day (daily_roots) ──► connectors
//!          proofs, for any size up to the tree's ◄─────────────┘
//! ```
//!
//! The tree follows the ledger some seconds behind it, so that pushing costs what it did: the receipt is the promise,
//! the tree makes it checkable. Everything in `tree_nodes` follows from the receipts; a root that was signed does not,
//! and whoever kept one holds the ledger to it.
//!
//! Nothing here names a person, a facility or an entry. Leaves are asked for by position alone, which only a receipt
//! tells: there is no way from an entry's id to its place, so nobody can ask whether an entry exists.

mod daily;
mod growth;

use std::sync::Arc;

use tokio::sync::Mutex;
use xunan_core::clock::{Instant, Span};
use xunan_core::digest::Digest;
use xunan_core::log::tree::{Subtree, root};
use xunan_core::log::tree_proof::{ConsistencyProof, InclusionProof};
use xunan_core::log::{Root, SignedRoot};

use crate::clock::Clock;
use crate::keys::{KeyError, ServerKeys};
use crate::ledger_store::{LedgerStore, StoreError, StoreResult, Tables};

/// When somebody asks, the server looks whether the tree has grown and signs its root, but not more often than this:
/// anybody may ask.
const NEWEST_LASTS: Span = Span::minutes(1);

/// Why the log could not do something.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A root could not be signed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The log. Cheap to clone.
#[derive(Clone)]
pub struct TransparencyLog {
    store: LedgerStore,
    keys: ServerKeys,
    clock: Clock,
    newest: Arc<Mutex<Option<Newest>>>,
}

/// The root that was signed last on request.
struct Newest {
    root: SignedRoot,
    /// When somebody last had the server look whether the tree has grown since.
    looked: Instant,
}

/// What a proof was asked of that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoProof {
    /// No tree of any size has such a proof.
    Never,
    /// The tree has not grown to that size yet.
    NotYet,
}

impl TransparencyLog {
    /// The log of the receipts in `store`.
    pub fn new(store: LedgerStore, keys: ServerKeys, clock: Clock) -> Self {
        Self { store, keys, clock, newest: Arc::default() }
    }

    /// The newest signed root, at most a minute behind the ledger while the tree keeps up.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn newest_root(&self) -> Result<SignedRoot, LogError> {
        let mut newest = self.newest.lock().await;
        let now = self.clock.now();
        if let Some(newest) = &*newest
            // A clock that was set back has not looked yet.
            && (Span::ZERO..NEWEST_LASTS).contains(&now.since(newest.looked))
        {
            return Ok(newest.root.clone());
        }
        self.grow_a_little().await?;
        let (size, root) = self.store.read(whole_tree).await?;
        let root = match newest.take() {
            Some(newest) if newest.root.payload().size == size => newest.root,
            _ => self.keys.sign(Root { v: Root::VERSION, size, root, at: self.clock.now() })?,
        };
        Ok(newest.insert(Newest { root, looked: now }).root.clone())
    }

    /// Proves that the receipt at `position` is in the tree of the first `size` receipts.
    ///
    /// # Errors
    /// When the store fails; inside, when there is no such proof.
    pub async fn inclusion(&self, position: u64, size: u64) -> StoreResult<Result<InclusionProof, NoProof>> {
        self.prove(size, move |tables| InclusionProof::make(position, size, subtrees(tables))).await
    }

    /// Proves that the tree of `to` receipts continues the tree of `from`.
    ///
    /// # Errors
    /// When the store fails; inside, when there is no such proof.
    pub async fn consistency(&self, from: u64, to: u64) -> StoreResult<Result<ConsistencyProof, NoProof>> {
        self.prove(to, move |tables| ConsistencyProof::make(from, to, subtrees(tables))).await
    }

    async fn prove<P: Send + 'static>(
        &self,
        size: u64,
        make: impl FnOnce(&dyn Tables) -> StoreResult<Option<P>> + Send + 'static,
    ) -> StoreResult<Result<P, NoProof>> {
        let prove = move |tables: &dyn Tables| {
            if size > tables.tree_size()? {
                return Ok(Err(NoProof::NotYet));
            }
            Ok(make(tables)?.ok_or(NoProof::Never))
        };
        self.store.read(prove).await
    }
}

/// The stored subtrees, as core asks for them.
fn subtrees(tables: &dyn Tables) -> impl FnMut(Subtree) -> StoreResult<Digest> {
    |subtree| tables.subtree(subtree)
}

/// Size and root of the tree as it is.
fn whole_tree(tables: &dyn Tables) -> StoreResult<(u64, Digest)> {
    let size = tables.tree_size()?;
    Ok((size, root(size, subtrees(tables))?))
}
