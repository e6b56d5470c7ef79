//! A report as a step finds it, and as it leaves it.

use super::command::{Command, NewHazard, NotAcceptedReason, Satisfaction};
use super::life::{Life, Reopening, SnapState, Stage, StepKind, StoryLine};
use super::own_words::OwnWords;
use super::publication::{MayPublish, PublicNotice, PublicPhoto, Publication};
use super::report::{Report, SnapPhoto};
use crate::access::{Account, Action, Permission, SnapPart, may_do};
use crate::clock::Instant;
use crate::department::Department;
use crate::hazard::{HazardState, Mark};
use crate::ids::{EntryId, PhotoId, SnapId};
use crate::problem::{Problem, StepRefusal, must_be_short, must_say, refuse};
use crate::region::DivisionCode;
use crate::reward::{Merit, Reward, RewardCommand, RewardDoing, Yuan};
use crate::rules::Grade;

/// What a step may change of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its life.
    pub life: Life,
}

/// A step under way: who does it, when, and to what.
#[derive(Clone, Copy, Debug)]
pub struct Doing<'a> {
    /// Who.
    pub actor: &'a Account,
    /// By which entry.
    pub entry: EntryId,
    /// When, by the device's clock.
    pub at: Instant,
    /// When the ledger had it.
    pub received: Instant,
    /// Which report.
    pub snap: SnapId,
    /// Whose office has it.
    pub division: &'a DivisionCode,
    /// The state of the report that a duplicate names; `None` when there is none such for the actor.
    pub other: Option<SnapState>,
    /// The state of the hazard into which it was turned.
    pub hazard: Option<HazardState>,
    /// Whether what was seen at its institutions may be made public, that of a hazard into which it is turned among them.
    pub may_publish: MayPublish,
    /// The photos of the report itself; those of its story stand in its life.
    pub photos: &'a [SnapPhoto],
    /// The most that may be given for it as a reward.
    pub most_reward: Yuan,
}

impl Doing<'_> {
    /// Who did it, as the story tells it.
    pub fn mark(&self) -> Mark {
        Mark::of(self.actor, self.entry, self.at, self.received)
    }

    /// The mark of the reporter, who is nobody's business.
    fn nameless(&self) -> Mark {
        Mark::nameless(self.entry, self.at, self.received)
    }

    /// The step as its reward sees it.
    pub(super) const fn with_reward(&self, merit: Merit) -> RewardDoing<'_> {
        RewardDoing {
            actor: self.actor,
            entry: self.entry,
            at: self.at,
            received: self.received,
            merit,
            most: self.most_reward,
        }
    }

    fn permit(&self, part: SnapPart) -> Result<(), Problem> {
        match may_do(self.actor, &Action::StepOnSnap { part, division: self.division }) {
            Permission::Granted => Ok(()),
            Permission::Denied(_) => Err(Problem::NotAllowed),
        }
    }
}

impl Standing {
    /// The report after a step.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] when this is not the actor's to do, [`Problem::StepRefused`] when its guard refuses it.
    pub fn take(&self, command: &Command, doing: &Doing<'_>) -> Result<Self, Problem> {
        doing.permit(command.part())?;
        let mut next = self.clone();
        match command {
            Command::Accept => next.accept(doing),
            Command::NotAccept { reason, words } => next.not_accept(*reason, words, doing),
            Command::Transfer { to, words } => next.transfer(*to, words, doing),
            Command::Duplicate { of } => next.duplicate(*of, doing),
            Command::TurnIntoHazard { hazard } => next.turn_into_hazard(hazard, doing),
            Command::DealWith { after, words } => next.deal_with(*after, words, doing),
            Command::Answer { after, words } => next.answer(*after, words, doing),
            Command::Rate { answer, satisfaction } => next.rate(*answer, *satisfaction, doing),
            Command::NotFixed { answer, words, photos } => next.not_fixed(*answer, (words, photos), doing),
            Command::Publish { after, notice } => next.publish(*after, notice, doing),
            Command::ShowPhoto { publication, photo } => next.show_photo(*publication, photo, doing),
            Command::Withdraw { publication, words } => next.withdraw(*publication, words, doing),
            Command::Reward(command) => next.reward(command, doing),
        }?;
        Ok(next)
    }

    fn tell(&mut self, kind: StepKind, mark: Mark, words: &str) {
        self.tell_and_show(kind, mark, words, &[]);
    }

    fn tell_and_show(&mut self, kind: StepKind, mark: Mark, words: &str, photos: &[SnapPhoto]) {
        let words = words.trim().to_owned();
        self.life.story.push(StoryLine { kind, mark, words, photos: photos.to_vec() });
    }

    fn accept(&mut self, doing: &Doing<'_>) -> Result<(), Problem> {
        if self.life.stage != Stage::Received {
            return refuse(StepRefusal::NotNow);
        }
        self.life.stage = Stage::Accepted { mark: doing.mark() };
        self.tell(StepKind::Accepted, doing.mark(), "");
        Ok(())
    }

    fn not_accept(
        &mut self,
        reason: NotAcceptedReason,
        words: &str,
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        if self.life.stage != Stage::Received {
            return refuse(StepRefusal::NotNow);
        }
        match reason {
            NotAcceptedReason::Other => must_say(words)?,
            _ => must_be_short(words)?,
        }
        self.life.stage = Stage::NotAccepted { mark: doing.mark(), reason };
        self.tell(StepKind::NotAccepted, doing.mark(), words);
        Ok(())
    }

    /// Whether nobody has sent it anywhere yet.
    const fn is_at_the_office(&self) -> bool {
        matches!(self.life.stage, Stage::Received | Stage::Accepted { .. })
    }

    /// A body that is not competent transfers (安全生产法 73): so also without accepting it first.
    fn transfer(&mut self, to: Department, words: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        if !self.is_at_the_office() {
            return refuse(StepRefusal::NotNow);
        }
        must_say(words)?;
        self.life.stage = Stage::Transferred { mark: doing.mark(), to };
        self.tell(StepKind::Transferred, doing.mark(), words);
        Ok(())
    }

    /// One matter stands for another when it is itself looked after: not when it was set aside. What was joined is not public
    /// any more: the other one may be, and one matter is told once.
    fn duplicate(&mut self, of: SnapId, doing: &Doing<'_>) -> Result<(), Problem> {
        if !self.is_at_the_office() {
            return refuse(StepRefusal::NotNow);
        }
        let fits = doing
            .other
            .is_some_and(|state| of != doing.snap && (state.is_open() || state == SnapState::Answered));
        // One matter has one reward, and this one may have it already.
        let today = doing.received.date();
        let is_rewarded = self.life.reward.as_ref().is_some_and(|reward| reward.is_granted(today));
        if !fits || is_rewarded {
            return refuse(StepRefusal::NotADuplicate);
        }
        self.life.stage = Stage::Duplicate { mark: doing.mark(), of };
        self.life.publication = None;
        self.tell(StepKind::Duplicate, doing.mark(), "");
        Ok(())
    }

    /// What turns out to be at a home of minors is not public any more.
    fn turn_into_hazard(&mut self, hazard: &NewHazard, doing: &Doing<'_>) -> Result<(), Problem> {
        if !matches!(self.life.stage, Stage::Accepted { .. }) || self.life.hazard.is_some() {
            return refuse(StepRefusal::NotNow);
        }
        must_say(&hazard.title)?;
        must_be_short(&hazard.place)?;
        if hazard.grade == Grade::Advice {
            return refuse(StepRefusal::NotNow);
        }
        if hazard.due < doing.at.date() {
            return refuse(StepRefusal::DueInThePast);
        }
        self.life.stage = Stage::Hazard { mark: doing.mark() };
        self.life.hazard = Some(hazard.id);
        if doing.may_publish == MayPublish::NotOfMinors {
            self.life.publication = None;
        }
        self.tell(StepKind::TurnedIntoHazard, doing.mark(), "");
        Ok(())
    }

    /// Dealt with is what was looked into. A hazard is once it is off the open list: that it was put right is for its own
    /// loop to say.
    fn deal_with(&mut self, after: EntryId, words: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        let now = match &self.life.stage {
            Stage::Accepted { mark } | Stage::Transferred { mark, .. } | Stage::Hazard { mark } => mark.entry,
            _ => return refuse(StepRefusal::NotNow),
        };
        if now != after {
            return refuse(StepRefusal::MovedOn);
        }
        if matches!(self.life.stage, Stage::Hazard { .. }) && doing.hazard.is_none_or(HazardState::is_open) {
            return refuse(StepRefusal::NotPutRight);
        }
        must_say(words)?;
        self.life.stage = Stage::DealtWith { mark: doing.mark() };
        self.tell(StepKind::DealtWith, doing.mark(), words);
        Ok(())
    }

    fn answer(&mut self, after: EntryId, words: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        match &self.life.stage {
            Stage::DealtWith { mark } if mark.entry == after => {}
            Stage::DealtWith { .. } => return refuse(StepRefusal::MovedOn),
            _ => return refuse(StepRefusal::NotNow),
        }
        must_say(words)?;
        self.life.stage = Stage::Answered { mark: doing.mark(), satisfaction: None };
        self.tell(StepKind::Answered, doing.mark(), words);
        Ok(())
    }

    /// Whether `answer` is what the reporter was told last.
    fn must_be_the_answer(&self, answer: EntryId) -> Result<(), Problem> {
        match &self.life.stage {
            Stage::Answered { mark, .. } if mark.entry == answer => Ok(()),
            Stage::Answered { .. } => refuse(StepRefusal::MovedOn),
            _ => refuse(StepRefusal::NotNow),
        }
    }

    /// Said once of each answer.
    fn rate(
        &mut self,
        answer: EntryId,
        satisfaction: Satisfaction,
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        self.must_be_the_answer(answer)?;
        let Stage::Answered { satisfaction: said @ None, .. } = &mut self.life.stage else {
            return refuse(StepRefusal::NotNow);
        };
        *said = Some(satisfaction);
        self.tell(StepKind::Rated, doing.nameless(), "");
        Ok(())
    }

    fn not_fixed(
        &mut self,
        answer: EntryId,
        (words, photos): (&OwnWords, &[SnapPhoto]),
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        self.must_be_the_answer(answer)?;
        if photos.is_empty() {
            must_say(words.as_str())?;
        }
        if photos.len() > Report::MAX_PHOTOS {
            return refuse(StepRefusal::TooLong);
        }
        if self.life.reopening() == Reopening::TooOften {
            return refuse(StepRefusal::NotNow);
        }
        self.life.stage = Stage::Accepted { mark: doing.nameless() };
        self.tell_and_show(StepKind::NotFixed, doing.nameless(), words.as_str(), photos);
        Ok(())
    }

    /// Whether an office has accepted it, and it is not set aside. What was received alone is a claim that nobody has looked at,
    /// and what was not accepted is none that the office stands for: neither is held up to everybody, for the reporter's sake
    /// and for that of whoever is said to be at fault. A report that was transferred without acceptance is the other
    /// department's to tell of, until this office has dealt with it.
    fn is_looked_after(&self) -> bool {
        let accepted = || self.life.story.iter().any(|line| line.kind == StepKind::Accepted);
        match self.life.stage {
            Stage::Accepted { .. }
            | Stage::Hazard { .. }
            | Stage::DealtWith { .. }
            | Stage::Answered { .. } => true,
            Stage::Transferred { .. } => accepted(),
            Stage::Received | Stage::NotAccepted { .. } | Stage::Duplicate { .. } => false,
        }
    }

    /// A notice speaks of how the report stands: one that was written before the report moved on is to be written anew. It
    /// tells a result when the report is answered, and only then.
    fn publish(&mut self, after: EntryId, notice: &PublicNotice, doing: &Doing<'_>) -> Result<(), Problem> {
        if !self.is_looked_after() {
            return refuse(StepRefusal::NotNow);
        }
        if doing.may_publish == MayPublish::NotOfMinors {
            return refuse(StepRefusal::MinorsNotPublic);
        }
        if self.life.stage.entry() != Some(after) {
            return refuse(StepRefusal::MovedOn);
        }
        match (self.life.stage.state(), notice.result.is_empty()) {
            (SnapState::Answered, true) => return refuse(StepRefusal::ReasonMissing),
            (SnapState::Answered, false) | (_, true) => {}
            (_, false) => return refuse(StepRefusal::NotNow),
        }
        // What was shown with other words is shown with these: it is the same matter.
        let photos = self.life.publication.take().map(|before| before.photos).unwrap_or_default();
        self.life.publication =
            Some(Publication { mark: doing.mark(), after, notice: notice.clone(), photos });
        self.tell(StepKind::Published, doing.mark(), notice.title.as_str());
        Ok(())
    }

    /// The publication with which a picture of a photo can be shown now, by its entry; `None` when none can, or not by this
    /// actor.
    pub fn may_show(&self, photo: PhotoId, doing: &Doing<'_>) -> Option<EntryId> {
        doing.permit(SnapPart::Triage).ok()?;
        let public = self.life.publication.as_ref().filter(|_| doing.may_publish == MayPublish::Yes)?;
        let others = public.photos.iter().filter(|it| it.photo != photo).count();
        (others < PublicPhoto::MOST).then_some(public.mark.entry)
    }

    /// One of a photo of this report: of the reporter's, from the beginning or when it was opened again.
    fn show_photo(
        &mut self,
        publication: EntryId,
        photo: &PublicPhoto,
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        if doing.may_publish == MayPublish::NotOfMinors {
            return refuse(StepRefusal::MinorsNotPublic);
        }
        self.must_be_published(publication)?;
        photo.check().map_err(|why| Problem::RecordInconsistent { detail: why.to_string() })?;
        let told = self.life.story.iter().flat_map(|line| &line.photos);
        let is_source = |it: &SnapPhoto| (it.id, it.stored) == (photo.photo, photo.source);
        if !doing.photos.iter().chain(told).any(is_source) {
            return Err(Problem::RecordInconsistent { detail: "the report has no such photo".to_owned() });
        }
        let public = self.must_be_published(publication)?;
        public.photos.retain(|before| before.photo != photo.photo);
        if public.photos.len() >= PublicPhoto::MOST {
            return Err(Problem::RecordInconsistent {
                detail: "as many pictures as there may be".to_owned(),
            });
        }
        public.photos.push(photo.clone());
        self.tell(StepKind::ShowedPhoto, doing.mark(), "");
        Ok(())
    }

    fn must_be_published(&mut self, publication: EntryId) -> Result<&mut Publication, Problem> {
        match &mut self.life.publication {
            Some(public) if public.mark.entry == publication => Ok(public),
            Some(_) => refuse(StepRefusal::MovedOn),
            None => refuse(StepRefusal::NotNow),
        }
    }

    /// Wherever the report stands: what should not be public must not wait.
    fn withdraw(&mut self, publication: EntryId, words: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.must_be_published(publication)?;
        must_say(words)?;
        self.life.publication = None;
        self.tell(StepKind::Withdrawn, doing.mark(), words);
        Ok(())
    }

    /// Whether it was found true: once it was turned into a hazard or dealt with. One that stands behind another has no reward
    /// of its own: the first of a matter has it.
    pub(super) const fn merit(&self) -> Merit {
        match &self.life.stage {
            Stage::Hazard { mark } | Stage::DealtWith { mark } | Stage::Answered { mark, .. } => {
                Merit::Proven { by: mark.entry }
            }
            Stage::Received
            | Stage::Accepted { .. }
            | Stage::NotAccepted { .. }
            | Stage::Transferred { .. }
            | Stage::Duplicate { .. } => Merit::NotNow,
        }
    }

    /// Changes neither the stage nor the story: what is given is no part of what was done.
    fn reward(&mut self, command: &RewardCommand, doing: &Doing<'_>) -> Result<(), Problem> {
        let reward = Reward::take(self.life.reward.as_ref(), command, &doing.with_reward(self.merit()))?;
        self.life.reward = Some(reward);
        Ok(())
    }
}
