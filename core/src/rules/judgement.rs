//! The comprehensive fire judgement 重大火灾隐患综合判定.
//!
//! Several elements that are general hazards by themselves make a major fire hazard together. The outcome is
//! never a judgement of the product's own: it says "suspected, propose transfer to the fire-rescue body", names
//! the rule set and that it is withdrawn, and leaves the decision where the law puts it.
//!
//! An element that was corrected on the spot does not count (GB 35181-2017, 5.1.2).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::basis::Confidence;
use super::fire::{CountingRule, ElementScope, FireRules, PlaceKind};
use super::name::{ElementId, ItemId};
use super::pack::PackRef;
use crate::clock::Date;

/// A finding that counts as an element, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedElement {
    /// The item that failed.
    pub item: ItemId,
    /// The element ([`Finding::counts_element`](super::Finding)).
    pub element: ElementId,
    /// Whether it still stands.
    pub remedy: Remedy,
}

/// Whether an element still stands at the end of the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// It stands.
    #[default]
    Outstanding,
    /// It was corrected on the spot: not an element any more (5.1.2).
    CorrectedOnTheSpot,
}

/// Enough elements for a suspicion. Never a formal judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FireJudgement {
    /// What is proposed.
    pub proposal: Proposal,
    /// The rule set, by its hash.
    pub rules: PackRef,
    /// The day from which that set is no longer in force.
    pub withdrawn_on: Date,
    /// The kind of place for which it was counted.
    pub place: PlaceKind,
    /// The clause of the counting rule.
    pub clause: String,
    /// How many elements it asks for.
    pub at_least: usize,
    /// The elements that were counted, by clause.
    pub elements: Vec<JudgedElement>,
    /// Items that would count, but were corrected on the spot.
    pub corrected: Vec<ItemId>,
    /// Elements that this set does not know; they were not counted.
    pub unknown: Vec<ElementId>,
    /// The weakest of the set's, the counting rule's and the elements' confidence.
    pub confidence: Confidence,
}

/// What the product may say: 疑似重大火灾隐患，建议移送.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    /// Suspected; propose transfer to the fire-rescue body, which alone decides (消防法 54, 55).
    SuspectedTransferToFireRescue,
}

/// One counted element and the items that showed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedElement {
    /// The element.
    pub element: ElementId,
    /// Its clause; `None` when it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How well it is known.
    pub confidence: Confidence,
    /// The items that failed.
    pub items: Vec<ItemId>,
}

/// Counts the elements of one visit. `None` when no rule for this kind of place has enough.
///
/// Two findings under one clause count once. The first rule that holds, in the order of the set, decides.
pub fn judge_fire(rules: &FireRules, place: PlaceKind, counted: &[CountedElement]) -> Option<FireJudgement> {
    // Keyed by clause, and by name where the clause was not read.
    let mut standing: BTreeMap<String, JudgedElement> = BTreeMap::new();
    let mut corrected = Vec::new();
    let mut unknown = BTreeSet::new();
    for found in counted {
        match (found.remedy, rules.element(found.element.as_str())) {
            (Remedy::CorrectedOnTheSpot, _) => corrected.push(found.item.clone()),
            (Remedy::Outstanding, None) => _ = unknown.insert(found.element.clone()),
            (Remedy::Outstanding, Some(element)) => {
                let key = element.clause.clone().unwrap_or_else(|| element.id.to_string());
                let judged = standing.entry(key).or_insert_with(|| JudgedElement {
                    element: element.id.clone(),
                    clause: element.clause.clone(),
                    confidence: element.confidence,
                    items: Vec::new(),
                });
                if !judged.items.contains(&found.item) {
                    judged.items.push(found.item.clone());
                }
            }
        }
    }
    let within = |rule: &CountingRule, element: &JudgedElement| match (&rule.of, &element.clause) {
        (ElementScope::Any, _) => true,
        (ElementScope::Clauses(clauses), Some(clause)) => clauses.contains(clause),
        (ElementScope::Clauses(_), None) => false,
    };
    let rule =
        rules.rules().iter().filter(|rule| rule.place == place).find(|rule| {
            standing.values().filter(|element| within(rule, element)).count() >= rule.at_least
        })?;
    let elements: Vec<JudgedElement> =
        standing.into_values().filter(|element| within(rule, element)).collect();
    let confidence =
        elements.iter().map(|it| it.confidence).fold(rules.confidence().min(rule.confidence), Ord::min);
    Some(FireJudgement {
        proposal: Proposal::SuspectedTransferToFireRescue,
        rules: rules.reference().clone(),
        withdrawn_on: rules.withdrawn_on(),
        place,
        clause: rule.clause.clone(),
        at_least: rule.at_least,
        elements,
        corrected,
        unknown: unknown.into_iter().collect(),
        confidence,
    })
}
