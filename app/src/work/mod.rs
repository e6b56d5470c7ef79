//! Everybody's work outside a visit: steps of a hazard, own rounds, the register, reports. All of it without a network.
//!
//! ```text
//! home ─► hazard page ─► sheet of a step ─┐                       ┌─► append: signed, stored, shown at once
//!     └─► round, report, certificate ─────┴─► OpenWork (on disk) ─┘
//! ```
//!
//! Which steps a page offers, core says ([`Standing::offers`](xunan_core::hazard::Standing::offers)); what is due of the
//! rounds, too. What is typed or photographed lies on disk as it is written, under a name that says what it is about, so
//! that a killed page loses nothing.

mod certificates;
mod deed;
mod deed_fields;
mod deed_sheet;
mod facts;
mod findings;
mod hazard_page;
mod home;
mod open_work;
mod pictures;
mod report;
mod round;
mod round_list;
mod with_work;
mod work_photos;

pub use certificates::CertificatesPage;
pub use hazard_page::HazardPage;
pub use home::{HomePage, StartOwnPage};
pub use open_work::OpenWork;
pub(crate) use pictures::keep_pictures;
pub use report::ReportPage;
pub use round::RoundPage;
pub use round_list::RoundsPage;

use xunan_core::access::{Account, Role};
use xunan_core::ids::FacilityId;

/// The institutions for which somebody works; none for inspectors and offices.
pub fn own_facilities(account: &Account) -> Vec<FacilityId> {
    match &account.role {
        Role::Institution { facility } | Role::Staff { facility } => vec![*facility],
        Role::Maintenance { facilities } => facilities.clone(),
        _ => Vec::new(),
    }
}
