//! What waits to be sent, and how sending goes: kept apart from what the visit itself is.
//!
//! ```text
//!              ┌──────────── try now, signed in, online ───────────┐
//!              ▼                                                   │
//! new ──► Waiting ──► Sending ──┬─ may help to try again ─► RetryAt ┤ (its time has come: Sending)
//!                       ▲       ├─ somebody must sign in ─► NeedsSignIn
//!                       │       ├─ a person must look ────► Refused
//!                       │       └─ receipt names all ─────► Acknowledged, for good
//! ```
//!
//! An item is acknowledged only by a receipt that names every hash in it. Nothing else ends it: a refusal keeps it
//! with its reason, and blocks nothing behind it. No command drops an item; one that does not fit gives it back.
//! Acknowledged items may be taken off the list after [`Item::SHOWN_FOR`]; the entry's JWS stays in the log.

mod item;
mod photo;
mod delivery;
mod retry;
mod summary;

pub(crate) use delivery::due_at;
pub use delivery::{Delivery, Due};
pub use item::{Command, CommandRefused, Item, OnList};
pub use photo::{PhotoDelivery, PhotoState};
pub use retry::{Jitter, RetrySchedule};
pub use summary::Summary;
