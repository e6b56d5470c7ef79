//! What a backend must be able to do with articles of safety knowledge 安全知识: a part of [`Tables`](super::Tables).

use xunan_core::digest::Digest;
use xunan_core::facility::FacilityType;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, Content};
use xunan_core::region::DivisionCode;
use xunan_core::rules::SectionId;

use super::StoreResult;

/// Which public articles are asked for.
#[derive(Clone, Debug, Default)]
pub struct ArticlesAsked {
    /// Of one section of the checklist alone.
    pub section: Option<SectionId>,
    /// For one kind of institution alone, those for all kinds among them.
    pub facility_type: Option<FacilityType>,
    /// Those alone that have these words; in lower case, empty for all.
    pub words: String,
    /// Those behind this place in the order; from the one changed last on when `None`.
    pub before: Option<u64>,
    /// How many, at most.
    pub limit: usize,
}

/// An article in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedArticle {
    /// Its place in the order: it rises with each step.
    pub place: u64,
    /// The article.
    pub article: Article,
}

/// Articles, and what each of their versions says.
pub trait ArticleTables {
    /// An article, public or withdrawn.
    fn article(&self, id: ArticleId) -> StoreResult<Option<Article>>;
    /// What a version says, counted from 1 on.
    fn article_version(&self, id: ArticleId, version: u32) -> StoreResult<Option<Content>>;
    /// An article of which some version shows a picture; `None` when none does.
    fn article_showing(&self, picture: &Digest) -> StoreResult<Option<ArticleId>>;
    /// Whether some version of an article shows a picture.
    fn shows_picture(&self, id: ArticleId, picture: &Digest) -> StoreResult<bool>;
    /// Keeps an article, in the place of what it was before, and with it the version that its last step made, which must be new.
    fn put_article(&self, article: &Article) -> StoreResult<()>;
    /// Public articles, those changed last first.
    fn public_articles(&self, asked: &ArticlesAsked) -> StoreResult<Vec<ListedArticle>>;
    /// The articles of the offices of a division and of what lies inside it, public and withdrawn, behind `before` in the order,
    /// those changed last first, at most `limit`.
    fn articles_within(
        &self,
        division: &DivisionCode,
        before: Option<u64>,
        limit: usize,
    ) -> StoreResult<Vec<ListedArticle>>;
    /// Takes away all articles with all versions: they are made again from entries.
    fn delete_articles(&self) -> StoreResult<()>;
}
