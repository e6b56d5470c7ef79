//! The server's word on what it put into an export package, so that nothing can be taken out of one unseen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::jws::Content;
use super::statement::{SignedStatement, Stated, StatementDraft};
use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::EntryId;

/// The JSON that the server signs about a package (`typ` `xunan-package+jws`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsStatement {
    /// Version of this format: 1.
    pub v: u8,
    /// When the package was made, by the server's clock.
    pub at: Instant,
    /// Every entry in it, with its hash.
    pub entries: BTreeMap<EntryId, Digest>,
}

impl ContentsStatement {
    /// The version of this format.
    pub const VERSION: u8 = 1;
}

impl Stated for ContentsStatement {
    const CONTENT: Content = Content::Package;
    const VERSION: u8 = Self::VERSION;

    fn version(&self) -> u8 {
        self.v
    }
}

/// A statement on a package that waits for the server's signature.
pub type ContentsDraft = StatementDraft<ContentsStatement>;

/// A statement on a package with its bytes exactly as signed. Parsed, not yet verified.
pub type SignedContents = SignedStatement<ContentsStatement>;
