//! What can be done with a hazard now: the step that is owed is the filled button, all others stand in a menu.

use leptos::prelude::*;
use xunan_core::hazard::{Offer, Turn};
use xunan_core::ledger::HazardCard;
use xunan_core::rules::Measure;

use super::begun::Begun;
use super::picked_photos::Whose;
use super::step_form::{Fields, StepForm};
use super::take_step::offers;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Button, ButtonKind, Sheet};

/// The verb of a step; one about a measure names it.
fn words(offer: Offer) -> String {
    let t = texts();
    let verb = t.desk_steps().offer(offer);
    let of = |measure: Measure| format!("{verb} · {}", t.name().measure(measure));
    match offer {
        Offer::CarryOut { measure }
        | Offer::AskLift { measure }
        | Offer::AnswerLift { measure, .. }
        | Offer::Lift { measure } => of(measure),
        _ => verb.to_owned(),
    }
}

/// The step that was chosen, of a hazard as it was then.
pub(super) type Chosen = Option<(Offer, HazardCard)>;

/// The buttons.
#[component]
pub(super) fn StepMenu(card: HazardCard, chosen: RwSignal<Chosen>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().desk_loop());
    let Some(offers) = offers(phone, &card) else { return ().into_any() };
    let shown = StoredValue::new(card.clone());
    let choose = move |offer: Offer| Callback::new(move |()| chosen.set(Some((offer, shown.get_value()))));
    let key = |offer: Offer| matches!(offer, Offer::Assign).then_some("a");
    let next = offers.next.map(|offer| {
        view! {
            <span data-key=key(offer)><Button kind=ButtonKind::Primary on_press=choose(offer)>{words(offer)}</Button></span>
        }
    });
    let held = offers.held.map(|(offer, why)| {
        view! { <p class="muted">{t.not_yet(&words(offer), texts().hazard_loop().refusal(why))}</p> }
    });
    let turn = card.standing().map_or(Turn::Nobody, |standing| standing.life.turn());
    let elsewhere = match (offers.next, offers.held, turn) {
        (None, None, Turn::Unit) => Some(t.not_yours(t.turn_unit())),
        (None, None, Turn::Department) => Some(t.not_yours(t.turn_department())),
        (None, None, Turn::Supervisor) => Some(t.not_yours(t.turn_supervisor())),
        _ => None,
    };
    let item = move |offer: Offer| {
        view! { <li data-key=key(offer)><Button kind=ButtonKind::Plain on_press=choose(offer)>{words(offer)}</Button></li> }
    };
    let others = (!offers.others.is_empty()).then(|| {
        view! {
            <details class="desk-more step-others">
                <summary>{t.other_steps()}</summary>
                <ul>{offers.others.iter().copied().map(item).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <section class="steps no-print" aria-label=t.next_step()>
            {next}
            {held}
            {elsewhere.map(|text| view! { <p class="muted">{text}</p> })}
            {others}
        </section>
    }
    .into_any()
}

/// The form of the step that was chosen. News of the hazard draw its page anew; a form that is open stays as it is under
/// somebody's hands.
#[component]
pub(super) fn StepSheet(chosen: RwSignal<Chosen>) -> impl IntoView {
    let phone = Phone::expect();
    let begun = Begun::on_this_page(move |fields: Fields| fields.photos().forget(phone));
    // Photos that went over into an entry, or are about to, are not offered to another.
    let still_ours = |fields: Fields| fields.photos().picking().whose() == Whose::TheForms;
    let title =
        move || chosen.with(|chosen| chosen.as_ref().map(|(offer, _)| words(*offer))).unwrap_or_default();
    let open = Signal::derive(move || chosen.with(Option::is_some));
    view! {
        <Sheet title open on_close=Callback::new(move |()| chosen.set(None))>
            {move || chosen.get().map(|(offer, card)| {
                let step = (offer, card.id);
                let fields = begun.form(step, still_ours, || Fields::new(&card));
                let done = Callback::new(move |()| {
                    begun.end(step);
                    chosen.try_set(None);
                });
                view! { <StepForm offer card fields on_done=done /> }
            })}
        </Sheet>
    }
}
