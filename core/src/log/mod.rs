//! The log: what a device has done, entry by entry, each signed and tied to the one before.
//!
//! A [`SignedEntry`] is a compact JWS (RFC 7515, ES256) over an [`Entry`] in plain JSON. Its bytes are kept and sent
//! exactly as signed; nothing is ever written anew from parsed values. A [`SignedReceipt`] is the server's JWS that
//! names the hashes of the entry and of every photo. [`verify_chain`] verifies a device's entries, one pure function.
//!
//! Any JOSE library can check both without this code: see `docs/entry-format.md`.

mod jws;
mod entry;
mod body;
mod chain;
mod doubt;
mod receipt;
mod bounds;

pub use body::{Body, Kind};
pub use bounds::{Interval, TimeBounds};
pub use chain::{ChainFault, ChainHead, verify_chain};
pub use doubt::ClockDoubt;
pub use entry::{Attachment, Entry, EntryDraft, SignedEntry};
pub use jws::{Es256, NotAJws, PublicKey, Signature, SignatureVerdict, SigningInput};
pub use receipt::{Coverage, Effect, Receipt, ReceiptDraft, SignedReceipt};
