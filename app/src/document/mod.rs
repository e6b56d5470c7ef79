//! Documents 文书: made from a visit, signed as an entry, shown as they print; on the phone and at the desk alike.
//!
//! ```text
//! visit's entry (phone, or server) ─► core: Drafting ─► Issue ─► check ─► append ─► row ─► blocks ─► paper, print
//!                                                                           └─► outbox ─► number ─► row, PDF
//! ```
//!
//! What a document says and whether it may be issued is core's; here it is shown, and the office's name is filled in from
//! what the region has decided. Without a network the number stays an empty box.

mod paths;
mod paper;
mod page;
mod letterhead;
mod signed_visit;
mod issue;
mod officers;
mod visit_documents;
mod coercion;
mod hazard_documents;
mod recheck;

pub use coercion::{CoercionPage, may_issue};
pub use hazard_documents::HazardDocumentsPage;
pub use page::DocumentPage;
pub use paths::DocumentPaths;
pub use recheck::RecheckPage;
pub use visit_documents::VisitDocumentsPage;
