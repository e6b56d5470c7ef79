//! The frame of the desk: the rail of places at the side, the page beside it, and who may be here at all.

use leptos::prelude::*;
use xunan_core::access::Role;
use xunan_core::document::DocumentKind;

use super::account::AccountPage;
use super::accounts::{AccountsPage, is_administrator};
use super::facilities::{FacilitiesPage, FacilityPage};
use super::hazard_page::HazardPage;
use super::hazards::HazardsPage;
use super::keys::Keys;
use super::knowledge::{ArticlePage, ArticlesPage, BegunArticles, EditArticlePage, NewArticlePage, Writes};
use super::me::MePage;
use super::new_account::NewAccountPage;
use super::new_plan::NewPlanPage;
use super::notices::NoticesPage;
use super::plans::PlansPage;
use super::redact::RedactPage;
use super::route::{DeskRoute, HOME, SIGN_IN};
use super::snaps::{ReportsPart, ShowPhotoPage, SnapListPage, SnapPage};
use super::visit::VisitPage;
use super::visits::VisitsPage;
use crate::browser::page;
use crate::document::{
    CoercionPage, DocumentPage, DocumentPaths, HazardDocumentsPage, RecheckPage, VisitDocumentsPage,
};
use crate::i18n::texts;
use crate::inbox::UnreadNotices;
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
    /// Of another department: what was transferred or assigned to it, and nothing else.
    Hazards,
    /// Of a reward officer: citizens' reports, and nothing else.
    Reports,
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
        (_, Role::Department { .. }) => Mounted::Hazards,
        (_, Role::RewardOfficer) => Mounted::Reports,
        (
            _,
            Role::Inspector { .. }
            | Role::Institution { .. }
            | Role::Maintenance { .. }
            | Role::Staff { .. }
            | Role::Citizens
            | Role::Recorder,
        ) => Mounted::NotHere,
    });
    move || match mounted.get() {
        Mounted::SignIn => view! { <SignInPage /> }.into_any(),
        Mounted::Places => view! { <Places route sees=Sees::Everything /> }.into_any(),
        Mounted::Hazards => view! { <Places route sees=Sees::Hazards /> }.into_any(),
        Mounted::Reports => view! { <Places route sees=Sees::Reports /> }.into_any(),
        Mounted::NotHere => not_here().into_any(),
    }
}

/// Inspectors, institutions and firms work on the phone's pages.
fn not_here() -> impl IntoView {
    view! {
        <main class="page" id="main">
            <Screen kind=ScreenKind::Denied>
                <LinkButton href="/">{texts().desk().to_field()}</LinkButton>
            </Screen>
        </main>
    }
}

/// Which places there are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sees {
    Everything,
    Hazards,
    Reports,
}

impl Sees {
    /// The page that an address leads to here: the first of these places, where it is none of them.
    const fn shown(self, route: DeskRoute) -> DeskRoute {
        match (route, self) {
            (_, Self::Everything)
            | (DeskRoute::Me, _)
            | (DeskRoute::Hazards | DeskRoute::Hazard(_), Self::Hazards)
            | (DeskRoute::Snaps | DeskRoute::Snap(_), Self::Reports) => route,
            (_, Self::Hazards) => DeskRoute::Hazards,
            (_, Self::Reports) => DeskRoute::Snaps,
        }
    }
}

#[component]
fn Places(route: Memo<DeskRoute>, sees: Sees) -> impl IntoView {
    let t = texts().desk();
    let phone = Phone::expect();
    let route = Memo::new(move |_| sees.shown(route.get()));
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
    provide_context(DocumentPaths { before: "/desk" });
    let unread = UnreadNotices::follow();
    provide_context(unread);
    provide_context(BegunArticles::of(phone));
    let waiting = Signal::derive(move || phone.summary().map_or(0, |summary| summary.waiting));
    let hazards = tab(IconName::Warning, t.hazards(), "/desk/hazards", none, |at| {
        matches!(
            at,
            DeskRoute::Hazards
                | DeskRoute::Hazard(_)
                | DeskRoute::HazardDocuments(_)
                | DeskRoute::Coercion(_)
        )
    });
    let everything = || {
        vec![
            tab(IconName::Inbox, t.inbox_tab(), "/desk/visits", none, |at| {
                matches!(
                    at,
                    DeskRoute::Visits
                        | DeskRoute::Visit(_)
                        | DeskRoute::VisitDocuments(_)
                        | DeskRoute::Document(_)
                        | DeskRoute::Recheck(_)
                        | DeskRoute::PublicCopy(..)
                )
            }),
            hazards.clone(),
            tab(IconName::Checklist, t.plans(), "/desk/plans", waiting, |at| {
                matches!(at, DeskRoute::Plans | DeskRoute::NewPlan)
            }),
            tab(IconName::Bell, texts().inbox().title(), "/desk/notices", unread.0.into(), |at| {
                at == DeskRoute::Notices
            }),
            tab(IconName::Building, t.facilities(), "/desk/facilities", none, |at| {
                matches!(at, DeskRoute::Facilities | DeskRoute::Facility(_))
            }),
        ]
    };
    let mut tabs = match sees {
        Sees::Everything => everything(),
        Sees::Hazards => vec![hazards.clone()],
        Sees::Reports => Vec::new(),
    };
    if ReportsPart::of(&phone.account()) != ReportsPart::None {
        let snaps = tab(IconName::Camera, texts().snaps().tab(), "/desk/snaps", none, |at| {
            matches!(at, DeskRoute::Snaps | DeskRoute::Snap(_) | DeskRoute::SnapPhoto(..))
        });
        tabs.insert(tabs.len().min(2), snaps);
    }
    if Writes::of(&phone.account()) == Writes::Yes {
        tabs.push(tab(IconName::Pen, texts().articles().tab(), "/desk/articles", none, |at| {
            matches!(
                at,
                DeskRoute::Articles
                    | DeskRoute::NewArticle
                    | DeskRoute::Article(_)
                    | DeskRoute::EditArticle(_)
            )
        }));
    }
    if is_administrator() {
        tabs.push(tab(IconName::People, texts().accounts().title(), "/desk/accounts", none, |at| {
            matches!(at, DeskRoute::Accounts | DeskRoute::NewAccount | DeskRoute::Account(_))
        }));
    }
    tabs.push(tab(IconName::Person, texts().settings().title(), "/desk/me", none, |at| at == DeskRoute::Me));
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
        DeskRoute::VisitDocuments(_) | DeskRoute::HazardDocuments(_) => texts().documents().title(),
        DeskRoute::Coercion(_) => texts().documents().kind(DocumentKind::CoerciveDecision),
        DeskRoute::Document(_) => texts().documents().document(),
        DeskRoute::Recheck(_) => texts().documents().recheck_title(),
        DeskRoute::PublicCopy(..) | DeskRoute::SnapPhoto(..) => texts().redact().title(),
        DeskRoute::Plans => t.plans(),
        DeskRoute::NewPlan => t.new_plan(),
        DeskRoute::Hazards => t.hazards(),
        DeskRoute::Hazard(_) => texts().desk_loop().story(),
        DeskRoute::Snaps | DeskRoute::Snap(_) => texts().snaps().title(),
        DeskRoute::Articles | DeskRoute::Article(_) => texts().articles().title(),
        DeskRoute::NewArticle => texts().articles().write(),
        DeskRoute::EditArticle(_) => texts().articles().revise(),
        DeskRoute::Notices => texts().inbox().title(),
        DeskRoute::Facilities | DeskRoute::Facility(_) => t.facilities(),
        DeskRoute::Accounts | DeskRoute::NewAccount | DeskRoute::Account(_) => texts().accounts().title(),
        DeskRoute::Me => texts().settings().title(),
        DeskRoute::SignIn | DeskRoute::Unknown => texts().shell().not_found_title(),
    }
}

/// A page about documents under its heading, with the way back.
fn of_documents(route: DeskRoute, back: DeskRoute, inside: AnyView) -> AnyView {
    view! {
        <header class="desk-head no-print"><h1>{title(route)}</h1>
            <LinkButton href=back.path() icon=IconName::Back>{texts().words().back()}</LinkButton>
        </header>
        {inside}
    }
    .into_any()
}

fn page_of(route: DeskRoute) -> AnyView {
    match route {
        DeskRoute::Visits => view! { <VisitsPage /> }.into_any(),
        DeskRoute::Visit(visit) => view! { <VisitPage visit /> }.into_any(),
        DeskRoute::VisitDocuments(visit) => {
            of_documents(route, DeskRoute::Visit(visit), view! { <VisitDocumentsPage visit /> }.into_any())
        }
        DeskRoute::HazardDocuments(hazard) => of_documents(
            route,
            DeskRoute::Hazard(hazard),
            view! { <HazardDocumentsPage hazard /> }.into_any(),
        ),
        DeskRoute::Coercion(hazard) => of_documents(
            route,
            DeskRoute::HazardDocuments(hazard),
            view! { <CoercionPage hazard /> }.into_any(),
        ),
        DeskRoute::Document(document) => {
            of_documents(route, DeskRoute::Visits, view! { <DocumentPage document /> }.into_any())
        }
        DeskRoute::Recheck(document) => {
            of_documents(route, DeskRoute::Document(document), view! { <RecheckPage document /> }.into_any())
        }
        DeskRoute::PublicCopy(visit, photo) => view! { <RedactPage visit photo /> }.into_any(),
        DeskRoute::Plans => view! { <PlansPage /> }.into_any(),
        DeskRoute::NewPlan => view! { <NewPlanPage /> }.into_any(),
        DeskRoute::Hazards => view! { <HazardsPage /> }.into_any(),
        DeskRoute::Hazard(hazard) => view! { <HazardPage hazard /> }.into_any(),
        DeskRoute::Snaps => view! { <SnapListPage /> }.into_any(),
        DeskRoute::Snap(snap) => view! { <SnapPage snap /> }.into_any(),
        DeskRoute::SnapPhoto(snap, photo) => view! { <ShowPhotoPage snap photo /> }.into_any(),
        DeskRoute::Articles => view! { <ArticlesPage /> }.into_any(),
        DeskRoute::NewArticle => view! { <NewArticlePage /> }.into_any(),
        DeskRoute::Article(article) => view! { <ArticlePage article /> }.into_any(),
        DeskRoute::EditArticle(article) => view! { <EditArticlePage article /> }.into_any(),
        DeskRoute::Notices => view! { <NoticesPage /> }.into_any(),
        DeskRoute::Facilities => view! { <FacilitiesPage /> }.into_any(),
        DeskRoute::Facility(facility) => view! { <FacilityPage facility /> }.into_any(),
        DeskRoute::Accounts => view! { <AccountsPage /> }.into_any(),
        DeskRoute::NewAccount => view! { <NewAccountPage /> }.into_any(),
        DeskRoute::Account(account) => view! { <AccountPage account /> }.into_any(),
        DeskRoute::Me => view! { <MePage /> }.into_any(),
        DeskRoute::SignIn | DeskRoute::Unknown => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
    }
}
