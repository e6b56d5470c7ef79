//! One item of the checklist as a card: the question, the answer under the thumb, and what a failure means.

use leptos::prelude::*;
use xunan_core::rules::{AnswerKind, Grade, Item, ItemId, PhotoDuty};
use xunan_core::visit::{Edit, Gap, HazardOf, ItemState, PhotoOf};

use super::filter::Filter;
use super::item_value::ItemValue;
use super::open_visit::{ItemView, OpenVisit};
use super::photo_strip::PhotoStrip;
use super::walk::{Walk, card_id};
use crate::browser::clock;
use crate::i18n::texts;
use crate::store::Shows;
use crate::ui::{AnswerButtons, Button, ButtonKind, GradeMark, Icon, IconName, Mark, TextArea, grade_name};

/// A card.
#[component]
pub(super) fn ItemCard(item: ItemId, number: usize, filter: Filter) -> impl IntoView {
    let (visit, walk) = (OpenVisit::expect(), Walk::expect());
    let pack = visit.pack();
    let (Some(view), Some(definition)) = (visit.item(&item), pack.item(item.as_str())) else {
        return ().into_any();
    };
    let t = texts();
    let question = t.lang().of(&definition.text).to_owned();
    let marks = matches!(definition.answer, AnswerKind::Tri);
    let note_open = RwSignal::new(false);
    let stored = StoredValue::new(item.clone());
    let (id, shown, current) = (card_id(&item), item.clone(), item.clone());
    let is_current = Memo::new(move |_| walk.current.with(|at| at.as_ref() == Some(&current)));
    let answer = Callback::new(move |mark| stored.with_value(|item| answered(visit, walk, item, mark)));
    let chosen = Signal::derive(move || view.with(|view| view.filled.answer.as_ref().and_then(Mark::of)));
    let failed = Memo::new(move |_| view.with(|view| matches!(view.state, ItemState::Failed(_))));
    view! {
        <article
            class="item-card"
            id=id
            hidden=move || !filter.shows(&shown)
            data-answer=move || view.with(edge_of)
            data-grade=move || view.with(|view| view.state.finding().map(|finding| grade_name(finding.grade)))
            data-current=move || is_current.get()
        >
            <h3 class="item-question"><span class="item-number">{number}</span>{question.clone()}</h3>
            {item_meta(definition, view)}
            {if marks {
                view! { <AnswerButtons chosen label=question on_answer=answer /> }.into_any()
            } else {
                view! { <ItemValue item=item.clone() label=question on_mark=answer /> }.into_any()
            }}
            <Show when=move || failed.get()>{move || finding_line(stored.get_value(), view)}</Show>
            <PhotoStrip shows=PhotoOf::Item(item.clone()) />
            {item_actions(stored, view, note_open)}
            <Show when=move || note_open.get() || view.with(|view| !view.filled.note.is_empty())>
                {move || note_field(stored.get_value(), view)}
            </Show>
        </article>
    }
    .into_any()
}

/// One answer was pressed: the chosen failure opens its sheet, everything else goes on to the next open card.
fn answered(visit: OpenVisit, walk: Walk, item: &ItemId, mark: Mark) {
    let answer = Some(mark.into());
    let refused = visit.edit(Edit::Answer { item: item.clone(), answer, at: clock::now() });
    debug_assert!(refused.is_ok(), "the card offers only answers of its own kind");
    walk.current.set(Some(item.clone()));
    if mark == Mark::Fail {
        walk.sheet.set(Some(HazardOf::Item(item.clone())));
    } else if !visit.item(item).is_some_and(|view| view.with_untracked(super::filter::is_open)) {
        walk.go_on_after(visit, item);
    }
}

/// The colour of the card's edge says the answer at a glance.
fn edge_of(view: &ItemView) -> Option<&'static str> {
    match view.state {
        ItemState::Untouched | ItemState::NeedsDecision(_) => None,
        ItemState::Passed => Some(Mark::Pass.name()),
        ItemState::Failed(_) => Some(Mark::Fail.name()),
        ItemState::NotApplicable => Some(Mark::NotApplicable.name()),
    }
}

/// What the card says below the question: where the rule comes from, and whether a photo is due.
fn item_meta(item: &Item, view: RwSignal<ItemView>) -> impl IntoView + use<> {
    let t = texts();
    let basis = item.basis.first().map(|citation| {
        let pack = OpenVisit::expect().pack();
        let title = pack.legal_basis(citation.cite.as_str());
        let title = title.map_or_else(|| citation.cite.to_string(), |it| t.lang().of(&it.title).to_owned());
        (t.walk().clause(&title, &citation.clause), t.name().confidence(citation.confidence))
    });
    let why = item.why.as_ref().map(|why| t.lang().of(why).to_owned());
    let duty = (item.photo != PhotoDuty::None).then(|| t.name().photo_duty(item.photo));
    let missing =
        Memo::new(move |_| view.with(|view| view.gaps.iter().any(|gap| matches!(gap, Gap::PhotoMissing(_)))));
    view! {
        <details class="item-basis">
            <summary class="item-meta">
                <span><Icon name=IconName::Info small=true />{t.walk().basis()}</span>
                {duty.map(|duty| view! { <span class:item-duty=move || missing.get()><Icon name=IconName::Camera small=true />{duty}</span> })}
            </summary>
            {basis.map(|(clause, confidence)| view! { <p class="reason-basis">{clause}" · "{confidence}</p> })}
            {why.map(|why| view! { <p class="card-note">{why}</p> })}
        </details>
    }
}

/// The grade of a failure, with the way into its sheet.
fn finding_line(item: ItemId, view: RwSignal<ItemView>) -> impl IntoView {
    let (walk, t) = (Walk::expect(), texts());
    let finding = view.with(|view| view.state.finding().cloned());
    let owes = move || view.with(|view| view.gaps.iter().any(|gap| !matches!(gap, Gap::PhotoMissing(_))));
    finding.map(|finding| {
        let open = Callback::new(move |()| walk.sheet.set(Some(HazardOf::Item(item.clone()))));
        let second = finding.grade == Grade::Major;
        view! {
            <div class="item-finding">
                <GradeMark grade=finding.grade standing=finding.standing />
                <Button on_press=open icon=IconName::Next>
                    {t.hazard().title()}
                    {move || (owes() && !second).then(|| format!(" · {}", t.words().must()))}
                </Button>
            </div>
        }
    })
}

fn item_actions(
    item: StoredValue<ItemId>,
    view: RwSignal<ItemView>,
    note_open: RwSignal<bool>,
) -> impl IntoView {
    let (visit, walk, t) = (OpenVisit::expect(), Walk::expect(), texts());
    let photo = Callback::new(move |()| walk.camera.set(Some(Shows::Visit(PhotoOf::Item(item.get_value())))));
    let clear = Callback::new(move |()| {
        let cleared = visit.edit(Edit::Answer { item: item.get_value(), answer: None, at: clock::now() });
        debug_assert!(cleared.is_ok(), "an answer can always be taken back");
    });
    let answered = Memo::new(move |_| view.with(|view| view.filled.answer.is_some()));
    view! {
        <div class="item-actions">
            <Button kind=ButtonKind::Plain icon=IconName::Camera on_press=photo>{t.walk().take_photo()}</Button>
            <Button kind=ButtonKind::Plain icon=IconName::Pen on_press=Callback::new(move |()| note_open.set(true))>
                {t.walk().note()}
            </Button>
            <Show when=move || answered.get()>
                <Button kind=ButtonKind::Plain icon=IconName::Undo on_press=clear>{t.walk().clear_answer()}</Button>
            </Show>
        </div>
    }
}

fn note_field(item: ItemId, view: RwSignal<ItemView>) -> impl IntoView {
    let visit = OpenVisit::expect();
    let t = texts().walk();
    let wrong = RwSignal::new(None);
    let typed = Callback::new(move |note: String| {
        let refused = visit.edit(Edit::Note { item: item.clone(), note }).err();
        wrong.set(refused.map(|_| t.too_long(super::MAX_TEXT_CHARS)));
    });
    let value = Signal::derive(move || view.with(|view| view.filled.note.clone()));
    view! { <TextArea label=t.note() example=t.note_hint() value wrong on_input=typed /> }
}
