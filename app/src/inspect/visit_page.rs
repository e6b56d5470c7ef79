//! One visit on the phone: reads it from the store, holds it so that no other window writes, and shows the walk,
//! the review or a signing page of it.

use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::ids::{EntryId, VisitId};
use xunan_core::ledger::{HazardCard, Row, RowKind};
use xunan_core::problem::Problem;
use xunan_core::rules::Pack;
use xunan_core::visit::Draft;

use super::after_kill::AfterKill;
use super::hold::{HeldDraft, Hold, hold_draft};
use super::open_visit::OpenVisit;
use super::people::Roster;
use super::photo_intake::PhotoIntake;
use super::photos_of::PhotosOf;
use super::place::Place;
use super::review::ReviewView;
use super::revisits::EarlierHazards;
use super::saver::Saved;
use super::sign::{SignView, Signer};
use super::walk::WalkView;
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::store::{DraftStage, Store};
use crate::sync::Sync;
use crate::ui::{
    Back, Banner, BannerKind, Button, IconName, LinkButton, SavedMark, SavedState, Screen, ScreenKind,
    Skeleton, TopBar,
};

/// Which page of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitPlace {
    /// The cards.
    Walk,
    /// What is missing, who is there, who signs.
    Review,
    /// One signer's page.
    Sign(Signer),
}

/// The addresses of the visit around.
#[derive(Clone, Copy)]
pub(super) struct VisitRoutes(VisitId);

impl VisitRoutes {
    pub(super) fn expect() -> Self {
        expect_context()
    }

    pub(super) fn walk(self) {
        shell::go(&format!("/visits/{}", self.0));
    }

    pub(super) fn review(self) {
        shell::go(&format!("/visits/{}/review", self.0));
    }

    pub(super) fn sign_href(self, signer: Signer) -> String {
        format!("/visits/{}/sign/{}", self.0, signer.slug())
    }

    /// The record is issued: on to where it waits to be sent.
    pub(super) fn finished(self, entry: EntryId) {
        shell::go(&format!("/outbox/{entry}"));
    }
}

/// All that a visit needs from the store.
struct Loaded {
    draft: Draft,
    pack: Pack,
    stage: DraftStage,
    hazards: Vec<HazardCard>,
    roster: Roster,
}

/// A visit.
#[component]
pub fn VisitPage(
    /// Which.
    visit: VisitId,
    /// Which page of it.
    #[prop(into)]
    place: Signal<VisitPlace>,
) -> impl IntoView {
    let phone = Phone::expect();
    let HeldDraft { read, hold, take_over } = hold_draft(&visit.to_string(), async move || {
        load(&phone.store(), visit).await.map(|found| found.map(Rc::new))
    });
    move || match read.get() {
        None => {
            view! { <TopBar title=texts().walk().title() /><main class="page"><Skeleton /></main> }.into_any()
        }
        Some(Err(problem)) => view! { <Screen kind=ScreenKind::Error(problem) /> }.into_any(),
        Some(Ok(None)) => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
        Some(Ok(Some(loaded))) if loaded.stage != DraftStage::Open => already_signed(visit).into_any(),
        Some(Ok(Some(loaded))) => opened(&loaded, phone.store(), hold, place, take_over).into_any(),
    }
}

async fn load(store: &Store, visit: VisitId) -> Result<Option<Loaded>, Problem> {
    let Some(draft) = store.load_draft(visit).await? else { return Ok(None) };
    let Some(card) = store.draft_card(visit).await? else { return Ok(None) };
    let Some(pack) = store.pack(&draft.head().pack).await? else {
        return Err(Problem::UnknownPack { hash: draft.head().pack.hash });
    };
    let rows = store.rows_of(RowKind::Hazard, draft.head().facility.id).await?;
    let hazards = rows.into_iter().filter_map(|row| match row {
        Row::Hazard(hazard) => Some(*hazard),
        _ => None,
    });
    let colleagues = store.rows(RowKind::Colleague).await?.into_iter().filter_map(|row| match row {
        Row::Colleague(colleague) => Some(colleague),
        _ => None,
    });
    let (hazards, roster) = (hazards.collect(), Roster(colleagues.collect()));
    Ok(Some(Loaded { draft, pack, stage: card.stage, hazards, roster }))
}

fn already_signed(visit: VisitId) -> impl IntoView {
    let t = texts().review();
    view! {
        <Screen kind=ScreenKind::Empty { title: t.finished(), text: t.finished_text() }>
            <LinkButton href=format!("/visits/{visit}/documents")>{texts().documents().title()}</LinkButton>
            <LinkButton href="/outbox">{t.to_outbox()}</LinkButton>
        </Screen>
    }
}

fn opened(
    loaded: &Loaded,
    store: Store,
    hold: RwSignal<Hold>,
    place: Signal<VisitPlace>,
    take_over: Callback<()>,
) -> impl IntoView + use<> {
    let id = loaded.draft.head().visit;
    let name = loaded.draft.head().facility.name.clone();
    let visit = OpenVisit::new(loaded.draft.clone(), Rc::new(loaded.pack.clone()), store, hold);
    provide_context(visit);
    provide_context(VisitRoutes(id));
    let place_of_visit = Place::new(loaded.draft.head().facility.location);
    let intake = PhotoIntake::new(place_of_visit);
    provide_context(intake);
    provide_context(place_of_visit);
    provide_context(EarlierHazards(loaded.hazards.clone()));
    provide_context(loaded.roster.clone());
    let copies = Sync::expect().copies;
    let inside = move || match place.get() {
        VisitPlace::Walk => view! { <WalkView /> }.into_any(),
        VisitPlace::Review => view! { <ReviewView /> }.into_any(),
        VisitPlace::Sign(signer) => view! { <SignView signer /> }.into_any(),
    };
    let back = move || match place.get() {
        VisitPlace::Walk => "/".to_owned(),
        VisitPlace::Review => format!("/visits/{id}"),
        VisitPlace::Sign(_) => format!("/visits/{id}/review"),
    };
    view! {
        {move || {
            let name = name.clone();
            view! { <TopBar title=name back=Back::Href(back())><SavedMark state=saved_state(visit) /></TopBar> }
        }}
        <NotSaved />
        <Show when=move || hold.get() == Hold::Elsewhere>
            <Banner kind=BannerKind::Warning icon=IconName::Lock text=texts().shell().other_window()>
                <Button on_press=take_over>{texts().shell().take_over()}</Button>
            </Banner>
        </Show>
        {move || copies.get().map(|copies| copies.in_visit(id))}
        <AfterKill of=PhotosOf::Visit(visit) />
        {inside}
    }
}

fn saved_state(visit: OpenVisit) -> Signal<SavedState> {
    Signal::derive(move || match visit.saved.get() {
        Saved::Yes { at: None } => SavedState::Untouched,
        Saved::Yes { at: Some(at) } => SavedState::Saved(at),
        Saved::Saving => SavedState::Saving,
        Saved::No { .. } => SavedState::NotSaved,
    })
}

/// Says that the last change is not on disk, why, and offers to try again.
#[component]
fn NotSaved() -> impl IntoView {
    let visit = OpenVisit::expect();
    let problem = move || match visit.saved.get() {
        Saved::No { problem } => Some(problem),
        _ => None,
    };
    move || {
        problem().map(|problem| {
            let text = format!("{} {}", texts().walk().not_saved_text(), texts().problem(&problem));
            view! {
                <Banner kind=BannerKind::Stop icon=IconName::Warning text>
                    <Button on_press=Callback::new(move |()| visit.save_again())>{texts().words().retry()}</Button>
                </Banner>
            }
        })
    }
}
