//! The documents of a visit: those that were issued, and those that can be.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::document::{DocumentKind, Drafting, Issue};
use xunan_core::facility::Facility;
use xunan_core::ids::{DocumentId, VisitId};
use xunan_core::ledger::DocumentCard;
use xunan_core::letterhead::Letterhead;
use xunan_core::problem::Problem;

use super::issue::{Issuing, NotIssued};
use super::letterhead::{LetterheadFields, LetterheadForm};
use super::paths::DocumentPaths;
use super::signed_visit::SignedVisit;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;
use crate::ui::{Button, ButtonKind, ButtonSize, IconName, Screen, ScreenKind, Skeleton};

/// What a visit is made into, the usual first.
const KINDS: [DocumentKind; 4] = [
    DocumentKind::RectificationOrder,
    DocumentKind::InspectionRecord,
    DocumentKind::MeasuresDecision,
    DocumentKind::Checklist,
];

/// The page.
#[component]
pub fn VisitDocumentsPage(visit: VisitId) -> impl IntoView {
    let (phone, sync) = (Phone::expect(), Sync::expect());
    let read = RwSignal::new_local(None::<Result<Rc<SignedVisit>, Problem>>);
    spawn_local(async move {
        let found = SignedVisit::read(visit, phone, sync).await.map(Rc::new);
        read.try_set(Some(found));
    });
    move || match read.get() {
        None => view! { <Skeleton cards=2 /> }.into_any(),
        Some(Err(Problem::NotFound)) => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
        Some(Err(Problem::Unreachable)) => view! { <Screen kind=ScreenKind::Offline /> }.into_any(),
        Some(Err(problem)) => view! { <Screen kind=ScreenKind::Error(problem) /> }.into_any(),
        Some(Ok(signed)) => view! { <Issued visit /><Offered signed /> }.into_any(),
    }
}

/// Those that were issued, the newest first.
#[component]
fn Issued(visit: VisitId) -> impl IntoView {
    let (phone, paths, t) = (Phone::expect(), DocumentPaths::expect(), texts().documents());
    let issued = Memo::new(move |_| {
        phone.rows.with(|rows| {
            let of_visit = rows.documents().into_iter().filter(|card| card.visit == Some(visit));
            of_visit.cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || issued.with(|issued| !issued.is_empty())>
            <section class="part">
                <div class="part-head"><h2>{t.issued()}</h2></div>
                <div class="rows">{move || issued.get().into_iter().map(|card| line(card, paths)).collect_view()}</div>
            </section>
        </Show>
    }
}

fn line(card: DocumentCard, paths: DocumentPaths) -> impl IntoView {
    let t = texts().documents();
    let number = match (card.number, card.issue.read()) {
        (Some(number), Ok(issue)) => issue.number_text(number),
        _ => t.number_later().to_owned(),
    };
    view! {
        <a class="row" href=paths.document(card.id)>
            <span class="row-text"><span class="row-title">{t.kind(card.kind)}</span><span class="row-note">{number}</span></span>
        </a>
    }
}

/// Those that can be issued.
#[component]
fn Offered(signed: Rc<SignedVisit>) -> impl IntoView {
    let (phone, paths, t) = (Phone::expect(), DocumentPaths::expect(), texts().documents());
    let (form, issuing) = (LetterheadForm::new(phone), Issuing::new());
    let facility = signed.record.content().facility;
    let signed = StoredValue::new_local(signed);
    let issue = move |kind| {
        let facility = phone.rows.with_untracked(|rows| rows.facility(facility).cloned());
        let office = form.read(phone);
        match facility.and_then(|facility| signed.with_value(|signed| made(kind, signed, &facility, &office)))
        {
            Some(made) => issuing.issue(phone, paths, made),
            None => issuing.fail(Problem::NotFound),
        }
    };
    let button = move |(at, kind): (usize, DocumentKind)| {
        let look = if at == 0 { ButtonKind::Primary } else { ButtonKind::default() };
        view! {
            <Button kind=look size=ButtonSize::Large icon=IconName::Pen busy=issuing.busy on_press=Callback::new(move |()| issue(kind))>
                {t.issue(t.kind(kind))}
            </Button>
        }
    };
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.offered()}</h2></div>
            <p class="muted">{t.offered_about()}</p>
            <LetterheadFields form issuing />
            <NotIssued issuing />
            <div class="stack">{KINDS.into_iter().enumerate().map(button).collect_view()}</div>
        </section>
    }
}

/// The document of a kind; `None` for kinds that no visit is made into.
fn made(kind: DocumentKind, signed: &SignedVisit, facility: &Facility, office: &Letterhead) -> Option<Issue> {
    let now = clock::now();
    let id = DocumentId::from_parts(now, clock::entropy());
    let drafting = Drafting { id, office, facility, on: now.date() };
    let SignedVisit { record, pack } = signed;
    Some(match kind {
        DocumentKind::RectificationOrder => drafting.order(record, pack),
        DocumentKind::InspectionRecord => drafting.inspection_record(record, pack),
        DocumentKind::MeasuresDecision => drafting.measures_decision(record, pack),
        DocumentKind::Checklist => drafting.checklist(record, pack),
        _ => return None,
    })
}
