//! A hazard as a step finds it, and as it leaves it.

use super::command::Command;
use super::life::{Life, Mark, PhotoRef, Stage, StepKind, StoryLine};
use super::state::HazardState;
use crate::access::{Account, Action, HazardPart, Permission, may_do};
use crate::clock::{Date, Instant};
use crate::evidence::PhotoManifest;
use crate::ids::{AccountId, EntryId, FacilityId, HazardId};
use crate::problem::{Problem, StepRefusal};
use crate::region::DivisionCode;
use crate::rules::Grade;
use crate::visit::Due;

/// Characters of one text of a step, at most: a page of A4.
const MAX_TEXT_CHARS: usize = 2000;
/// Photos of one step, at most.
const MAX_PHOTOS: usize = 20;

/// Lines of a story beyond which nobody adds what moves nothing, remarks and plans: some hundred times what a hazard goes
/// through. Steps that move it are never refused for it.
const MAX_STORY: usize = 500;

/// What a step may change of a hazard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its grade on record.
    pub grade: Grade,
    /// Until when it is to be put right.
    pub due: Due,
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
    /// When, by the device's clock: what is asked of dates is asked of this one, so that a step made offline is not
    /// refused for having travelled for a week.
    pub at: Instant,
    /// When the ledger had it.
    pub received: Instant,
    /// Which hazard.
    pub hazard: HazardId,
    /// Its institution.
    pub facility: FacilityId,
    /// Where that stands.
    pub division: &'a DivisionCode,
    /// The hazard that a duplicate names: its institution and where it stands; `None` when there is none such.
    pub other: Option<(FacilityId, HazardState)>,
}

impl Doing<'_> {
    /// Who did it, as the story tells it.
    pub fn mark(&self) -> Mark {
        Mark::of(self.actor, self.entry, self.at, self.received)
    }

    /// The day of the step.
    pub(super) fn on(&self) -> Date {
        self.at.date()
    }
}

pub(super) fn refuse<T>(refusal: StepRefusal) -> Result<T, Problem> {
    Err(Problem::StepRefused { why: refusal })
}

/// Whether a text that has to say something does.
pub(super) fn must_say(text: &str, refusal: StepRefusal) -> Result<(), Problem> {
    if text.trim().is_empty() { refuse(refusal) } else { Ok(()) }
}

/// The photos of a step as the story names them.
pub(super) fn refs(photos: &[PhotoManifest]) -> Vec<PhotoRef> {
    photos.iter().map(|photo| (photo.id, photo.stored)).collect()
}

impl Standing {
    /// The hazard after a step.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] when this is not the actor's to do, [`Problem::StepRefused`] when its guard refuses it.
    pub fn take(&self, command: &Command, doing: &Doing<'_>) -> Result<Self, Problem> {
        check_lengths(command)?;
        self.check_story(command)?;
        let mut next = self.clone();
        next.take_in_loop(command, doing)
            .or_else(|| next.take_aside(command, doing))
            .or_else(|| next.take_measure(command, doing))
            .unwrap_or_else(|| refuse(StepRefusal::NotNow))?;
        next.drop_idle_wish();
        Ok(next)
    }

    fn check_story(&self, command: &Command) -> Result<(), Problem> {
        let moves_nothing = matches!(command, Command::Remark { .. } | Command::Plan { .. });
        if moves_nothing && self.life.story.len() >= MAX_STORY {
            return refuse(StepRefusal::NotNow);
        }
        Ok(())
    }

    /// Asks whether the actor may take a part in this hazard's loop.
    pub(super) fn permit(&self, part: HazardPart, doing: &Doing<'_>) -> Result<(), Problem> {
        let involved = self.life.involved();
        let action = Action::StepOnHazard {
            part,
            division: doing.division,
            facility: doing.facility,
            involved: &involved,
            on: doing.on(),
        };
        match may_do(doing.actor, &action) {
            Permission::Granted => Ok(()),
            Permission::Denied(_) => Err(Problem::NotAllowed),
        }
    }

    /// Adds a line to the story.
    pub(super) fn tell(&mut self, kind: StepKind, doing: &Doing<'_>, note: &str) -> &mut StoryLine {
        self.life.story.push(StoryLine {
            kind,
            mark: doing.mark(),
            note: note.trim().to_owned(),
            date: None,
            measure: None,
            photos: Vec::new(),
        });
        let Some(line) = self.life.story.last_mut() else { unreachable!("a line was just added") };
        line
    }

    pub(super) const fn is_major(&self) -> bool {
        matches!(self.grade, Grade::Major)
    }

    /// Whether somebody can be at work on it: it was found, perhaps assigned, and not yet submitted.
    pub(super) const fn is_in_work(&self) -> bool {
        matches!(self.life.stage, Stage::Found | Stage::Assigned { .. } | Stage::Rectifying { .. })
    }

    /// More time is for those at work: when nobody is any longer, the wish for it needs no answer, and an answer must not
    /// move the due date of what was put right.
    pub(super) fn drop_idle_wish(&mut self) {
        if !self.is_in_work() {
            self.life.extension = None;
        }
    }

    /// Who put it right, as far as anybody says: the last who submitted it since it was last off the open list. Also when
    /// that was sent back: nobody gets round "the verifier is not the rectifier" by sending back what they submitted, and
    /// finding it put right without.
    pub(super) fn rectifier(&self) -> Option<AccountId> {
        let this_round = self.life.story.iter().rev().take_while(|line| {
            !matches!(line.kind, StepKind::Closed | StepKind::NotEstablished | StepKind::Duplicate)
        });
        let mut submitted =
            this_round.filter(|line| matches!(line.kind, StepKind::Submitted | StepKind::TransferHandled));
        submitted.next().map(|line| line.mark.account)
    }

    /// Back to whoever has to put it right: to the found ones when nobody was told to.
    pub(super) fn back_to_work(&mut self, mark: Mark) {
        self.life.stage = match self.life.assignment {
            Some(_) => Stage::Rectifying { mark },
            None => Stage::Found,
        };
    }
}

fn check_lengths(command: &Command) -> Result<(), Problem> {
    let long = |text: &str| text.chars().count() > MAX_TEXT_CHARS;
    let too_long = match command {
        Command::Assign { assignment } => {
            let names = assignment.units().any(|unit| long(&unit.name));
            names || long(&assignment.person) || long(&assignment.measure)
        }
        Command::Plan { plan } => plan.parts().into_iter().any(long),
        Command::Recheck { note, second, .. } => {
            long(note) || second.as_ref().is_some_and(|it| long(&it.name))
        }
        Command::Submit { note: text, .. }
        | Command::Close { note: text, .. }
        | Command::CarryOut { note: text, .. }
        | Command::Remark { text }
        | Command::Decline { reason: text, .. }
        | Command::SendBack { reason: text, .. }
        | Command::AskExtension { reason: text, .. }
        | Command::AnswerExtension { reason: text, .. }
        | Command::Escalate { reason: text }
        | Command::List { reason: text, .. }
        | Command::Delist { reason: text, .. }
        | Command::OrderMeasure { reason: text, .. }
        | Command::AskLift { reason: text, .. }
        | Command::AnswerLift { reason: text, .. }
        | Command::Transfer { reason: text, .. }
        | Command::ReceiveTransfer { number: text, .. }
        | Command::ReturnTransfer { reply: text, .. }
        | Command::NotEstablished { reason: text }
        | Command::Reopen { reason: text, .. } => long(text),
        Command::SignFor { .. } | Command::Lift { .. } | Command::Duplicate { .. } => false,
    };
    if too_long || command.photos().len() > MAX_PHOTOS { refuse(StepRefusal::TooLong) } else { Ok(()) }
}
