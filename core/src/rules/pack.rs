//! One edition of a checklist, whole and checked.

use serde::{Deserialize, Serialize};

use super::answer::Unit;
use super::basis::{LegalBasis, Text};
use super::item::{Item, Measure, Profile, Section};
use super::name::{AuthorityId, Edition, ElementId, PackId};
use super::source::Table;
use crate::clock::Date;
use crate::digest::Digest;
use crate::facility::FacilityType;

/// A pack's name without its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackName {
    /// Which pack.
    pub id: PackId,
    /// Which edition of it.
    pub edition: Edition,
}

/// A pack named so that nothing else can stand in for it: by the hash of its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackRef {
    /// Which pack.
    pub id: PackId,
    /// Which edition of it.
    pub edition: Edition,
    /// SHA-256 of the bytes of the file.
    pub hash: Digest,
}

/// What people read for the codes in a pack. A record is printed with the words of its own edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The types of facility, all eight.
    pub facility_types: Table<FacilityType, Text>,
    /// The profiles, all four.
    pub profiles: Table<Profile, Text>,
    /// The immediate measures, all nine.
    pub measures: Table<Measure, Text>,
    /// The units, all of them.
    pub units: Table<Unit, Text>,
    /// The departments to which items refer.
    pub authorities: Table<AuthorityId, Text>,
}

/// One edition of a checklist: immutable, every reference in it resolved.
///
/// Made by [`Pack::load`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    pub(super) reference: PackRef,
    pub(super) valid_from: Date,
    pub(super) supersedes: Option<PackName>,
    pub(super) title: Text,
    pub(super) notice: Text,
    pub(super) words: Words,
    pub(super) elements: Vec<ElementId>,
    pub(super) legal_bases: Vec<LegalBasis>,
    pub(super) sections: Vec<Section>,
    /// In walking order: by section, then as written.
    pub(super) items: Vec<Item>,
    /// Positions in `items`, ordered by item id, for lookups.
    pub(super) by_id: Vec<usize>,
}

impl Pack {
    /// Id, edition and hash: what a record names.
    pub fn reference(&self) -> &PackRef {
        &self.reference
    }

    /// The first day on which it may be used.
    pub fn valid_from(&self) -> Date {
        self.valid_from
    }

    /// The edition that it replaces.
    pub fn supersedes(&self) -> Option<&PackName> {
        self.supersedes.as_ref()
    }

    /// Its title.
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// What has to be said wherever it is used: that its wording is a paraphrase and not an official form.
    pub fn notice(&self) -> &Text {
        &self.notice
    }

    /// The words for its codes.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The elements of the comprehensive fire judgement that its items can count as.
    pub fn elements(&self) -> &[ElementId] {
        &self.elements
    }

    /// The legal texts that its items cite.
    pub fn legal_bases(&self) -> &[LegalBasis] {
        &self.legal_bases
    }

    /// One legal text by its short name (`AQSC`), `None` when this pack does not cite it.
    pub fn legal_basis(&self, cite: &str) -> Option<&LegalBasis> {
        self.legal_bases.iter().find(|basis| basis.id.as_str() == cite)
    }

    /// Its sections, in walking order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// All items, in walking order: by section, then as written.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// One item by its name, `None` when this edition does not have it.
    pub fn item(&self, id: &str) -> Option<&Item> {
        let found = self.by_id.binary_search_by(|&at| self.items[at].id.as_str().cmp(id)).ok()?;
        Some(&self.items[self.by_id[found]])
    }

    /// The checklist of a type of facility and a profile, in walking order.
    pub fn items_for(&self, facility_type: FacilityType, profile: Profile) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.is_for(facility_type, profile))
    }
}
