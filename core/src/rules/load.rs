//! Reading a pack: every fault named by item and field, nothing let through that could fail later.
//!
//! JSON is read in two steps. The outer shape keeps each field as raw text; then each field is read by itself,
//! so that a bad one is reported with its item and name and does not hide the next. After that, one pass over
//! all items checks what a single field cannot know: references, duplicates, cycles, and the duties of grades.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::basis::Text;
use super::check::{check_pack, put_in_walking_order};
use super::item::Item;
use super::name::ItemId;
use super::pack::{Pack, PackRef};
use crate::digest::Digest;
use crate::facility::FacilityType;

/// The only format of pack that this core reads.
const FORMAT: &str = "xunan-checklist/1";

/// The largest pack in bytes: ten times today's, so that a foreign file is refused before it is parsed.
pub(super) const MAX_BYTES: usize = 2 * 1024 * 1024;

/// One thing that is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}, {field}: {kind}")]
pub struct PackFault {
    /// Which part of the pack.
    pub at: FaultAt,
    /// Which field of it.
    pub field: &'static str,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The part of a pack in which a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultAt {
    /// The pack itself.
    Pack,
    /// An item, by its id, or by its place (`#12`, from 1) when the id itself cannot be read.
    Item(String),
    /// A section, by its id.
    Section(String),
    /// A legal text, by its short name.
    LegalBasis(String),
    /// An element or a counting rule of a fire rule set.
    FireRule(String),
}

impl fmt::Display for FaultAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pack => f.write_str("pack"),
            Self::Item(id) => write!(f, "item {id}"),
            Self::Section(id) => write!(f, "section {id}"),
            Self::LegalBasis(id) => write!(f, "legal basis {id}"),
            Self::FireRule(id) => write!(f, "fire rule {id}"),
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The bytes are not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// More bytes than a pack may have.
    #[error("{bytes} bytes are more than a pack may have")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// Not JSON, a field that is not known, or a value that the field cannot hold; in the parser's words.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A field that has to be there is not.
    #[error("is missing")]
    Missing,
    /// A list that needs something has nothing.
    #[error("is empty")]
    Empty,
    /// A text that is blank in a language.
    #[error("has no text in {language}")]
    BlankText {
        /// `zh` or `en`.
        language: &'static str,
    },
    /// The same name twice.
    #[error("{0} appears twice")]
    Duplicate(String),
    /// A name of something that the pack does not have.
    #[error("{0} is not in this pack")]
    Unknown(String),
    /// References that lead back to where they began.
    #[error("leads back to itself: {0}")]
    Cycle(String),
    /// A number beyond its range.
    #[error("{value} is not within {low} to {high}")]
    OutOfRange {
        /// What it is.
        value: u16,
        /// The lowest it may be.
        low: u16,
        /// The highest it may be.
        high: u16,
    },
    /// A major failure without an immediate measure to order.
    #[error("is empty, though a failure is major and has to offer an immediate measure")]
    MajorWithoutMeasure,
    /// An element of the comprehensive judgement on a mere advice.
    #[error("stands on an advice, which is not a hazard")]
    ElementOnAdvice,
    /// A count by value on an item that asks for no number.
    #[error("counts by value, but the item asks for no number")]
    CountWithoutNumber,
    /// A count that its own elements can never reach, or that needs none.
    #[error("{at_least} elements can never be counted, or are always there")]
    Unreachable {
        /// How many the rule asks for.
        at_least: usize,
    },
    /// Something for a type of facility that the item is not for.
    #[error("names {0:?}, which the item is not for")]
    ForeignType(FacilityType),
}

impl Pack {
    /// Reads a pack and checks all of it.
    ///
    /// # Errors
    /// Every fault found, in the order of the file; never an empty list.
    pub fn load(bytes: &[u8]) -> Result<Self, Vec<PackFault>> {
        let mut faults = Faults::default();
        match read_pack(bytes, &mut faults) {
            Some(pack) if faults.list.is_empty() => Ok(pack),
            _ => Err(faults.list),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackSource<'a> {
    format: String,
    #[serde(borrow)]
    id: Raw<'a>,
    #[serde(borrow)]
    edition: Raw<'a>,
    #[serde(borrow)]
    valid_from: Raw<'a>,
    #[serde(borrow)]
    supersedes: Raw<'a>,
    #[serde(borrow)]
    title: Raw<'a>,
    #[serde(borrow)]
    notice: Raw<'a>,
    #[serde(borrow)]
    words: Raw<'a>,
    #[serde(borrow)]
    elements: Raw<'a>,
    #[serde(borrow)]
    legal_bases: Raw<'a>,
    #[serde(borrow)]
    sections: Raw<'a>,
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

/// A field as it stands in the file, `None` when it does not.
pub(super) type Raw<'a> = Option<&'a RawValue>;

macro_rules! item_source {
    ($($field:ident),*) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct ItemSource<'a> {
            $(#[serde(borrow)] $field: Raw<'a>,)*
        }
    };
}
item_source!(
    id,
    section,
    text,
    why,
    note,
    applies_to,
    profiles,
    answer,
    photo,
    grade,
    grade_by_type,
    grade_confidence,
    escalation,
    counts_as,
    deadline_days,
    must_offer,
    may_offer,
    refer_to,
    reach,
    basis,
    covers
);

/// The faults found so far, and the part of the pack that is being read.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) list: Vec<PackFault>,
}

impl Faults {
    pub(super) fn add(&mut self, at: &FaultAt, field: &'static str, kind: FaultKind) {
        self.list.push(PackFault { at: at.clone(), field, kind });
    }

    /// Reads a field that has to be there.
    pub(super) fn needed<T: DeserializeOwned>(
        &mut self,
        at: &FaultAt,
        field: &'static str,
        raw: Raw<'_>,
    ) -> Option<T> {
        if raw.is_none() {
            self.add(at, field, FaultKind::Missing);
        }
        self.read(at, field, raw)
    }

    /// Reads a field that may be left out.
    pub(super) fn read<T: DeserializeOwned>(
        &mut self,
        at: &FaultAt,
        field: &'static str,
        raw: Raw<'_>,
    ) -> Option<T> {
        match serde_json::from_str(raw?.get()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(at, field, FaultKind::Unreadable(error.to_string()));
                None
            }
        }
    }

    pub(super) fn text(&mut self, at: &FaultAt, field: &'static str, text: &Text) {
        for (language, text) in [("zh", &text.zh), ("en", &text.en)] {
            if text.trim().is_empty() {
                self.add(at, field, FaultKind::BlankText { language });
            }
        }
    }

    pub(super) fn no_duplicates<T: Ord + fmt::Display>(
        &mut self,
        at: &FaultAt,
        field: &'static str,
        names: impl IntoIterator<Item = T>,
    ) {
        let mut seen = BTreeSet::new();
        for name in names {
            if let Some(twice) = seen.replace(name) {
                self.add(at, field, FaultKind::Duplicate(twice.to_string()));
            }
        }
    }

    pub(super) fn within(&mut self, at: &FaultAt, field: &'static str, value: u16, low: u16, high: u16) {
        if !(low..=high).contains(&value) {
            self.add(at, field, FaultKind::OutOfRange { value, low, high });
        }
    }
}

/// The bytes as text, when they can be a pack at all.
pub(super) fn text_of<'a>(bytes: &'a [u8], faults: &mut Faults) -> Option<&'a str> {
    if bytes.len() > MAX_BYTES {
        faults.add(&FaultAt::Pack, "file", FaultKind::TooLarge { bytes: bytes.len() });
        return None;
    }
    let text = std::str::from_utf8(bytes);
    if text.is_err() {
        faults.add(&FaultAt::Pack, "file", FaultKind::NotUtf8);
    }
    text.ok()
}

fn read_pack(bytes: &[u8], faults: &mut Faults) -> Option<Pack> {
    const AT: FaultAt = FaultAt::Pack;
    let source: PackSource<'_> = match serde_json::from_str(text_of(bytes, faults)?) {
        Ok(source) => source,
        Err(error) => {
            faults.add(&AT, "file", FaultKind::Unreadable(error.to_string()));
            return None;
        }
    };
    if source.format != FORMAT {
        faults.add(&AT, "format", FaultKind::Unknown(source.format));
        return None;
    }
    let id = faults.needed(&AT, "id", source.id);
    let edition = faults.needed(&AT, "edition", source.edition);
    let valid_from = faults.needed(&AT, "valid_from", source.valid_from);
    let supersedes = faults.read(&AT, "supersedes", source.supersedes);
    let title = faults.needed(&AT, "title", source.title);
    let notice = faults.needed(&AT, "notice", source.notice);
    let words = faults.needed(&AT, "words", source.words);
    let elements = faults.read(&AT, "elements", source.elements).unwrap_or_default();
    let legal_bases = faults.needed(&AT, "legal_bases", source.legal_bases);
    let sections = faults.needed(&AT, "sections", source.sections);
    let items = source.items.iter().enumerate().filter_map(|(at, raw)| read_item(at, raw, faults)).collect();

    let mut pack = Pack {
        reference: PackRef { id: id?, edition: edition?, hash: Digest::of(bytes) },
        valid_from: valid_from?,
        supersedes,
        title: title?,
        notice: notice?,
        words: words?,
        elements,
        legal_bases: legal_bases?,
        sections: sections?,
        items,
        by_id: Vec::new(),
    };
    check_pack(&pack, faults);
    if faults.list.is_empty() {
        put_in_walking_order(&mut pack);
    }
    Some(pack)
}

fn read_item(place: usize, raw: &RawValue, faults: &mut Faults) -> Option<Item> {
    let nameless = FaultAt::Item(format!("#{}", place + 1));
    let source: ItemSource<'_> = match serde_json::from_str(raw.get()) {
        Ok(source) => source,
        Err(error) => {
            // A field that is not known, or not an object: still say which item, if it says so itself.
            #[derive(Deserialize)]
            struct OnlyId {
                id: ItemId,
            }
            let named = serde_json::from_str::<OnlyId>(raw.get()).map(|it| FaultAt::Item(it.id.to_string()));
            faults.add(&named.unwrap_or(nameless), "item", FaultKind::Unreadable(error.to_string()));
            return None;
        }
    };
    let id: Option<ItemId> = faults.needed(&nameless, "id", source.id);
    let at = id.as_ref().map_or(nameless, |id| FaultAt::Item(id.to_string()));

    let section = faults.needed(&at, "section", source.section);
    let text = faults.needed(&at, "text", source.text);
    let why = faults.read(&at, "why", source.why);
    let note = faults.read(&at, "note", source.note);
    let applies_to = faults.needed(&at, "applies_to", source.applies_to);
    let profiles = faults.needed(&at, "profiles", source.profiles);
    let answer = faults.needed(&at, "answer", source.answer);
    let photo = faults.needed(&at, "photo", source.photo);
    let grade = faults.needed(&at, "grade", source.grade);
    let grade_by_type = faults.read(&at, "grade_by_type", source.grade_by_type).unwrap_or_default();
    let grade_confidence = faults.needed(&at, "grade_confidence", source.grade_confidence);
    let escalation = faults.read(&at, "escalation", source.escalation).unwrap_or_default();
    let counts_as = faults.read(&at, "counts_as", source.counts_as);
    let deadline = faults.needed(&at, "deadline_days", source.deadline_days);
    let must_offer = faults.read(&at, "must_offer", source.must_offer).unwrap_or_default();
    let may_offer = faults.read(&at, "may_offer", source.may_offer).unwrap_or_default();
    let refer_to = faults.read(&at, "refer_to", source.refer_to).unwrap_or_default();
    let reach = faults.read(&at, "reach", source.reach).unwrap_or_default();
    let basis = faults.needed(&at, "basis", source.basis);
    let covers = faults.read(&at, "covers", source.covers).unwrap_or_default();

    Some(Item {
        id: id?,
        section: section?,
        text: text?,
        why,
        note,
        applies_to: applies_to?,
        profiles: profiles?,
        answer: answer?,
        photo: photo?,
        grade: grade?,
        grade_by_type,
        grade_confidence: grade_confidence?,
        escalation,
        counts_as,
        deadline: deadline?,
        must_offer,
        may_offer,
        refer_to,
        reach,
        basis: basis?,
        covers,
    })
}
