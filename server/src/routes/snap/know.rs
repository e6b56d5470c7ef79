//! 安全知识 by HTTP: what counts as a hazard at which kind of institution, why, and on what that stands, for everybody and without
//! scripts. All of it is the checklist in force: what citizens read is what inspectors grade by.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use xunan_core::facility::FacilityType;
use xunan_core::rules::{Grade, Item, Pack, Section};

use super::articles::newest;
use super::failed;
use super::know_page::{know_page, no_checklist};
use super::page::Lang;
use crate::parts::Parts;

/// Items of one page.
const PAGE: usize = 20;
/// Characters of a search that are looked at.
const SEARCHED: usize = 40;

/// What is asked for, as it stands in the address. What there is not is left out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AskedOfKnowledge {
    lang: Option<String>,
    #[serde(default)]
    section: String,
    #[serde(default, rename = "type")]
    facility_type: String,
    #[serde(default)]
    grade: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    from: String,
}

/// What a page is narrowed down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) section: Option<String>,
    pub(super) facility_type: Option<FacilityType>,
    pub(super) grade: Option<Grade>,
    /// As they were typed; empty when nothing is searched.
    pub(super) words: String,
    /// How many items that fit come before the page.
    pub(super) from: usize,
}

/// The items of a page.
pub(super) struct Found<'a> {
    pub(super) items: Vec<&'a Item>,
    /// How many fit in all.
    pub(super) all: usize,
    /// Where the next page begins.
    pub(super) next: Option<usize>,
}

/// The grades that are offered, as they stand in addresses.
pub(super) const GRADES: [(&str, Grade); 2] = [("major", Grade::Major), ("general", Grade::General)];

impl AskedOfKnowledge {
    fn wanted(&self, pack: &Pack) -> Wanted {
        let words: String = self.q.trim().chars().take(SEARCHED).collect();
        let is_there = |section: &&Section| section.id.as_str() == self.section;
        Wanted {
            section: pack.sections().iter().find(is_there).map(|it| it.id.as_str().to_owned()),
            facility_type: FacilityType::ALL.into_iter().find(|it| it.name() == self.facility_type),
            grade: GRADES.into_iter().find(|(name, _)| *name == self.grade).map(|(_, grade)| grade),
            words,
            from: self.from.parse().unwrap_or(0),
        }
    }
}

impl Wanted {
    /// The grade as it stands in addresses; empty for all of them.
    pub(super) fn grade_name(&self) -> &'static str {
        GRADES.into_iter().find(|(_, grade)| Some(*grade) == self.grade).map_or("", |(name, _)| name)
    }

    /// Whether it asks for anything; a page of everything would be a checklist and no knowledge.
    pub(super) fn is_narrowed(&self) -> bool {
        self.section.is_some()
            || self.facility_type.is_some()
            || self.grade.is_some()
            || !self.words.is_empty()
    }

    fn fits(&self, item: &Item) -> bool {
        let grade = |wanted| match self.facility_type {
            Some(kind) => item.grade_for(kind) == wanted,
            None => item.grade == wanted || item.grade_by_type.values().any(|it| *it == wanted),
        };
        self.section.as_ref().is_none_or(|section| item.section.as_str() == section)
            && self.facility_type.is_none_or(|kind| item.applies_to.contains(&kind))
            && self.grade.is_none_or(grade)
            && (self.words.is_empty() || texts_of(item).contains(&self.words.to_lowercase()))
    }

    /// The items that fit, in the order of the checklist, those of the page.
    pub(super) fn find<'a>(&self, pack: &'a Pack) -> Found<'a> {
        let all: Vec<&Item> = pack.items().iter().filter(|item| self.fits(item)).collect();
        let from = self.from.min(all.len());
        let to = (from + PAGE).min(all.len());
        Found { items: all[from..to].to_vec(), all: all.len(), next: (to < all.len()).then_some(to) }
    }
}

/// What of an item is searched, in lower case.
fn texts_of(item: &Item) -> String {
    let texts = std::iter::once(&item.text).chain(&item.why);
    texts.map(|text| format!("{}\n{}\n", text.zh, text.en)).collect::<String>().to_lowercase()
}

pub(super) async fn know(
    State(parts): State<Parts>,
    Query(asked): Query<AskedOfKnowledge>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::of(asked.lang.as_deref(), &headers);
    let pack = parts.packs.checklist_in_force(parts.clock.now().date());
    match (pack, newest(&parts).await) {
        (Some(pack), Ok(newest)) => know_page(lang, pack, &asked.wanted(pack), &newest),
        (None, Ok(_)) => no_checklist(lang),
        (_, Err(error)) => failed(lang, &error),
    }
}
