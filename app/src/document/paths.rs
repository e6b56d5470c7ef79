//! The addresses of documents in the program around: the phone's and the desk's differ in how they begin.

use leptos::prelude::*;
use xunan_core::ids::{DocumentId, HazardId, VisitId};

/// How addresses of documents begin: a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentPaths {
    /// What stands before.
    pub before: &'static str,
}

impl DocumentPaths {
    /// Those of the program around.
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// One document.
    pub fn document(self, id: DocumentId) -> String {
        format!("{}/documents/{id}", self.before)
    }

    /// The re-check of one.
    pub fn recheck(self, id: DocumentId) -> String {
        format!("{}/documents/{id}/recheck", self.before)
    }

    /// The documents of a hazard.
    pub fn of_hazard(self, hazard: HazardId) -> String {
        format!("{}/hazards/{hazard}/documents", self.before)
    }

    /// A decision on coercive measures about a hazard.
    pub fn coercion(self, hazard: HazardId) -> String {
        format!("{}/hazards/{hazard}/coercion", self.before)
    }

    /// The documents of a visit.
    pub fn of_visit(self, visit: VisitId) -> String {
        format!("{}/visits/{visit}/documents", self.before)
    }
}
