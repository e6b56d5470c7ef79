//! Checking a record that came from elsewhere, by the rules by which it was made.

use super::record::VisitRecord;
use crate::problem::Problem;
use crate::rules::{FireRules, Pack};

impl VisitRecord {
    /// x
    ///
    /// # Errors
    /// x
    pub fn check(&self, _pack: &Pack, _fire: Option<&FireRules>) -> Result<(), Problem> {
        unreachable!("being written")
    }
}
