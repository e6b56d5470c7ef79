//! The frame of the desk: the rail of places at the side, the page beside it, and who may be here at all.

use leptos::prelude::*;
use xunan_core::access::Role;

use super::facilities::{FacilitiesPage, FacilityPage};
use super::hazards::HazardsPage;
use super::keys::Keys;
use super::new_plan::NewPlanPage;
use super::plans::PlansPage;
use super::redact::RedactPage;
use super::route::{DeskRoute, HOME, SIGN_IN};
use super::visit::VisitPage;
use super::visits::VisitsPage;
use crate::browser::page;
use crate::i18n::texts;
use crate::session::{Phone, SignInPage};
use crate::shell::{Banners, Holds, Program, State};
use crate::ui::{IconName, LinkButton, Screen, ScreenKind, Tab, TabBar, TabKind};

/// The desk program.
pub const DESK: Program = Program {
    home: HOME,
    sign_in: SIGN_IN,
    worker: "/desk/sw.js",
    holds: |path| if path == "/desk" || path.starts_with("/desk/") { Holds::Yes } else { Holds::No },
    open: None,
    pages: || view! { <Desk /> }.into_any(),
};

/// What stays mounted while the route changes.
#[derive(Clone, Copy, PartialEq)]
enum Mounted {
    SignIn,
    Places,
    NotHere,
}

/// The desk of somebody who is signed in.
#[component]
fn Desk() -> impl IntoView {
    let state = State::expect();
    let route = Memo::new(move |_| state.path.with(|path| DeskRoute::from_path(path)));
    let mounted = Memo::new(move |_| match (route.get(), Phone::expect().account().role) {
        (DeskRoute::SignIn, _) => Mounted::SignIn,
        (_, Role::Supervisor | Role::Administrator) => Mounted::Places,
        (_, Role::Inspector { .. } | Role::Institution { .. }) => Mounted::NotHere,
    });
    move || match mounted.get() {
        Mounted::SignIn => view! { <SignInPage /> }.into_any(),
        Mounted::Places => view! { <Places route /> }.into_any(),
        Mounted::NotHere => not_here().into_any(),
    }
}

/// Inspectors and institutions work on the phone's pages.
fn not_here() -> impl IntoView {
    view! {
        <main class="page" id="main">
            <Screen kind=ScreenKind::Denied>
                <LinkButton href="/">{texts().desk().to_field()}</LinkButton>
            </Screen>
        </main>
    }
}

#[component]
fn Places(route: Memo<DeskRoute>) -> impl IntoView {
    let t = texts().desk();
    let phone = Phone::expect();
    let tab = |icon, word, href, count, here: fn(DeskRoute) -> bool| Tab {
        icon,
        word,
        href,
        kind: TabKind::Place,
        count,
        urged: Signal::stored(false),
        here: Signal::derive(move || here(route.get())),
    };
    let none = Signal::derive(|| 0);
    let waiting = Signal::derive(move || phone.summary().map_or(0, |summary| summary.waiting));
    let tabs = vec![
        tab(IconName::Inbox, t.inbox(), "/desk/visits", none, |at| {
            matches!(at, DeskRoute::Visits | DeskRoute::Visit(_) | DeskRoute::PublicCopy(..))
        }),
        tab(IconName::Warning, t.hazards(), "/desk/hazards", none, |at| at == DeskRoute::Hazards),
        tab(IconName::Checklist, t.plans(), "/desk/plans", waiting, |at| {
            matches!(at, DeskRoute::Plans | DeskRoute::NewPlan)
        }),
        tab(IconName::Building, t.facilities(), "/desk/facilities", none, |at| {
            matches!(at, DeskRoute::Facilities | DeskRoute::Facility(_))
        }),
    ];
    view! {
        <div class="app desk" data-rail>
            <main class="page" data-width="full" id="main">
                <Banners />
                {move || {
                    let route = route.get();
                    page::set_title(&format!("{} · {}", title(route), t.app_name()));
                    page_of(route)
                }}
            </main>
            <TabBar tabs head=t.app_name() />
        </div>
        <Keys />
    }
}

/// What the browser's tab calls a page.
fn title(route: DeskRoute) -> &'static str {
    let t = texts().desk();
    match route {
        DeskRoute::Visits => t.inbox(),
        DeskRoute::Visit(_) => t.record_title(),
        DeskRoute::PublicCopy(..) => texts().redact().title(),
        DeskRoute::Plans => t.plans(),
        DeskRoute::NewPlan => t.new_plan(),
        DeskRoute::Hazards => t.hazards(),
        DeskRoute::Facilities | DeskRoute::Facility(_) => t.facilities(),
        DeskRoute::SignIn | DeskRoute::Unknown => texts().shell().not_found_title(),
    }
}

fn page_of(route: DeskRoute) -> AnyView {
    match route {
        DeskRoute::Visits => view! { <VisitsPage /> }.into_any(),
        DeskRoute::Visit(visit) => view! { <VisitPage visit /> }.into_any(),
        DeskRoute::PublicCopy(visit, photo) => view! { <RedactPage visit photo /> }.into_any(),
        DeskRoute::Plans => view! { <PlansPage /> }.into_any(),
        DeskRoute::NewPlan => view! { <NewPlanPage /> }.into_any(),
        DeskRoute::Hazards => view! { <HazardsPage /> }.into_any(),
        DeskRoute::Facilities => view! { <FacilitiesPage /> }.into_any(),
        DeskRoute::Facility(facility) => view! { <FacilityPage facility /> }.into_any(),
        DeskRoute::SignIn | DeskRoute::Unknown => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
    }
}
