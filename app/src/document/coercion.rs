//! A decision on coercive measures 强制措施决定书: facts, basis and measures in the office's own words.

use leptos::prelude::*;
use xunan_core::access::{Action, Permission, may_do};
use xunan_core::document::{DocumentKind, Drafting, Grounds, GroundsPart, HoldsFrom, kinds_for_hazard};
use xunan_core::ids::{DocumentId, HazardId};
use xunan_core::ledger::HazardCard;
use xunan_core::problem::{DocumentRefusal, Problem};

use super::issue::{Issuing, NotIssued};
use super::letterhead::{LetterheadFields, LetterheadForm};
use super::officers::{OfficerFields, TwoOfficers};
use super::paths::DocumentPaths;
use crate::browser::clock;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, ButtonSize, ChoiceLine, Choices, Choose, Duty, IconName, Screen,
    ScreenKind, TextArea,
};

const KIND: DocumentKind = DocumentKind::CoerciveDecision;

/// Whether this account may issue a document about a hazard.
pub fn may_issue(phone: Phone, card: &HazardCard) -> bool {
    let action = Action::IssueDocument { division: &card.division, on: Phone::today() };
    may_do(&phone.account(), &action) == Permission::Granted
}

/// The page.
#[component]
pub fn CoercionPage(hazard: HazardId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().documents());
    // Read once: what is being filled in must not be lost because something was pulled.
    let card = phone.rows.with_untracked(|rows| rows.hazard(hazard).cloned());
    let Some((card, life)) = card.and_then(|card| card.life.read().ok().map(|life| (card, life))) else {
        return view! { <Screen kind=ScreenKind::NotFound /> }.into_any();
    };
    if !may_issue(phone, &card) {
        return view! { <Screen kind=ScreenKind::Denied>{t.not_yours()}</Screen> }.into_any();
    }
    if !kinds_for_hazard(card.grade, &life).contains(&KIND) {
        let kind = ScreenKind::Empty { title: t.coercion_not_now(), text: t.coercion_when() };
        return view! { <Screen kind /> }.into_any();
    }
    view! { <Form card /> }.into_any()
}

/// The grounds, as they are being written.
#[derive(Clone, Copy)]
struct GroundsForm {
    facts: RwSignal<String>,
    /// As the office's law has it, until somebody writes another.
    basis: RwSignal<Option<String>>,
    measures: RwSignal<String>,
    from: RwSignal<HoldsFrom>,
    office: LetterheadForm,
}

impl GroundsForm {
    fn basis(self) -> String {
        self.basis.get().unwrap_or_else(|| Grounds::coercive_basis(self.office.kind()).to_owned())
    }

    fn written(self, hazard: HazardId) -> Grounds {
        let from = self.from.get().begins(clock::now());
        Grounds::written(vec![hazard], &self.facts.get(), &self.basis(), &self.measures.get(), from)
    }

    /// What is wrong with a part, once it was refused for its grounds and for as long as that holds.
    fn fault(self, of: GroundsPart, issuing: Issuing, hazard: HazardId) -> Signal<Option<String>> {
        let t = texts().documents();
        Signal::derive(move || {
            let refused = issuing.refusal() == Some(DocumentRefusal::GroundsMissing);
            (refused && self.written(hazard).missing().contains(&of))
                .then(|| t.grounds_missing(of).to_owned())
        })
    }
}

#[component]
fn Form(card: HazardCard) -> impl IntoView {
    let (phone, paths, t) = (Phone::expect(), DocumentPaths::expect(), texts().documents());
    let (office, issuing, officers) = (LetterheadForm::new(phone), Issuing::new(), TwoOfficers::new(phone));
    let form = GroundsForm {
        facts: RwSignal::new(card.ordered_line().what),
        basis: RwSignal::new(None),
        measures: RwSignal::default(),
        from: RwSignal::default(),
        office,
    };
    let (hazard, facility) = (card.id, card.facility);
    let issue = Callback::new(move |()| {
        let facility = phone.rows.with_untracked(|rows| rows.facility(facility).cloned());
        let Some(facility) = facility else { return issuing.fail(Problem::NotFound) };
        let (office, now) = (office.read(phone), clock::now());
        let id = DocumentId::from_parts(now, clock::entropy());
        let drafting = Drafting { id, office: &office, facility: &facility, on: now.date() };
        let grounds = untrack(|| form.written(hazard));
        issuing.issue(phone, paths, drafting.coercive_decision(None, officers.chosen(phone), grounds));
    });
    view! {
        <form class="stack" data-gap="large" on:submit=|event| event.prevent_default()>
            <p>{card.facility_name}" · "{card.title}</p>
            <Banner kind=BannerKind::Note icon=IconName::Info text=t.coercion_about() />
            <GroundsFields form issuing hazard />
            <OfficerFields officers issuing />
            <LetterheadFields form=office issuing />
            <NotIssued issuing />
            <Button kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Pen busy=issuing.busy on_press=issue>
                {t.issue(t.kind(KIND))}
            </Button>
        </form>
    }
}

#[component]
fn GroundsFields(form: GroundsForm, issuing: Issuing, hazard: HazardId) -> impl IntoView {
    let t = texts().documents();
    let set = |field: RwSignal<String>| Callback::new(move |text| field.set(text));
    let fault = move |of| form.fault(of, issuing, hazard);
    let basis = Signal::derive(move || form.basis());
    let lines = HoldsFrom::ALL.map(|from| {
        let (text, note) = t.holds_from(from);
        ChoiceLine { text: text.to_owned(), note: note.to_owned() }
    });
    let chosen = Signal::derive(move || {
        HoldsFrom::ALL.iter().position(|from| *from == form.from.get()).into_iter().collect()
    });
    let choose = Callback::new(move |at: usize| {
        HoldsFrom::ALL.get(at).into_iter().for_each(|from| form.from.set(*from));
    });
    view! {
        <TextArea label=t.grounds_facts() value=form.facts on_input=set(form.facts) duty=Duty::Must
            help=t.grounds_facts_help() wrong=fault(GroundsPart::Facts) />
        <TextArea label=t.grounds_basis() value=basis on_input=Callback::new(move |text| form.basis.set(Some(text)))
            duty=Duty::Must help=t.grounds_basis_help() wrong=fault(GroundsPart::Basis) />
        <TextArea label=t.grounds_measures() value=form.measures on_input=set(form.measures) duty=Duty::Must
            help=t.grounds_measures_help() wrong=fault(GroundsPart::Measures) />
        <Choices label=t.grounds_from() choose=Choose::One lines=lines.into() chosen on_choose=choose />
    }
}
