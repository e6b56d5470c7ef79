//! Signed roots: the server's word on how the transparency log stood. Whoever keeps one can hold the server to it.

use serde::{Deserialize, Serialize};

use super::jws::Content;
use super::statement::{SignedStatement, Stated, StatementDraft};
use crate::clock::Instant;
use crate::digest::Digest;

/// The JSON that the server signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Version of this format: 1.
    pub v: u8,
    /// How many leaves the tree has: the last position of the ledger that it covers; 0 for none.
    pub size: u64,
    /// The root over them ([`super::tree::root`]).
    pub root: Digest,
    /// When it was signed, by the server's clock: no receipt under it is later.
    pub at: Instant,
}

impl Root {
    /// The version of this format.
    pub const VERSION: u8 = 1;
}

impl Stated for Root {
    const CONTENT: Content = Content::Root;
    const VERSION: u8 = Self::VERSION;

    fn version(&self) -> u8 {
        self.v
    }
}

/// A root that waits for the server's signature.
pub type RootDraft = StatementDraft<Root>;

/// A root with its bytes exactly as signed. Parsed, not yet verified.
pub type SignedRoot = SignedStatement<Root>;
