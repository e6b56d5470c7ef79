//! Review: what is missing, each a way to where it is filled in; who is there; who signs; and the end.

use leptos::prelude::*;
use xunan_core::visit::{Edit, Gap, HazardOf, Stage};

use super::clock_notice::ClockNotice;
use super::open_visit::OpenVisit;
use super::people::People;
use super::photo_intake::PhotoIntake;
use super::photos_not_stored::PhotosNotStored;
use super::photos_of::PhotosOf;
use super::sign::Signer;
use super::sign_off::Finish;
use super::signed_text::Summary;
use super::visit_page::VisitRoutes;
use crate::i18n::texts;
use crate::ui::{Icon, IconName, SignatureImage};

/// The page.
#[component]
pub(super) fn ReviewView() -> impl IntoView {
    let (visit, intake) = (OpenVisit::expect(), PhotoIntake::expect());
    let t = texts().review();
    let gaps = Memo::new(move |_| visit.tracked_as_a_whole(|draft, pack| draft.gaps(pack)));
    let before_signing = move || {
        gaps.with(|gaps| gaps.iter().filter(|gap| gap.stage() == Stage::Walk).cloned().collect::<Vec<_>>())
    };
    let count = move || u32::try_from(before_signing().len()).unwrap_or(u32::MAX);
    view! {
        <main class="page" id="main">
            <Summary />
            <ClockNotice />
            <section class="part">
                <div class="part-head"><h2>{move || match count() {
                    0 if intake.is_unfinished() => t.photos_first().to_owned(),
                    0 => t.gaps_none().to_owned(),
                    count => t.gaps(count),
                }}</h2></div>
                <PhotosNotStored of=PhotosOf::Visit(visit) />
                <Show when=move || count() != 0>
                    <div class="rows">{move || before_signing().into_iter().map(gap_row).collect_view()}</div>
                </Show>
            </section>
            <People />
            // A photo that comes after a signature is not what was signed.
            <Show when=move || count() == 0 && !intake.is_unfinished()><Signers gaps /></Show>
            <Show when=move || !intake.is_unfinished()><Finish gaps /></Show>
        </main>
    }
}

/// One gap: what is missing and of what, leading there.
fn gap_row(gap: Gap) -> impl IntoView {
    let visit = OpenVisit::expect();
    let routes = VisitRoutes::expect();
    let what = gap_in_words(&gap);
    let of = subject_of(visit, &gap);
    let go = move |_| {
        match &gap {
            Gap::Unanswered(item) | Gap::Undecided(item) | Gap::PhotoMissing(item) => stand_at(visit, item),
            Gap::MeasuresUndecided(of)
            | Gap::DueMissing(of)
            | Gap::DueInThePast(of)
            | Gap::ResponsibleMissing(of) => {
                if let HazardOf::Item(item) = of {
                    stand_at(visit, item);
                }
                visit.open_next.set(Some(of.clone()));
            }
            Gap::TitleMissing(id) | Gap::GradeMissing(id) => visit.open_next.set(Some(HazardOf::Free(*id))),
            _ => {}
        }
        routes.walk();
    };
    view! {
        <button type="button" class="gap row" on:click=go>
            <span class="row-text"><span class="row-title">{what}</span><span class="row-note">{of}</span></span>
            <span class="row-end">{texts().review().go_fill()}<Icon name=IconName::Next /></span>
        </button>
    }
}

fn stand_at(visit: OpenVisit, item: &xunan_core::rules::ItemId) {
    let stood = visit.edit(Edit::Bookmark(Some(item.clone())));
    debug_assert!(stood.is_ok(), "a gap names an item of the pack");
}

fn gap_in_words(gap: &Gap) -> &'static str {
    let t = texts().review();
    match gap {
        Gap::Unanswered(_) => t.gap_unanswered(),
        Gap::Undecided(_) => t.gap_undecided(),
        Gap::PhotoMissing(_) => t.gap_photo(),
        Gap::TitleMissing(_) => t.gap_title(),
        Gap::GradeMissing(_) => t.gap_grade(),
        Gap::MeasuresUndecided(_) => t.gap_measures(),
        Gap::DueMissing(_) => t.gap_due_missing(),
        Gap::DueInThePast(_) => t.gap_due(),
        Gap::ResponsibleMissing(_) => t.gap_responsible(),
        Gap::SecondOpinionMissing(_) => t.gap_second_opinion(),
        Gap::RevisitOutcomeMissing(_) => t.gap_revisit(),
        Gap::SecondInspectorMissing => t.gap_second(),
        Gap::SitePersonMissing => t.gap_site_person(),
        Gap::LeadSignatureMissing => t.gap_lead_signature(),
        Gap::SecondSignatureMissing => t.gap_second_signature(),
        Gap::SiteSignatureMissing => t.gap_site_signature(),
        Gap::RefusalIncomplete => t.gap_refusal(),
    }
}

/// What a gap is about.
fn subject_of(visit: OpenVisit, gap: &Gap) -> String {
    let lang = texts().lang();
    visit.with(|draft, pack| {
        let item_text = |item: &xunan_core::rules::ItemId| {
            pack.item(item.as_str()).map(|item| lang.of(&item.text).to_owned()).unwrap_or_default()
        };
        let title_of = |id| {
            let free =
                draft.free_hazards().find(|(hazard, _)| *hazard == id).map(|(_, free)| free.title.clone());
            free.unwrap_or_default()
        };
        match gap {
            Gap::Unanswered(item) | Gap::Undecided(item) | Gap::PhotoMissing(item) => item_text(item),
            Gap::MeasuresUndecided(of)
            | Gap::DueMissing(of)
            | Gap::DueInThePast(of)
            | Gap::ResponsibleMissing(of)
            | Gap::SecondOpinionMissing(of) => match of {
                HazardOf::Item(item) => item_text(item),
                HazardOf::Free(id) => title_of(*id),
            },
            Gap::TitleMissing(id) | Gap::GradeMissing(id) => title_of(*id),
            _ => String::new(),
        }
    })
}

/// Who signs, one after the other: the second inspector first, whose word on major hazards is part of what the
/// others sign.
#[component]
fn Signers(gaps: Memo<Vec<Gap>>) -> impl IntoView {
    let named = move || gaps.with(|gaps| gaps.iter().all(|gap| gap.stage() != Stage::People));
    view! {
        <section class="part" aria-label=texts().review().sign()>
            <div class="part-head"><h2>{texts().review().sign()}</h2></div>
            <div class="signers">
                {Signer::ALL.map(|signer| view! { <SignerCard signer gaps named=Signal::derive(named) /> }).collect_view()}
            </div>
        </section>
    }
}

#[component]
fn SignerCard(signer: Signer, gaps: Memo<Vec<Gap>>, named: Signal<bool>) -> impl IntoView {
    let (visit, routes, t) = (OpenVisit::expect(), VisitRoutes::expect(), texts());
    let signed =
        Memo::new(move |_| gaps.with(|gaps| !gaps.iter().any(|gap| signer.owes(gap))) && named.get());
    let first_open = Memo::new(move |_| {
        let owes = |signer: &Signer| gaps.with(|gaps| gaps.iter().any(|gap| signer.owes(gap)));
        named.get() && Signer::ALL.into_iter().find(owes) == Some(signer)
    });
    let state = move || match (signed.get(), first_open.get()) {
        (true, _) => "signed",
        (false, true) => "now",
        (false, false) => "waiting",
    };
    let name = move || visit.tracked_as_a_whole(|draft, _| signer.name(draft)).unwrap_or_default();
    let drawn = move || {
        let signature = visit.tracked_as_a_whole(|draft, _| signer.signature(draft).cloned())?;
        let at = t.review().signed_at(&t.time().clock(signature.at));
        Some(view! { <SignatureImage strokes=signature.strokes of=name() /><p class="card-note">{at}</p> })
    };
    view! {
        <div class="signer" data-state=state>
            <p class="signer-name">{signer.post_in_words()}" "{name}</p>
            <Show when=move || signed.get()>{drawn}</Show>
            <Show when=move || first_open.get() || signed.get()>
                <a class="button" data-kind=move || first_open.get().then_some("primary") href=routes.sign_href(signer)>
                    <Icon name=IconName::Pen />
                    {move || if signed.get() { t.review().sign_again() } else { t.review().sign() }}
                </a>
            </Show>
        </div>
    }
}
