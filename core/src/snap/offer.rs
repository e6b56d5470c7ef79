//! Which steps an office can take with a report now: what a page offers, and which of it is the next one.
//!
//! As in a hazard's loop, each step is tried on the report as it stands, filled in as well as it could be: an offer can still
//! be refused for what somebody writes into it, and never for anything that was known before.

use super::command::{Command, NewHazard, NotAcceptedReason};
use super::life::{SnapState, Stage};
use super::publication::{PublicNotice, PublicPlace, PublicTitle, PublicWords};
use super::report::Category;
use super::standing::{Doing, Standing};
use crate::clock::Instant;
use crate::department::Department;
use crate::ids::{Entropy, EntryId, FacilityId, HazardId, SnapId};
use crate::offers::Offers;
use crate::problem::{Problem, StepRefusal};
use crate::reward::RewardOffer;
use crate::rules::Grade;

/// A step that an office can take, with what it answers. The reporter's own steps are offered by the page of the secret link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// 受理
    Accept,
    /// 不予受理
    NotAccept,
    /// 转办
    Transfer,
    /// 并案
    Duplicate,
    /// 转为隐患
    TurnIntoHazard,
    /// 办结
    DealWith {
        /// What is dealt with.
        after: EntryId,
    },
    /// 答复
    Answer {
        /// What is answered.
        after: EntryId,
    },
    /// 公开到广场
    Publish {
        /// Of what it would speak.
        after: EntryId,
    },
    /// 从广场撤下
    Withdraw {
        /// The publication.
        publication: EntryId,
    },
    /// 奖励
    Reward(RewardOffer),
}

impl Standing {
    /// What the actor of `doing` can do now. The entry and the other report that it names are not looked at.
    pub fn offers(&self, doing: &Doing<'_>) -> Offers<Offer> {
        Offers::of(self.candidates(doing), |offer| self.is_owed(offer), |offer| self.tried(offer, doing))
    }

    /// Why a report that could be published by how it stands is kept from the public here; `None` when it is not.
    pub fn kept_from_public(&self, doing: &Doing<'_>) -> Option<StepRefusal> {
        let after = self.life.stage.entry()?;
        match self.tried(Offer::Publish { after }, doing) {
            Err(Problem::StepRefused { why: why @ StepRefusal::MinorsNotPublic }) => Some(why),
            _ => None,
        }
    }

    /// Every step that may be one of the stage.
    fn candidates(&self, doing: &Doing<'_>) -> Vec<Offer> {
        let mut offers = vec![Offer::Accept, Offer::NotAccept, Offer::TurnIntoHazard];
        match &self.life.stage {
            Stage::Accepted { mark } | Stage::Transferred { mark, .. } | Stage::Hazard { mark } => {
                offers.push(Offer::DealWith { after: mark.entry });
            }
            Stage::DealtWith { mark } => offers.push(Offer::Answer { after: mark.entry }),
            Stage::Received
            | Stage::NotAccepted { .. }
            | Stage::Duplicate { .. }
            | Stage::Answered { .. } => {}
        }
        offers.extend([Offer::Transfer, Offer::Duplicate]);
        let rewards = RewardOffer::candidates(self.life.reward.as_ref(), self.merit(), doing.most_reward);
        offers.extend(rewards.into_iter().map(Offer::Reward));
        // The last ones: whether it may be public is known later than all else, and no button is to move under a finger.
        let publication = self.life.publication.as_ref();
        offers.extend(publication.map(|public| Offer::Withdraw { publication: public.mark.entry }));
        offers.extend(self.life.stage.entry().map(|after| Offer::Publish { after }));
        offers
    }

    /// Whether the office owes this step, whatever it decides. What becomes of an accepted report is a decision, and none of
    /// its steps is put before the others.
    const fn is_owed(&self, offer: Offer) -> bool {
        if let Offer::Reward(offer) = offer {
            return offer.is_owed();
        }
        matches!(
            (&self.life.stage, offer),
            (Stage::Received, Offer::Accept)
                | (Stage::Transferred { .. } | Stage::Hazard { .. }, Offer::DealWith { .. })
                | (Stage::DealtWith { .. }, Offer::Answer { .. })
        )
    }

    /// Whether the guard lets a step through that is filled in well.
    fn tried(&self, offer: Offer, doing: &Doing<'_>) -> Result<(), Problem> {
        let doing = Doing { other: Some(SnapState::Received), ..*doing };
        let command = match offer {
            Offer::Reward(offer) => offer.filled(&doing.with_reward(self.merit())).map(Command::Reward),
            offer => filled(offer, self.life.stage.state(), &doing),
        };
        let Some(command) = command else {
            return Err(Problem::StepRefused { why: StepRefusal::ReasonMissing });
        };
        self.take(&command, &doing).map(drop)
    }
}

/// A notice with something in every place that has to say something.
fn notice(state: SnapState) -> Option<PublicNotice> {
    let result = if state == SnapState::Answered { "-" } else { "" };
    Some(PublicNotice {
        title: PublicTitle::of("-").ok()?,
        category: Category::Other,
        place: PublicPlace::of("-").ok()?,
        words: PublicWords::default(),
        result: PublicWords::of(result).ok()?,
    })
}

/// A step with something in every place.
fn filled(offer: Offer, state: SnapState, doing: &Doing<'_>) -> Option<Command> {
    let said = || "-".to_owned();
    let nowhere = (Instant::from_unix_millis(0), Entropy(0));
    Some(match offer {
        Offer::Accept => Command::Accept,
        Offer::NotAccept => Command::NotAccept { reason: NotAcceptedReason::Other, words: said() },
        Offer::Transfer => Command::Transfer { to: Department::CivilAffairs, words: said() },
        Offer::Duplicate => Command::Duplicate { of: SnapId::from_parts(nowhere.0, nowhere.1) },
        Offer::TurnIntoHazard => Command::TurnIntoHazard {
            hazard: NewHazard {
                id: HazardId::from_parts(nowhere.0, nowhere.1),
                facility: FacilityId::from_parts(nowhere.0, nowhere.1),
                title: said(),
                place: String::new(),
                grade: Grade::General,
                due: doing.at.date(),
            },
        },
        Offer::DealWith { after } => Command::DealWith { after, words: said() },
        Offer::Answer { after } => Command::Answer { after, words: said() },
        Offer::Publish { after } => Command::Publish { after, notice: notice(state)? },
        Offer::Withdraw { publication } => Command::Withdraw { publication, words: said() },
        Offer::Reward(_) => return None,
    })
}
