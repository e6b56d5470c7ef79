//! Notices of what was done to a hazard: its story says what is new.

use super::message::{About, Addressed, Notice, Sender, What, Whom, office, units};
use crate::access::Account;
use crate::hazard::{Life, MeasureState, StepKind, StoryLine};
use crate::ids::AccountId;
use crate::ledger::{HazardCard, Origin};
use crate::problem::Problem;
use crate::rules::Grade;

/// The notices of a hazard that is new or changed.
pub(super) fn of_hazard(
    before: Option<&HazardCard>,
    after: &HazardCard,
    actor: &Account,
) -> Result<Vec<Addressed>, Problem> {
    let read = |card: &HazardCard| card.standing().map(|standing| standing.life);
    let (old, new) = (before.map(read).transpose()?, read(after)?);
    let told = old.as_ref().map_or(0, |life| life.story.len());
    let mut notices = Vec::new();
    for line in new.story.iter().skip(told) {
        let to = audience(line, old.as_ref(), after);
        if !to.is_empty() {
            let what = What::Step { did: line.kind, date: line.date };
            let cause = line.mark.entry.to_string();
            let notice = Notice::new(what, About::hazard(after), &after.division, &cause);
            notices.push(Addressed { notice, to, but: Some(actor.id), sender: Sender::of(actor) });
        }
    }
    Ok(notices)
}

/// Who has to learn of one step. Whoever owes the next one always does.
fn audience(line: &StoryLine, before: Option<&Life>, card: &HazardCard) -> Vec<Whom> {
    let supervisors = || office(&card.division, 0);
    match line.kind {
        StepKind::Found => found(card),
        StepKind::Assigned | StepKind::SentBack | StepKind::RecheckedNotFixed | StepKind::MeasureOrdered => {
            units(card)
        }
        StepKind::Closed | StepKind::NotEstablished | StepKind::Duplicate => units(card),
        StepKind::Declined
        | StepKind::Planned
        | StepKind::Submitted
        | StepKind::RecheckedFixed
        | StepKind::ExtensionAsked
        | StepKind::MeasureCarriedOut
        | StepKind::LiftAsked
        | StepKind::Lifted
        | StepKind::TransferReceived
        | StepKind::TransferReturned
        | StepKind::TransferHandled => vec![supervisors()],
        StepKind::ExtensionGranted | StepKind::ExtensionDenied => {
            let author = before.and_then(|life| life.extension.as_ref()).map(|wish| wish.mark.account);
            with(units(card), author)
        }
        StepKind::LiftConsented | StepKind::LiftRefused => with(units(card), lift_asked_by(line, before)),
        StepKind::Escalated => [units(card), vec![supervisors(), office(&card.division, 1)]].concat(),
        StepKind::Listed | StepKind::Delisted | StepKind::Reopened => {
            [units(card), vec![supervisors()]].concat()
        }
        // The department stands among those involved.
        StepKind::Transferred => units(card),
        // A visit tells all that it saw by its record; a remark waits for the next look.
        StepKind::SeenStillThere | StepKind::SeenFixed | StepKind::SignedFor | StepKind::Remarked => {
            Vec::new()
        }
    }
}

/// A visit's findings are in its record, and its deadlines remind of each: only a major one is told at once. What staff
/// or citizens report goes to the institution's management, which was not there and has to answer (安全生产法 41).
fn found(card: &HazardCard) -> Vec<Whom> {
    let major = matches!(card.grade, Grade::Major);
    let mut to = Vec::new();
    if major || matches!(card.origin, Origin::Report | Origin::Snap) {
        to.push(Whom::Institution(card.facility));
    }
    if major {
        to.push(office(&card.division, 0));
    }
    to
}

fn with(mut to: Vec<Whom>, author: Option<AccountId>) -> Vec<Whom> {
    to.extend(author.map(Whom::Account));
    to
}

/// Who asked to lift the measure that a line answers.
fn lift_asked_by(line: &StoryLine, before: Option<&Life>) -> Option<AccountId> {
    let order = before?.measures.iter().find(|order| Some(order.measure) == line.measure)?;
    match &order.state {
        MeasureState::LiftAsked { mark } => Some(mark.account),
        _ => None,
    }
}
