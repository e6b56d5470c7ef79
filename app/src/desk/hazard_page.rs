//! One hazard: what it is, where it stands, what it has been through, and what can be done now.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::HazardId;
use xunan_core::ledger::HazardCard;
use xunan_core::problem::Problem;

use super::hazard_facts::Facts;
use super::hazard_rows::state;
use super::hazard_story::{BeforeAndAfter, Story};
use super::reading::Reading;
use super::route::DeskRoute;
use super::step_menu::{Chosen, StepMenu, StepSheet};
use super::unread::unread;
use crate::browser::http::{Method, Request};
use crate::browser::{history, page};
use crate::document::may_issue;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::ui::{Button, GradeMark, IconName, LinkButton, Screen, ScreenKind, Skeleton};

/// The page. What this computer holds is shown at once; what it does not hold, a closed one, is asked for.
#[component]
pub(super) fn HazardPage(hazard: HazardId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let fetched = RwSignal::new(Reading::<Box<HazardCard>>::UnderWay);
    let chosen = RwSignal::new(Chosen::None);
    let own = Memo::new(move |_| phone.rows.with(|rows| rows.hazard(hazard).cloned()));
    let read = move || {
        spawn_local(async move {
            let answer =
                Request::plain(Method::Get, format!("/api/hazards/{hazard}")).json::<HazardCard>().await;
            fetched.try_set(answer.map(Box::new).into());
        });
    };
    // Asked whenever this computer does not hold it, and again when it has heard of changes.
    Effect::new(move || {
        phone.rows.track();
        if own.get().is_none() {
            read();
        }
    });
    let reading =
        Memo::new(move |_| own.get().map_or_else(|| fetched.get(), |card| Reading::Here(Box::new(card))));
    let back = Callback::new(|()| {
        if history::has_steps() {
            history::back();
        } else {
            shell::go(&DeskRoute::Hazards.path());
        }
    });
    view! {
        <nav class="desk-filters no-print">
            <Button icon=IconName::Back on_press=back>{t.desk_loop().back_to_list()}</Button>
            <Button icon=IconName::Print on_press=Callback::new(|()| page::print())>{t.desk().print()}</Button>
        </nav>
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.desk_loop().story()}</h1><Skeleton cards=3 /> }.into_any(),
            Reading::Here(card) => view! { <Shown card=*card chosen /> }.into_any(),
            Reading::Failed(problem) => unread(problem, Callback::new(move |()| read()), (DeskRoute::Hazards, t.desk_loop().back_to_list())).into_any(),
        }}
        <StepSheet chosen />
    }
}

#[component]
fn Shown(card: HazardCard, chosen: RwSignal<Chosen>) -> impl IntoView {
    let t = texts();
    let Ok(standing) = card.standing() else {
        return view! { <Screen kind=ScreenKind::Error(Problem::Damaged) /> }.into_any();
    };
    let visit = card.origin.visit().map(|visit| {
        view! { <LinkButton href=DeskRoute::Visit(visit).path()>{t.desk_loop().open_visit()}</LinkButton> }
    });
    let documents = may_issue(Phone::expect(), &card).then(|| {
        let href = DeskRoute::HazardDocuments(card.id).path();
        view! { <LinkButton href>{t.documents().title()}</LinkButton> }
    });
    view! {
        <header class="desk-head">
            <h1>{card.title.clone()}</h1>
            <p class="muted">{where_and_what(&card)}</p>
        </header>
        <p class="desk-filters"><GradeMark grade=card.grade />{state(card.state)}</p>
        <div class="story">
            <div class="story-main">
                <StepMenu card=card.clone() chosen />
                <BeforeAndAfter card=card.clone() life=standing.life.clone() />
                <Story life=standing.life.clone() />
            </div>
            <aside class="story-side" aria-label=t.desk_loop().deadlines()>
                <Facts card=card.clone() standing />
                <p class="desk-filters no-print">{visit}{documents}</p>
            </aside>
        </div>
    }
    .into_any()
}

/// The institution, the place and what was found there, as far as they are known.
fn where_and_what(card: &HazardCard) -> String {
    let there = [card.place.as_str(), card.description.as_str()].join(" ");
    [card.facility_name.as_str(), there.trim()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
