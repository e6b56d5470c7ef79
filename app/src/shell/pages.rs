//! The field program: which page stands under which address.

use leptos::prelude::*;
use xunan_core::ids::VisitId;

use super::frame::Frame;
use super::opening::State;
use super::program::{Holds, Program};
use super::route::Route;
use crate::facility::{FacilitiesPage, FacilityPage, StartAtPage, StartPage};
use crate::i18n::texts;
use crate::inspect::{VisitPage, VisitPlace};
use crate::outbox::{OutboxPage, ParcelPage};
use crate::session::SignInPage;
use crate::settings::MePage;
use crate::today::TodayPage;
use crate::ui::{LinkButton, Screen, ScreenKind};

/// A page, as far as it stays mounted: the pages of one visit are one.
#[derive(Clone, Copy, PartialEq)]
enum Mounted {
    Visit(VisitId),
    Other(Option<Route>),
}

/// The field program.
pub const FIELD: Program = Program {
    home: "/",
    sign_in: "/sign-in",
    worker: "/sw.js",
    holds: |path| if Route::parse(path).is_some() { Holds::Yes } else { Holds::No },
    pages: || view! { <FieldPages /> }.into_any(),
};

#[component]
fn FieldPages() -> impl IntoView {
    let state = State::expect();
    let route = Memo::new(move |_| state.path.with(|path| Route::parse(path)));
    let mounted = Memo::new(move |_| match route.get() {
        Some(Route::Visit(visit, _)) => Mounted::Visit(visit),
        other => Mounted::Other(other),
    });
    let place = Signal::derive(move || match route.get() {
        Some(Route::Visit(_, place)) => place,
        _ => VisitPlace::Walk,
    });
    move || match mounted.get() {
        Mounted::Visit(visit) => view! { <div class="app"><VisitPage visit place /></div> }.into_any(),
        Mounted::Other(route) => page_of(route).into_any(),
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
