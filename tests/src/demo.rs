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
/// An elderly-care home: the longest checklist.
pub const ELDERLY_HOME: &str = "云溪县第一养老院（演示）";
/// A cemetery: the shortest checklist.
pub const CEMETERY: &str = "云溪县安宁公墓（演示）";
/// A home of minors.
pub const CHILDRENS_HOME: &str = "云溪县儿童福利院（演示）";
/// Somebody of the elderly-care home.
pub const INSTITUTION: &str = "institution1";
/// The maintenance firm of the elderly-care home.
pub const FIRM: &str = "firm1";
/// The fire and rescue brigade.
pub const FIRE_BRIGADE: &str = "fire1";
/// The county's administrator of accounts.
pub const ADMINISTRATOR: &str = "admin1";
/// The supervisor of one of its townships.
pub const TOWNSHIP: &str = "supervisor2";
