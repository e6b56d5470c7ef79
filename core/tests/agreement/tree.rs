//! The Merkle tree of the transparency log: published vectors, the definitions of RFC 9162 word for word, a checker
//! that is not ours, and what must be refused.

use std::collections::HashMap;
use std::convert::Infallible;

use ct_merkle::RootHash;
use sha2::Sha256;
use xunan_core::digest::Digest;
use xunan_core::log::Root;
use xunan_core::log::tree::{RightEdge, Subtree, leaf_hash, root};
use xunan_core::log::tree_proof::{ConsistencyProof, InclusionProof, ProofVerdict};

use crate::support::at;

/// Every shape of a right edge with up to six peaks.
const SIZES: u64 = 70;

/// A tree as the server keeps it: the hashes of complete subtrees.
#[derive(Default)]
struct Stored {
    subtrees: HashMap<Subtree, Digest>,
    edge: RightEdge,
}

impl Stored {
    fn of(leaves: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut stored = Self::default();
        for leaf in leaves {
            stored.edge.add(leaf_hash(&leaf), |subtree, hash| {
                assert_eq!(stored.subtrees.insert(subtree, hash), None, "{subtree:?} is kept once");
            });
        }
        stored
    }

    fn hash(&self) -> impl FnMut(Subtree) -> Result<Digest, Infallible> {
        |subtree| Ok(self.subtrees[&subtree])
    }

    fn root(&self, size: u64) -> Root {
        let Ok(root) = root(size, self.hash());
        Root { v: Root::VERSION, size, root, at: at(0) }
    }

    fn inclusion(&self, position: u64, size: u64) -> Option<InclusionProof> {
        let Ok(proof) = InclusionProof::make(position, size, self.hash());
        proof
    }

    fn consistency(&self, from: u64, to: u64) -> Option<ConsistencyProof> {
        let Ok(proof) = ConsistencyProof::make(from, to, self.hash());
        proof
    }
}

/// Leaves that all differ.
fn leaf(index: u64) -> Vec<u8> {
    format!("leaf {index}").into_bytes()
}

fn leaves(size: u64) -> Vec<Vec<u8>> {
    (0..size).map(leaf).collect()
}

/// The reference tree of Certificate Transparency's own tests.
const REFERENCE: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn digests(hexes: &[&str]) -> Vec<Digest> {
    hexes.iter().map(|hex| Digest::from_hex(hex).unwrap()).collect()
}

#[test]
fn the_reference_tree_has_the_published_roots() {
    let roots = digests(&[
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]);
    let reference = Stored::of(REFERENCE.map(bytes));
    for (size, expected) in (0..).zip(roots) {
        assert_eq!(reference.root(size).root, expected, "{size}");
    }
}

#[test]
fn the_reference_tree_has_the_published_proofs() {
    const LEFT_HALF: &str = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    const RIGHT_HALF: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    const LEAF_1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    const LEAF_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    const LEAVES_2_3: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    const LEAVES_4_5: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
    const LEAVES_6_7: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    let reference = Stored::of(REFERENCE.map(bytes));
    let inclusion: [(u64, u64, &[&str]); 3] =
        [(0, 1, &[]), (0, 8, &[LEAF_1, LEAVES_2_3, RIGHT_HALF]), (5, 8, &[LEAF_4, LEAVES_6_7, LEFT_HALF])];
    for (index, size, expected) in inclusion {
        assert_eq!(reference.inclusion(index + 1, size).unwrap().path, digests(expected), "{index} {size}");
    }
    let consistency: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (1, 8, &[LEAF_1, LEAVES_2_3, RIGHT_HALF]),
        (6, 8, &[LEAVES_4_5, LEAVES_6_7, LEFT_HALF]),
        (2, 5, &[LEAVES_2_3, LEAF_4]),
    ];
    for (from, to, expected) in consistency {
        assert_eq!(reference.consistency(from, to).unwrap().path, digests(expected), "{from} {to}");
    }
}

/// The definitions of RFC 9162, 2.1, over all leaves at once: slow, and as they stand there.
mod definitions {
    use super::*;

    /// "Let k be the largest power of two smaller than n."
    fn split(leaves: &[Vec<u8>]) -> (&[Vec<u8>], &[Vec<u8>]) {
        let mut k = 1;
        while k * 2 < leaves.len() {
            k *= 2;
        }
        leaves.split_at(k)
    }

    pub(super) fn mth(leaves: &[Vec<u8>]) -> Digest {
        match leaves {
            [] => Digest::of(b""),
            [only] => Digest::of_parts(&[&[0], only]),
            _ => {
                let (left, right) = split(leaves);
                Digest::of_parts(&[&[1], mth(left).bytes(), mth(right).bytes()])
            }
        }
    }

    pub(super) fn path(m: usize, leaves: &[Vec<u8>]) -> Vec<Digest> {
        if leaves.len() == 1 {
            return Vec::new();
        }
        let (left, right) = split(leaves);
        let (mut path, beside) = if m < left.len() {
            (path(m, left), mth(right))
        } else {
            (path(m - left.len(), right), mth(left))
        };
        path.push(beside);
        path
    }

    pub(super) fn subproof(m: usize, leaves: &[Vec<u8>], is_old_tree: bool) -> Vec<Digest> {
        if m == leaves.len() {
            return if is_old_tree { Vec::new() } else { vec![mth(leaves)] };
        }
        let (left, right) = split(leaves);
        let (mut proof, beside) = if m <= left.len() {
            (subproof(m, left, is_old_tree), mth(right))
        } else {
            (subproof(m - left.len(), right, false), mth(left))
        };
        proof.push(beside);
        proof
    }
}

#[test]
fn roots_and_proofs_of_every_size_follow_the_definitions_of_the_standard() {
    let (all, stored) = (leaves(SIZES), Stored::of(leaves(SIZES)));
    for size in 0..=SIZES {
        let here = &all[..usize::try_from(size).unwrap()];
        assert_eq!(stored.root(size).root, definitions::mth(here), "{size}");
        for (index, position) in (0..here.len()).zip(1..) {
            let proof = stored.inclusion(position, size).unwrap();
            assert_eq!(proof.path, definitions::path(index, here), "{position} of {size}");
            let proof = stored.consistency(position, size).unwrap();
            assert_eq!(proof.path, definitions::subproof(index + 1, here, true), "{position} to {size}");
        }
        assert_eq!((stored.inclusion(0, size), stored.inclusion(size + 1, size)), (None, None));
        assert_eq!((stored.consistency(0, size), stored.consistency(size + 1, size)), (None, None));
    }
}

#[test]
fn the_right_edge_grows_to_the_same_tree_from_wherever_it_is_taken_up() {
    let stored = Stored::of(leaves(SIZES));
    for size in 0..=SIZES {
        let Ok(mut edge) = RightEdge::of(size, stored.hash());
        assert_eq!((edge.size(), edge.root()), (size, stored.root(size).root));
        for index in size..SIZES {
            edge.add(leaf_hash(&leaf(index)), |subtree, hash| assert_eq!(stored.subtrees[&subtree], hash));
        }
        assert_eq!(edge, stored.edge);
    }
    // All complete subtrees are kept, and nothing else: 70 leaves, 35, 17, 8, 4, 2, 1.
    assert_eq!(stored.subtrees.len(), 137);
}

#[test]
fn every_proof_proves_and_a_checker_that_is_not_ours_agrees() {
    let stored = Stored::of(leaves(SIZES));
    let foreign_root = |size: u64| RootHash::<Sha256>::new((*stored.root(size).root.bytes()).into(), size);
    let joined = |path: &[Digest]| path.iter().flat_map(|digest| *digest.bytes()).collect::<Vec<u8>>();
    for size in 1..=SIZES {
        for number in 1..=size {
            let proof = stored.inclusion(number, size).unwrap();
            let leaf = leaf(number - 1);
            assert_eq!(proof.verify(&leaf_hash(&leaf), &stored.root(size)), ProofVerdict::Proves);
            let foreign = ct_merkle::InclusionProof::try_from_bytes(joined(&proof.path)).unwrap();
            foreign_root(size).verify_inclusion(&leaf, number - 1, &foreign).unwrap();

            let proof = stored.consistency(number, size).unwrap();
            assert_eq!(proof.verify(&stored.root(number), &stored.root(size)), ProofVerdict::Proves);
            if number < size {
                let foreign = ct_merkle::ConsistencyProof::try_from_bytes(joined(&proof.path)).unwrap();
                foreign_root(size).verify_consistency(&foreign_root(number), &foreign).unwrap();
            }
        }
    }
}

/// All ways in which a path can be a little wrong.
fn mutations(path: &[Digest]) -> Vec<Vec<Digest>> {
    let mut wrong = Vec::new();
    for at in 0..path.len() {
        let mut flipped = path.to_vec();
        let mut bytes = *flipped[at].bytes();
        bytes[at % 32] ^= 1 << (at % 8);
        flipped[at] = Digest::from_bytes(bytes);
        let (mut dropped, mut doubled) = (path.to_vec(), path.to_vec());
        dropped.remove(at);
        doubled.insert(at, path[at]);
        wrong.extend([flipped, dropped, doubled]);
        if at > 0 {
            let mut swapped = path.to_vec();
            swapped.swap(at - 1, at);
            wrong.push(swapped);
        }
    }
    let stranger = Digest::of(b"stranger");
    wrong.push([path, &[stranger]].concat());
    wrong.push([&[stranger], path].concat());
    wrong
}

#[test]
fn no_changed_inclusion_proof_proves() {
    let stored = Stored::of(leaves(SIZES));
    for size in 1..=SIZES {
        for position in 1..=size {
            let proof = stored.inclusion(position, size).unwrap();
            let (leaf, root) = (leaf_hash(&leaf(position - 1)), stored.root(size));
            let refused = |proof: &InclusionProof, leaf: &Digest, root: &Root| {
                assert_eq!(proof.verify(leaf, root), ProofVerdict::DoesNotProve, "{proof:?}");
            };
            for path in mutations(&proof.path) {
                refused(&InclusionProof { path, ..proof.clone() }, &leaf, &root);
            }
            for other in (0..=size + 1).filter(|other| *other != position) {
                refused(&InclusionProof { position: other, ..proof.clone() }, &leaf, &root);
            }
            for other in [0, size - 1, size + 1, u64::MAX] {
                refused(&InclusionProof { size: other, ..proof.clone() }, &leaf, &root);
            }
            refused(&proof, &Digest::of(b"stranger"), &root);
            refused(&proof, &leaf, &Root { root: Digest::of(b"stranger"), ..root.clone() });
        }
    }
}

#[test]
fn no_changed_consistency_proof_proves() {
    let stored = Stored::of(leaves(SIZES));
    let mut history = leaves(SIZES);
    history[0] = b"rewritten".to_vec();
    let rewritten = Stored::of(history);
    for to in 1..=SIZES {
        for from in 1..=to {
            let proof = stored.consistency(from, to).unwrap();
            let (earlier, later) = (stored.root(from), stored.root(to));
            let refused = |proof: &ConsistencyProof, earlier: &Root, later: &Root| {
                assert_eq!(proof.verify(earlier, later), ProofVerdict::DoesNotProve, "{proof:?}");
            };
            for path in mutations(&proof.path) {
                refused(&ConsistencyProof { path, ..proof.clone() }, &earlier, &later);
            }
            for other in (0..=to + 1).filter(|other| *other != from) {
                let lied = Root { size: other, ..earlier.clone() };
                refused(&ConsistencyProof { from: other, ..proof.clone() }, &earlier, &later);
                refused(&ConsistencyProof { from: other, ..proof.clone() }, &lied, &later);
            }
            refused(&ConsistencyProof { to: to + 1, ..proof.clone() }, &earlier, &later);
            refused(&proof, &rewritten.root(from), &later);
            refused(&proof, &earlier, &rewritten.root(to));
            refused(&rewritten.consistency(from, to).unwrap(), &earlier, &rewritten.root(to));
        }
    }
}

#[test]
fn a_proof_is_told_as_it_is_documented() {
    let stored = Stored::of(leaves(3));
    let inclusion = serde_json::to_value(stored.inclusion(3, 3)).unwrap();
    let left = stored.root(2).root.to_string();
    assert_eq!(inclusion, serde_json::json!({ "position": 3, "size": 3, "path": [left] }));
    let consistency = serde_json::to_value(stored.consistency(2, 3)).unwrap();
    let right = leaf_hash(&leaf(2)).to_string();
    assert_eq!(consistency, serde_json::json!({ "from": 2, "to": 3, "path": [right] }));
}
