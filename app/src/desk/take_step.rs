//! Taking a step at the desk: tried by core on what is seen here, so that a refusal is said before anything is signed.

use leptos::prelude::*;
use xunan_core::hazard::{Command, Doing, HazardState, Offer, Step};
use xunan_core::ids::{EntryId, FacilityId, HazardId};
use xunan_core::ledger::HazardCard;
use xunan_core::log::Body;
use xunan_core::offers::Offers;

use crate::browser::clock;
use crate::i18n::Texts;
use crate::session::Phone;

/// What whoever sits here can do with a hazard; `None` when its life cannot be read by this version.
pub(super) fn offers(phone: Phone, hazard: &HazardCard) -> Option<Offers<Offer>> {
    let standing = hazard.standing().ok()?;
    Some(with_doing(phone, hazard, None, |doing| standing.offers(doing)))
}

/// Signs a step, or says why it cannot be taken, in the words of `t`: behind an `await` there is no context to find them in.
///
/// # Errors
/// Why, in words. Nothing was signed then.
pub(super) async fn take(
    phone: Phone,
    hazard: &HazardCard,
    command: Command,
    t: Texts,
) -> Result<(), String> {
    // As it is now: while a form was open, somebody else may have been first.
    let now = phone.rows.with_untracked(|rows| rows.hazard(hazard.id).cloned());
    let hazard = now.as_ref().unwrap_or(hazard);
    let other = match &command {
        Command::Duplicate { of } => other(phone, *of),
        _ => None,
    };
    let tried = hazard
        .standing()
        .and_then(|standing| with_doing(phone, hazard, other, |doing| standing.take(&command, doing)));
    tried.map_err(|problem| t.problem(&problem))?;
    let body = Body::HazardStep(Box::new(Step { hazard: hazard.id, command }));
    let signed = phone.append(&body, &hazard.title, None, &[], &[]).await;
    signed.map(drop).map_err(|problem| t.problem(&problem))
}

/// The hazard that a duplicate names.
fn other(phone: Phone, of: HazardId) -> Option<(FacilityId, HazardState)> {
    phone.rows.with_untracked(|rows| rows.hazard(of).map(|other| (other.facility, other.state)))
}

fn with_doing<T>(
    phone: Phone,
    hazard: &HazardCard,
    other: Option<(FacilityId, HazardState)>,
    then: impl FnOnce(&Doing<'_>) -> T,
) -> T {
    let (account, now) = (phone.account(), clock::now());
    then(&Doing {
        actor: &account,
        entry: EntryId::from_parts(now, clock::entropy()),
        at: now,
        received: now,
        hazard: hazard.id,
        facility: hazard.facility,
        division: &hazard.division,
        other,
    })
}
