//! Hazards that no item covers: listed under the cards, with the button that adds one.

use leptos::prelude::*;
use xunan_core::ids::HazardId;
use xunan_core::visit::{Edit, HazardOf, Keeping};

use super::open_visit::OpenVisit;
use super::walk::Walk;
use crate::browser::clock;
use crate::i18n::texts;
use crate::ui::{Button, ButtonSize, GradeMark, Icon, IconName};

/// The list and the button.
#[component]
pub(super) fn FreeHazards() -> impl IntoView {
    let (visit, walk, t) = (OpenVisit::expect(), Walk::expect(), texts());
    let add = Callback::new(move |()| {
        let hazard = HazardId::from_parts(clock::now(), clock::entropy());
        if visit.edit(Edit::AddFree { hazard }).is_ok() {
            walk.sheet.set(Some(HazardOf::Free(hazard)));
        }
    });
    let standing = move || {
        // The sheet writes into the draft while it is open; what it wrote is read when it closes.
        walk.sheet.track();
        visit.tracked(|draft, _| {
            let kept = draft.free_hazards().filter(|(_, free)| free.keeping == Keeping::Kept);
            kept.map(|(id, free)| (id, free.title.clone(), free.grade)).collect::<Vec<_>>()
        })
    };
    let line = move |(id, title, grade)| {
        let title: String = title;
        let title = if title.trim().is_empty() { t.review().gap_title().to_owned() } else { title };
        view! {
            <button type="button" class="row" on:click=move |_| walk.sheet.set(Some(HazardOf::Free(id)))>
                <span class="row-text"><span class="row-title">{title}</span></span>
                <span class="row-end">{Option::map(grade, |grade| view! { <GradeMark grade /> })}<Icon name=IconName::Next /></span>
            </button>
        }
    };
    view! {
        <section class="part" aria-label=t.walk().add_hazard()>
            <Show when=move || !standing().is_empty()>
                <div class="rows">{move || standing().into_iter().map(line).collect_view()}</div>
            </Show>
            <Button size=ButtonSize::Large icon=IconName::Plus on_press=add>{t.walk().add_hazard()}</Button>
        </section>
    }
}
