//! One report: what it says, where it stands, what can be done with it now, and what may be the same.

use leptos::prelude::*;
use xunan_core::ids::SnapId;
use xunan_core::snap::{CaseNumber, Stage, Step};

use super::ReportsPart;
use super::alike::AlikeSnaps;
use super::facts::{Facts, Reported};
use super::menu::{Chosen, StepMenu, StepSheet};
use super::public_photos::PublicPhotos;
use super::recordings::Recordings;
use super::reward::{RewardPart, reward_tag};
use super::rows::state;
use super::seen::{Now, Seen};
use super::story::Story;
use crate::browser::{clock, history, page};
use crate::desk::asked::{Asked, read_before};
use crate::desk::own_steps::{self, OwnStepLines};
use crate::desk::reading::Reading;
use crate::desk::route::DeskRoute;
use crate::desk::unread::unread;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::sync::Sync;
use crate::ui::{Button, IconName, LinkButton, Screen, ScreenKind, Skeleton};

/// The page. It asks the server, since reports are no rows, and again whenever something may have changed; a reward officer
/// has hardly any rows, and hears of others' steps with each contact.
#[component]
pub(in crate::desk) fn SnapPage(snap: SnapId) -> impl IntoView {
    let (phone, sync, t) = (Phone::expect(), Sync::expect(), texts());
    if ReportsPart::of(&phone.account()) == ReportsPart::None {
        return view! { <Screen kind=ScreenKind::Denied>{t.snaps().only_supervisors()}</Screen> }.into_any();
    }
    let asked = Asked::new();
    let read = move || asked.read(Seen::fetch(snap, phone));
    let chosen = RwSignal::new(Chosen::None);
    let own = own_steps::follow::<Step>(phone, snap);
    let answered = own_steps::answered::<Step>(phone);
    Effect::new(move || {
        phone.rows.track();
        phone.contact.track();
        answered.track();
        sync.network.track();
        read();
    });
    let reading = Memo::new(move |_| match asked.seen.get() {
        Reading::UnderWay => Reading::UnderWay,
        Reading::Failed(problem) => Reading::Failed(problem),
        Reading::Here(seen) => {
            let own = own.get().and_then(Result::ok).unwrap_or_default();
            // The rows may come later than the report.
            let may_publish = phone.rows.with(|rows| seen.may_publish(rows, clock::now().date()));
            Reading::Here(Box::new(Now::of(*seen, &own, &phone.account(), may_publish)))
        }
    });
    let again = Callback::new(move |()| read());
    let back = Callback::new(|()| {
        if history::has_steps() {
            history::back();
        } else {
            shell::go(&DeskRoute::Snaps.path());
        }
    });
    view! {
        <nav class="desk-filters no-print">
            <Button icon=IconName::Back on_press=back>{t.snaps().back_to_list()}</Button>
            <Button icon=IconName::Print on_press=Callback::new(|()| page::print())>{t.desk().print()}</Button>
        </nav>
        {move || asked.stale.get().map(|problem| read_before(&problem, &t.snaps().problem(&problem), again))}
        <OwnStepLines steps=own />
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.snaps().title()}</h1><Skeleton cards=3 /> }.into_any(),
            Reading::Here(now) => view! { <Shown now=*now chosen /> }.into_any(),
            Reading::Failed(problem) => unread(problem, again, (DeskRoute::Snaps, t.snaps().back_to_list())).into_any(),
        }}
        <StepSheet chosen />
    }
    .into_any()
}

#[component]
fn Shown(now: Now, chosen: RwSignal<Chosen>) -> impl IntoView {
    let t = texts();
    let card = now.card.clone();
    let number = CaseNumber::of(card.id()).to_string();
    let is_public = card.life.publication.is_some();
    let is_public =
        is_public.then(|| view! { <span class="tag" data-kind="open">{t.snaps().is_public()}</span> });
    view! {
        <header class="desk-head">
            <h1>{t.snap_name().category(card.report.category)}</h1>
            <p class="muted">{number}</p>
        </header>
        <p class="desk-filters">{state(&card)}{is_public}{reward_tag(&card)}{led_to(&now)}</p>
        <div class="story">
            <div class="story-main">
                <StepMenu now=now.clone() chosen />
                <PublicPhotos now=now.clone() />
                <RewardPart now=now.clone() />
                <Recordings now=now.clone() />
                <Reported report=card.report.clone() />
                <AlikeSnaps alike=now.seen.detail.alike.clone() />
                <Story card />
            </div>
            <aside class="story-side" aria-label=t.snaps().col_due()><Facts now /></aside>
        </div>
    }
}

/// The hazard that it became, or the report that stands for it.
fn led_to(now: &Now) -> Vec<AnyView> {
    let t = texts();
    let hazard = now.card.life.hazard.map(|hazard| match now.seen.hazard {
        Some(_) => {
            let href = DeskRoute::Hazard(hazard).path();
            view! { <LinkButton href>{t.snaps().open_hazard()}</LinkButton> }.into_any()
        }
        None => view! { <span class="muted">{t.snaps().hazard_comes()}</span> }.into_any(),
    });
    // Hazards are no reward officer's business, and none is on its way.
    let hazard = hazard.filter(|_| ReportsPart::of(&Phone::expect().account()) == ReportsPart::Triage);
    let stands_for_it = match &now.card.life.stage {
        Stage::Duplicate { of, .. } => {
            let (href, number) = (DeskRoute::Snap(*of).path(), CaseNumber::of(*of).to_string());
            Some(view! { <LinkButton href>{t.snaps().same_as(&number)}</LinkButton> }.into_any())
        }
        _ => None,
    };
    hazard.into_iter().chain(stands_for_it).collect()
}
