//! The small form of a step with a report: only what core wants to know for it, and nothing decided beforehand.

use leptos::prelude::*;
use xunan_core::department::Department;
use xunan_core::ids::SnapId;
use xunan_core::snap::{CaseNumber, Command, NotAcceptedReason, Offer};
use xunan_core::sync::AlikeSnap;

use super::hazard_form::{HazardFields, HazardForm};
use super::other::Named;
use super::public_form::{PublicFields, PublicForm};
use super::reward::RewardFields;
use super::rows::place;
use super::seen::Now;
use super::take::{self, Wanted};
use crate::desk::step_inputs::{lines, list, listed, numbered, plain, text};
use crate::desk::step_signing::{Signing, SigningForm};
use crate::i18n::{Texts, texts};
use crate::session::Phone;
use crate::ui::{ChoiceLine, Choices, Choose, TextField};

/// In the order of their lines.
const REASONS: [NotAcceptedReason; 5] = [
    NotAcceptedReason::AcceptedAlready,
    NotAcceptedReason::NoObjectOrFacts,
    NotAcceptedReason::NotCompetent,
    NotAcceptedReason::NoHazard,
    NotAcceptedReason::Other,
];

/// Which report is said to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Same {
    /// One that was suggested.
    Suggested(SnapId),
    /// One that is named.
    Another,
}

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    words: RwSignal<String>,
    /// Which line of [`REASONS`].
    reason: RwSignal<Option<usize>>,
    /// Which of all departments, by its place; empty before one was chosen.
    department: RwSignal<String>,
    same: RwSignal<Option<Same>>,
    /// How another report is named.
    named: RwSignal<String>,
    hazard: HazardFields,
    public: PublicFields,
    reward: RewardFields,
}

impl Fields {
    /// An empty form.
    pub(super) fn new(now: &Now) -> Self {
        Self {
            words: RwSignal::default(),
            reason: RwSignal::new(None),
            department: RwSignal::default(),
            same: RwSignal::new(None),
            named: RwSignal::default(),
            hazard: HazardFields::new(now.card.report.place.facility),
            public: PublicFields::new(now.card.report.category),
            reward: RewardFields::new(&now.card),
        }
    }

    /// The step as filled in; its words are core's to judge.
    fn wanted(self, offer: Offer, now: &Now, t: Texts) -> Result<Wanted, &'static str> {
        let words = self.words.get_untracked().trim().to_owned();
        let told = t.snaps();
        Ok(Wanted::Step(match offer {
            Offer::Accept => Command::Accept,
            Offer::NotAccept => {
                let reason = self.reason.get_untracked().and_then(|at| REASONS.get(at).copied());
                Command::NotAccept { reason: reason.ok_or_else(|| told.choose_reason())?, words }
            }
            Offer::Transfer => {
                let to = listed(&Department::ALL, self.department);
                Command::Transfer { to: to.ok_or_else(|| told.choose_department())?, words }
            }
            Offer::Duplicate => return self.same(now, t),
            Offer::TurnIntoHazard => Command::TurnIntoHazard { hazard: self.hazard.read(t)? },
            Offer::DealWith { after } => Command::DealWith { after, words },
            Offer::Answer { after } => Command::Answer { after, words },
            Offer::Publish { after } => Command::Publish { after, notice: self.public.notice(t)? },
            Offer::Withdraw { publication } => Command::Withdraw { publication, words },
            Offer::Reward(offer) => Command::Reward(self.reward.wanted(offer, t)?),
        }))
    }

    fn same(self, now: &Now, t: Texts) -> Result<Wanted, &'static str> {
        let t = t.snaps();
        match self.same.get_untracked() {
            Some(Same::Another) => {
                let named = self.named.with_untracked(|text| text.parse::<Named>());
                named.map(Wanted::SameAsNamed).map_err(|_| t.not_a_number())
            }
            Some(Same::Suggested(id)) => {
                let suggested = now.seen.detail.alike.iter().find(|alike| alike.snap.id() == id);
                let suggested = suggested.ok_or_else(|| t.choose_which())?;
                Ok(Wanted::SameAs(id, suggested.snap.life.stage.state()))
            }
            None => Err(t.choose_which()),
        }
    }
}

/// The form, and the button that signs the step.
#[component]
pub(super) fn StepForm(
    offer: Offer,
    /// The report as it was when the form was opened.
    now: Now,
    /// What was filled in so far.
    fields: Fields,
    /// The step is signed.
    on_done: Callback<()>,
) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let signing = Signing::of(t.snap_name().verb(offer), on_done);
    let inputs = inputs(offer, &now, fields);
    let now = StoredValue::new(now);
    let on_sign = Callback::new(move |()| {
        let now = now.get_value();
        match fields.wanted(offer, &now, t) {
            Ok(wanted) => signing.await_taken(async move { take::take(phone, &now, wanted, t).await }),
            Err(missing) => signing.refuse(missing),
        }
    });
    view! { <SigningForm signing inputs on_sign /> }
}

/// What core wants to know for a step.
fn inputs(offer: Offer, now: &Now, fields: Fields) -> Vec<AnyView> {
    let (t, names) = (texts().snaps(), texts());
    let told = || view! { <p class="muted">{t.told()}</p> }.into_any();
    let words = |label| text(label, fields.words);
    match offer {
        Offer::Accept => Vec::new(),
        Offer::NotAccept => {
            let reasons = REASONS.map(|reason| names.snap_name().reason(reason)).to_vec();
            vec![lines(t.why_not(), plain(reasons), fields.reason), told(), words(t.words_if_other())]
        }
        Offer::Transfer => {
            let mut options = vec![(String::new(), t.choose().to_owned())];
            options.extend(numbered(&Department::ALL, |own| names.hazard_loop().department(own)));
            vec![list(t.to_department(), options, fields.department), told(), words(t.why_transfer())]
        }
        Offer::Duplicate => {
            vec![view! { <SameForm alike=now.seen.detail.alike.clone() fields /> }.into_any()]
        }
        Offer::TurnIntoHazard => vec![view! { <HazardForm fields=fields.hazard /> }.into_any()],
        Offer::DealWith { .. } => vec![told(), words(t.what_was_done())],
        Offer::Answer { .. } => vec![told(), words(t.answer_words())],
        Offer::Publish { after } => {
            vec![view! { <PublicForm card=now.card.clone() after fields=fields.public /> }.into_any()]
        }
        Offer::Withdraw { .. } => vec![told(), words(t.why_withdraw())],
        Offer::Reward(offer) => fields.reward.inputs(offer, &now.card),
    }
}

/// The suggestions with their reasons, and a line for any other report.
#[component]
fn SameForm(alike: Vec<AlikeSnap>, fields: Fields) -> impl IntoView {
    let t = texts();
    let mut choices: Vec<Same> = alike.iter().map(|alike| Same::Suggested(alike.snap.id())).collect();
    choices.push(Same::Another);
    let mut lines: Vec<ChoiceLine> = alike.iter().map(suggestion).collect();
    lines.push(ChoiceLine::plain(t.snaps().another_one()));
    let choices = StoredValue::new(choices);
    let chosen = Signal::derive(move || {
        let same = fields.same.get();
        choices.with_value(|all| all.iter().position(|it| Some(*it) == same)).into_iter().collect::<Vec<_>>()
    });
    let choose = Callback::new(move |at: usize| {
        fields.same.set(choices.with_value(|all| all.get(at).copied()));
    });
    let name = Callback::new(move |text| fields.named.set(text));
    view! {
        <Choices label=t.snaps().which_one() choose=Choose::One lines chosen on_choose=choose />
        <Show when=move || fields.same.get() == Some(Same::Another)>
            <TextField label=t.snaps().its_number() value=fields.named on_input=name help=t.snaps().its_number_help().to_owned() />
        </Show>
    }
}

/// A suggested report in a line: which, where, how it stands, and why it may be the same.
fn suggestion(alike: &AlikeSnap) -> ChoiceLine {
    let (t, snap) = (texts(), &alike.snap);
    let why: Vec<String> = alike.why.iter().map(|why| t.snaps().why_alike(*why)).collect();
    let named =
        [CaseNumber::of(snap.id()).to_string(), t.snap_name().category(snap.report.category).to_owned()];
    let stands = [place(snap), t.snap_name().state(snap.life.stage.state()).to_owned()];
    let text: Vec<String> = named.into_iter().chain(stands).filter(|it| !it.is_empty()).collect();
    ChoiceLine { text: text.join(" · "), note: why.join("；") }
}
