//! A re-check notice 整改复查意见书: what became of each line of an earlier document, by two reviewers.

use leptos::prelude::*;
use xunan_core::document::{DocumentKind, Drafting, Issue, RecheckLine};
use xunan_core::ids::{DocumentId, HazardId};
use xunan_core::ledger::DocumentCard;
use xunan_core::problem::Problem;
use xunan_core::visit::RevisitOutcome;

use super::issue::{Issuing, NotIssued};
use super::letterhead::{LetterheadFields, LetterheadForm};
use super::officers::{OfficerFields, TwoOfficers};
use super::paths::DocumentPaths;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{
    Button, ButtonKind, ButtonSize, ChoiceLine, Choices, Choose, IconName, Screen, ScreenKind, TextField,
};

const RESULTS: [RevisitOutcome; 2] = [RevisitOutcome::LooksFixed, RevisitOutcome::StillThere];

/// One line, as it is being filled in.
#[derive(Clone)]
struct Line {
    hazard: Option<HazardId>,
    what: String,
    result: RwSignal<Option<RevisitOutcome>>,
    note: RwSignal<String>,
}

/// The page.
#[component]
pub fn RecheckPage(document: DocumentId) -> impl IntoView {
    let phone = Phone::expect();
    // Read once: what is being filled in must not be lost because something was pulled.
    let before = phone.rows.with_untracked(|rows| rows.document(document).cloned());
    let read = before.and_then(|card| card.issue.read().ok().map(|issue| (card, issue)));
    match read {
        Some((card, earlier)) if card.kind.can_be_rechecked() => view! { <Form card earlier /> }.into_any(),
        _ => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
    }
}

#[component]
fn Form(card: DocumentCard, earlier: Issue) -> impl IntoView {
    let (phone, paths, t) = (Phone::expect(), DocumentPaths::expect(), texts().documents());
    let (form, issuing) = (LetterheadForm::new(phone), Issuing::new());
    let lines: Vec<Line> = earlier
        .ordered_lines()
        .into_iter()
        .map(|(hazard, what)| Line { hazard, what, result: RwSignal::new(None), note: RwSignal::default() })
        .collect();
    let officers = TwoOfficers::new(phone);
    let questions = lines.iter().cloned().map(question).collect_view();
    let open = {
        let lines = lines.clone();
        Signal::derive(move || lines.iter().any(|line| line.result.get().is_none()))
    };
    let facility = card.facility;
    let before = earlier.as_before(card.number);
    let issue = Callback::new(move |()| {
        let facility = phone.rows.with_untracked(|rows| rows.facility(facility).cloned());
        let Some(facility) = facility else { return issuing.fail(Problem::NotFound) };
        let chosen = officers.chosen(phone);
        let office = form.read(phone);
        let now = clock::now();
        let id = DocumentId::from_parts(now, clock::entropy());
        let drafting = Drafting { id, office: &office, facility: &facility, on: now.date() };
        let answered = lines.iter().filter_map(answered).collect();
        issuing.issue(phone, paths, drafting.recheck(Some(before.clone()), answered, chosen));
    });
    view! {
        <form class="stack" data-gap="large" on:submit=|event| event.prevent_default()>
            <p>{t.recheck_of(t.kind(card.kind), &card.facility_name)}</p>
            {questions}
            <OfficerFields officers issuing />
            <LetterheadFields form issuing />
            <NotIssued issuing />
            <Show when=move || open.get()><p class="muted" role="status">{t.recheck_open()}</p></Show>
            <Show when=move || !open.get()>
                <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Pen busy=issuing.busy on_press=issue>
                    {t.issue(t.kind(DocumentKind::RecheckNotice))}
                </Button>
            </Show>
        </form>
    }
}

fn question(line: Line) -> impl IntoView {
    let lines = RESULTS.map(|it| ChoiceLine::plain(texts().name().revisit(it)));
    let (result, note) = (line.result, line.note);
    let chosen =
        Signal::derive(move || RESULTS.iter().position(|it| Some(*it) == result.get()).into_iter().collect());
    let choose = Callback::new(move |at: usize| result.set(RESULTS.get(at).copied()));
    view! {
        <div class="stack">
            <Choices label=line.what choose=Choose::One lines=lines.into() chosen on_choose=choose />
            <TextField label=texts().documents().note() value=note on_input=Callback::new(move |text| note.set(text)) />
        </div>
    }
}

fn answered(line: &Line) -> Option<RecheckLine> {
    let result = line.result.get_untracked()?;
    let note = line.note.get_untracked().trim().to_owned();
    Some(RecheckLine { hazard: line.hazard, what: line.what.clone(), result, note })
}
