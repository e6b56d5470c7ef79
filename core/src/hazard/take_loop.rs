//! The guards of the loop itself: assign, sign for, submit, re-check, close, and more time.

use super::command::{Answer, Command, RecheckOutcome, RecheckWay};
use super::life::{Assignment, Closure, Extension, Recheck, Reviewer, Stage, StepKind, Submission};
use super::standing::{Doing, Standing, must_say, refs, refuse};
use super::treatment::TreatmentPlan;
use crate::access::HazardPart;
use crate::clock::Date;
use crate::evidence::{CameraWay, PhotoManifest};
use crate::ids::EntryId;
use crate::problem::{Problem, StepRefusal};
use crate::visit::Due;

/// Units of one assignment, at most: the six parties and a few departments.
const MAX_UNITS: usize = 9;

/// A re-check as it was done.
struct Checked<'a> {
    submission: Option<EntryId>,
    way: RecheckWay,
    outcome: RecheckOutcome,
    note: &'a str,
    photos: &'a [PhotoManifest],
    second: Option<&'a Reviewer>,
}

impl Standing {
    /// `None` when the command is none of the loop's.
    pub(super) fn take_in_loop(
        &mut self,
        command: &Command,
        doing: &Doing<'_>,
    ) -> Option<Result<(), Problem>> {
        Some(match command {
            Command::Assign { assignment } => self.assign(assignment, doing),
            Command::SignFor { assignment } => self.sign_for(*assignment, doing),
            Command::Decline { assignment, reason } => self.decline(*assignment, reason, doing),
            Command::Plan { plan } => self.plan(plan, doing),
            Command::Submit { note, photos } => self.submit(note, photos, doing),
            Command::SendBack { submission, reason } => self.send_back(*submission, reason, doing),
            Command::Recheck { submission, way, outcome, note, photos, second } => {
                let checked = Checked {
                    submission: *submission,
                    way: *way,
                    outcome: *outcome,
                    note,
                    photos,
                    second: second.as_ref(),
                };
                self.recheck(&checked, doing)
            }
            Command::Close { recheck, note } => self.close(*recheck, note, doing),
            Command::AskExtension { until, reason } => self.ask_extension(*until, reason, doing),
            Command::AnswerExtension { ask, answer, reason } => {
                self.answer_extension(*ask, *answer, reason, doing)
            }
            _ => return None,
        })
    }

    /// 交办 needs a unit, a person, a measure and a date on every line. Again on an assigned one, it is given to others.
    fn assign(&mut self, assignment: &Assignment, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        if !self.is_in_work() {
            return refuse(StepRefusal::NotNow);
        }
        let kinds: Vec<_> = assignment.units().map(|unit| unit.kind).collect();
        if kinds.len() > MAX_UNITS {
            return refuse(StepRefusal::TooLong);
        }
        if kinds.iter().enumerate().any(|(at, kind)| kinds[..at].contains(kind)) {
            return refuse(StepRefusal::UnitTwice);
        }
        for unit in assignment.units() {
            must_say(&unit.name, StepRefusal::UnitMissing)?;
        }
        must_say(&assignment.person, StepRefusal::PersonMissing)?;
        must_say(&assignment.measure, StepRefusal::MeasureMissing)?;
        if assignment.due < doing.on() {
            return refuse(StepRefusal::DueInThePast);
        }
        self.due = Due::By(assignment.due);
        self.life.assignment = Some(assignment.clone());
        self.life.extension = None;
        self.life.stage = Stage::Assigned { mark: doing.mark() };
        let told = format!("{} {}：{}", assignment.primary.name, assignment.person, assignment.measure);
        self.tell(StepKind::Assigned, doing, &told).date = Some(assignment.due);
        Ok(())
    }

    /// The assignment that a step answers must still stand.
    fn must_stand(&self, assignment: EntryId) -> Result<(), Problem> {
        match &self.life.stage {
            Stage::Assigned { mark } if mark.entry == assignment => Ok(()),
            _ => refuse(StepRefusal::MovedOn),
        }
    }

    fn sign_for(&mut self, assignment: EntryId, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        self.must_stand(assignment)?;
        self.life.stage = Stage::Rectifying { mark: doing.mark() };
        self.tell(StepKind::SignedFor, doing, "");
        Ok(())
    }

    fn decline(&mut self, assignment: EntryId, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        self.must_stand(assignment)?;
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.life.stage = Stage::Found;
        self.life.assignment = None;
        self.tell(StepKind::Declined, doing, reason);
        Ok(())
    }

    fn plan(&mut self, plan: &TreatmentPlan, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        if !self.is_major() {
            return refuse(StepRefusal::OnlyMajor);
        }
        if !self.is_in_work() {
            return refuse(StepRefusal::NotNow);
        }
        if !plan.is_complete() {
            return refuse(StepRefusal::TreatmentPlanIncomplete);
        }
        if plan.until < doing.on() {
            return refuse(StepRefusal::DueInThePast);
        }
        self.life.plan = Some(plan.clone());
        self.tell(StepKind::Planned, doing, &plan.goals).date = Some(plan.until);
        Ok(())
    }

    /// What was put right is shown by photos. A unit that acts at once need not wait for the assignment.
    fn submit(&mut self, note: &str, photos: &[PhotoManifest], doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        if !self.is_in_work() {
            return refuse(StepRefusal::NotNow);
        }
        if self.is_major() && self.life.plan.is_none() {
            return refuse(StepRefusal::TreatmentPlanMissing);
        }
        if photos.is_empty() {
            return refuse(StepRefusal::AfterPhotosMissing);
        }
        let submission = Submission { mark: doing.mark(), photos: refs(photos) };
        self.life.stage = Stage::Submitted { submission };
        self.life.extension = None;
        self.tell(StepKind::Submitted, doing, note).photos = refs(photos);
        Ok(())
    }

    /// Also by whoever is to close it and sees on the re-check's photos, or on site, that it does not do after all: then
    /// the re-check is what is named.
    fn send_back(&mut self, submission: EntryId, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        match &self.life.stage {
            Stage::Submitted { submission: now } if now.mark.entry == submission => {}
            Stage::Rechecked { recheck: now, .. } if now.mark.entry == submission => {}
            _ => return refuse(StepRefusal::MovedOn),
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        self.back_to_work(doing.mark());
        self.tell(StepKind::SentBack, doing, reason);
        Ok(())
    }

    /// 复查: by somebody who is not the rectifier; on site, with a photo taken there, for a major hazard.
    fn recheck(&mut self, checked: &Checked<'_>, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Recheck, doing)?;
        let submitted = match &self.life.stage {
            Stage::Submitted { submission } => Some(submission.clone()),
            Stage::Found | Stage::Assigned { .. } | Stage::Rectifying { .. } => None,
            _ if checked.submission.is_some() => return refuse(StepRefusal::MovedOn),
            _ => return refuse(StepRefusal::NotNow),
        };
        let named = checked.submission;
        if named.is_some() && named != submitted.as_ref().map(|it| it.mark.entry) {
            return refuse(StepRefusal::MovedOn);
        }
        let rectifier = self.rectifier();
        if rectifier == Some(doing.actor.id) {
            return refuse(StepRefusal::VerifierIsRectifier);
        }
        if let Some(second) = checked.second {
            if second.account == doing.actor.id {
                return refuse(StepRefusal::SameReviewerTwice);
            }
            if rectifier == Some(second.account) {
                return refuse(StepRefusal::VerifierIsRectifier);
            }
        }
        match checked.outcome {
            RecheckOutcome::NotFixed => {
                must_say(checked.note, StepRefusal::ReasonMissing)?;
                // What nobody submitted as put right stays where it is: an assignment can still be signed for.
                if submitted.is_some() {
                    self.back_to_work(doing.mark());
                }
                self.tell(StepKind::RecheckedNotFixed, doing, checked.note).photos = refs(checked.photos);
            }
            RecheckOutcome::Fixed => {
                self.must_show(checked, submitted.as_ref())?;
                let recheck = Recheck {
                    mark: doing.mark(),
                    second: checked.second.cloned(),
                    photos: refs(checked.photos),
                };
                self.life.stage = Stage::Rechecked { submission: submitted, recheck };
                self.tell(StepKind::RecheckedFixed, doing, checked.note).photos = refs(checked.photos);
            }
        }
        Ok(())
    }

    /// That a hazard is put right must be seen on photos: those of the re-check itself, or, where photos are enough,
    /// those that were submitted.
    fn must_show(&self, checked: &Checked<'_>, submitted: Option<&Submission>) -> Result<(), Problem> {
        let taken_there = checked.photos.iter().any(|photo| photo.way == CameraWay::InPage);
        if self.is_major() && (checked.way != RecheckWay::OnSite || !taken_there) {
            return refuse(StepRefusal::NotOnSite);
        }
        let seen = match checked.way {
            RecheckWay::OnSite => !checked.photos.is_empty(),
            RecheckWay::ByPhotos => submitted.is_some_and(|it| !it.photos.is_empty()),
        };
        if seen { Ok(()) } else { refuse(StepRefusal::AfterPhotosMissing) }
    }

    /// 销号: on a re-check that still stands, by somebody who is not the rectifier; a major hazard by a second person; not
    /// while a measure keeps people away without consent to its end, and not while it is listed.
    fn close(&mut self, recheck: EntryId, note: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        let Stage::Rechecked { recheck: now, .. } = &self.life.stage else {
            return refuse(StepRefusal::MovedOn);
        };
        if now.mark.entry != recheck {
            return refuse(StepRefusal::MovedOn);
        }
        if self.rectifier() == Some(doing.actor.id) {
            return refuse(StepRefusal::VerifierIsRectifier);
        }
        if self.is_major() && now.mark.account == doing.actor.id {
            return refuse(StepRefusal::SecondVerifierNeeded);
        }
        let kept_away =
            |order: &super::MeasureOrder| order.measure.needs_consent() && !order.state.is_settled();
        if self.life.measures.iter().any(kept_away) {
            return refuse(StepRefusal::MeasuresStillInForce);
        }
        if self.life.listing.is_some() {
            return refuse(StepRefusal::Listed);
        }
        let closure = Closure { recheck: now.clone(), mark: doing.mark() };
        self.life.stage = Stage::Closed { closure: Box::new(closure) };
        self.tell(StepKind::Closed, doing, note);
        Ok(())
    }

    fn ask_extension(&mut self, until: Date, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        if !self.is_in_work() {
            return refuse(StepRefusal::NotNow);
        }
        if self.life.extension.is_some() {
            return refuse(StepRefusal::ExtensionAsked);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        let later = match self.due {
            Due::By(due) => until > due && until >= doing.on(),
            Due::OnTheSpot => until > doing.on(),
        };
        if !later {
            return refuse(StepRefusal::ExtensionNotLater);
        }
        self.life.extension = Some(Extension { mark: doing.mark(), until });
        self.tell(StepKind::ExtensionAsked, doing, reason).date = Some(until);
        Ok(())
    }

    fn answer_extension(
        &mut self,
        ask: EntryId,
        answer: Answer,
        reason: &str,
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        let until = match &self.life.extension {
            Some(wish) if wish.mark.entry == ask => wish.until,
            _ => return refuse(StepRefusal::MovedOn),
        };
        match answer {
            Answer::Granted => {
                self.due = Due::By(until);
                if let Some(assignment) = &mut self.life.assignment {
                    assignment.due = until;
                }
                self.tell(StepKind::ExtensionGranted, doing, reason).date = Some(until);
            }
            Answer::Denied => {
                must_say(reason, StepRefusal::ReasonMissing)?;
                self.tell(StepKind::ExtensionDenied, doing, reason);
            }
        }
        self.life.extension = None;
        Ok(())
    }
}
