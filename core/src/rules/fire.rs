//! The elements of the comprehensive fire judgement and the rules that count them, as a labelled legacy set.
//!
//! The edition in force, GB 35181-2025, could not be obtained; the elements and counts are those of the 2017
//! edition, withdrawn on 2025-11-01. So a set carries its own label, and every line its own confidence.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::basis::{Confidence, Text};
use super::load::{FaultAt, FaultKind, Faults, PackFault, Raw, text_of};
use super::name::ElementId;
use super::pack::{Pack, PackRef};
use crate::clock::Date;
use crate::digest::Digest;
use crate::facility::FacilityType;

/// The only format of fire rule set that this core reads.
const FORMAT: &str = "xunan-fire-elements/1";

/// What kind of place is judged; the counts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 人员密集场所 (消防法 73(4) names 养老院 and 福利院).
    CrowdedPlace,
    /// 易燃易爆危险品场所
    FlammablePlace,
    /// 其他场所
    OtherPlace,
}

/// What kind of place a type of facility usually is, and how sure that is. The inspector may say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceKindOf {
    /// The type of facility.
    pub facility_type: FacilityType,
    /// The usual kind of place.
    pub kind: PlaceKind,
    /// Whether the law says so.
    pub confidence: Confidence,
}

/// An element that makes a major fire hazard alone 直接判定要素.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectElement {
    /// Its clause, such as `6.8`.
    pub clause: String,
    /// What it is.
    pub text: Text,
}

/// An element that is counted 综合判定要素.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FireElement {
    /// Its name, to which items refer.
    pub id: ElementId,
    /// Its clause, such as `7.3.3`; `None` when it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How well the clause is known.
    pub confidence: Confidence,
    /// What it is.
    pub text: Text,
    /// What the inspector should know before trusting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Which elements a counting rule counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementScope {
    /// Any element of clause 7.
    Any,
    /// Only these clauses.
    Clauses(Vec<String>),
}

/// So many elements make a major fire hazard at a kind of place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountingRule {
    /// The kind of place.
    pub place: PlaceKind,
    /// What is counted.
    pub of: ElementScope,
    /// How many are enough.
    pub at_least: usize,
    /// Its own clause.
    pub clause: String,
    /// How well it is known.
    pub confidence: Confidence,
}

/// A legacy set of elements and counting rules, whole and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FireRules {
    reference: PackRef,
    title: Text,
    label: Text,
    withdrawn_on: Date,
    replaced_by: Text,
    confidence: Confidence,
    exclusions: Vec<Text>,
    procedure: Text,
    direct: Vec<DirectElement>,
    elements: Vec<FireElement>,
    rules: Vec<CountingRule>,
    place_kinds: Vec<PlaceKindOf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FireSource<'a> {
    format: String,
    #[serde(borrow)]
    id: Raw<'a>,
    #[serde(borrow)]
    edition: Raw<'a>,
    #[serde(borrow)]
    title: Raw<'a>,
    #[serde(borrow)]
    label: Raw<'a>,
    #[serde(borrow)]
    withdrawn_on: Raw<'a>,
    #[serde(borrow)]
    replaced_by: Raw<'a>,
    #[serde(borrow)]
    confidence: Raw<'a>,
    #[serde(borrow)]
    exclusions: Raw<'a>,
    #[serde(borrow)]
    procedure: Raw<'a>,
    #[serde(borrow)]
    direct: Raw<'a>,
    #[serde(borrow)]
    elements: Raw<'a>,
    #[serde(borrow)]
    rules: Raw<'a>,
    #[serde(borrow)]
    place_kinds: Raw<'a>,
}

impl FireRules {
    /// Reads a fire rule set and checks all of it.
    ///
    /// # Errors
    /// Every fault found; never an empty list.
    pub fn load(bytes: &[u8]) -> Result<Self, Vec<PackFault>> {
        let mut faults = Faults::default();
        match read_rules(bytes, &mut faults) {
            Some(rules) if faults.list.is_empty() => Ok(rules),
            _ => Err(faults.list),
        }
    }

    /// Id, edition and hash.
    pub fn reference(&self) -> &PackRef {
        &self.reference
    }

    /// Its title.
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// What has to stand beside every outcome: withdrawn, for reference only, who decides.
    pub fn label(&self) -> &Text {
        &self.label
    }

    /// The day from which it is no longer in force.
    pub fn withdrawn_on(&self) -> Date {
        self.withdrawn_on
    }

    /// The edition that replaced it.
    pub fn replaced_by(&self) -> &Text {
        &self.replaced_by
    }

    /// How well the set as a whole is known; no outcome is surer than this.
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Cases in which the count does not hold; for people to weigh, not for this code.
    pub fn exclusions(&self) -> &[Text] {
        &self.exclusions
    }

    /// How the standard wants it decided.
    pub fn procedure(&self) -> &Text {
        &self.procedure
    }

    /// The elements that suffice alone.
    pub fn direct(&self) -> &[DirectElement] {
        &self.direct
    }

    /// The elements that are counted.
    pub fn elements(&self) -> &[FireElement] {
        &self.elements
    }

    /// The counting rules, in the order in which they are tried.
    pub fn rules(&self) -> &[CountingRule] {
        &self.rules
    }

    /// One element by its name, `None` when this set does not have it.
    pub fn element(&self, id: &str) -> Option<&FireElement> {
        self.elements.iter().find(|it| it.id.as_str() == id)
    }

    /// What kind of place a type of facility usually is.
    pub fn place_kind(&self, facility_type: FacilityType) -> Option<&PlaceKindOf> {
        self.place_kinds.iter().find(|it| it.facility_type == facility_type)
    }

    /// The elements that a pack's items count as and that this set does not have: the two do not fit together
    /// unless it is empty.
    pub fn missing_for<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = &'a ElementId> {
        pack.elements().iter().filter(|id| self.element(id.as_str()).is_none())
    }
}

fn read_rules(bytes: &[u8], faults: &mut Faults) -> Option<FireRules> {
    const AT: FaultAt = FaultAt::Pack;
    let source: FireSource<'_> = match serde_json::from_str(text_of(bytes, faults)?) {
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
    let title = faults.needed(&AT, "title", source.title);
    let label = faults.needed(&AT, "label", source.label);
    let withdrawn_on = faults.needed(&AT, "withdrawn_on", source.withdrawn_on);
    let replaced_by = faults.needed(&AT, "replaced_by", source.replaced_by);
    let confidence = faults.needed(&AT, "confidence", source.confidence);
    let exclusions = faults.needed(&AT, "exclusions", source.exclusions);
    let procedure = faults.needed(&AT, "procedure", source.procedure);
    let direct = faults.needed(&AT, "direct", source.direct);
    let elements = faults.needed(&AT, "elements", source.elements);
    let rules = faults.needed(&AT, "rules", source.rules);
    let place_kinds = faults.needed(&AT, "place_kinds", source.place_kinds);
    let rules = FireRules {
        reference: PackRef { id: id?, edition: edition?, hash: Digest::of(bytes) },
        title: title?,
        label: label?,
        withdrawn_on: withdrawn_on?,
        replaced_by: replaced_by?,
        confidence: confidence?,
        exclusions: exclusions?,
        procedure: procedure?,
        direct: direct?,
        elements: elements?,
        rules: rules?,
        place_kinds: place_kinds?,
    };
    check_rules(&rules, faults);
    Some(rules)
}

fn check_rules(rules: &FireRules, faults: &mut Faults) {
    const AT: FaultAt = FaultAt::Pack;
    for (field, text) in [
        ("title", &rules.title),
        ("label", &rules.label),
        ("replaced_by", &rules.replaced_by),
        ("procedure", &rules.procedure),
    ] {
        faults.text(&AT, field, text);
    }
    rules.exclusions.iter().for_each(|text| faults.text(&AT, "exclusions", text));
    faults.no_duplicates(&AT, "direct", rules.direct.iter().map(|it| &it.clause));
    for element in &rules.direct {
        faults.text(&FaultAt::FireRule(element.clause.clone()), "text", &element.text);
    }
    faults.no_duplicates(&AT, "elements", rules.elements.iter().map(|it| &it.id));
    for element in &rules.elements {
        let at = FaultAt::FireRule(element.id.to_string());
        faults.text(&at, "text", &element.text);
        element.note.iter().for_each(|text| faults.text(&at, "note", text));
    }
    for rule in &rules.rules {
        let clauses = match &rule.of {
            ElementScope::Any => usize::MAX,
            ElementScope::Clauses(clauses) => clauses.iter().collect::<BTreeSet<_>>().len(),
        };
        if rule.at_least == 0 || rule.at_least > clauses {
            let at = FaultAt::FireRule(rule.clause.clone());
            faults.add(&at, "at_least", FaultKind::Unreachable { at_least: rule.at_least });
        }
    }
    for facility_type in FacilityType::ALL {
        match rules.place_kinds.iter().filter(|it| it.facility_type == facility_type).count() {
            0 => faults.add(&AT, "place_kinds", FaultKind::Missing),
            1 => {}
            _ => faults.add(&AT, "place_kinds", FaultKind::Duplicate(format!("{facility_type:?}"))),
        }
    }
}
