//! Staff training on record 员工培训记录: from answers that somebody who is signed in sent, to an entry in the ledger.
//!
//! ```text
//! session ─► person ┐
//! form ─► answers ──┴─► one unit of work: article in force? score, entry signed by the door, fold, receipt ─► record
//! ```
//!
//! The form bears the attempt's id, so that one that is sent twice is on record once; a fold refuses an id that is taken. What
//! is written says that somebody was signed in as that person and answered so (`docs/decisions/0019`).

use std::sync::Arc;

use xunan_core::access::Account;
use xunan_core::clock::{Instant, Span};
use xunan_core::ids::{AccountId, ArticleId, TrainingId};
use xunan_core::knowledge::{Taken, Training};
use xunan_core::log::TrainingBody;
use xunan_core::problem::Problem;

use crate::accounts::{Admission, Pace};
use crate::clock::{Clock, NoEntropy, id_entropy};
use crate::door::{Door, DoorError, DoorFor};
use crate::intake::Intake;
use crate::ledger_store::{LedgerStore, StoreResult, Tables};

/// Attempts of one account within an hour: one a minute, all day faster than anybody reads what is asked about.
const ATTEMPTS: usize = 60;

/// Answers that are to be put on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The id that the form bears.
    pub training: TrainingId,
    /// Which article.
    pub article: ArticleId,
    /// The version that was read, counted from 1 on.
    pub version: u32,
    /// The place of the answer to each question, counted from 0; `None` where nothing was chosen.
    pub chosen: Vec<Option<usize>>,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is on record now.
    OnRecord(Training),
    /// The form was sent before, and this is what was put on record then.
    Before(Training),
    /// That version is not in force any more.
    MovedOn,
    /// The account did so many of late that it has to wait.
    Later {
        /// When to come back, in seconds; at least 1.
        retry_after_seconds: u32,
    },
    /// The id is another person's.
    NotOnes,
}

/// The records. Cheap to clone.
#[derive(Clone)]
pub struct Trainings {
    store: LedgerStore,
    intake: Intake,
    clock: Clock,
    door: Arc<Door>,
    pace: Arc<Pace>,
}

impl Trainings {
    /// Records in `store`.
    pub fn new(store: LedgerStore, intake: Intake, clock: Clock) -> Self {
        let (door, pace) = (Door::new(DoorFor::Trainings), Pace::new(ATTEMPTS, Span::minutes(60)));
        Self { store, intake, clock, door: Arc::new(door), pace: Arc::new(pace) }
    }

    /// An id for a form.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn fresh(&self) -> Result<TrainingId, NoEntropy> {
        Ok(TrainingId::from_parts(self.clock.now(), id_entropy()?))
    }

    /// Puts an attempt of `person` on record; people of that role have to be trained. The same attempt gives the same record again.
    ///
    /// # Errors
    /// [`DoorError`]; nothing was kept.
    pub async fn put(&self, person: &Account, attempt: Attempt) -> Result<Became, DoorError> {
        let (id, whose) = (attempt.training, person.id);
        if let Some(became) = self.store.look(|tables| known(tables, id, whose))? {
            return Ok(became);
        }
        let now = self.clock.now();
        if let Admission::Later { retry_after_seconds } = self.pace.begin(person.id, now) {
            return Ok(Became::Later { retry_after_seconds });
        }
        let (this, person) = (self.clone(), person.clone());
        self.store.write(move |tables| this.put_within(tables, &person, &attempt, now)).await
    }

    fn put_within(
        &self,
        tables: &dyn Tables,
        person: &Account,
        attempt: &Attempt,
        now: Instant,
    ) -> Result<Became, DoorError> {
        // The same form may have been sent twice at once, and units run one after another.
        if let Some(became) = known(tables, attempt.training, person.id)? {
            return Ok(became);
        }
        let article = tables.article(attempt.article)?;
        let Some(article) = article.filter(|it| it.is_public() && it.version == attempt.version) else {
            return Ok(Became::MovedOn);
        };
        let taken = Taken {
            training: attempt.training,
            person: person.id,
            facility: person.role.institution(),
            article: article.id,
            version: article.stands_by(),
            score: article.content.quiz.score(&attempt.chosen),
        };
        self.door.write(tables, &self.intake, &TrainingBody(taken), now)?;
        let training = tables.training(attempt.training)?;
        training.map(Became::OnRecord).ok_or(DoorError::Refused(Problem::Internal))
    }
}

/// What became of an attempt that was sent before.
fn known(tables: &dyn Tables, id: TrainingId, person: AccountId) -> StoreResult<Option<Became>> {
    Ok(tables.training(id)?.map(|training| {
        if training.mark.account == person { Became::Before(training) } else { Became::NotOnes }
    }))
}
