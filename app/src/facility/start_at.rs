//! The way into a visit of one facility: the choices before it, or the draft that is open already.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::{FacilityId, PlanId};
use xunan_core::problem::Problem;
use xunan_core::rules::Pack;

use crate::i18n::texts;
use crate::inspect::StartVisit;
use crate::session::Phone;
use crate::shell::Frame;
use crate::store::DraftStage;
use crate::ui::{LinkButton, Screen, ScreenKind, Skeleton};

/// The start of a visit.
#[component]
pub fn StartAtPage(facility: FacilityId, plan: Option<PlanId>) -> impl IntoView {
    let phone = Phone::expect();
    let t = texts();
    let (card, plan) = phone.rows.with_untracked(|rows| {
        (
            rows.facility(facility).cloned(),
            plan.and_then(|plan| rows.plan(plan)).map(|card| card.plan.clone()),
        )
    });
    let open_draft = phone.drafts.with_untracked(|drafts| {
        let wanted = |plan_of_draft| plan.as_ref().is_none_or(|plan| plan_of_draft == Some(plan.id));
        let open = drafts
            .iter()
            .find(|it| it.facility == facility && it.stage == DraftStage::Open && wanted(it.plan));
        open.map(|draft| draft.visit)
    });
    let pack = RwSignal::new_local(None::<Result<Pack, Problem>>);
    let back = format!("/facilities/{facility}");
    let Some(card) = card else {
        return view! { <Frame title=t.facility().title() back><Screen kind=ScreenKind::NotFound /></Frame> }
            .into_any();
    };
    spawn_local(async move {
        pack.try_set(Some(read_pack(phone).await));
    });
    let name = card.name.clone();
    let choices = move || match pack.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Err(problem)) => view! { <Screen kind=ScreenKind::Error(problem) /> }.into_any(),
        Some(Ok(pack)) => match plan.clone() {
            Some(plan) => view! { <StartVisit facility=card.clone() pack plan /> }.into_any(),
            None => view! { <StartVisit facility=card.clone() pack /> }.into_any(),
        },
    };
    view! {
        <Frame title=name back>
            {open_draft.map(|visit| view! { <LinkButton href=format!("/visits/{visit}")>{t.facility().go_on()}</LinkButton> })}
            {choices}
        </Frame>
    }
    .into_any()
}

/// The checklist in force today.
async fn read_pack(phone: Phone) -> Result<Pack, Problem> {
    let Some(wanted) = phone.pack_today() else { return Err(Problem::NotFound) };
    match phone.store().pack(&wanted).await? {
        Some(pack) => Ok(pack),
        None => Err(Problem::UnknownPack { hash: wanted.hash }),
    }
}
