//! The Merkle tree of the transparency log: hashing of RFC 9162, section 2.1, with SHA-256.
//!
//! ```text
//! size 7:              root
//!               ┌───────┴──────┐
//!            (2, 0)            ·          (level, index): complete subtrees, whose hashes never change;
//!          ┌───┴───┐       ┌───┴──┐       they are all that is stored
//!       (1, 0)  (1, 1)  (1, 2)    │
//!        ┌┴┐     ┌┴┐     ┌┴┐      │       ·: made from complete ones when asked for
//!        0 1     2 3     4 5      6
//! ```
//!
//! A leaf is the compact JWS of a receipt; its index is the receipt's position in the ledger, less one. Nothing here
//! needs the leaves themselves: whoever keeps the hashes of complete subtrees hands them in ([`Subtrees`]), and a root
//! or a proof asks for a logarithm of them. [`RightEdge`] says what there is to keep when a leaf is added.

use crate::digest::Digest;

/// What stands before a leaf when it is hashed.
const LEAF: &[u8] = &[0];
/// What stands before two hashes when they are hashed to one.
const NODE: &[u8] = &[1];

/// The hash of a leaf.
pub fn leaf_hash(leaf: &[u8]) -> Digest {
    Digest::of_parts(&[LEAF, leaf])
}

/// The hash over two subtrees.
pub(super) fn node_hash(left: &Digest, right: &Digest) -> Digest {
    Digest::of_parts(&[NODE, left.bytes(), right.bytes()])
}

/// The root of the tree without leaves.
fn empty_root() -> Digest {
    Digest::of(b"")
}

/// A complete subtree: 2^`level` leaves, from leaf `index` · 2^`level` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subtree {
    /// 0 for a leaf, to 63.
    pub level: u32,
    /// Its place among the subtrees of this level, from 0.
    pub index: u64,
}

/// Whoever keeps the hashes of all complete subtrees of a tree.
pub trait Subtrees {
    /// Why one could not be given.
    type Error;

    /// The hash of a subtree.
    ///
    /// # Errors
    /// When it cannot be given; a subtree that is not complete is never asked for.
    fn hash(&mut self, subtree: Subtree) -> Result<Digest, Self::Error>;
}

impl<E, F: FnMut(Subtree) -> Result<Digest, E>> Subtrees for F {
    type Error = E;

    fn hash(&mut self, subtree: Subtree) -> Result<Digest, E> {
        self(subtree)
    }
}

/// Leaves `from` to `until`, the latter not among them; not empty, and a node of some tree: `from` is a multiple of
/// the smallest power of two that is not less than the length.
#[derive(Clone, Copy)]
struct Leaves {
    from: u64,
    until: u64,
}

impl Leaves {
    const fn len(self) -> u64 {
        self.until - self.from
    }

    /// The complete subtree that these are, if they are one.
    fn complete(self) -> Option<Subtree> {
        let level = self.len().trailing_zeros();
        self.len().is_power_of_two().then_some(Subtree { level, index: self.from >> level })
    }

    /// The two halves: the left one as many leaves as the largest power of two below the length (at least two).
    const fn halves(self) -> (Self, Self) {
        let middle = self.from + (1 << (self.len() - 1).ilog2());
        (Self { until: middle, ..self }, Self { from: middle, ..self })
    }

    fn hash<S: Subtrees>(self, stored: &mut S) -> Result<Digest, S::Error> {
        if let Some(subtree) = self.complete() {
            return stored.hash(subtree);
        }
        let (left, right) = self.halves();
        Ok(node_hash(&left.hash(stored)?, &right.hash(stored)?))
    }
}

/// The root of the tree of the first `size` leaves.
///
/// # Errors
/// Those of `stored`.
pub fn root<S: Subtrees>(size: u64, mut stored: S) -> Result<Digest, S::Error> {
    if size == 0 { Ok(empty_root()) } else { Leaves { from: 0, until: size }.hash(&mut stored) }
}

/// The hashes that lead from leaf `index` to the root of the first `size` leaves (RFC 9162, 2.1.3.1); `None` when that
/// tree has no such leaf.
///
/// # Errors
/// Those of `stored`.
pub fn inclusion_path<S: Subtrees>(
    index: u64,
    size: u64,
    mut stored: S,
) -> Result<Option<Vec<Digest>>, S::Error> {
    if index >= size {
        return Ok(None);
    }
    let mut path = Vec::new();
    let mut leaves = Leaves { from: 0, until: size };
    while leaves.len() > 1 {
        let (left, right) = leaves.halves();
        let (inside, beside) = if index < right.from { (left, right) } else { (right, left) };
        path.push(beside.hash(&mut stored)?);
        leaves = inside;
    }
    path.reverse();
    Ok(Some(path))
}

/// The hashes that show the first `from` leaves unchanged among the first `to` (RFC 9162, 2.1.4.1); `None` unless
/// 0 < `from` ≤ `to`. Nothing is to be shown of a tree without leaves, which every tree continues.
///
/// # Errors
/// Those of `stored`.
pub fn consistency_path<S: Subtrees>(
    from: u64,
    to: u64,
    mut stored: S,
) -> Result<Option<Vec<Digest>>, S::Error> {
    if from == 0 || from > to {
        return Ok(None);
    }
    let mut path = Vec::new();
    let mut leaves = Leaves { from: 0, until: to };
    while leaves.until != from {
        let (left, right) = leaves.halves();
        let (on_edge, beside) = if from <= left.until { (left, right) } else { (right, left) };
        path.push(beside.hash(&mut stored)?);
        leaves = on_edge;
    }
    // The old tree itself is known to whoever asks.
    if leaves.from != 0 {
        path.push(leaves.hash(&mut stored)?);
    }
    path.reverse();
    Ok(Some(path))
}

/// The right edge of a tree: enough to add leaves, and to know the root, without anything else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightEdge {
    size: u64,
    /// The complete subtrees that the size is the sum of, largest first.
    peaks: Vec<Digest>,
}

impl RightEdge {
    /// The edge of a tree that is stored.
    ///
    /// # Errors
    /// Those of `stored`.
    pub fn of<S: Subtrees>(size: u64, mut stored: S) -> Result<Self, S::Error> {
        let mut peaks = Vec::new();
        for level in (0..u64::BITS).rev().filter(|level| size >> level & 1 == 1) {
            // What is left of it are the leaves of the larger peaks.
            peaks.push(stored.hash(Subtree { level, index: (size >> level) - 1 })?);
        }
        Ok(Self { size, peaks })
    }

    /// How many leaves there are.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash; gives each subtree that becomes complete by it to `keep`, smallest first.
    pub fn add(&mut self, leaf: Digest, mut keep: impl FnMut(Subtree, Digest)) {
        let (mut subtree, mut hash) = (Subtree { level: 0, index: self.size }, leaf);
        keep(subtree, hash);
        // Each subtree with an odd place completes the one above it, together with the peak on its left.
        while subtree.index % 2 == 1
            && let Some(left) = self.peaks.pop()
        {
            (subtree, hash) =
                (Subtree { level: subtree.level + 1, index: subtree.index / 2 }, node_hash(&left, &hash));
            keep(subtree, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root of the tree.
    pub fn root(&self) -> Digest {
        self.peaks
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}
