//! What institutions and their firms do by themselves 自查自改: rounds, certificates, and reports from inside.
//!
//! ```text
//! round.done ────────► the facility's card of that kind (its last rounds) ─► due_rounds: what is due today
//!     └─ findings ───► hazards with the origin OwnRound: from there on the loop of every hazard
//! certificate.noted ─► the register ─► warnings 60, 30 and 0 days before the end
//! report.made ───────► a hazard with the origin Report: who reported stands in no row
//! ```
//!
//! A round says what was looked at and what was found, or that nothing was: silence is no zero report.

mod kind;
mod round;
mod rhythm;
mod certificate;
mod report;

pub use certificate::{Certificate, CertificateKind, CertificateStanding, Expiry};
pub use kind::RoundKind;
pub use report::InternalReport;
pub use rhythm::{DueRound, RoundTiming, Source, due_rounds};
pub use round::{Finding, Found, Mending, Round, RoundRefused};
