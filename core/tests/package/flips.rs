//! Single bits of a package turned over, one after the other: the same ones natively and in a browser.

use std::cell::RefCell;
use std::collections::BTreeMap;

use xunan_core::digest::Digest;
use xunan_core::log::{Es256, PublicKey, Signature, SignatureVerdict};
use xunan_core::package::{KeySet, NotAPackage, Report, Trust, verify};

/// Bits that are turned over.
pub(crate) const FLIPS: usize = 10_000;

/// The bits, each as its place in the package, counted from the lowest bit of the first byte.
pub(crate) fn places(length_bytes: usize) -> impl Iterator<Item = usize> {
    let mut state = 0x5851_F42D_4C95_7F2D_u64;
    std::iter::repeat_with(move || {
        // SplitMix64: every platform draws the same.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed % (length_bytes as u64 * 8)) as usize
    })
    .take(FLIPS)
}

/// Verifies the package once for each of `places`, with that one bit turned over, and hands each outcome over.
pub(crate) fn each<E: Es256>(
    package: &[u8],
    keys: &KeySet,
    es256: &E,
    places: impl Iterator<Item = usize>,
    mut outcome: impl FnMut(usize, Result<Report, NotAPackage>),
) {
    let mut package = package.to_vec();
    for place in places {
        package[place / 8] ^= 1 << (place % 8);
        outcome(place, verify(&package, Trust::Given(keys.clone()), es256));
        package[place / 8] ^= 1 << (place % 8);
    }
}

/// An outcome as a text.
pub(crate) fn told(outcome: &Result<Report, NotAPackage>) -> String {
    match outcome {
        Ok(report) => serde_json::to_string(report).unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

/// The hash with one more outcome.
pub(crate) fn with(all: Digest, told: &str) -> Digest {
    Digest::of_parts(&[all.bytes(), told.as_bytes()])
}

/// Remembers what it verified: of ten thousand packages that differ in a bit, nearly all signatures are the same.
pub(crate) struct Remembering<E> {
    es256: E,
    known: RefCell<BTreeMap<Digest, SignatureVerdict>>,
}

impl<E> Remembering<E> {
    pub(crate) fn new(es256: E) -> Self {
        Self { es256, known: RefCell::default() }
    }
}

impl<E: Es256> Es256 for Remembering<E> {
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict {
        let asked = Digest::of_parts(&[key.x.as_bytes(), b"/", key.y.as_bytes(), b"/", &signature.0, input]);
        if let Some(verdict) = self.known.borrow().get(&asked) {
            return *verdict;
        }
        let verdict = self.es256.verify(key, input, signature);
        self.known.borrow_mut().insert(asked, verdict);
        verdict
    }
}
