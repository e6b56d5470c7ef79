//! What a pack's fields must be to each other. Runs once, after all of them were read.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{AnswerKind, DateRule, Unit};
use super::item::{CountsWhen, Deadline, Grade, Item, Measure, Profile};
use super::load::{FaultAt, FaultKind, Faults};
use super::name::SectionId;
use super::pack::{Pack, Words};
use crate::facility::FacilityType;

/// The longest age of a date in days: ten years, the service life of a dry-powder extinguisher (GB 55036-2022,
/// 10.0.8), rounded up to whole leap years.
const MAX_WITHIN_DAYS: u16 = 3660;

/// Puts the items in the order of the walk and makes the index by name. Only for a pack without faults.
pub(super) fn put_in_walking_order(pack: &mut Pack) {
    let place: BTreeMap<&SectionId, usize> =
        pack.sections.iter().enumerate().map(|(at, it)| (&it.id, at)).collect();
    pack.items.sort_by_key(|item| place.get(&item.section).copied());
    pack.by_id = (0..pack.items.len()).collect();
    pack.by_id.sort_by(|a, b| pack.items[*a].id.cmp(&pack.items[*b].id));
}

pub(super) fn check_pack(pack: &Pack, faults: &mut Faults) {
    const AT: FaultAt = FaultAt::Pack;
    faults.text(&AT, "title", &pack.title);
    faults.text(&AT, "notice", &pack.notice);
    if let Some(before) = &pack.supersedes
        && before.id == pack.reference.id
        && before.edition == pack.reference.edition
    {
        faults.add(&AT, "supersedes", FaultKind::Cycle(format!("{} {}", before.id, before.edition)));
    }
    check_words(&pack.words, faults);

    faults.no_duplicates(&AT, "elements", &pack.elements);
    faults.no_duplicates(&AT, "legal_bases", pack.legal_bases.iter().map(|it| &it.id));
    for basis in &pack.legal_bases {
        faults.text(&FaultAt::LegalBasis(basis.id.to_string()), "title", &basis.title);
    }
    faults.no_duplicates(&AT, "sections", pack.sections.iter().map(|it| &it.id));
    for section in &pack.sections {
        faults.text(&FaultAt::Section(section.id.to_string()), "text", &section.text);
    }
    faults.no_duplicates(&AT, "items", pack.items.iter().map(|it| &it.id));

    let known = Known::of(pack);
    for item in &pack.items {
        check_item(item, &known, faults);
    }
    for profile in Profile::ALL {
        if !pack.items.iter().any(|item| item.profiles.contains(&profile)) {
            faults.add(&AT, profile_field(profile), FaultKind::Empty);
        }
    }
    check_cycles(pack, faults);
}

fn profile_field(profile: Profile) -> &'static str {
    match profile {
        Profile::Standard => "profile standard",
        Profile::Full => "profile full",
        Profile::MajorOnly => "profile major_only",
        Profile::DailyPatrol => "profile daily_patrol",
    }
}

fn check_words(words: &Words, faults: &mut Faults) {
    const AT: FaultAt = FaultAt::Pack;
    for (field, complete) in [
        ("words.facility_types", words.facility_types.len() == FacilityType::ALL.len()),
        ("words.profiles", words.profiles.len() == Profile::ALL.len()),
        ("words.measures", words.measures.len() == Measure::ALL.len()),
        ("words.units", words.units.len() == Unit::ALL.len()),
    ] {
        if !complete {
            faults.add(&AT, field, FaultKind::Missing);
        }
    }
    let texts = words.facility_types.values().map(|text| ("words.facility_types", text));
    let texts = texts.chain(words.profiles.values().map(|text| ("words.profiles", text)));
    let texts = texts.chain(words.measures.values().map(|text| ("words.measures", text)));
    let texts = texts.chain(words.units.values().map(|text| ("words.units", text)));
    let texts = texts.chain(words.authorities.values().map(|text| ("words.authorities", text)));
    for (field, text) in texts {
        faults.text(&AT, field, text);
    }
}

/// The names that items may refer to.
struct Known<'a> {
    sections: BTreeSet<&'a str>,
    legal_bases: BTreeSet<&'a str>,
    elements: BTreeSet<&'a str>,
    authorities: BTreeSet<&'a str>,
    items: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(pack: &'a Pack) -> Self {
        Self {
            sections: pack.sections.iter().map(|it| it.id.as_str()).collect(),
            legal_bases: pack.legal_bases.iter().map(|it| it.id.as_str()).collect(),
            elements: pack.elements.iter().map(|it| it.as_str()).collect(),
            authorities: pack.words.authorities.keys().map(|it| it.as_str()).collect(),
            items: pack.items.iter().map(|it| it.id.as_str()).collect(),
        }
    }
}

fn check_item(item: &Item, known: &Known<'_>, faults: &mut Faults) {
    let at = FaultAt::Item(item.id.to_string());
    let mut refer = |field, names: &BTreeSet<&str>, name: &str| {
        if !names.contains(name) {
            faults.add(&at, field, FaultKind::Unknown(name.to_owned()));
        }
    };
    refer("section", &known.sections, item.section.as_str());
    item.basis.iter().for_each(|it| refer("basis", &known.legal_bases, it.cite.as_str()));
    item.refer_to.iter().for_each(|it| refer("refer_to", &known.authorities, it.as_str()));
    item.covers.iter().for_each(|it| refer("covers", &known.items, it.as_str()));
    item.counts_as.iter().for_each(|it| refer("counts_as", &known.elements, it.element.as_str()));

    faults.text(&at, "text", &item.text);
    item.why.iter().for_each(|text| faults.text(&at, "why", text));
    item.note.iter().for_each(|text| faults.text(&at, "note", text));

    for (field, empty) in [
        ("applies_to", item.applies_to.is_empty()),
        ("profiles", item.profiles.is_empty()),
        ("basis", item.basis.is_empty()),
    ] {
        if empty {
            faults.add(&at, field, FaultKind::Empty);
        }
    }
    twice(&at, "applies_to", &item.applies_to, faults);
    twice(&at, "profiles", &item.profiles, faults);
    twice(&at, "must_offer", &item.must_offer, faults);
    twice(&at, "may_offer", &item.may_offer, faults);

    if let Deadline::Days(days) = item.deadline {
        faults.within(&at, "deadline_days", days, 0, Deadline::MAX_DAYS);
    }
    let grades = || item.grade_by_type.values().chain([&item.grade]);
    if grades().any(|grade| *grade == Grade::Major) && item.must_offer.is_empty() {
        faults.add(&at, "must_offer", FaultKind::MajorWithoutMeasure);
    }
    if item.counts_as.is_some() && grades().any(|grade| *grade == Grade::Advice) {
        faults.add(&at, "counts_as", FaultKind::ElementOnAdvice);
    }
    foreign(&at, "grade_by_type", item.grade_by_type.keys(), item, faults);
    check_answer(&at, item, faults);
}

fn check_answer(at: &FaultAt, item: &Item, faults: &mut Faults) {
    match &item.answer {
        AnswerKind::Tri | AnswerKind::Date(DateRule::NotExpired) => {}
        AnswerKind::Number(rule) => foreign(at, "answer", rule.pass_by_type.keys(), item, faults),
        AnswerKind::Date(DateRule::WithinDays(days)) => {
            faults.within(at, "answer", *days, 1, MAX_WITHIN_DAYS)
        }
    }
    let by_value = item.counts_as.as_ref().is_some_and(|it| matches!(it.when, CountsWhen::Value(_)));
    if by_value && !matches!(item.answer, AnswerKind::Number(_)) {
        faults.add(at, "counts_as", FaultKind::CountWithoutNumber);
    }
}

fn twice<T: PartialEq + std::fmt::Debug>(at: &FaultAt, field: &'static str, list: &[T], faults: &mut Faults) {
    for (place, value) in list.iter().enumerate() {
        if list[..place].contains(value) {
            faults.add(at, field, FaultKind::Duplicate(format!("{value:?}")));
        }
    }
}

fn foreign<'a>(
    at: &FaultAt,
    field: &'static str,
    types: impl Iterator<Item = &'a FacilityType>,
    item: &Item,
    faults: &mut Faults,
) {
    for facility_type in types.filter(|it| !item.applies_to.contains(it)) {
        faults.add(at, field, FaultKind::ForeignType(*facility_type));
    }
}

/// Finds items whose `covers` lead back to themselves, one fault per circle.
fn check_cycles(pack: &Pack, faults: &mut Faults) {
    let covers: BTreeMap<&str, &Item> = pack.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut done = BTreeSet::new();
    for start in covers.keys() {
        // Depth first with a stack of our own: a hostile pack must not overflow the call stack.
        // Each level holds an item and how many of its `covers` were followed.
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((id, followed)) = path.last_mut() {
            let here = *id;
            let next = covers.get(here).and_then(|item| item.covers.get(*followed));
            *followed += 1;
            match next.map(|it| it.as_str()) {
                _ if done.contains(here) => _ = path.pop(),
                None => {
                    done.insert(here);
                    path.pop();
                }
                Some(next) => match path.iter().position(|(id, _)| *id == next) {
                    None => path.push((next, 0)),
                    Some(from) => {
                        let circle: Vec<&str> =
                            path[from..].iter().map(|(id, _)| *id).chain([next]).collect();
                        faults.add(
                            &FaultAt::Item(next.to_owned()),
                            "covers",
                            FaultKind::Cycle(circle.join(" → ")),
                        );
                    }
                },
            }
        }
    }
}
