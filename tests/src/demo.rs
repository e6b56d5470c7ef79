//! What the demo county is known by: logins and names that `xunan serve --demo` prints.

/// Every demo account's password.
pub const PASSWORD: &str = "yunxi-demo-2026";
/// An inspector of the county.
pub const INSPECTOR: &str = "inspector1";
/// Another inspector, the second on a visit.
pub const SECOND_INSPECTOR: &str = "inspector2";
/// The county's supervisor.
pub const SUPERVISOR: &str = "supervisor1";
/// The database's file in the data folder.
pub const DATABASE: &str = "ledger.sqlite";
