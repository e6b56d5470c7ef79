//! Whose office has a report that names no institution.

use crate::access::{Account, Role};
use crate::region::DivisionCode;

/// The division that all of a server's supervisors have in common: a county's own server gives such reports to the county, a
/// city's to the city, which transfers them. This project's proposal; the whole country when nobody supervises.
pub fn office_of_unnamed<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> DivisionCode {
    let supervisors = accounts.into_iter().filter(|account| matches!(account.role, Role::Supervisor));
    let regions = supervisors.map(|account| account.region.clone());
    regions.reduce(|one, other| one.in_common(&other)).unwrap_or_else(DivisionCode::country)
}
