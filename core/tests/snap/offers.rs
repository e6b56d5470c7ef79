//! What a page offers is what the guard would let through, in every state and for everybody; and which step is put first.

use xunan_core::access::Account;
use xunan_core::hazard::HazardState;
use xunan_core::offers::Offers;
use xunan_core::problem::StepRefusal;
use xunan_core::reward::Yuan;
use xunan_core::snap::{Doing, MayPublish, Offer, SnapState, Standing};

use super::support::{Became, Ledger, OFFICE_STEPS, citizens, entry_id, everybody, minute, supervisor};
use super::table::STATES;

const fn name(offer: Offer) -> &'static str {
    match offer {
        Offer::Accept => "accept",
        Offer::NotAccept => "not accept",
        Offer::Transfer => "transfer",
        Offer::Duplicate => "duplicate",
        Offer::TurnIntoHazard => "turn into hazard",
        Offer::DealWith { .. } => "deal with",
        Offer::Answer { .. } => "answer",
        Offer::Publish { .. } => "publish",
        Offer::Withdraw { .. } => "withdraw",
        Offer::Reward(_) => "reward",
    }
}

fn with_doing<T>(ledger: &Ledger, actor: &Account, then: impl FnOnce(&Standing, &Doing<'_>) -> T) -> T {
    with_terms(ledger, actor, MayPublish::Yes, then)
}

fn with_terms<T>(
    ledger: &Ledger,
    actor: &Account,
    may_publish: MayPublish,
    then: impl FnOnce(&Standing, &Doing<'_>) -> T,
) -> T {
    let card = ledger.card();
    let now = minute(500);
    let doing = Doing {
        actor,
        entry: entry_id(500),
        at: now,
        received: now,
        snap: card.id(),
        division: card.division(),
        other: Some(SnapState::Received),
        hazard: card.life.hazard.and(ledger.hazard()).map(|hazard| hazard.state),
        may_publish,
        photos: &card.report.photos,
        most_reward: Yuan::of(500).unwrap(),
    };
    then(&Standing { life: card.life.clone() }, &doing)
}

pub(super) fn offers(ledger: &Ledger, actor: &Account) -> Offers<Offer> {
    with_doing(ledger, actor, Standing::offers)
}

/// Every state; those with a hazard also once that is off the open list, and when the reporter opened it again.
fn ledgers() -> Vec<(String, Ledger)> {
    let mut all: Vec<_> =
        STATES.into_iter().map(|(_, state)| (format!("{state:?}"), Ledger::standing_at(state))).collect();
    let mut closed = Ledger::standing_at(SnapState::Hazard);
    closed.hazard_is(HazardState::Closed);
    all.push(("hazard closed".to_owned(), closed.clone()));
    for step in ["deal with", "answer"] {
        take(&mut closed, &supervisor(), step);
    }
    take(&mut closed, &citizens(), "not fixed");
    all.push(("opened again".to_owned(), closed));
    let mut public = Ledger::standing_at(SnapState::Answered);
    take(&mut public, &supervisor(), "publish");
    all.push(("public".to_owned(), public));
    all
}

fn take(ledger: &mut Ledger, actor: &Account, step: &str) {
    let command = ledger.command(step);
    assert!(matches!(ledger.take(actor, command), Became::Done(_)), "{step}");
}

#[test]
fn what_is_offered_is_what_would_be_taken() {
    let mut tried = 0;
    for (state, ledger) in ledgers() {
        for (who, actor) in everybody() {
            let offered: Vec<&str> = offers(&ledger, &actor).all().map(name).collect();
            for step in OFFICE_STEPS {
                let command = ledger.command(step);
                let taken = with_doing(&ledger, &actor, |standing, doing| standing.take(&command, doing));
                // Offered beside each photo, and by no menu.
                let photo = ledger.card().report.photos[0].id;
                let shows = with_doing(&ledger, &actor, |standing, doing| standing.may_show(photo, doing));
                let is_offered = if step == "show photo" { shows.is_some() } else { offered.contains(&step) };
                assert_eq!(
                    is_offered,
                    taken.is_ok(),
                    "{step} by {who} in {state}: offered {offered:?}, taken {taken:?}"
                );
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 11 * 13 * 10);
}

#[test]
fn what_the_office_owes_comes_first_and_what_it_decides_is_put_before_nothing() {
    let next = |ledger: &Ledger| offers(ledger, &supervisor()).next.map(name);
    for (state, first) in [
        (SnapState::Received, Some("accept")),
        (SnapState::Accepted, None),
        (SnapState::NotAccepted, None),
        (SnapState::Transferred, Some("deal with")),
        (SnapState::Duplicate, None),
        (SnapState::Hazard, None),
        (SnapState::DealtWith, Some("answer")),
        (SnapState::Answered, None),
    ] {
        assert_eq!(next(&Ledger::standing_at(state)), first, "{state:?}");
    }
}

#[test]
fn a_report_whose_hazard_is_open_says_what_it_waits_for() {
    let mut ledger = Ledger::standing_at(SnapState::Hazard);
    let held = offers(&ledger, &supervisor()).held;
    assert!(matches!(held, Some((Offer::DealWith { .. }, StepRefusal::NotPutRight))), "{held:?}");
    ledger.hazard_is(HazardState::Closed);
    let now = offers(&ledger, &supervisor());
    assert_eq!((now.next.map(name), now.held), (Some("deal with"), None));
}

#[test]
fn what_is_kept_from_the_public_says_why_where_it_would_be_offered_otherwise() {
    for (state, ledger) in ledgers() {
        for (who, actor) in everybody() {
            let offered = offers(&ledger, &actor).all().any(|offer| name(offer) == "publish");
            let kept = |terms| with_terms(&ledger, &actor, terms, Standing::kept_from_public);
            let expected = offered.then_some(StepRefusal::MinorsNotPublic);
            assert_eq!(kept(MayPublish::NotOfMinors), expected, "{state} {who}");
            assert_eq!(kept(MayPublish::Yes), None, "{state} {who}");
        }
    }
}
