//! The frame of the places: the bar above with the lamp, banners, the page, the bar under the thumb.

use leptos::prelude::*;

use super::banners::Banners;
use super::opening::State;
use super::route::Route;
use crate::browser::{clock, page};
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Lamp as LampContext;
use crate::ui::{Back, IconName, Lamp, LampState, Tab, TabBar, TabKind, TopBar};

/// A page in its frame.
#[component]
pub fn Frame(
    /// The page's heading.
    #[prop(into)]
    title: String,
    /// The way back; none on the places themselves.
    #[prop(optional, into)]
    back: Option<String>,
    children: Children,
) -> impl IntoView {
    page::set_title(&format!("{title} · {}", texts().words().app_name()));
    let back = back.map(Back::Href);
    view! {
        <div class="app" data-rail>
            {match back {
                Some(back) => view! { <TopBar title=title back><OfflineLamp /></TopBar> }.into_any(),
                None => view! { <TopBar title=title><OfflineLamp /></TopBar> }.into_any(),
            }}
            <main class="page" id="main">
                <Banners />
                {children()}
            </main>
            <Places />
        </div>
    }
}

/// The ready-offline lamp: it leads to where every piece of it is shown.
#[component]
fn OfflineLamp() -> impl IntoView {
    let lamp = LampContext::expect();
    let t = texts().shell();
    let state = Signal::derive(move || lamp_state(lamp));
    let text = move || match state.get() {
        LampState::On => t.lamp_ready(),
        LampState::Working => t.lamp_checking(),
        LampState::Off => t.lamp_not_ready(),
    };
    view! { <Lamp state text=Signal::derive(move || text().to_owned()) /> }
}

/// What the lamp says.
pub fn lamp_state(lamp: LampContext) -> LampState {
    use crate::sync::Check;
    if lamp.is_ready() {
        LampState::On
    } else if lamp.readiness.get().check == Check::UnderWay {
        LampState::Working
    } else {
        LampState::Off
    }
}

#[component]
fn Places() -> impl IntoView {
    let (state, phone) = (State::expect(), Phone::expect());
    let t = texts().shell();
    let waiting = Signal::derive(move || phone.summary().map_or(0, |summary| summary.waiting));
    let urged =
        Signal::derive(move || phone.summary().and_then(|summary| summary.urged(clock::now())).is_some());
    let place = |icon, word, href: &'static str, kind, count: Signal<u32>| Tab {
        icon,
        word,
        href,
        kind,
        count,
        urged,
        here: Signal::derive(move || {
            state.path.with(|path| Route::parse(path)).is_some_and(|route| place_of(route) == href)
        }),
    };
    let none = Signal::derive(|| 0);
    let tabs = vec![
        place(IconName::Today, t.tab_today(), "/", TabKind::Place, none),
        place(IconName::Building, t.tab_facilities(), "/facilities", TabKind::Place, none),
        place(IconName::Plus, t.tab_start(), "/start", TabKind::Start, none),
        place(IconName::Inbox, t.tab_outbox(), "/outbox", TabKind::Place, waiting),
        place(IconName::Person, t.tab_me(), "/me", TabKind::Place, none),
    ];
    view! { <TabBar tabs head=texts().words().app_name() /> }
}

/// The place in the bar under which a page stands.
fn place_of(route: Route) -> &'static str {
    match route {
        Route::Today | Route::Visit(..) | Route::Hazard(_) | Route::Certificates | Route::SignIn => "/",
        Route::Facilities | Route::Facility(_) => "/facilities",
        Route::Start | Route::StartAt(..) | Route::Rounds | Route::Round(..) | Route::Report => "/start",
        Route::Outbox
        | Route::Parcel(_)
        | Route::VisitDocuments(_)
        | Route::HazardDocuments(_)
        | Route::Coercion(_)
        | Route::Document(_)
        | Route::Recheck(_) => "/outbox",
        Route::Inbox | Route::Me | Route::Verify => "/me",
    }
}
