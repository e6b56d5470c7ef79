//! Units 责任单位: who puts a hazard right.

use serde::{Deserialize, Serialize};

use crate::department::Department;
use crate::facility::Party;

/// What kind of unit it is: one of the six responsible parties 六方责任, or a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// One of the six responsible parties of the institution.
    Party(Party),
    /// A department of the local government.
    Department(Department),
}

/// A unit by kind and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit {
    /// What kind of unit.
    pub kind: UnitKind,
    /// Its name, as it stands in documents; not empty.
    pub name: String,
}
