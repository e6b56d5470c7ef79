//! What a pack's fields must be to each other. Runs once, after all of them were read.

use super::answer::{AnswerKind, DateRule, Unit};
use super::basis::Text;
use super::fault::{FaultAt, FaultKind, Faults, Names};
use super::item::{CountsWhen, Deadline, Grade, Item, Measure, Profile};
use super::name::ItemId;
use super::pack::{Pack, Words};
use super::source::Table;
use crate::facility::FacilityType;

/// The longest age of a date in days: ten years, the service life of a dry-powder extinguisher (GB 55036-2022,
/// 10.0.8), rounded up to whole leap years.
const MAX_WITHIN_DAYS: u16 = 3660;

/// Puts the items in the order of the walk and makes the index by name. Only for a pack without faults.
pub(super) fn put_in_walking_order(mut pack: Pack) -> Pack {
    let mut left: Vec<Option<Item>> = pack.items.drain(..).map(Some).collect();
    for section in &pack.sections {
        let here =
            left.iter_mut().filter(|item| item.as_ref().is_some_and(|item| item.section == section.id));
        pack.items.extend(here.filter_map(Option::take));
    }
    pack.by_id = (0..pack.items.len()).collect();
    pack.by_id.sort_unstable_by(|a, b| pack.items[*a].id.cmp(&pack.items[*b].id));
    pack
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

    let known = Known::of(pack);
    for (field, names) in [
        ("elements", &known.elements),
        ("legal_bases", &known.legal_bases),
        ("sections", &known.sections),
        ("items", &known.items),
    ] {
        faults.no_duplicates(&AT, field, names);
    }
    for basis in &pack.legal_bases {
        faults.text(&FaultAt::LegalBasis(basis.id.to_string()), "title", &basis.title);
    }
    for section in &pack.sections {
        faults.text(&FaultAt::Section(section.id.to_string()), "text", &section.text);
    }
    for item in &pack.items {
        check_item(item, &known, faults);
    }
    for profile in Profile::ALL {
        if !pack.items.iter().any(|item| item.profiles.contains(&profile)) {
            faults.add(&AT, profile_field(profile), FaultKind::Empty);
        }
    }
    check_cycles(pack, &known, faults);
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
    check_table("facility_types", &words.facility_types, FacilityType::ALL.len(), faults);
    check_table("profiles", &words.profiles, Profile::ALL.len(), faults);
    check_table("measures", &words.measures, Measure::ALL.len(), faults);
    check_table("units", &words.units, Unit::ALL.len(), faults);
    check_table("authorities", &words.authorities, 0, faults);
}

/// A table has each code once, so as many lines as there are codes are all of them.
fn check_table<K: PartialEq>(
    field: &'static str,
    table: &Table<K, Text>,
    at_least: usize,
    faults: &mut Faults,
) {
    if table.codes().count() < at_least {
        faults.add(&FaultAt::Words, field, FaultKind::Missing);
    }
    table.values().for_each(|text| faults.text(&FaultAt::Words, field, text));
}

/// The names that items may refer to.
struct Known<'a> {
    sections: Names<'a>,
    legal_bases: Names<'a>,
    elements: Names<'a>,
    authorities: Names<'a>,
    items: Names<'a>,
}

impl<'a> Known<'a> {
    fn of(pack: &'a Pack) -> Self {
        Self {
            sections: Names::of(pack.sections.iter().map(|it| it.id.as_str())),
            legal_bases: Names::of(pack.legal_bases.iter().map(|it| it.id.as_str())),
            elements: Names::of(pack.elements.iter().map(|it| it.as_str())),
            authorities: Names::of(pack.words.authorities.codes().map(|it| it.as_str())),
            items: Names::of(pack.items.iter().map(|it| it.id.as_str())),
        }
    }
}

fn check_item(item: &Item, known: &Known<'_>, faults: &mut Faults) {
    let at = FaultAt::Item(item.id.to_string());
    let mut refer = |field, names: &Names<'_>, name: &str| {
        if !names.has(name) {
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
    foreign(&at, "grade_by_type", item.grade_by_type.codes(), item, faults);
    check_answer(&at, item, faults);
}

fn check_answer(at: &FaultAt, item: &Item, faults: &mut Faults) {
    match &item.answer {
        AnswerKind::Tri | AnswerKind::Date(DateRule::NotExpired) => {}
        AnswerKind::Number(rule) => foreign(at, "answer", rule.pass_by_type.codes(), item, faults),
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
fn check_cycles(pack: &Pack, known: &Known<'_>, faults: &mut Faults) {
    let mut covers: Vec<&[ItemId]> = vec![&[]; pack.items.len()];
    for item in &pack.items {
        if let Some(place) = known.items.place(item.id.as_str()) {
            covers[place] = &item.covers;
        }
    }
    let mut done = vec![false; covers.len()];
    for start in 0..covers.len() {
        // Depth first with a stack of our own: a hostile pack must not overflow the call stack.
        // Each level holds an item and how many of its `covers` were followed.
        let mut path = if done[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((here, followed)) = path.last_mut() {
            let here = *here;
            let Some(next) = covers[here].get(*followed) else {
                done[here] = true;
                path.pop();
                continue;
            };
            *followed += 1;
            let Some(next) = known.items.place(next.as_str()).filter(|next| !done[*next]) else { continue };
            match path.iter().position(|(id, _)| *id == next) {
                None => path.push((next, 0)),
                Some(from) => {
                    let circle = path[from..].iter().map(|(id, _)| *id).chain([next]);
                    let circle: Vec<&str> = circle.map(|place| known.items.at(place)).collect();
                    faults.add(
                        &FaultAt::Item(circle[0].to_owned()),
                        "covers",
                        FaultKind::Cycle(circle.join(" → ")),
                    );
                }
            }
        }
    }
}
