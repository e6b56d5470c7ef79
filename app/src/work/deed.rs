//! From what core offers to a step: which deed it is here, and the command that its form makes.

use leptos::prelude::*;
use xunan_core::access::Account;
use xunan_core::clock::Date;
use xunan_core::hazard::{Command, Doing, Offer, RecheckWay, Reviewer, Step, StepKind, TreatmentPlan};
use xunan_core::ids::{Entropy, EntryId};
use xunan_core::ledger::HazardCard;
use xunan_core::log::Body;
use xunan_core::problem::{Problem, StepRefusal};

use super::open_work::OpenWork;
use crate::browser::clock;
use crate::i18n::Texts;
use crate::session::Phone;
use crate::store::{Deed, Form};

/// What an offer is on a phone; `None` for the steps that are taken at the desk.
pub(super) const fn deed_of(offer: Offer) -> Option<Deed> {
    Some(match offer {
        Offer::SignFor { .. } => Deed::SignFor,
        Offer::Decline { .. } => Deed::Decline,
        Offer::Plan => Deed::Plan,
        Offer::Submit => Deed::Submit,
        Offer::AskExtension => Deed::AskExtension,
        Offer::CarryOut { measure } => Deed::CarryOut(measure),
        Offer::AskLift { measure } => Deed::AskLift(measure),
        Offer::Lift { measure } => Deed::Lift(measure),
        Offer::Recheck { .. } => Deed::Recheck,
        Offer::Remark => Deed::Remark,
        _ => return None,
    })
}

/// The step's name, as the story will tell it; the measure with it.
pub(super) fn deed_in_words(deed: Deed, t: Texts) -> String {
    let (kind, measure) = match deed {
        Deed::SignFor => (StepKind::SignedFor, None),
        Deed::Decline => (StepKind::Declined, None),
        Deed::Plan => (StepKind::Planned, None),
        Deed::Submit => (StepKind::Submitted, None),
        Deed::AskExtension => (StepKind::ExtensionAsked, None),
        Deed::CarryOut(measure) => (StepKind::MeasureCarriedOut, Some(measure)),
        Deed::AskLift(measure) => (StepKind::LiftAsked, Some(measure)),
        Deed::Lift(measure) => (StepKind::Lifted, Some(measure)),
        Deed::Recheck => return t.steps().recheck().to_owned(),
        Deed::Remark => (StepKind::Remarked, None),
    };
    let step = t.hazard_loop().step(kind);
    measure.map_or_else(|| step.to_owned(), |measure| t.steps().of_measure(step, t.name().measure(measure)))
}

/// Somebody who takes a step of a hazard now. The entry is not made yet: no guard asks for it.
pub(super) fn doing<'a>(actor: &'a Account, card: &'a HazardCard) -> Doing<'a> {
    let now = clock::now();
    Doing {
        actor,
        entry: EntryId::from_parts(now, Entropy(0)),
        at: now,
        received: now,
        hazard: card.id,
        facility: card.facility,
        division: &card.division,
        other: None,
    }
}

/// What the actor can do with a hazard now, of that what is done on a phone.
pub(super) struct Deeds {
    /// What is owed: the one filled button.
    pub(super) next: Option<Offer>,
    /// What is owed and cannot be done yet, and why.
    pub(super) held: Option<(Offer, StepRefusal)>,
    /// All others.
    pub(super) others: Vec<Offer>,
}

/// Asks core. A life of a later version offers nothing.
pub(super) fn deeds(account: &Account, card: &HazardCard) -> Deeds {
    let offers = card.standing().map(|standing| standing.offers(&doing(account, card))).unwrap_or_default();
    let here = |offer: &Offer| deed_of(*offer).is_some();
    Deeds {
        next: offers.next.filter(here),
        held: offers.held.filter(|(offer, _)| here(offer)),
        others: offers.others.into_iter().filter(here).collect(),
    }
}

/// The command that a form makes. What core refuses is said by core.
fn command(offer: Offer, work: OpenWork, form: &Form, phone: Phone) -> Result<Command, Problem> {
    let refused = |why| Problem::StepRefused { why };
    let photos = untrack(|| work.kept(0));
    let note = form.note.trim().to_owned();
    let date = |missing| form.date.ok_or_else(|| refused(missing));
    Ok(match offer {
        Offer::SignFor { assignment } => Command::SignFor { assignment },
        Offer::Decline { assignment } => Command::Decline { assignment, reason: note },
        Offer::Plan => Command::Plan { plan: plan(form, date(StepRefusal::TreatmentPlanIncomplete)?) },
        Offer::Submit => Command::Submit { note, photos },
        Offer::AskExtension => {
            Command::AskExtension { until: date(StepRefusal::ExtensionNotLater)?, reason: note }
        }
        Offer::CarryOut { measure } => Command::CarryOut { measure, note, photos },
        Offer::AskLift { measure } => Command::AskLift { measure, reason: note },
        Offer::Lift { measure } => Command::Lift { measure },
        Offer::Recheck { submission } => {
            let named =
                |account| phone.rows.with_untracked(|rows| rows.colleague(account).map(|it| it.name.clone()));
            let second = form.second.and_then(|account| Some(Reviewer { account, name: named(account)? }));
            Command::Recheck {
                submission,
                way: RecheckWay::OnSite,
                outcome: form.outcome.ok_or_else(|| refused(StepRefusal::NotNow))?,
                note,
                photos,
                second,
            }
        }
        Offer::Remark => Command::Remark { text: note },
        _ => return Err(refused(StepRefusal::NotNow)),
    })
}

/// The six parts: the main text is the first, the others follow in the order of the rule.
fn plan(form: &Form, until: Date) -> TreatmentPlan {
    let text = |at| form.text(at).trim().to_owned();
    TreatmentPlan {
        goals: form.note.trim().to_owned(),
        methods: text(0),
        funds: text(1),
        people: text(2),
        requirements: text(3),
        until,
        emergency: text(4),
    }
}

/// Takes the step: asks core whether it may be, signs it and stores it. What is refused is said, and stays as it was.
pub(super) async fn take(
    offer: Offer,
    work: OpenWork,
    phone: Phone,
    card: HazardCard,
    t: Texts,
) -> Result<EntryId, Problem> {
    let account = phone.account();
    let form = work.form.get_untracked();
    let command = command(offer, work, &form, phone)?;
    // As it is now: another window may have been first.
    let card = phone.rows.with_untracked(|rows| rows.hazard(card.id).cloned()).unwrap_or(card);
    card.standing()?.take(&command, &doing(&account, &card))?;
    let deed = deed_of(offer).map(|deed| deed_in_words(deed, t)).unwrap_or_default();
    let title = format!("{deed} · {}", card.title);
    let body = Body::HazardStep(Box::new(Step { hazard: card.id, command }));
    work.append(phone, &body, &title).await
}
