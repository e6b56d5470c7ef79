//! One object per screen of the field app, and of the desk: what a person does there, in the person's words.

mod sign_in;
mod walk;
mod review;
mod outbox;
mod short_visit;
mod hazard;
mod step_sheet;
mod desk_hazard;
mod snap_form;
mod desk_snap;
mod accounts;
mod password;

pub use accounts::AccountAtDesk;
pub use desk_hazard::{HazardAtDesk, assert_story};
pub use desk_snap::SnapAtDesk;
pub use hazard::HazardOnPhone;
pub use outbox::Outbox;
pub use password::OwnPassword;
pub use review::Review;
pub use short_visit::{issue_short_visit, issue_short_visit_with_photo, sign_and_issue};
pub use sign_in::{open_signed_in, ready_offline, sign_in_again, sign_in_on, sign_in_with};
pub use snap_form::{SnapForm, Told};
pub use step_sheet::StepSheet;
pub use walk::{ItemOnPage, Walk};
