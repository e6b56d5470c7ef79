//! What the rules stand on: texts in two languages, legal sources, and how well each source is known.

use serde::{Deserialize, Serialize};

use super::name::CiteId;

/// A text in both languages, neither of them blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How well the text behind a grade or a citation is known. Ordered from the weakest to the strongest, so that
/// the confidence of a conclusion is the `min` of what it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// This project's own proposal, not a rule 本项目设计取值.
    Design,
    /// From general knowledge, the text was not seen 凭一般知识，未读到原文: needs an expert's confirmation.
    Recalled,
    /// Only a summary, a reprint or a part was read 仅读到摘要、转载或部分.
    Secondary,
    /// The clause itself was read 条文已读到.
    Sourced,
}

/// How much of a legal source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The whole text.
    FullText,
    /// Some of its articles.
    PartialText,
    /// Reprints, summaries and reports.
    Secondary,
    /// Only that it exists: title, number, date.
    MetadataOnly,
    /// Nothing; it is known from general knowledge.
    Recall,
    /// A founding document of this project that reports a local practice.
    Seed,
}

/// A legal text, standard or practice that items cite 依据.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Its short name in this pack.
    pub id: CiteId,
    /// Its title.
    pub title: Text,
    /// Document number, edition or issuing body, as printed; empty when unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Since when it is in force, as far as known: `2021-09-01`, `2025-05` or `2023`; empty when unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub effective: String,
    /// How much of it was read.
    pub evidence: Evidence,
}

/// One place in a legal text that an item stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The text, by its short name in the pack.
    pub cite: CiteId,
    /// Articles or clauses, as printed (`28、60(3)`); empty when the whole text is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// How well this place is known.
    pub confidence: Confidence,
}
