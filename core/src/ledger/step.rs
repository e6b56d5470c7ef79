//! What a step changes: the card of its hazard.

use super::fold::{View, inconsistent};
use super::row::Row;
use crate::access::{Account, Sight};
use crate::clock::Instant;
use crate::hazard::{Command, Doing, Step};
use crate::log::Entry;
use crate::problem::Problem;

/// Folds a step. Who may not see a hazard learns no more of it than that there is none such.
pub(super) fn fold(
    entry: &Entry,
    step: &Step,
    actor: &Account,
    view: &impl View,
    received: Instant,
) -> Result<Vec<Row>, Problem> {
    let unknown = || inconsistent("there is no such hazard");
    let card = view.hazard(step.hazard).ok_or_else(unknown)?;
    if Row::Hazard(Box::new(card.clone())).seen_by(actor) == Sight::Hidden {
        return Err(unknown());
    }
    let other = match &step.command {
        Command::Duplicate { of } => view.hazard(*of).map(|other| (other.facility, other.state)),
        _ => None,
    };
    let doing = Doing {
        actor,
        entry: entry.id,
        at: entry.time.at,
        received,
        hazard: card.id,
        facility: card.facility,
        division: &card.division,
        other,
    };
    let next = card.standing()?.take(&step.command, &doing)?;
    Ok(vec![Row::Hazard(Box::new(card.with(&next)))])
}
