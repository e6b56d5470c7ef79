//! The guards of what happens beside the loop: escalation, listing, transfer, not established, duplicate, reopening; and
//! what a later visit saw.

use super::command::{Command, TransferOutcome};
use super::life::{
    Listing, ListingLevel, Recheck, Reviewer, Stage, StepKind, StoryLine, Submission, Transfer,
};
use super::standing::{Doing, Standing, must_say, refs, refuse};
use crate::access::HazardPart;
use crate::clock::Instant;
use crate::department::Department;
use crate::evidence::{CameraWay, PhotoManifest};
use crate::ids::{EntryId, HazardId};
use crate::problem::{Problem, StepRefusal};
use crate::region::Level;
use crate::rules::Grade;
use crate::visit::{Due, RevisitOutcome};

/// Days until which a hazard that is open again is to be put right, unless the supervisor assigns another date. This
/// project's proposal; no law names a number.
const REOPENED_DAYS: u16 = 7;

impl Standing {
    /// `None` when the command is none of these.
    pub(super) fn take_aside(&mut self, command: &Command, doing: &Doing<'_>) -> Option<Result<(), Problem>> {
        Some(match command {
            Command::Escalate { reason } => self.escalate(reason, doing),
            Command::List { level, reason } => self.list(*level, reason, doing),
            Command::Delist { listing, reason } => self.delist(*listing, reason, doing),
            Command::Transfer { to, reason } => self.transfer(*to, reason, doing),
            Command::ReceiveTransfer { transfer, number } => self.receive(*transfer, number, doing),
            Command::ReturnTransfer { transfer, outcome, reply, photos } => {
                self.return_transfer(*transfer, *outcome, reply, photos, doing)
            }
            Command::NotEstablished { reason } => self.not_established(reason, doing),
            Command::Duplicate { of } => self.duplicate(*of, doing),
            Command::Reopen { reason, photos } => self.reopen(reason, photos, doing),
            Command::Remark { text } => self.remark(text, doing),
            _ => return None,
        })
    }

    const fn is_open(&self) -> bool {
        self.life.stage.state().is_open()
    }

    fn escalate(&mut self, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Recheck, doing)?;
        if self.is_major() {
            return refuse(StepRefusal::AlreadyMajor);
        }
        if !self.is_open() {
            return refuse(StepRefusal::NotNow);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.grade = Grade::Major;
        // What was found put right as a general hazard was not re-checked as a major one has to be.
        if let Stage::Rechecked { submission, .. } = &self.life.stage {
            match submission.clone() {
                Some(submission) => self.life.stage = Stage::Submitted { submission },
                None => self.back_to_work(doing.mark()),
            }
        }
        self.tell(StepKind::Escalated, doing, reason);
        Ok(())
    }

    fn list(&mut self, level: ListingLevel, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        if !self.is_major() {
            return refuse(StepRefusal::OnlyMajor);
        }
        if !self.is_open() {
            return refuse(StepRefusal::NotNow);
        }
        if self.life.listing.is_some() {
            return refuse(StepRefusal::Listed);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.life.listing = Some(Listing { mark: doing.mark(), office: doing.actor.region.clone(), level });
        self.tell(StepKind::Listed, doing, reason);
        Ok(())
    }

    /// 摘牌: by the office that listed it or one above it, once a re-check found it put right.
    fn delist(&mut self, listing: EntryId, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        let now = match &self.life.listing {
            Some(now) if now.mark.entry == listing => now,
            Some(_) => return refuse(StepRefusal::MovedOn),
            None => return refuse(StepRefusal::NotListed),
        };
        if !doing.actor.region.contains(&now.office) {
            return refuse(StepRefusal::OtherOffice);
        }
        if !matches!(self.life.stage, Stage::Rechecked { .. }) {
            return refuse(StepRefusal::NotPutRight);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.life.listing = None;
        self.tell(StepKind::Delisted, doing, reason);
        Ok(())
    }

    fn transfer(&mut self, to: Department, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        if !matches!(self.life.stage, Stage::Found | Stage::Assigned { .. } | Stage::Rectifying { .. }) {
            return refuse(StepRefusal::NotNow);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.life.stage = Stage::Transferred { transfer: Transfer { to, mark: doing.mark(), receipt: None } };
        self.life.extension = None;
        self.tell(StepKind::Transferred, doing, reason);
        Ok(())
    }

    /// The transfer that a step answers.
    fn standing_transfer(&self, transfer: EntryId) -> Result<Transfer, Problem> {
        match &self.life.stage {
            Stage::Transferred { transfer: now } if now.mark.entry == transfer => Ok(now.clone()),
            _ => refuse(StepRefusal::MovedOn),
        }
    }

    fn receive(&mut self, transfer: EntryId, number: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        let mut now = self.standing_transfer(transfer)?;
        self.permit(HazardPart::Receive { department: now.to }, doing)?;
        if now.receipt.is_some() {
            return refuse(StepRefusal::NotNow);
        }
        now.receipt = Some((doing.mark(), number.trim().to_owned()));
        self.life.stage = Stage::Transferred { transfer: now };
        self.tell(StepKind::TransferReceived, doing, number);
        Ok(())
    }

    /// A department that dealt with it has put it right: its photos are re-checked like anybody's.
    fn return_transfer(
        &mut self,
        transfer: EntryId,
        outcome: TransferOutcome,
        reply: &str,
        photos: &[PhotoManifest],
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        let now = self.standing_transfer(transfer)?;
        self.permit(HazardPart::Receive { department: now.to }, doing)?;
        must_say(reply, StepRefusal::ReasonMissing)?;
        let kind = match outcome {
            TransferOutcome::NotCompetent => {
                self.life.stage = Stage::Found;
                self.life.assignment = None;
                StepKind::TransferReturned
            }
            TransferOutcome::Handled if photos.is_empty() => {
                return refuse(StepRefusal::AfterPhotosMissing);
            }
            TransferOutcome::Handled => {
                let submission = Submission { mark: doing.mark(), photos: refs(photos) };
                self.life.stage = Stage::Submitted { submission };
                StepKind::TransferHandled
            }
        };
        self.tell(kind, doing, reply).photos = refs(photos);
        Ok(())
    }

    /// Nothing that was found vanishes quietly: a listed hazard not at all, a major one only by an office of a county or
    /// above (this project's design: a second pair of eyes, further from the visited side).
    fn must_be_ours_to_set_aside(&self, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        if !self.is_open() {
            return refuse(StepRefusal::NotNow);
        }
        if self.life.listing.is_some() {
            return refuse(StepRefusal::Listed);
        }
        if self.is_major() && doing.actor.region.level() > Level::County {
            return refuse(StepRefusal::HigherOffice);
        }
        Ok(())
    }

    fn not_established(&mut self, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.must_be_ours_to_set_aside(doing)?;
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.life.stage = Stage::NotEstablished { mark: doing.mark() };
        self.tell(StepKind::NotEstablished, doing, reason);
        Ok(())
    }

    fn duplicate(&mut self, of: HazardId, doing: &Doing<'_>) -> Result<(), Problem> {
        self.must_be_ours_to_set_aside(doing)?;
        let fits = doing.other.is_some_and(|(facility, state)| {
            facility == doing.facility && state.is_open() && of != doing.hazard
        });
        if !fits {
            return refuse(StepRefusal::NotADuplicate);
        }
        self.life.stage = Stage::Duplicate { mark: doing.mark(), of };
        self.tell(StepKind::Duplicate, doing, "");
        Ok(())
    }

    fn reopen(&mut self, reason: &str, photos: &[PhotoManifest], doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Recheck, doing)?;
        if self.is_open() {
            return refuse(StepRefusal::NotNow);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.start_again(reason, doing).photos = refs(photos);
        Ok(())
    }

    /// Open again as if just found, with a term of its own: the old one ended with what was put right. Its story tells the
    /// rest.
    fn start_again(&mut self, reason: &str, doing: &Doing<'_>) -> &mut StoryLine {
        self.life.stage = Stage::Found;
        self.life.assignment = None;
        self.life.extension = None;
        self.due = Due::By(doing.received.date().plus_days(REOPENED_DAYS));
        self.tell(StepKind::Reopened, doing, reason)
    }

    fn remark(&mut self, text: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        must_say(text, StepRefusal::ReasonMissing)?;
        self.tell(StepKind::Remarked, doing, text);
        Ok(())
    }

    /// What a visit saw of it 回头看: two inspectors on site. Put right, with a photo, it is a re-check; still there, it goes
    /// back to whoever has to put it right, and a closed one is open again. A visit that arrives after something later said
    /// the contrary is told and changes nothing else.
    #[must_use]
    pub fn seen_on_visit(
        &self,
        outcome: RevisitOutcome,
        note: &str,
        photos: &[PhotoManifest],
        second: &Reviewer,
        doing: &Doing<'_>,
    ) -> Self {
        let mut next = self.clone();
        let (kind, told) = match outcome {
            RevisitOutcome::StillThere => (StepKind::SeenStillThere, refs(photos)),
            RevisitOutcome::LooksFixed => (StepKind::SeenFixed, refs(photos)),
        };
        let outdated = next.was_contradicted(outcome, doing.at);
        next.tell(kind, doing, note).photos = told;
        if outdated {
            return next;
        }
        match outcome {
            RevisitOutcome::LooksFixed => next.rechecked_on_visit(photos, second, doing),
            RevisitOutcome::StillThere => match next.life.stage {
                Stage::Submitted { .. } | Stage::Rechecked { .. } => next.back_to_work(doing.mark()),
                Stage::Closed { .. } | Stage::NotEstablished { .. } => {
                    next.start_again("", doing);
                }
                _ => {}
            },
        }
        next.drop_idle_wish();
        next
    }

    /// Whether something later than `at` says the contrary of what a visit saw then. A device whose clock is ahead says
    /// nothing later than the ledger had it.
    fn was_contradicted(&self, outcome: RevisitOutcome, at: Instant) -> bool {
        let contradicts = |kind: StepKind| match outcome {
            RevisitOutcome::LooksFixed => matches!(
                kind,
                StepKind::SeenStillThere
                    | StepKind::SentBack
                    | StepKind::RecheckedNotFixed
                    | StepKind::Reopened
            ),
            RevisitOutcome::StillThere => matches!(
                kind,
                StepKind::SeenFixed
                    | StepKind::Submitted
                    | StepKind::TransferHandled
                    | StepKind::RecheckedFixed
                    | StepKind::Closed
                    | StepKind::NotEstablished
                    | StepKind::Duplicate
            ),
        };
        let story = &self.life.story;
        story.iter().any(|line| contradicts(line.kind) && line.mark.at.min(line.mark.received) > at)
    }

    fn rechecked_on_visit(&mut self, photos: &[PhotoManifest], second: &Reviewer, doing: &Doing<'_>) {
        let submission = match &self.life.stage {
            Stage::Submitted { submission } => Some(submission.clone()),
            Stage::Found | Stage::Assigned { .. } | Stage::Rectifying { .. } => None,
            _ => return,
        };
        let by_the_rectifier = self
            .rectifier()
            .is_some_and(|rectifier| rectifier == doing.actor.id || rectifier == second.account);
        let seen = if self.is_major() {
            photos.iter().any(|photo| photo.way == CameraWay::InPage)
        } else {
            !photos.is_empty()
        };
        if seen && !by_the_rectifier {
            let recheck = Recheck { mark: doing.mark(), second: Some(second.clone()), photos: refs(photos) };
            self.life.stage = Stage::Rechecked { submission, recheck };
        }
    }
}
