//! The device's side of the agreement.
//!
//! ```text
//!            ┌────────────────────────────── event ──────────────────────────────┐
//!            ▼                                                                    │
//! DeviceSession::turn ─► Turn { save: items to be stored first, step: what to do then } ─► app does the step
//! ```
//!
//! One step is under way at a time; the app stores `save`, does the step, and comes back with what happened. The
//! session holds nothing that would be missed after a crash: a new one, made from the stored items, asks the server
//! again and learns the same.
//!
//! The order: receipts that came are checked, then texts are pushed (in the order of the chain), then news is pulled,
//! then photos go, then missing receipts are fetched. So the words of ten visits arrive before the first photo.
//!
//! What is believed: an answer about an entry only when it echoes the entry's hash; a receipt only when its
//! signature fits a key of the server and it names every hash. Anything else is tried again.

mod step;
mod session;
mod choose;
mod answers;

pub use session::DeviceSession;
pub use step::{Event, Step, Turn, Upload, Which};
