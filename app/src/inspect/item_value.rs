//! Items that ask for a number or a date: the box, the rule beside it, and what the rule makes of it.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::rules::{
    Answer, AnswerKind, Bound, DateRule, ItemId, NotAQuantity, NumberRule, Quantity, Ruling, Threshold,
    Undecided,
};
use xunan_core::visit::{Edit, ItemState};

use super::open_visit::{ItemView, OpenVisit};
use crate::browser::clock;
use crate::i18n::texts;
use crate::ui::{Button, LineKind, Mark, NumberField, Segments, TextField};

/// The box of an item, with the two marks that need no value: no record, and not applicable.
#[component]
pub(super) fn ItemValue(
    item: ItemId,
    /// The question, for screen readers.
    label: String,
    /// A mark was pressed instead of entering a value.
    on_mark: Callback<Mark>,
) -> impl IntoView {
    let visit = OpenVisit::expect();
    let pack = visit.pack();
    let (Some(view), Some(definition)) = (visit.item(&item), pack.item(item.as_str())) else {
        return ().into_any();
    };
    let field = match &definition.answer {
        AnswerKind::Number(rule) => number_box(item.clone(), rule, view).into_any(),
        AnswerKind::Date(rule) => date_box(item.clone(), *rule, view).into_any(),
        AnswerKind::Tri => ().into_any(),
    };
    let t = texts();
    let chosen = move |mark| view.with(|view| view.filled.answer.as_ref().and_then(Mark::of)) == Some(mark);
    let mark = move |mark, words: &'static str| {
        let kind = Signal::derive(move || chosen(mark));
        view! {
            <span data-chosen=move || kind.get()>
                <Button on_press=Callback::new(move |()| on_mark.run(mark))>
                    {words}{move || kind.get().then_some(" ✓")}
                </Button>
            </span>
        }
    };
    view! {
        <div class="stack" role="group" aria-label=label>
            {field}
            <p class="card-note" role="status">{move || view.with(outcome)}</p>
            <Show when=move || view.with(needs_ruling)>{
                let item = item.clone();
                move || ruling(item.clone(), view)
            }</Show>
            <div class="line">
                {mark(Mark::Fail, t.walk().no_record())}
                {mark(Mark::NotApplicable, t.words().not_applicable())}
            </div>
        </div>
    }
    .into_any()
}

fn number_box(item: ItemId, rule: &NumberRule, view: RwSignal<ItemView>) -> impl IntoView + use<> {
    let (visit, t) = (OpenVisit::expect(), texts());
    let unit = rule.unit;
    let shown = view.with_untracked(|view| match view.filled.answer {
        Some(Answer::Number(value) | Answer::Judged { value, .. }) => value.to_string(),
        _ => String::new(),
    });
    let (text, wrong) = (RwSignal::new(shown), RwSignal::new(None::<String>));
    let typed = Callback::new(move |now: String| {
        let value = Quantity::from_typed(&now);
        wrong.set(if now.trim().is_empty() {
            None
        } else {
            value.err().map(|error| not_a_number(error).to_owned())
        });
        text.set(now);
        answer(visit, &item, value.ok().map(Answer::Number));
    });
    let threshold = visit.with(|draft, _| rule.threshold(draft.head().facility.facility_type));
    let help = match threshold {
        Threshold::Set(bound) => bound_in_words(bound),
        Threshold::Configurable => t.walk().threshold_not_set().to_owned(),
    };
    view! { <NumberField label=t.walk().value() value=text on_input=typed unit help wrong /> }
}

fn date_box(item: ItemId, rule: DateRule, view: RwSignal<ItemView>) -> impl IntoView {
    let (visit, t) = (OpenVisit::expect(), texts());
    let shown = view.with_untracked(|view| match view.filled.answer {
        Some(Answer::Date(date)) => date.to_string(),
        _ => String::new(),
    });
    let (text, wrong) = (RwSignal::new(shown), RwSignal::new(None::<String>));
    let typed = Callback::new(move |now: String| {
        let date = now.parse::<Date>();
        let is_wrong = !now.is_empty() && date.is_err();
        wrong.set(is_wrong.then(|| t.walk().not_a_date().to_owned()));
        text.set(now);
        answer(visit, &item, date.ok().map(Answer::Date));
    });
    let (label, help) = match rule {
        DateRule::WithinDays(days) => (t.walk().date_of_last(), t.walk().must_within_days(u32::from(days))),
        DateRule::NotExpired => (t.walk().date_valid_until(), t.walk().must_not_be_expired().to_owned()),
    };
    view! { <TextField label kind=LineKind::Date value=text on_input=typed help wrong /> }
}

fn answer(visit: OpenVisit, item: &ItemId, answer: Option<Answer>) {
    let refused = visit.edit(Edit::Answer { item: item.clone(), answer, at: clock::now() });
    debug_assert!(refused.is_ok(), "the box gives only answers of its own kind");
}

fn needs_ruling(view: &ItemView) -> bool {
    matches!(view.state, ItemState::NeedsDecision(Undecided::ThresholdNotSet))
        || matches!(view.filled.answer, Some(Answer::Judged { .. }))
}

/// The inspector's own word, where the jurisdiction has set no threshold.
fn ruling(item: ItemId, view: RwSignal<ItemView>) -> impl IntoView {
    const RULINGS: [Ruling; 2] = [Ruling::Pass, Ruling::Fail];
    let (visit, t) = (OpenVisit::expect(), texts().walk());
    let chosen = Signal::derive(move || {
        let ruling = view.with(|view| match view.filled.answer {
            Some(Answer::Judged { ruling, .. }) => Some(ruling),
            _ => None,
        });
        // Neither is chosen while there is no ruling.
        ruling.and_then(|ruling| RULINGS.iter().position(|it| *it == ruling)).unwrap_or(usize::MAX)
    });
    let decide = Callback::new(move |at: usize| {
        let refused = visit.edit(Edit::Decide { item: item.clone(), ruling: RULINGS.get(at).copied() });
        debug_assert!(refused.is_ok(), "a value stands there");
    });
    view! { <Segments label=t.threshold_not_set() words=vec![t.judge_pass(), t.judge_fail()] chosen on_choose=decide /> }
}

/// What the rule makes of the value, in words.
fn outcome(view: &ItemView) -> Option<&'static str> {
    let t = texts().walk();
    let measured = matches!(view.filled.answer, Some(Answer::Number(_) | Answer::Date(_)));
    match &view.state {
        ItemState::Passed if measured => Some(t.value_passes()),
        ItemState::Failed(_) if measured => Some(t.value_fails()),
        ItemState::NeedsDecision(why) => Some(match why {
            Undecided::ThresholdNotSet => t.threshold_not_set(),
            Undecided::OtherFacilityType => t.undecided_other_type(),
            Undecided::OtherKindOfAnswer => t.undecided_other_kind(),
            Undecided::ValueMissing => t.undecided_value_missing(),
            Undecided::ValueImpossible => t.undecided_impossible(),
            Undecided::DateToCome => t.undecided_date_to_come(),
        }),
        _ => None,
    }
}

fn not_a_number(error: NotAQuantity) -> &'static str {
    let t = texts().walk();
    match error {
        NotAQuantity::Empty | NotAQuantity::NotANumber | NotAQuantity::OtherSpelling => t.not_a_number(),
        NotAQuantity::TooFine => t.too_many_decimals(),
        NotAQuantity::TooLarge => t.number_too_large(),
    }
}

/// A threshold in words.
pub(crate) fn bound_in_words(bound: Bound) -> String {
    let t = texts().walk();
    match bound {
        Bound::AtMost(value) => t.must_at_most(&value.to_string()),
        Bound::AtLeast(value) => t.must_at_least(&value.to_string()),
        Bound::Below(value) => t.must_below(&value.to_string()),
        Bound::Above(value) => t.must_above(&value.to_string()),
        Bound::Exactly(value) => t.must_be(&value.to_string()),
        Bound::Between(low, high) => t.must_between(&low.to_string(), &high.to_string()),
    }
}
