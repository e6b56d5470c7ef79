//! Which page stands under which address.

use leptos::prelude::*;
use xunan_core::ids::VisitId;

use super::frame::Frame;
use super::opening::{Inside, State};
use super::route::Route;
use crate::browser::page;
use crate::facility::{FacilitiesPage, FacilityPage, StartAtPage, StartPage};
use crate::i18n::texts;
use crate::inspect::{VisitPage, VisitPlace};
use crate::outbox::{OutboxPage, ParcelPage};
use crate::session::SignInPage;
use crate::settings::MePage;
use crate::today::TodayPage;
use crate::ui::{LinkButton, Screen, ScreenKind, ToastStack, Toasts};

/// A page, as far as it stays mounted: the pages of one visit are one.
#[derive(Clone, Copy, PartialEq)]
enum Mounted {
    Visit(VisitId),
    Other(Option<Route>),
}

/// The pages of somebody who is signed in.
#[component]
pub(super) fn Pages(inside: Inside) -> impl IntoView {
    let state = State::expect();
    provide_context(inside.phone);
    provide_context(inside.sync);
    provide_context(inside.lamp);
    let toasts = Toasts::provide();
    let mounted = Memo::new(move |_| match state.route.get() {
        Some(Route::Visit(visit, _)) => Mounted::Visit(visit),
        other => Mounted::Other(other),
    });
    let place = Signal::derive(move || match state.route.get() {
        Some(Route::Visit(_, place)) => place,
        _ => VisitPlace::Walk,
    });
    // A screen reader starts at the new page's heading; not at the first page, which the browser announces itself.
    Effect::new(move |before: Option<Option<Route>>| {
        let route = state.route.get();
        if before.is_some_and(|before| before != route) {
            page::focus_heading();
        }
        route
    });
    view! {
        <a class="skip" href="#main">{texts().words().skip_to_content()}</a>
        {move || match mounted.get() {
            Mounted::Visit(visit) => view! { <div class="app"><VisitPage visit place /></div> }.into_any(),
            Mounted::Other(route) => page_of(route).into_any(),
        }}
        <ToastStack toasts />
    }
}

fn page_of(route: Option<Route>) -> AnyView {
    match route {
        Some(Route::Today) => view! { <TodayPage /> }.into_any(),
        Some(Route::Facilities) => view! { <FacilitiesPage /> }.into_any(),
        Some(Route::Facility(facility)) => view! { <FacilityPage facility /> }.into_any(),
        Some(Route::Start) => view! { <StartPage /> }.into_any(),
        Some(Route::StartAt(facility, plan)) => view! { <StartAtPage facility plan /> }.into_any(),
        Some(Route::Outbox) => view! { <OutboxPage /> }.into_any(),
        Some(Route::Parcel(entry)) => view! { <ParcelPage entry /> }.into_any(),
        Some(Route::Me) => view! { <MePage /> }.into_any(),
        Some(Route::SignIn) => view! { <SignInPage /> }.into_any(),
        Some(Route::Visit(..)) | None => {
            let t = texts().shell();
            view! {
                <Frame title=t.not_found_title()>
                    <Screen kind=ScreenKind::NotFound><LinkButton href="/">{t.empty_today()}</LinkButton></Screen>
                </Frame>
            }
            .into_any()
        }
    }
}
