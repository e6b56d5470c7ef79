//! What one version of an article says.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::block::Block;
use super::quiz::Quiz;
use super::reading;
use super::words::{ArticleText, ArticleTitle};
use crate::facility::FacilityType;
use crate::rules::SectionId;

/// What one version of an article says 文章内容.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Content {
    /// Its title.
    pub title: ArticleTitle,
    /// What it says, in Markdown.
    pub text: ArticleText,
    /// The section of the checklist to which it belongs; no check says that the checklist in force has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// For which kinds of institution it is; for all when there are none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub types: BTreeSet<FacilityType>,
    /// Its quiz.
    #[serde(default, skip_serializing_if = "Quiz::is_empty")]
    pub quiz: Quiz,
}

impl Content {
    /// What is shown of its text, wherever that is.
    pub fn blocks(&self) -> Vec<Block> {
        reading::blocks(self.text.as_str())
    }

    /// Whether it is for a kind of institution.
    pub fn is_for(&self, kind: FacilityType) -> bool {
        self.types.is_empty() || self.types.contains(&kind)
    }
}
