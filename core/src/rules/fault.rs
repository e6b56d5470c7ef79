//! What can be wrong with a pack, each named by part and field.

use std::fmt;

use super::basis::Text;
use crate::facility::FacilityType;

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
    /// Its words for its codes.
    Words,
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
            Self::Words => f.write_str("words"),
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
    /// A file of another format than the one asked for.
    #[error("{0} is another format")]
    OtherFormat(String),
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

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) list: Vec<PackFault>,
}

impl Faults {
    pub(super) fn add(&mut self, at: &FaultAt, field: &'static str, kind: FaultKind) {
        self.list.push(PackFault { at: at.clone(), field, kind });
    }

    pub(super) fn text(&mut self, at: &FaultAt, field: &'static str, text: &Text) {
        for (language, text) in [("zh", &text.zh), ("en", &text.en)] {
            if text.trim().is_empty() {
                self.add(at, field, FaultKind::BlankText { language });
            }
        }
    }

    pub(super) fn within(&mut self, at: &FaultAt, field: &'static str, value: u16, low: u16, high: u16) {
        if !(low..=high).contains(&value) {
            self.add(at, field, FaultKind::OutOfRange { value, low, high });
        }
    }

    pub(super) fn no_duplicates(&mut self, at: &FaultAt, field: &'static str, names: &Names<'_>) {
        for pair in names.0.windows(2).filter(|pair| pair[0] == pair[1]) {
            self.add(at, field, FaultKind::Duplicate(pair[0].to_owned()));
        }
    }
}

/// Names in order, to look one up and to see one twice. A sorted list and not a set: phones download this
/// code, and one list of texts for all kinds of names is a tenth of a tree for each.
pub(super) struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    pub(super) fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        Self(names)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Where a name stands in the order, `None` when it is not there.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.0.binary_search(&name).ok()
    }

    /// The name at a place that [`Names::place`] gave.
    pub(super) fn at(&self, place: usize) -> &'a str {
        self.0[place]
    }
}
