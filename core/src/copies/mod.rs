//! Copies of drafts on the server, as a phone sees them: what to send next, what an answer means, and what another phone
//! of the same person can go on from. Without I/O: events in, steps out (`docs/shadow-copies.md`).
//!
//! ```text
//! draft touched ─► due a moment later ─► card, draft (replaces only what is known), photos ─► kept there
//!                                          │
//!                                          ├─ another phone was first ─► a person decides which of the two to keep
//!                                          ├─ on record already ───────► said, and nothing more is sent
//!                                          └─ no room ─────────────────► said, and tried again later
//! listed: on the server, not here ─► a second phone goes on with it
//! ```
//!
//! What waits to be sent as an entry goes first: a copier rests while the outbox is at work.

mod copied;
mod content;
mod elsewhere;
mod copier;

pub use content::DraftCopy;
pub use copied::{Copied, Standing};
pub use copier::{Copier, CopyEvent, CopyStep, CopyTurn, DraftHere, Replaces, Stage, Way};
pub use elsewhere::{Elsewhere, elsewhere};
