//! What is done with an article: the body of an `article.step` entry.

use serde::{Deserialize, Serialize};

use super::content::Content;
use crate::ids::{ArticleId, EntryId};

/// One step of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which article.
    pub article: ArticleId,
    /// What is done.
    #[serde(flatten)]
    pub command: Command,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// 发布: the first version, in the name of the office that writes it. The article's id is new.
    Publish {
        /// What it says.
        content: Content,
    },
    /// 修订: another version, also of an article that was withdrawn, which is public again by it.
    Revise {
        /// What was read when it was written: the version or the withdrawal by which the article stood, by its entry.
        after: EntryId,
        /// What it says now.
        content: Content,
    },
    /// 撤下: from now on nobody reads it, nor any version of before.
    Withdraw {
        /// The version that was read, by its entry.
        version: EntryId,
        /// Why; not empty.
        reason: String,
    },
}

impl Command {
    /// What it says, where it makes a version.
    pub const fn content(&self) -> Option<&Content> {
        match self {
            Self::Publish { content } | Self::Revise { content, .. } => Some(content),
            Self::Withdraw { .. } => None,
        }
    }
}
