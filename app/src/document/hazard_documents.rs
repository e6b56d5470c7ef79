//! The documents of a hazard: an order on it, the treatment plan of a major one, its transfer, and the way to a decision on
//! coercive measures.

use leptos::prelude::*;
use xunan_core::document::{DocumentKind, Drafting, HazardPlan, Issue, TransferOut, kinds_for_hazard};
use xunan_core::hazard::{Life, Stage, StepKind};
use xunan_core::ids::{DocumentId, HazardId};
use xunan_core::ledger::HazardCard;
use xunan_core::problem::Problem;

use super::coercion::may_issue;
use super::issue::{Issuing, NotIssued};
use super::letterhead::{LetterheadFields, LetterheadForm};
use super::officers::{OfficerFields, TwoOfficers};
use super::paths::DocumentPaths;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Button, ButtonKind, ButtonSize, IconName, LinkButton, Screen, ScreenKind, TextField};

/// The page.
#[component]
pub fn HazardDocumentsPage(hazard: HazardId) -> impl IntoView {
    let phone = Phone::expect();
    // Read once: what is being filled in must not be lost because something was pulled.
    let card = phone.rows.with_untracked(|rows| rows.hazard(hazard).cloned());
    match card.and_then(|card| card.life.read().ok().map(|life| (card, life))) {
        Some((card, _)) if !may_issue(phone, &card) => {
            view! { <Screen kind=ScreenKind::Denied>{texts().documents().not_yours()}</Screen> }.into_any()
        }
        Some((card, life)) => view! { <Offered card life /> }.into_any(),
        None => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
    }
}

#[component]
fn Offered(card: HazardCard, life: Life) -> impl IntoView {
    let (phone, paths, t) = (Phone::expect(), DocumentPaths::expect(), texts().documents());
    let (form, issuing, officers) = (LetterheadForm::new(phone), Issuing::new(), TwoOfficers::new(phone));
    let to_name = RwSignal::new(String::new());
    let kinds = kinds_for_hazard(card.grade, &life);
    let transferred = kinds.contains(&DocumentKind::Transfer);
    let (title, facility, hazard) = (card.title.clone(), card.facility, card.id);
    let subject = StoredValue::new_local((card, life));
    let issue = move |kind| {
        let facility = phone.rows.with_untracked(|rows| rows.facility(facility).cloned());
        let Some(facility) = facility else { return issuing.fail(Problem::NotFound) };
        let (office, now) = (form.read(phone), clock::now());
        let id = DocumentId::from_parts(now, clock::entropy());
        let drafting = Drafting { id, office: &office, facility: &facility, on: now.date() };
        let made = subject.with_value(|(card, life)| match kind {
            DocumentKind::TreatmentPlan => plan(&drafting, card, life),
            DocumentKind::Transfer => {
                let transfer = transfer(card, life, to_name.get_untracked().trim());
                transfer.map(|transfer| drafting.transfer(transfer, officers.chosen(phone)))
            }
            _ => Some(drafting.order_of(vec![card.ordered_line()], officers.chosen(phone))),
        });
        match made {
            Some(made) => issuing.issue(phone, paths, made),
            None => issuing.fail(Problem::NotFound),
        }
    };
    let button = move |kind: DocumentKind| {
        match kind {
        // Its grounds are written on a page of its own.
        DocumentKind::CoerciveDecision => view! {
            <LinkButton href=paths.coercion(hazard) icon=IconName::Next>{t.kind(kind)}</LinkButton>
        }
        .into_any(),
        kind => view! {
            <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Pen busy=issuing.busy on_press=Callback::new(move |()| issue(kind))>
                {t.issue(t.kind(kind))}
            </Button>
        }
        .into_any(),
    }
    };
    view! {
        <form class="stack" data-gap="large" on:submit=|event| event.prevent_default()>
            <p>{title}</p>
            <OfficerFields officers issuing />
            {transferred.then(|| view! {
                <TextField label=t.transfer_to() value=to_name on_input=Callback::new(move |text| to_name.set(text)) />
            })}
            <LetterheadFields form issuing />
            <NotIssued issuing />
            <div class="stack">{kinds.into_iter().map(button).collect_view()}</div>
        </form>
    }
}

fn plan(drafting: &Drafting<'_>, card: &HazardCard, life: &Life) -> Option<Issue> {
    let plan = life.plan.clone()?;
    let what = card.ordered_line().what;
    Some(drafting.treatment_plan(HazardPlan { hazard: card.id, what, plan }))
}

fn transfer(card: &HazardCard, life: &Life, to_name: &str) -> Option<TransferOut> {
    let Stage::Transferred { transfer } = &life.stage else { return None };
    let told = life.story.iter().rev().find(|line| line.kind == StepKind::Transferred);
    Some(TransferOut {
        hazard: card.id,
        to: transfer.to,
        to_name: to_name.to_owned(),
        what: card.ordered_line().what,
        reason: told.map(|line| line.note.clone()).unwrap_or_default(),
        attachments: Vec::new(),
    })
}
