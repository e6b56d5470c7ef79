//! The hazard sheet 隐患单: what is decided on site about one hazard.

use serde::{Deserialize, Serialize};

use super::draft::Keeping;
use super::record::Due;
use crate::facility::Party;
use crate::ids::HazardId;
use crate::rules::{Grade, ItemId, Measure, Remedy};

/// Which hazard of this visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum HazardOf {
    /// The one that a failed item makes.
    Item(ItemId),
    /// One that no item covers.
    Free(HazardId),
}

/// What is decided about a hazard on site 隐患单.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Where in the building 部位; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What is wrong, in the inspector's words; empty means "as the item says".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The day until which it is to be rectified; `None` means as the rule proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Immediate measures.
    #[serde(default)]
    pub measures: MeasureDecision,
    /// Who is to rectify it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
    /// The second inspector's word on a proposed major hazard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_opinion: Option<SecondOpinion>,
    /// Whether it was put right while the inspectors were there 当场整改. It stays on record either way
    /// (食品生产经营监督检查管理办法 33: what is corrected on the spot is recorded as such).
    #[serde(default, skip_serializing_if = "is_outstanding")]
    pub remedy: Remedy,
}

/// For leaving the usual case out of JSON.
pub(super) fn is_outstanding(remedy: &Remedy) -> bool {
    *remedy == Remedy::Outstanding
}

/// What was decided about immediate measures 立即措施.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum MeasureDecision {
    /// Nothing yet. A gap on a major hazard.
    #[default]
    Undecided,
    /// These were ordered on the spot; at least one.
    Ordered {
        /// Which.
        measures: Vec<Measure>,
    },
    /// None is needed, and why; the reason is not empty on a major hazard.
    NotNeeded {
        /// The reason.
        reason: String,
    },
}

impl MeasureDecision {
    /// The measures that were ordered; none when nothing is decided or none is needed.
    pub fn ordered(&self) -> &[Measure] {
        match self {
            Self::Ordered { measures } => measures,
            Self::Undecided | Self::NotNeeded { .. } => &[],
        }
    }

    /// The one spelling of a decision: measures sorted and each once, "none ordered" is undecided.
    pub(super) fn in_one_spelling(self) -> Self {
        match self {
            Self::Ordered { mut measures } => {
                measures.sort_unstable();
                measures.dedup();
                if measures.is_empty() { Self::Undecided } else { Self::Ordered { measures } }
            }
            other => other,
        }
    }
}

/// Who is to rectify a hazard: one of the six parties, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Responsible {
    /// Which of the six.
    pub party: Party,
    /// The person's name; not empty in a record.
    pub name: String,
}

/// What the second inspector says of a hazard that the rules propose as major.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "opinion", rename_all = "snake_case")]
pub enum SecondOpinion {
    /// Confirms it as major 同意.
    Agrees,
    /// Does not; the hazard is kept as general with both opinions on record 不同意.
    Disagrees {
        /// Why; not empty.
        reason: String,
    },
}

impl SecondOpinion {
    /// The grade on record: a proposed major hazard with which the second inspector disagrees is general.
    ///
    /// Two inspectors at least find together (安全生产法 67), so one alone does not make a hazard major; that
    /// the other one lowers it to general, with both opinions kept, is this project's design.
    ///
    /// ```
    /// use xunan_core::rules::Grade;
    /// use xunan_core::visit::SecondOpinion;
    ///
    /// let disagrees = SecondOpinion::Disagrees { reason: "可从内打开".to_owned() };
    /// assert_eq!(SecondOpinion::settle(Grade::Major, Some(&disagrees)), Grade::General);
    /// assert_eq!(SecondOpinion::settle(Grade::Major, None), Grade::Major);
    /// ```
    pub fn settle(proposed: Grade, opinion: Option<&Self>) -> Grade {
        match (proposed, opinion) {
            (Grade::Major, Some(Self::Disagrees { .. })) => Grade::General,
            (proposed, _) => proposed,
        }
    }
}

/// A hazard that no item covers 清单外隐患.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeHazard {
    /// What it is, in a few words; a gap while empty.
    pub title: String,
    /// The grade that the inspector proposes.
    pub grade: Option<Grade>,
    /// Its sheet.
    pub sheet: Sheet,
    /// Whether it stands or was taken back.
    pub keeping: Keeping,
}
