//! Articles of safety knowledge, in lists that are narrowed down beforehand, and what each of their versions says.

use rusqlite::{named_params, params};
use xunan_core::digest::Digest;
use xunan_core::facility::FacilityType;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, Content, beginning};
use xunan_core::region::DivisionCode;
use xunan_core::rules::SectionId;

use super::SqliteConnection;
use super::grams::{characters_and_pairs, question};
use super::values::{from_json, number, parsed, signed, to_json};
use crate::ledger_store::{ArticleTables, ArticlesAsked, ListedArticle, StoreResult};

const LISTED: &str = "
    SELECT a.number, a.article FROM article_lists l CROSS JOIN articles a ON a.number = l.number
    WHERE l.section = :section AND l.facility_type = :type AND l.number < :before
    ORDER BY l.number DESC LIMIT :limit";

/// The index walks from the article changed last on and stops at the end of the page.
const FOUND: &str = "
    SELECT a.number, a.article FROM article_grams g CROSS JOIN articles a ON a.number = g.rowid
    WHERE article_grams MATCH :grams AND g.rowid < :before AND instr(a.words, :words) > 0
    ORDER BY g.rowid DESC LIMIT :limit";

const OF_OFFICES: &str = "
    SELECT a.number, a.article FROM article_places p CROSS JOIN articles a ON a.number = p.number
    WHERE p.division = :division AND p.number < :before
    ORDER BY p.number DESC LIMIT :limit";

fn listed(row: &rusqlite::Row<'_>) -> StoreResult<ListedArticle> {
    Ok(ListedArticle { place: number(row, 0)?, article: from_json(row, 1)? })
}

/// What of an article is searched, in lower case: what everybody reads, without the marks of Markdown.
fn words_of(content: &Content) -> String {
    let text = beginning(&content.blocks(), usize::MAX);
    format!("{}\n{text}", content.title.as_str()).to_lowercase()
}

/// A section in the index, by its bytes, and a kind of institution: neither a character nor one another is spelt so.
fn section_gram(section: &SectionId) -> String {
    std::iter::once("y".to_owned()).chain(section.as_str().bytes().map(|it| format!("{it:02x}"))).collect()
}

fn type_gram(kind: FacilityType) -> String {
    format!("w{}", kind.name().replace('_', ""))
}

/// For which kinds of institution it is.
fn kinds_of(content: &Content) -> impl Iterator<Item = FacilityType> {
    FacilityType::ALL.into_iter().filter(|kind| content.is_for(*kind))
}

impl SqliteConnection {
    /// Puts a public article where everybody finds it.
    fn list_article(&self, place: i64, content: &Content, words: &str) -> StoreResult<()> {
        let sections = std::iter::once("").chain(content.section.as_ref().map(SectionId::as_str));
        for section in sections {
            for kind in std::iter::once("").chain(kinds_of(content).map(FacilityType::name)) {
                self.change(
                    "INSERT INTO article_lists (section, facility_type, number) VALUES (?, ?, ?)",
                    params![section, kind, place],
                )?;
            }
        }
        let mut grams = characters_and_pairs(words);
        grams.extend(content.section.as_ref().map(section_gram));
        grams.extend(kinds_of(content).map(type_gram));
        let grams = grams.into_iter().collect::<Vec<_>>().join(" ");
        self.change("INSERT INTO article_grams (rowid, grams) VALUES (?, ?)", params![place, grams])
    }
}

impl ArticleTables for SqliteConnection {
    fn article(&self, id: ArticleId) -> StoreResult<Option<Article>> {
        let sql = "SELECT article FROM articles WHERE id = ?";
        self.first(sql, [id.to_string()], |row| from_json(row, 0))
    }

    fn article_version(&self, id: ArticleId, version: u32) -> StoreResult<Option<Content>> {
        let sql = "SELECT content FROM article_versions WHERE article = ? AND version = ?";
        self.first(sql, params![id.to_string(), version], |row| from_json(row, 0))
    }

    fn article_showing(&self, picture: &Digest) -> StoreResult<Option<ArticleId>> {
        let sql = "SELECT article FROM article_pictures WHERE digest = ? LIMIT 1";
        self.first(sql, [picture.bytes()], |row| parsed(row, 0))
    }

    fn shows_picture(&self, id: ArticleId, picture: &Digest) -> StoreResult<bool> {
        let sql = "SELECT 1 FROM article_pictures WHERE digest = ? AND article = ?";
        let found = self.first(sql, params![picture.bytes(), id.to_string()], |_| Ok(()))?;
        Ok(found.is_some())
    }

    fn put_article(&self, article: &Article) -> StoreResult<()> {
        let id = article.id.to_string();
        let sql = "SELECT number FROM articles WHERE id = ?";
        if let Some(before) = self.first(sql, [&id], |row| number(row, 0))? {
            let before = signed(before)?;
            self.change("DELETE FROM article_grams WHERE rowid = ?", [before])?;
            self.change("DELETE FROM articles WHERE number = ?", [before])?;
        }
        let words = words_of(&article.content);
        self.change(
            "INSERT INTO articles (id, is_public, words, article) VALUES (?, ?, ?, ?)",
            params![id, article.is_public(), words, to_json(article)?],
        )?;
        let place = self.0.last_insert_rowid();
        article.office.ancestors().try_for_each(|division| {
            self.change(
                "INSERT INTO article_places (division, number) VALUES (?, ?)",
                params![division.as_str(), place],
            )
        })?;
        if article.is_public() {
            self.list_article(place, &article.content, &words)?;
        }
        let Some(version) = article.new_version() else { return Ok(()) };
        for picture in article.content.pictures.all() {
            self.change(
                "INSERT INTO article_pictures (digest, article) VALUES (?, ?) ON CONFLICT DO NOTHING",
                params![picture.digest.bytes(), id],
            )?;
        }
        self.change(
            "INSERT INTO article_versions (article, version, content) VALUES (?, ?, ?)",
            params![id, version, to_json(&article.content)?],
        )
    }

    fn public_articles(&self, asked: &ArticlesAsked) -> StoreResult<Vec<ListedArticle>> {
        let before = asked.before.map_or(Ok(i64::MAX), signed)?;
        let limit = signed(asked.limit as u64)?;
        if asked.words.is_empty() {
            let bound = named_params! {
                ":section": asked.section.as_ref().map_or("", SectionId::as_str),
                ":type": asked.facility_type.map_or("", FacilityType::name),
                ":before": before,
                ":limit": limit,
            };
            return self.all(LISTED, bound, listed);
        }
        let narrowed = [asked.section.as_ref().map(section_gram), asked.facility_type.map(type_gram)];
        let bound = named_params! {
            ":grams": question(&asked.words, narrowed.into_iter().flatten()),
            ":words": asked.words,
            ":before": before,
            ":limit": limit,
        };
        self.all(FOUND, bound, listed)
    }

    fn articles_within(
        &self,
        division: &DivisionCode,
        before: Option<u64>,
        limit: usize,
    ) -> StoreResult<Vec<ListedArticle>> {
        let bound = named_params! {
            ":division": division.as_str(),
            ":before": before.map_or(Ok(i64::MAX), signed)?,
            ":limit": signed(limit as u64)?,
        };
        self.all(OF_OFFICES, bound, listed)
    }

    fn delete_articles(&self) -> StoreResult<()> {
        self.change("DELETE FROM articles", [])?;
        self.change("DELETE FROM article_versions", [])?;
        self.change("DELETE FROM article_pictures", [])?;
        self.change("INSERT INTO article_grams (article_grams) VALUES ('delete-all')", [])
    }
}
