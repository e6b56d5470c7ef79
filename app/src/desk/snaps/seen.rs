//! One report as the server tells it, and as it stands with what was signed here since.

use leptos::prelude::WithUntracked as _;
use xunan_core::access::Account;
use xunan_core::clock::Date;
use xunan_core::hazard::HazardState;
use xunan_core::ids::{FacilityId, SnapId};
use xunan_core::ledger::{HazardCard, Rows, SnapCard};
use xunan_core::problem::Problem;
use xunan_core::reward::RewardTerms;
use xunan_core::rules::Grade;
use xunan_core::snap::{Deadline, Doing, MayPublish, SnapState, Standing, Step, TermsTable};
use xunan_core::sync::SnapDetail;

use crate::browser::http::{Method, Request};
use crate::desk::own_steps::{Outlook, OwnStep};
use crate::session::Phone;

/// What the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The report, what is due of it, and what may be the same.
    pub(super) detail: SnapDetail,
    /// The hazard into which it was turned; `None` where there is none, or none that is seen here.
    pub(super) hazard: Option<SeenHazard>,
}

/// What steps ask of the hazard into which a report was turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SeenHazard {
    /// Where it stands.
    pub(super) state: HazardState,
    /// At which institution.
    pub(super) facility: FacilityId,
    /// How grave it is.
    pub(super) grade: Grade,
}

impl SeenHazard {
    const fn of(card: &HazardCard) -> Self {
        Self { state: card.state, facility: card.facility, grade: card.grade }
    }
}

impl Seen {
    /// What the region's terms say of its institutions, as far as these rows know them.
    pub(super) fn may_publish(&self, rows: &Rows, today: Date) -> MayPublish {
        let card = &self.detail.due.snap;
        let facilities = card.report.place.facility.into_iter().chain(self.hazard.map(|it| it.facility));
        let kinds = facilities.map(|id| rows.facility(id).map(|it| it.facility_type));
        MayPublish::of(kinds, TermsTable::shipped().of(card.division(), today).publishing)
    }

    /// Asks for it. A hazard that is off the open list is not on this computer any more, and is asked for too.
    ///
    /// # Errors
    /// The server's [`Problem`], or that it cannot be reached.
    pub(super) async fn fetch(snap: SnapId, phone: Phone) -> Result<Self, Problem> {
        let detail: SnapDetail = Request::plain(Method::Get, format!("/api/snaps/{snap}")).json().await?;
        let Some(hazard) = detail.due.snap.life.hazard else { return Ok(Self { detail, hazard: None }) };
        let here = phone.rows.try_with_untracked(|rows| rows.hazard(hazard).map(SeenHazard::of)).flatten();
        if here.is_some() {
            return Ok(Self { detail, hazard: here });
        }
        let asked = Request::plain(Method::Get, format!("/api/hazards/{hazard}")).json::<HazardCard>().await;
        let hazard = match asked {
            Ok(card) => Some(SeenHazard::of(&card)),
            Err(Problem::NotFound) => None,
            Err(problem) => return Err(problem),
        };
        Ok(Self { detail, hazard })
    }
}

/// What an office owes, as far as the server told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owed {
    /// Something, until a day.
    Until(Deadline),
    /// Nothing.
    Nothing,
    /// What it owes once the server has what was signed here.
    ToldLater,
}

/// A report as whoever sits here finds it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Now {
    /// As the server told it.
    pub(super) seen: Seen,
    /// With the steps that were signed here and that the server has not told of.
    pub(super) card: SnapCard,
    /// What the region's terms say of the institutions that it has to do with.
    pub(super) may_publish: MayPublish,
}

impl Now {
    /// Lays own steps over what the server said, by the fold that the server runs. One that does not fit any more is left
    /// out: what became of it the server says.
    pub(super) fn of(seen: Seen, own: &[OwnStep<Step>], account: &Account, may_publish: MayPublish) -> Self {
        let mut card = seen.detail.due.snap.clone();
        for step in own.iter().filter(|step| step.outlook() == Outlook::Effect) {
            if card.life.tells_of(step.entry) {
                continue;
            }
            // What these name was looked at before the step was signed.
            let (other, hazard) = (Some(SnapState::Received), Some(HazardState::Closed));
            let most_reward = RewardTerms::ANYWHERE_MOST;
            let doing = Doing {
                actor: account,
                entry: step.entry,
                at: step.at,
                received: step.at,
                snap: card.id(),
                division: &card.report.division,
                other,
                hazard,
                may_publish: MayPublish::Yes,
                photos: &card.report.photos,
                most_reward,
            };
            let standing = Standing { life: card.life.clone() };
            if let Ok(next) = standing.take(&step.step.command, &doing) {
                card.life = next.life;
            }
        }
        Self { seen, card, may_publish }
    }

    /// What is due of it.
    pub(super) fn owed(&self) -> Owed {
        let told = &self.seen.detail.due;
        match told.due {
            _ if told.snap.life != self.card.life => Owed::ToldLater,
            Some(due) => Owed::Until(due),
            None => Owed::Nothing,
        }
    }
}
