//! Every answered item of a record, by section, with notes and photos.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::rules::{Answer, AnswerKind, Item, ItemId, Quantity};
use xunan_core::visit::{Content, FindingSource, ItemRecord};

use super::kept::Kept;
use super::record::Album;
use super::visit::Items;
use crate::i18n::texts;

/// What an answer came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It passes, or does not apply.
    Stands,
    /// A finding stands for it.
    Fails,
}

/// A part of the checklist with its answered items.
struct Part {
    /// Its words; empty for what no section holds.
    name: String,
    items: Vec<ItemId>,
}

/// The answers.
#[component]
pub(super) fn ItemTable(
    kept: Rc<Kept>,
    /// Which items are listed.
    items: RwSignal<Items>,
) -> impl IntoView {
    let t = texts().desk();
    let failed = failed_items(kept.record.content());
    // Closures of the page may move between threads as far as their types know; the record does not.
    let kept = StoredValue::new_local(kept);
    let body = move || {
        let only = items.get();
        let listed = |item: &ItemId| only == Items::All || failed.contains(item);
        kept.with_value(|kept| {
            let parts = parts(kept).into_iter().filter_map(|mut part| {
                part.items.retain(listed);
                (!part.items.is_empty()).then_some(part)
            });
            parts.map(|part| rows(kept, part, &failed)).collect_view()
        })
    };
    let heading = move || if items.get() == Items::All { t.record_results() } else { t.only_failed() };
    view! {
        <section class="part">
            <h2>{heading}</h2>
            <table class="record-table" data-kind="items">
                <thead><tr>
                    <th scope="col">{t.record_item()}</th>
                    <th scope="col">{t.record_answer()}</th>
                    <th scope="col">{t.record_note()}</th>
                </tr></thead>
                {body}
            </table>
        </section>
    }
}

/// The items that some finding stands for: those whose answer does not pass.
fn failed_items(content: &Content) -> BTreeSet<ItemId> {
    let of = |source: &FindingSource| match source {
        FindingSource::Item { item, also, .. } => also.iter().chain([item]).cloned().collect::<Vec<_>>(),
        FindingSource::Free { .. } => Vec::new(),
    };
    content.findings.iter().flat_map(|finding| of(&finding.source)).collect()
}

/// The answered items in walking order; without the checklist, all of them in one part, by their codes.
fn parts(kept: &Kept) -> Vec<Part> {
    let answered = &kept.record.content().items;
    let Some(pack) = &kept.pack else {
        return vec![Part { name: String::new(), items: answered.keys().cloned().collect() }];
    };
    let of = |section: &xunan_core::rules::Section| {
        let items =
            pack.items().iter().filter(|item| item.section == section.id && answered.contains_key(&item.id));
        Part {
            name: texts().lang().of(&section.text).to_owned(),
            items: items.map(|item| item.id.clone()).collect(),
        }
    };
    pack.sections().iter().map(of).collect()
}

fn rows(kept: &Kept, part: Part, failed: &BTreeSet<ItemId>) -> impl IntoView + use<> {
    let answered = &kept.record.content().items;
    let head = (!part.name.is_empty()).then(|| {
        view! { <tr><th scope="rowgroup" colspan="3">{part.name}</th></tr> }
    });
    let row = |id: &ItemId| {
        let record = answered.get(id)?;
        let photos = Album::expect().thumbs(&record.photos);
        let outcome = if failed.contains(id) { Outcome::Fails } else { Outcome::Stands };
        Some(view! {
            <tr data-answer=(outcome == Outcome::Fails).then_some("fail")>
                <td>{kept.item_text(id)}</td>
                <td class="nowrap">{in_words(kept.item(id), record, outcome)}</td>
                <td>{record.note.clone()}{photos}</td>
            </tr>
        })
    };
    let rows: Vec<_> = part.items.iter().filter_map(row).collect();
    view! { <tbody>{head}{rows}</tbody> }
}

/// The answer as a form would carry it: the mark, or the value with its unit and what it came to.
fn in_words(item: Option<&Item>, record: &ItemRecord, outcome: Outcome) -> String {
    let t = texts();
    let mark = match outcome {
        Outcome::Stands => t.words().pass(),
        Outcome::Fails => t.words().fail(),
    };
    match &record.answer {
        Answer::Pass | Answer::Fail => mark.to_owned(),
        Answer::NotApplicable => t.words().not_applicable().to_owned(),
        Answer::Number(value) | Answer::Judged { value, .. } => {
            format!("{} · {mark}", with_unit(item, *value))
        }
        Answer::Date(date) => format!("{} · {mark}", t.time().date_in_full(*date)),
    }
}

fn with_unit(item: Option<&Item>, value: Quantity) -> String {
    match item.map(|item| &item.answer) {
        Some(AnswerKind::Number(rule)) => format!("{value}{}", texts().name().unit(rule.unit)),
        _ => value.to_string(),
    }
}
