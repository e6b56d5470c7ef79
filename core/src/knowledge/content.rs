//! What one version of an article says.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::block::Block;
use super::picture::{PictureFault, PictureNumber, Pictures};
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
    /// Its pictures.
    #[serde(default, skip_serializing_if = "Pictures::is_empty")]
    pub pictures: Pictures,
}

impl Content {
    /// What is shown of its text, wherever that is.
    pub fn blocks(&self) -> Vec<Block> {
        reading::read(self.text.as_str(), &self.pictures).blocks
    }

    /// Checks that the text shows each of its pictures, says what each shows, and names no other.
    ///
    /// # Errors
    /// [`PictureFault`], the first in the order of the text.
    pub fn check_pictures(&self) -> Result<(), PictureFault> {
        let named = reading::read(self.text.as_str(), &self.pictures).named;
        for (number, words) in &named {
            if self.pictures.numbered(*number).is_none() {
                return Err(PictureFault::Missing(*number));
            }
            words.as_ref().map_err(|_| PictureFault::Unsaid(*number))?;
        }
        let mut all = (0..self.pictures.all().len()).filter_map(PictureNumber::at);
        let unused = all.find(|number| named.iter().all(|(it, _)| it != number));
        unused.map_or(Ok(()), |number| Err(PictureFault::Unused(number)))
    }

    /// What a version must hold to be one. A text without pictures is not looked into: those that were written before there were any
    /// may name whatever they like, and it is words.
    pub(super) fn check(&self) -> Result<(), PictureFault> {
        if self.pictures.is_empty() { Ok(()) } else { self.check_pictures() }
    }

    /// Whether it is for a kind of institution.
    pub fn is_for(&self, kind: FacilityType) -> bool {
        self.types.is_empty() || self.types.contains(&kind)
    }
}
