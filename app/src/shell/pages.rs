//! The field program: which page stands under which address.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use xunan_core::document::DocumentKind;
use xunan_core::ids::VisitId;

use super::frame::Frame;
use super::later::later;
use super::opening::State;
use super::program::{Holds, OpenPage, Program};
use super::route::Route;
use crate::document::{
    CoercionPage, DocumentPage, DocumentPaths, HazardDocumentsPage, RecheckPage, VisitDocumentsPage,
};
use crate::facility::{FacilitiesPage, FacilityPage, StartAtPage, StartPage};
use crate::i18n::texts;
use crate::inbox::{InboxPage, UnreadLine};
use crate::inspect::{VisitPage, VisitPlace};
use crate::outbox::{OutboxPage, ParcelPage};
use crate::session::{Phone, SignInPage};
use crate::settings::MePage;
use crate::today::TodayPage;
use crate::ui::{LinkButton, Screen, ScreenKind};
use crate::verify::VerifyPage;
use crate::work::{
    CertificatesPage, HazardPage, HomePage, ReportPage, RoundPage, RoundsPage, StartOwnPage, own_facilities,
};

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
    open: Some(OpenPage { path: "/verify", page: || later(verify_part(), |page| page()) }),
    pages: || view! { <FieldPages /> }.into_any(),
};

#[component]
fn FieldPages() -> impl IntoView {
    let state = State::expect();
    // Institutions, their firms and their staff have a home of their own.
    let works_inside = !own_facilities(&Phone::expect().account()).is_empty();
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
        Mounted::Visit(visit) => later(visit_part(), move |page| page(visit, place)),
        Mounted::Other(route @ Some(Route::Today | Route::Start)) if works_inside => {
            later(work_part(), move |page| page(route))
        }
        Mounted::Other(route) => page_of(route),
    }
}

fn page_of(route: Option<Route>) -> AnyView {
    match route {
        Some(Route::Today) => view! { <TodayPage /> }.into_any(),
        Some(Route::SignIn) => view! { <SignInPage /> }.into_any(),
        Some(Route::Hazard(_) | Route::Rounds | Route::Round(..) | Route::Certificates | Route::Report) => {
            later(work_part(), move |page| page(route))
        }
        Some(
            Route::VisitDocuments(_)
            | Route::HazardDocuments(_)
            | Route::Coercion(_)
            | Route::Document(_)
            | Route::Recheck(_),
        ) => later(document_part(), move |page| page(route)),
        Some(Route::Visit(..) | Route::Verify) | None => not_found(),
        Some(route) => later(places_part(), move |page| page(Place::Page(route))),
    }
}

fn not_found() -> AnyView {
    let t = texts().shell();
    view! {
        <Frame title=t.not_found_title()>
            <Screen kind=ScreenKind::NotFound><LinkButton href="/">{t.empty_today()}</LinkButton></Screen>
        </Frame>
    }
    .into_any()
}

/// Builds the pages of one visit.
type VisitPages = fn(VisitId, Signal<VisitPlace>) -> AnyView;

/// The walk, the review and the signing.
#[wasm_split(visit, wasm_split_path = leptos::wasm_split, fallible)]
fn visit_part() -> Result<VisitPages, SplitLoaderError> {
    Ok(|visit, place| view! { <div class="app"><VisitPage visit place /></div> }.into_any())
}

/// Steps of hazards, own rounds, the register, reports: with the camera, which the walk has.
#[wasm_split(visit, wasm_split_path = leptos::wasm_split, fallible)]
fn work_part() -> Result<fn(Option<Route>) -> AnyView, SplitLoaderError> {
    Ok(|route| match route {
        Some(Route::Today) => view! { <HomePage /> }.into_any(),
        Some(Route::Start) => view! { <StartOwnPage /> }.into_any(),
        Some(Route::Hazard(hazard)) => view! { <HazardPage hazard /> }.into_any(),
        Some(Route::Rounds) => view! { <RoundsPage /> }.into_any(),
        Some(Route::Round(kind, facility)) => view! { <RoundPage kind facility /> }.into_any(),
        Some(Route::Certificates) => view! { <CertificatesPage /> }.into_any(),
        Some(Route::Report) => view! { <ReportPage /> }.into_any(),
        _ => not_found(),
    })
}

/// What the part of the places shows: one of its pages, or the line that it adds to the first page.
#[derive(Clone, Copy)]
enum Place {
    Page(Route),
    Notices,
}

/// The places of a phone besides the first page: where a visit can be made and how it begins, what waits to be sent,
/// notices, the account and the phone. One part, so that the first page knows one way to them.
#[wasm_split(places, wasm_split_path = leptos::wasm_split, fallible)]
fn places_part() -> Result<fn(Place) -> AnyView, SplitLoaderError> {
    Ok(|place| match place {
        Place::Notices => view! { <UnreadLine /> }.into_any(),
        Place::Page(Route::Facilities) => view! { <FacilitiesPage /> }.into_any(),
        Place::Page(Route::Facility(facility)) => view! { <FacilityPage facility /> }.into_any(),
        Place::Page(Route::Start) => view! { <StartPage /> }.into_any(),
        Place::Page(Route::StartAt(facility, plan)) => view! { <StartAtPage facility plan /> }.into_any(),
        Place::Page(Route::Outbox) => view! { <OutboxPage /> }.into_any(),
        Place::Page(Route::Parcel(entry)) => view! { <ParcelPage entry /> }.into_any(),
        Place::Page(Route::Inbox) => view! { <InboxPage /> }.into_any(),
        Place::Page(Route::Me) => view! { <MePage /> }.into_any(),
        Place::Page(_) => not_found(),
    })
}

/// Documents: issued, shown and printed.
#[wasm_split(documents, wasm_split_path = leptos::wasm_split, fallible)]
fn document_part() -> Result<fn(Option<Route>) -> AnyView, SplitLoaderError> {
    Ok(|route| {
        provide_context(DocumentPaths { before: "" });
        let t = texts().documents();
        match route {
            Some(Route::VisitDocuments(visit)) => view! {
                <Frame title=t.title() back="/outbox"><VisitDocumentsPage visit /></Frame>
            }
            .into_any(),
            Some(Route::HazardDocuments(hazard)) => view! {
                <Frame title=t.title() back=format!("/hazards/{hazard}")><HazardDocumentsPage hazard /></Frame>
            }
            .into_any(),
            Some(Route::Coercion(hazard)) => view! {
                <Frame title=t.kind(DocumentKind::CoerciveDecision) back=format!("/hazards/{hazard}/documents")><CoercionPage hazard /></Frame>
            }
            .into_any(),
            Some(Route::Document(document)) => view! {
                <Frame title=t.document() back="/"><DocumentPage document /></Frame>
            }
            .into_any(),
            Some(Route::Recheck(document)) => view! {
                <Frame title=t.recheck_title() back=format!("/documents/{document}")><RecheckPage document /></Frame>
            }
            .into_any(),
            _ => not_found(),
        }
    })
}

/// The line of unread notices on the first page, once its part is here: nobody waits for it, and the first list is
/// fetched before it.
pub fn unread_line() -> impl IntoView {
    let (phone, part) = (Phone::expect(), RwSignal::new(None));
    Effect::new(move |begun: Option<bool>| {
        phone.contact.track();
        let begun = begun.unwrap_or(false);
        if !begun && phone.has_pulled() {
            spawn_local(async move {
                if let Ok(page) = places_part().await {
                    // Nobody looks any more when the page was left meanwhile.
                    let _left = part.try_set(Some(page));
                }
            });
        }
        begun || phone.has_pulled()
    });
    move || part.get().map(|page| page(Place::Notices))
}

/// Looking at evidence, with cryptography that no other page needs.
#[wasm_split(verify, wasm_split_path = leptos::wasm_split, fallible)]
fn verify_part() -> Result<fn() -> AnyView, SplitLoaderError> {
    Ok(|| view! { <VerifyPage /> }.into_any())
}
