//! Proofs about the transparency log, and how anybody checks them: RFC 9162, sections 2.1.3 and 2.1.4.
//!
//! They are checked against [`Root`]s as they were signed, never against a bare hash: a path alone does not always tell
//! the size of the tree that it belongs to.

use serde::{Deserialize, Serialize};

use super::Root;
use super::tree::{Subtrees, consistency_path, inclusion_path, node_hash};
use crate::digest::Digest;

/// Whether a proof proves what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofVerdict {
    /// It does.
    Proves,
    /// It does not.
    DoesNotProve,
}

impl ProofVerdict {
    const fn of(holds: bool) -> Self {
        if holds { Self::Proves } else { Self::DoesNotProve }
    }
}

/// That a receipt stands at its place in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InclusionProof {
    /// The position that the receipt names, from 1; the leaf's index in the tree is one less.
    pub position: u64,
    /// How many leaves the tree had; at least the position.
    pub size: u64,
    /// The hashes beside the way from the leaf to the root, lowest first. 64 at most.
    pub path: Vec<Digest>,
}

impl InclusionProof {
    /// Makes the proof for the receipt at `position` in the tree of the first `size` leaves; `None` when that tree has
    /// no such leaf.
    ///
    /// # Errors
    /// Those of `stored`.
    pub fn make<S: Subtrees>(position: u64, size: u64, stored: S) -> Result<Option<Self>, S::Error> {
        let Some(index) = position.checked_sub(1) else { return Ok(None) };
        Ok(inclusion_path(index, size, stored)?.map(|path| Self { position, size, path }))
    }

    /// Checks it for the leaf with this hash ([`super::tree::leaf_hash`]).
    pub fn verify(&self, leaf: &Digest, root: &Root) -> ProofVerdict {
        ProofVerdict::of(self.size == root.size && self.leads_to(leaf) == Some(root.root))
    }

    /// The root to which the path leads (RFC 9162, 2.1.3.2); `None` when its length is another than the tree's.
    fn leads_to(&self, leaf: &Digest) -> Option<Digest> {
        let mut place = self.position.checked_sub(1)?;
        let mut last = self.size.checked_sub(1)?;
        (place <= last).then_some(())?;
        let mut reached = *leaf;
        for beside in &self.path {
            (last != 0).then_some(())?;
            if place % 2 == 1 || place == last {
                reached = node_hash(beside, &reached);
                // A node on the right edge that has no sibling goes up unchanged until it has one.
                let unchanged = place.trailing_zeros();
                place >>= unchanged;
                last >>= unchanged;
            } else {
                reached = node_hash(&reached, beside);
            }
            place >>= 1;
            last >>= 1;
        }
        (last == 0).then_some(reached)
    }
}

/// That a log of some size continues an earlier state of itself: nothing was removed, changed or put between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsistencyProof {
    /// How many leaves the earlier tree had; at least 1.
    pub from: u64,
    /// How many the later tree had; at least as many.
    pub to: u64,
    /// The hashes that both roots follow from. 65 at most; none when both are the same tree.
    pub path: Vec<Digest>,
}

impl ConsistencyProof {
    /// Makes the proof; `None` unless 0 < `from` ≤ `to`.
    ///
    /// # Errors
    /// Those of `stored`.
    pub fn make<S: Subtrees>(from: u64, to: u64, stored: S) -> Result<Option<Self>, S::Error> {
        Ok(consistency_path(from, to, stored)?.map(|path| Self { from, to, path }))
    }

    /// Checks it against both roots.
    pub fn verify(&self, earlier: &Root, later: &Root) -> ProofVerdict {
        let sizes_agree = self.from == earlier.size && self.to == later.size;
        let holds = if self.from == self.to {
            self.from > 0 && self.path.is_empty() && earlier.root == later.root
        } else {
            self.leads_to(&earlier.root) == Some((earlier.root, later.root))
        };
        ProofVerdict::of(sizes_agree && holds)
    }

    /// The two roots to which the path leads (RFC 9162, 2.1.4.2); `None` when its length is another than the trees'.
    fn leads_to(&self, earlier: &Digest) -> Option<(Digest, Digest)> {
        let (mut place, mut last) = (self.from.checked_sub(1)?, self.to.checked_sub(1)?);
        (place < last).then_some(())?;
        // An earlier tree that is complete is a node of the later one: its root is where both begin.
        let (begin, rest) =
            if self.from.is_power_of_two() { (earlier, &*self.path) } else { self.path.split_first()? };
        let unchanged = place.trailing_ones();
        place >>= unchanged;
        last >>= unchanged;
        let (mut old, mut new) = (*begin, *begin);
        for beside in rest {
            (last != 0).then_some(())?;
            if place % 2 == 1 || place == last {
                old = node_hash(beside, &old);
                new = node_hash(beside, &new);
                let unchanged = place.trailing_zeros();
                place >>= unchanged;
                last >>= unchanged;
            } else {
                new = node_hash(&new, beside);
            }
            place >>= 1;
            last >>= 1;
        }
        (last == 0).then_some((old, new))
    }
}
