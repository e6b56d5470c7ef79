//! The log: what a device has done, entry by entry, each signed and tied to the one before.
//!
//! A [`SignedEntry`] is a compact JWS (RFC 7515, ES256) over an [`Entry`] in plain JSON. Its bytes are kept and sent
//! exactly as signed; nothing is ever written anew from parsed values. A [`SignedReceipt`] is the server's JWS that
//! names the hashes of the entry and of every photo. [`verify_chain`] verifies a device's entries, one pure function.
//!
//! Every receipt is a leaf of a Merkle tree ([`tree`]). A [`SignedRoot`] says how the tree stood, and [`tree_proof`]
//! shows that a receipt is in it and that it only ever grew: what was receipted cannot be taken back quietly.
//!
//! Any JOSE library can check the signatures, any program for RFC 9162 the proofs, without this code: see
//! `docs/entry-format.md` and `docs/transparency-log.md`.

mod jws;
mod entry;
mod body;
mod snap_body;
mod article_body;
mod training_body;
mod family;
mod chain;
mod doubt;
mod statement;
mod receipt;
mod server_time;
mod bounds;
pub mod tree;
mod root;
pub mod tree_proof;
mod device_statement;
mod contents_statement;

pub use article_body::ArticleBody;
pub use body::{Body, Kind};
pub use bounds::{Interval, TimeBounds};
pub use chain::{ChainFault, ChainHead, verify_chain};
pub use contents_statement::{ContentsDraft, ContentsStatement, SignedContents};
pub use device_statement::{DeviceStatement, DeviceStatementDraft, SignedDeviceStatement};
pub use doubt::ClockDoubt;
pub use entry::{Attachment, BodyParts, Entry, EntryBody, EntryDraft, SignedEntry};
pub use family::is_read_beside;
pub use jws::{Es256, NotAJws, PublicKey, Signature, SignatureVerdict, SigningInput};
pub use receipt::{Coverage, Effect, Receipt, ReceiptDraft, SignedReceipt};
pub use root::{Root, RootDraft, SignedRoot};
pub use server_time::{Nonce, NotANonce, ServerTime, ServerTimeDraft, SignedServerTime};
pub use snap_body::SnapBody;
pub use statement::{SignedStatement, Statement, StatementDraft};
pub use training_body::TrainingBody;
