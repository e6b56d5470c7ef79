//! The guards of immediate measures.

use super::command::{Answer, Command};
use super::life::{Mark, Stage, StepKind};
use super::measure::{MeasureOrder, MeasureState};
use super::standing::{Doing, Standing, must_say, refs, refuse};
use crate::access::HazardPart;
use crate::evidence::PhotoManifest;
use crate::ids::EntryId;
use crate::problem::{Problem, StepRefusal};
use crate::rules::Measure;

impl Standing {
    /// `None` when the command is none of these.
    pub(super) fn take_measure(
        &mut self,
        command: &Command,
        doing: &Doing<'_>,
    ) -> Option<Result<(), Problem>> {
        Some(match command {
            Command::OrderMeasure { measure, reason } => self.order(*measure, reason, doing),
            Command::CarryOut { measure, note, photos } => self.carry_out(*measure, note, photos, doing),
            Command::AskLift { measure, reason } => self.ask_lift(*measure, reason, doing),
            Command::AnswerLift { measure, ask, answer, reason } => {
                self.answer_lift(*measure, *ask, *answer, reason, doing)
            }
            Command::Lift { measure } => self.lift(*measure, doing),
            _ => return None,
        })
    }

    fn measure(&mut self, measure: Measure) -> Result<&mut MeasureOrder, Problem> {
        let found = self.life.measures.iter_mut().find(|order| order.measure == measure);
        found.ok_or(Problem::StepRefused { why: StepRefusal::NoSuchMeasure })
    }

    fn order(&mut self, measure: Measure, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Recheck, doing)?;
        if !self.life.stage.state().is_open() {
            return refuse(StepRefusal::NotNow);
        }
        must_say(reason, StepRefusal::ReasonMissing)?;
        let ordered = MeasureOrder { measure, ordered: doing.mark(), state: MeasureState::Ordered };
        match self.measure(measure) {
            Ok(order) if matches!(order.state, MeasureState::Lifted { .. }) => *order = ordered,
            Ok(_) => return refuse(StepRefusal::MeasureInForce),
            Err(_) => self.life.measures.push(ordered),
        }
        self.tell_of(StepKind::MeasureOrdered, measure, doing, reason);
        Ok(())
    }

    fn carry_out(
        &mut self,
        measure: Measure,
        note: &str,
        photos: &[PhotoManifest],
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        let order = self.measure(measure)?;
        if order.state != MeasureState::Ordered {
            return refuse(StepRefusal::MeasureNotNow);
        }
        order.state = MeasureState::CarriedOut { mark: doing.mark() };
        self.tell_of(StepKind::MeasureCarriedOut, measure, doing, note);
        if let Some(line) = self.life.story.last_mut() {
            line.photos = refs(photos);
        }
        Ok(())
    }

    fn ask_lift(&mut self, measure: Measure, reason: &str, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        must_say(reason, StepRefusal::ReasonMissing)?;
        let order = self.measure(measure)?;
        if !matches!(order.state, MeasureState::Ordered | MeasureState::CarriedOut { .. }) {
            return refuse(StepRefusal::MeasureNotNow);
        }
        order.state = MeasureState::LiftAsked { mark: doing.mark() };
        self.tell_of(StepKind::LiftAsked, measure, doing, reason);
        Ok(())
    }

    /// Who carried a measure out, as its order that stands was carried out: a wish to lift it that is denied leaves it where
    /// it was.
    fn carried_out(&self, measure: Measure) -> Option<Mark> {
        let since = self.life.story.iter().rev().filter(|line| line.measure == Some(measure));
        let mut since = since.take_while(|line| line.kind != StepKind::MeasureOrdered);
        since.find(|line| line.kind == StepKind::MeasureCarriedOut).map(|line| line.mark.clone())
    }

    /// Use is resumed only after the hazard was found put right (安全生产法 65(3)), or was set aside: then nothing is left
    /// that could be put right.
    fn answer_lift(
        &mut self,
        measure: Measure,
        ask: EntryId,
        answer: Answer,
        reason: &str,
        doing: &Doing<'_>,
    ) -> Result<(), Problem> {
        self.permit(HazardPart::Supervise, doing)?;
        let carried_out = self.carried_out(measure);
        let put_right = matches!(
            self.life.stage,
            Stage::Rechecked { .. }
                | Stage::Closed { .. }
                | Stage::NotEstablished { .. }
                | Stage::Duplicate { .. }
        );
        let order = self.measure(measure)?;
        match &order.state {
            MeasureState::LiftAsked { mark } if mark.entry == ask => {}
            _ => return refuse(StepRefusal::MovedOn),
        }
        let kind = match answer {
            Answer::Granted if !put_right => return refuse(StepRefusal::NotPutRight),
            Answer::Granted => {
                order.state = MeasureState::Consented { mark: doing.mark() };
                StepKind::LiftConsented
            }
            Answer::Denied => {
                must_say(reason, StepRefusal::ReasonMissing)?;
                order.state =
                    carried_out.map_or(MeasureState::Ordered, |mark| MeasureState::CarriedOut { mark });
                StepKind::LiftRefused
            }
        };
        self.tell_of(kind, measure, doing, reason);
        Ok(())
    }

    /// What needed no consent to end is lifted by whoever carried it out.
    fn lift(&mut self, measure: Measure, doing: &Doing<'_>) -> Result<(), Problem> {
        self.permit(HazardPart::Rectify, doing)?;
        let order = self.measure(measure)?;
        let may_end = match order.state {
            MeasureState::Consented { .. } => true,
            MeasureState::CarriedOut { .. } => !measure.needs_consent(),
            _ => false,
        };
        if !may_end {
            return refuse(StepRefusal::MeasureNotNow);
        }
        order.state = MeasureState::Lifted { mark: doing.mark() };
        self.tell_of(StepKind::Lifted, measure, doing, "");
        Ok(())
    }

    fn tell_of(&mut self, kind: StepKind, measure: Measure, doing: &Doing<'_>, note: &str) {
        self.tell(kind, doing, note).measure = Some(measure);
    }
}
