//! The small form of a step: only what core wants to know for it. Core is asked before anything is signed, and says what
//! is missing.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::department::Department;
use xunan_core::hazard::{
    Answer, Command, ListingLevel, Offer, RecheckOutcome, RecheckWay, TransferOutcome, TreatmentPlan,
};
use xunan_core::ledger::HazardCard;
use xunan_core::rules::{Grade, Measure};

use super::assign_form::{AssignFields, AssignForm};
use super::step_inputs::{day, lines, list, listed, numbered, plain, text};
use super::step_photos::{PhotoField, StepPhotos};
use super::step_signing::{Signing, SigningForm};
use super::take_step;
use crate::i18n::texts;
use crate::session::Phone;

const LEVELS: [ListingLevel; 3] = [ListingLevel::County, ListingLevel::City, ListingLevel::Province];

/// What has been filled in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    text: RwSignal<String>,
    date: RwSignal<String>,
    /// Which line of a short choice: none before somebody chose, since it decides something.
    line: RwSignal<Option<usize>>,
    /// Which value of a long list.
    choice: RwSignal<String>,
    plan: [RwSignal<String>; 6],
    photos: StepPhotos,
    assign: AssignFields,
}

/// How a re-check can be done at the desk, in the order of its lines.
fn rechecks(card: &HazardCard, submitted: bool) -> Vec<(RecheckWay, RecheckOutcome, &'static str)> {
    let t = texts().desk_loop();
    let not_fixed = (RecheckWay::ByPhotos, RecheckOutcome::NotFixed, t.not_fixed());
    match (card.grade == Grade::Major, submitted) {
        (true, _) => vec![not_fixed],
        (false, true) => vec![
            (RecheckWay::ByPhotos, RecheckOutcome::Fixed, t.fixed_by_photos()),
            (RecheckWay::OnSite, RecheckOutcome::Fixed, t.fixed_on_site()),
            not_fixed,
        ],
        (false, false) => vec![(RecheckWay::OnSite, RecheckOutcome::Fixed, t.fixed_on_site()), not_fixed],
    }
}

impl Fields {
    /// An empty form of a step.
    pub(super) fn new(card: &HazardCard) -> Self {
        let competent = card.item.as_ref().and_then(|item| Department::competent_for(item.as_str()).first());
        let department = competent.copied().unwrap_or(Department::CivilAffairs);
        let at = Department::ALL.iter().position(|own| *own == department).unwrap_or(0);
        Self {
            text: RwSignal::default(),
            date: RwSignal::new(Phone::today().plus_days(15).to_string()),
            line: RwSignal::new(None),
            choice: RwSignal::new(at.to_string()),
            plan: std::array::from_fn(|_| RwSignal::default()),
            photos: StepPhotos::new(),
            assign: AssignFields::new(Some(card)),
        }
    }

    fn day(self) -> Date {
        self.date.get_untracked().parse().unwrap_or_else(|_| Phone::today())
    }

    /// The photos that it would sign.
    pub(super) fn photos(self) -> StepPhotos {
        self.photos
    }

    /// What stands at the chosen line.
    fn chosen<T: Copy>(self, lines: &[T]) -> Option<T> {
        self.line.get_untracked().and_then(|at| lines.get(at).copied())
    }

    fn answer(self) -> Option<Answer> {
        self.chosen(&[Answer::Granted, Answer::Denied])
    }

    /// The step as filled in; `None` when something that is to be chosen is not.
    fn command(self, offer: Offer, card: &HazardCard) -> Option<Command> {
        let text = self.text.get_untracked().trim().to_owned();
        let (reason, note, photos) = (text.clone(), text.clone(), self.photos.manifests());
        Some(match offer {
            Offer::Assign => Command::Assign { assignment: self.assign.read() },
            Offer::SignFor { assignment } => Command::SignFor { assignment },
            Offer::Decline { assignment } => Command::Decline { assignment, reason },
            Offer::Plan => {
                let [goals, methods, funds, people, requirements, emergency] =
                    self.plan.map(|part| part.get_untracked().trim().to_owned());
                let until = self.day();
                Command::Plan {
                    plan: TreatmentPlan { goals, methods, funds, people, requirements, until, emergency },
                }
            }
            Offer::Submit => Command::Submit { note, photos },
            Offer::SendBack { submission } => Command::SendBack { submission, reason },
            Offer::Recheck { submission } => {
                let ways = rechecks(card, submission.is_some());
                let (way, outcome, _) = self.chosen(&ways)?;
                Command::Recheck { submission, way, outcome, note, photos, second: None }
            }
            Offer::Close { recheck } => Command::Close { recheck, note },
            Offer::AskExtension => Command::AskExtension { until: self.day(), reason },
            Offer::AnswerExtension { ask } => {
                Command::AnswerExtension { ask, answer: self.answer()?, reason }
            }
            Offer::Escalate => Command::Escalate { reason },
            Offer::List => Command::List { level: self.chosen(&LEVELS)?, reason },
            Offer::Delist { listing } => Command::Delist { listing, reason },
            Offer::OrderMeasure => {
                Command::OrderMeasure { measure: listed(&Measure::ALL, self.choice)?, reason }
            }
            Offer::CarryOut { measure } => Command::CarryOut { measure, note, photos },
            Offer::AskLift { measure } => Command::AskLift { measure, reason },
            Offer::AnswerLift { measure, ask } => {
                Command::AnswerLift { measure, ask, answer: self.answer()?, reason }
            }
            Offer::Lift { measure } => Command::Lift { measure },
            Offer::Transfer => Command::Transfer { to: listed(&Department::ALL, self.choice)?, reason },
            Offer::ReceiveTransfer { transfer } => Command::ReceiveTransfer { transfer, number: text },
            Offer::ReturnTransfer { transfer } => {
                let outcome = self.chosen(&[TransferOutcome::Handled, TransferOutcome::NotCompetent])?;
                Command::ReturnTransfer { transfer, outcome, reply: text, photos }
            }
            Offer::NotEstablished => Command::NotEstablished { reason },
            Offer::Duplicate => Command::Duplicate { of: self.choice.get_untracked().parse().ok()? },
            Offer::Reopen => Command::Reopen { reason, photos },
            Offer::Remark => Command::Remark { text },
        })
    }
}

/// The form, and the button that signs the step.
#[component]
pub(super) fn StepForm(
    offer: Offer,
    card: HazardCard,
    /// What was filled in so far.
    fields: Fields,
    /// The step is signed.
    on_done: Callback<()>,
) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let signing = Signing::of(t.desk_steps().offer(offer), on_done);
    let inputs = inputs(offer, &card, fields, phone);
    let shown = StoredValue::new(card);
    let on_sign = Callback::new(move |()| {
        let card = shown.get_value();
        let Some(command) = fields.command(offer, &card) else {
            return signing.refuse(t.desk().plan_choose());
        };
        fields.photos.picking().give_away();
        signing.await_taken(async move {
            let taken = take_step::take(phone, &card, command, t).await;
            if taken.is_err() {
                fields.photos.picking().take_back();
            }
            taken
        });
    });
    let waits = Signal::derive(move || fields.photos.picking().are_coming());
    view! { <SigningForm signing inputs waits on_sign /> }
}

/// What core wants to know for a step.
fn inputs(offer: Offer, card: &HazardCard, fields: Fields, phone: Phone) -> Vec<AnyView> {
    let (t, names) = (texts().desk_loop(), texts());
    let reason = || text(t.reason(), fields.text);
    let note = || text(t.note(), fields.text);
    let photos = || view! { <PhotoField photos=fields.photos /> }.into_any();
    match offer {
        Offer::Assign => {
            vec![view! { <AssignForm fields=fields.assign hazard=Some(card.clone()) /> }.into_any()]
        }
        Offer::SignFor { .. } | Offer::Lift { .. } => Vec::new(),
        Offer::Plan => {
            let labels = [t.goals(), t.methods(), t.funds(), t.people(), t.requirements(), t.emergency()];
            let mut all: Vec<AnyView> =
                labels.into_iter().zip(fields.plan).map(|(label, part)| text(label, part)).collect();
            all.push(day(t.due(), fields.date));
            all
        }
        Offer::Submit | Offer::CarryOut { .. } => vec![note(), photos()],
        Offer::Reopen => vec![reason(), photos()],
        Offer::Recheck { submission } => {
            let words = rechecks(card, submission.is_some()).into_iter().map(|(.., words)| words).collect();
            let mut all = vec![lines(t.outcome(), plain(words), fields.line), note()];
            if card.grade == Grade::Major {
                all.insert(0, view! { <p>{t.major_on_site()}</p> }.into_any());
            } else {
                all.push(photos());
            }
            all
        }
        Offer::Close { .. } | Offer::Remark => vec![note()],
        Offer::AskExtension => vec![day(t.until(), fields.date), reason()],
        Offer::AnswerExtension { .. } | Offer::AnswerLift { .. } => {
            vec![lines(t.answer(), plain(vec![t.grant(), t.deny()]), fields.line), reason()]
        }
        Offer::List => {
            let words = LEVELS.map(|level| names.hazard_loop().listing(level)).to_vec();
            vec![lines(t.level(), plain(words), fields.line), reason()]
        }
        Offer::OrderMeasure => {
            let options = numbered(&Measure::ALL, |measure| names.name().measure(measure));
            vec![list(t.which_measure(), options, fields.choice), reason()]
        }
        Offer::Transfer => {
            let options = numbered(&Department::ALL, |own| names.hazard_loop().department(own));
            vec![list(t.to_department(), options, fields.choice), reason()]
        }
        Offer::ReceiveTransfer { .. } => vec![text(t.number(), fields.text)],
        Offer::ReturnTransfer { .. } => {
            let words = vec![t.handled(), t.not_competent()];
            vec![
                lines(t.transfer_outcome(), plain(words), fields.line),
                text(t.reply(), fields.text),
                photos(),
            ]
        }
        Offer::Duplicate => vec![duplicates(card, fields, phone)],
        Offer::Decline { .. }
        | Offer::SendBack { .. }
        | Offer::Escalate
        | Offer::Delist { .. }
        | Offer::AskLift { .. }
        | Offer::NotEstablished => vec![reason()],
    }
}

/// The institution's other open hazards.
fn duplicates(card: &HazardCard, fields: Fields, phone: Phone) -> AnyView {
    let t = texts().desk_loop();
    let others: Vec<(String, String)> = phone.rows.with_untracked(|rows| {
        let open = rows.open_hazards_of(card.facility).into_iter().filter(|other| other.id != card.id);
        open.map(|other| (other.id.to_string(), format!("{} · {}", other.title, other.place))).collect()
    });
    match others.first() {
        None => view! { <p>{t.no_other()}</p> }.into_any(),
        Some((first, _)) => {
            let chosen = fields.choice.get_untracked();
            if others.iter().all(|(id, _)| *id != chosen) {
                fields.choice.set(first.clone());
            }
            list(t.same_as(), others, fields.choice)
        }
    }
}
