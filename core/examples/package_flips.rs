//! The ten thousand flipped bits of `tests/package/every_bit.rs` once more, in WebAssembly: `package_flips.mjs` runs
//! this in Node and compares the hash over all reports with the one that was frozen natively.

#[path = "../tests/package/flips.rs"]
mod flips;
#[path = "../tests/agreement/support/keys.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "shared with the tests of the agreement, which need more of it"
)]
mod keys;

use flips::{Remembering, each, places, told, with};
use keys::P256Verifier;
use xunan_core::digest::Digest;
use xunan_core::package::KeySet;

const PACKAGE: &[u8] = include_bytes!("../tests/golden/packages/two_visits.zip");
const KEYS: &str = include_str!("../tests/golden/packages/server-keys.json");

/// One 32-bit word, the first being 0, of the hash over all reports.
///
/// A module without imports has no other way to hand 32 bytes out than memory; eight numbers need no address.
#[unsafe(no_mangle)]
#[expect(unsafe_code, reason = "a name for Node to call it by: nothing here is unsafe")]
pub extern "C" fn word_of_all_reports(word: usize) -> u32 {
    thread_local! {
        static ALL: [u8; 32] = *all_reports().bytes();
    }
    ALL.with(|all| {
        all.chunks_exact(4).nth(word).map_or(0, |it| u32::from_be_bytes([it[0], it[1], it[2], it[3]]))
    })
}

fn all_reports() -> Digest {
    let Ok(keys) = KeySet::parse(KEYS) else { return Digest::of(b"no keys") };
    let es256 = Remembering::new(P256Verifier);
    let mut all = Digest::of(b"");
    each(PACKAGE, &keys, &es256, places(PACKAGE.len()), |_, outcome| all = with(all, &told(&outcome)));
    all
}
