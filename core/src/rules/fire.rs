//! The elements of the comprehensive fire judgement and the rules that count them, as a labelled legacy set.
//!
//! The edition in force, GB 35181-2025, could not be obtained; the elements and counts are those of the 2017
//! edition, withdrawn on 2025-11-01. So a set carries its own label, and every line its own confidence.

use serde::{Deserialize, Serialize};

use super::basis::{Confidence, Text};
use super::fault::{FaultAt, FaultKind, Faults, Names, PackFault};
use super::load::open;
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

impl FireRules {
    /// Reads a fire rule set and checks all of it.
    ///
    /// # Errors
    /// Every fault found; never an empty list.
    pub fn load(bytes: &[u8]) -> Result<Self, Vec<PackFault>> {
        let mut faults = Faults::default();
        let rules = read_rules(bytes, &mut faults);
        if let Some(rules) = &rules {
            check_rules(rules, &mut faults);
        }
        match rules {
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
    let mut reader = open(bytes, FORMAT, faults)?;
    let id = reader.name("id");
    let edition = reader.name("edition");
    let title = reader.needed("title");
    let label = reader.needed("label");
    let withdrawn_on = reader.needed("withdrawn_on");
    let replaced_by = reader.needed("replaced_by");
    let confidence = reader.needed("confidence");
    let exclusions = reader.needed_list("exclusions");
    let procedure = reader.needed("procedure");
    let direct = reader.needed_list("direct");
    let elements = reader.needed_list("elements");
    let rules = reader.needed_list("rules");
    let place_kinds = reader.needed_list("place_kinds");
    reader.finish("file");
    Some(FireRules {
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
    })
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
    faults.no_duplicates(&AT, "direct", &Names::of(rules.direct.iter().map(|it| it.clause.as_str())));
    for element in &rules.direct {
        faults.text(&FaultAt::FireRule(element.clause.clone()), "text", &element.text);
    }
    faults.no_duplicates(&AT, "elements", &Names::of(rules.elements.iter().map(|it| it.id.as_str())));
    for element in &rules.elements {
        let at = FaultAt::FireRule(element.id.to_string());
        faults.text(&at, "text", &element.text);
        element.note.iter().for_each(|text| faults.text(&at, "note", text));
    }
    for rule in &rules.rules {
        let clauses = match &rule.of {
            ElementScope::Any => usize::MAX,
            ElementScope::Clauses(clauses) => clauses.len(),
        };
        let at = FaultAt::FireRule(rule.clause.clone());
        if let ElementScope::Clauses(clauses) = &rule.of {
            faults.no_duplicates(&at, "of", &Names::of(clauses.iter().map(|it| it.as_str())));
        }
        if rule.at_least == 0 || rule.at_least > clauses {
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
