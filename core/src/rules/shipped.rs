//! The packs that come with this release, as bytes. For the server and for tests; phones fetch them as data.
//!
//! A file here never changes once a record may name its hash: a correction is a new edition beside it.

use super::fault::PackFault;
use super::fire::FireRules;
use super::pack::Pack;

/// The checklist for civil-affairs service institutions, edition 2026.1.
pub const CIVIL_AFFAIRS_2026_1: &[u8] = include_bytes!("../../rules/civil-affairs-2026.1.json");

/// The elements of GB 35181-2017, withdrawn: the labelled legacy rule set.
pub const GB35181_2017_LEGACY: &[u8] = include_bytes!("../../rules/gb35181-2017-legacy.json");

/// All checklists, the newest edition of each last.
pub const CHECKLISTS: &[&[u8]] = &[CIVIL_AFFAIRS_2026_1];

/// Reads the newest checklist.
///
/// # Errors
/// What [`Pack::load`] finds; the tests of this crate show that it finds nothing.
pub fn checklist() -> Result<Pack, Vec<PackFault>> {
    Pack::load(CIVIL_AFFAIRS_2026_1)
}

/// Reads the legacy fire rule set.
///
/// # Errors
/// What [`FireRules::load`] finds; the tests of this crate show that it finds nothing.
pub fn fire_rules() -> Result<FireRules, Vec<PackFault>> {
    FireRules::load(GB35181_2017_LEGACY)
}
