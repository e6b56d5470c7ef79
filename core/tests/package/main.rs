//! Export packages: what is proven of a whole one, and what is found in each that somebody touched.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../agreement/support/keys.rs"]
#[expect(dead_code, reason = "shared with the tests of the agreement, which need more of it")]
mod keys;
mod flips;
mod making;
mod golden;
mod every_bit;
mod tampering;
mod strangers;
