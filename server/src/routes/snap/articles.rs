//! Articles of safety knowledge 安全知识文章 by HTTP: what offices wrote for everybody, found by section, kind and words, and a quiz
//! whose answers nobody keeps.
//!
//! What is withdrawn, and what there is not, are answered alike.

use axum::body::Body;
use axum::extract::{Extension, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use xunan_core::facility::FacilityType;
use xunan_core::knowledge::{Article, Content, Quiz};
use xunan_core::rules::Pack;

use super::articles_page::{article_page, articles_page, no_article};
use super::multipart::Form;
use super::quiz_page::{answers_page, field_of};
use super::reader::Reader;
use super::{FORM_BYTES, failed, later, plain, read};
use crate::ledger_store::{ArticlesAsked, ListedArticle, StoreResult, Tables};
use crate::parts::{ClientAddress, Parts};

/// Articles of one page.
const PAGE: usize = 20;
/// Characters of a search that are looked at.
const SEARCHED: usize = 40;
/// Articles that the page of what counts as a hazard shows.
const NEWEST: usize = 3;
/// Articles that a phone keeps to read without a network.
const KEPT: usize = 20;

/// What is asked of the list, as it stands in the address. What there is not is left out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedOfArticles {
    lang: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    section: String,
    #[serde(default, rename = "type")]
    facility_type: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
}

impl AskedOfArticles {
    fn asked(&self, pack: Option<&Pack>) -> ArticlesAsked {
        let words: String = self.q.trim().chars().take(SEARCHED).collect();
        let mut sections = pack.into_iter().flat_map(Pack::sections);
        ArticlesAsked {
            section: sections.find(|it| it.id.as_str() == self.section).map(|it| it.id.clone()),
            facility_type: FacilityType::ALL.into_iter().find(|it| it.name() == self.facility_type),
            words: words.to_lowercase(),
            before: self.before.parse().ok().filter(|it| i64::try_from(*it).is_ok()),
            limit: PAGE,
        }
    }
}

fn checklist(parts: &Parts) -> Option<&Pack> {
    parts.packs.checklist_in_force(parts.clock.now().date())
}

/// The articles that were changed last, as many as the page of what counts as a hazard shows.
pub(super) async fn newest(parts: &Parts) -> StoreResult<Vec<ListedArticle>> {
    changed_last(parts, NEWEST).await
}

/// The articles that phones keep.
pub(super) async fn kept(parts: &Parts) -> StoreResult<Vec<ListedArticle>> {
    changed_last(parts, KEPT).await
}

async fn changed_last(parts: &Parts, limit: usize) -> StoreResult<Vec<ListedArticle>> {
    let asked = ArticlesAsked { limit, ..ArticlesAsked::default() };
    parts.store.read(move |tables| tables.public_articles(&asked)).await
}

pub(super) async fn articles(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfArticles>,
    headers: HeaderMap,
) -> Response {
    let reader = Reader::of(asked.lang.as_deref(), &asked.text, &headers);
    let pack = checklist(&parts);
    let asked = asked.asked(pack);
    // One more than is shown says whether there are more.
    let one_more = ArticlesAsked { limit: asked.limit + 1, ..asked.clone() };
    match parts.store.read(move |tables| tables.public_articles(&one_more)).await {
        Ok(found) => articles_page(reader, pack, &asked, &found),
        Err(error) => failed(reader.lang, &error),
    }
}

/// What is asked of one article.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedOfArticle {
    lang: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    version: String,
}

impl AskedOfArticle {
    /// How whoever asks reads.
    pub(super) fn reader(&self, headers: &HeaderMap) -> Reader {
        Reader::of(self.lang.as_deref(), &self.text, headers)
    }
}

/// A version of a public article.
pub(super) struct Shown {
    pub(super) article: Article,
    pub(super) version: u32,
    pub(super) content: Content,
}

/// The version of an article that an address names: the last one where it names none.
fn shown(tables: &dyn Tables, id: &str, version: &str) -> StoreResult<Option<Shown>> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let Some(article) = tables.article(id)?.filter(Article::is_public) else { return Ok(None) };
    if version.is_empty() {
        let (version, content) = (article.version, article.content.clone());
        return Ok(Some(Shown { article, version, content }));
    }
    let Ok(version) = version.parse() else { return Ok(None) };
    let content = tables.article_version(id, version)?;
    Ok(content.map(|content| Shown { article, version, content }))
}

pub(super) async fn found(parts: &Parts, id: String, version: String) -> StoreResult<Option<Shown>> {
    parts.store.read(move |tables| shown(tables, &id, &version)).await
}

pub(super) async fn article(
    State(parts): State<Parts>,
    Path(id): Path<String>,
    Query(asked): Query<AskedOfArticle>,
    headers: HeaderMap,
) -> Response {
    let reader = asked.reader(&headers);
    match found(&parts, id, asked.version).await {
        Ok(Some(shown)) => article_page(reader, checklist(&parts), &shown),
        Ok(None) => no_article(reader),
        Err(error) => failed(reader.lang, &error),
    }
}

/// Which answer was chosen to each question, by its place.
pub(super) fn chosen(quiz: &Quiz, form: &Form) -> Vec<Option<usize>> {
    let numbers = 0..quiz.questions().len();
    numbers.map(|number| form.text(&field_of(number)).parse().ok()).collect()
}

/// Tells what was right, and forgets it.
pub(super) async fn answer(
    State(parts): State<Parts>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    Path(id): Path<String>,
    Query(asked): Query<AskedOfArticle>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let reader = asked.reader(&headers);
    let (_open, form) = match read(&parts, address, &headers, body, FORM_BYTES).await {
        Ok(read) => read,
        Err(wrong) => return later(plain(reader.lang, wrong), wrong),
    };
    match found(&parts, id, asked.version).await {
        Ok(Some(shown)) if !shown.content.quiz.is_empty() => {
            answers_page(reader, &shown, &chosen(&shown.content.quiz, &form))
        }
        Ok(_) => no_article(reader),
        Err(error) => failed(reader.lang, &error),
    }
}
