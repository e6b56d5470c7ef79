//! `GET /api/articles`: the articles of safety knowledge of an office, page by page.

use serde::{Deserialize, Serialize};

use crate::ids::ArticleId;
use crate::knowledge::{Article, ArticleTitle, StoryLine};
use crate::region::DivisionCode;

/// An article, as far as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArticleLine {
    /// Which.
    pub id: ArticleId,
    /// The office that wrote it.
    pub office: DivisionCode,
    /// The title of its last version.
    pub title: ArticleTitle,
    /// The number of that version, from 1 on.
    pub version: u32,
    /// By what it stands as it does.
    pub last: StoryLine,
}

impl ArticleLine {
    /// The line of an article.
    pub fn of(article: Article) -> Self {
        let Article { id, office, content, version, last, .. } = article;
        Self { id, office, title: content.title, version, last }
    }
}

/// A page of articles: what was changed last comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArticlesPage {
    /// The articles, public ones and withdrawn ones.
    pub articles: Vec<ArticleLine>,
    /// What to ask for next, as `before`; `None` on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}
