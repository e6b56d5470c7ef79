//! How the tree follows the ledger: in batches, each of which reads beside the writer and costs it a millisecond.

use xunan_core::digest::Digest;
use xunan_core::log::tree::{RightEdge, Subtree, leaf_hash};

use super::{TransparencyLog, subtrees};
use crate::ledger_store::{StoreResult, Tables};

/// Leaves of one batch: some 500 small rows, written in about a millisecond between two pushes.
const BATCH: usize = 256;

/// Batches for somebody who waits for an answer.
const BATCHES_WHILE_WAITED_FOR: usize = 4;

/// Whether the tree has every receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// It had, a moment ago.
    All,
    /// There are more.
    Part,
}

/// The next leaves of a tree of `size`, as the subtrees that become complete by them.
struct Batch {
    size: u64,
    complete: Vec<(Subtree, Digest)>,
    reach: Reach,
}

impl TransparencyLog {
    /// Makes every receipt that is in the ledger now a leaf.
    ///
    /// # Errors
    /// When the store fails; what was added before stays.
    pub async fn catch_up(&self) -> StoreResult<()> {
        while self.grow().await? == Reach::Part {}
        Ok(())
    }

    /// The same, for at most some thousand receipts.
    pub(super) async fn grow_a_little(&self) -> StoreResult<()> {
        for _ in 0..BATCHES_WHILE_WAITED_FOR {
            if self.grow().await? == Reach::All {
                break;
            }
        }
        Ok(())
    }

    async fn grow(&self) -> StoreResult<Reach> {
        // Reading and hashing a batch takes longer than writing it, and pushes would wait for it.
        let Batch { size, complete, reach } = self.store.read(next_batch).await?;
        if complete.is_empty() {
            return Ok(reach);
        }
        let write = move |tables: &dyn Tables| {
            // Somebody else may have added the same leaves meanwhile.
            if tables.tree_size()? == size {
                complete.iter().try_for_each(|(subtree, hash)| tables.insert_subtree(*subtree, hash))?;
            }
            Ok(reach)
        };
        self.store.write(write).await
    }
}

fn next_batch(tables: &dyn Tables) -> StoreResult<Batch> {
    let size = tables.tree_size()?;
    let receipts = tables.receipts_after(size, BATCH)?;
    let reach = if receipts.len() < BATCH { Reach::All } else { Reach::Part };
    let mut complete = Vec::with_capacity(2 * receipts.len());
    if !receipts.is_empty() {
        let mut edge = RightEdge::of(size, subtrees(tables))?;
        for receipt in receipts {
            edge.add(leaf_hash(receipt.as_bytes()), |subtree, hash| complete.push((subtree, hash)));
        }
    }
    Ok(Batch { size, complete, reach })
}
