//! Staff training on record 员工培训记录: how somebody who was signed in answered the quiz of an article.
//!
//! A [`Taken`] is the body of a `training.taken` entry. The server writes it, for the page on which quizzes are answered has no
//! key (`docs/decisions/0019`). It names the version that was read, by its entry, and that has to be the one in force: nobody is
//! trained by what is withdrawn or superseded. Each attempt is a record of its own, passed or not.

use serde::{Deserialize, Serialize};

use super::article::{Article, Doing, inconsistent};
use super::quiz::{Score, Verdict};
use super::words::ArticleTitle;
use crate::access::{Account, Action, Permission, Sight, Subject, may_do, may_see};
use crate::hazard::Mark;
use crate::ids::{AccountId, ArticleId, EntryId, FacilityId, TrainingId};
use crate::problem::{Problem, StepRefusal, refuse};
use crate::region::DivisionCode;

/// One attempt at a quiz 答题, as it is put on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which attempt. The form that was answered bears it, so that sending it twice is harmless.
    pub training: TrainingId,
    /// Who answered 受训人.
    pub person: AccountId,
    /// Whose people that person is one of 所在机构; none for those who come from no single institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityId>,
    /// Which article.
    pub article: ArticleId,
    /// The version that was read, by its entry.
    pub version: EntryId,
    /// How well it was answered.
    pub score: Score,
}

/// An attempt that is on record 培训记录.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Training {
    /// Which.
    pub id: TrainingId,
    /// Who answered, when, and by which entry it is on record.
    pub mark: Mark,
    /// Whose people that person is one of; none for those who come from no single institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<FacilityId>,
    /// Which article.
    pub article: ArticleId,
    /// The number of the version that was read, from 1 on.
    pub version: u32,
    /// That version's title.
    pub title: ArticleTitle,
    /// How well it was answered.
    pub score: Score,
}

impl Taken {
    /// The record of an attempt. `doing` is the server's; `person` is the account that the attempt names, `article` the article,
    /// `before` a record with the attempt's id, each when there is one.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] when anybody but the server writes it, or people of that role have no records;
    /// [`Problem::RecordInconsistent`] for an id that is taken, a person or an article that there is not, another institution, or
    /// other questions than those of the version; [`Problem::StepRefused`] when the version is not the one in force.
    pub fn put_on_record(
        &self,
        person: Option<&Account>,
        article: Option<&Article>,
        before: Option<&Training>,
        doing: &Doing<'_>,
    ) -> Result<Training, Problem> {
        let person = person.ok_or_else(|| inconsistent("there is no such person"))?;
        match may_do(doing.actor, &Action::RecordTraining { person }) {
            Permission::Granted => {}
            Permission::Denied(_) => return Err(Problem::NotAllowed),
        }
        if before.is_some() {
            return Err(inconsistent("that attempt is on record"));
        }
        if person.role.institution() != self.facility {
            return Err(inconsistent("the person is of another institution"));
        }
        let article = article.ok_or_else(|| inconsistent("there is no such article"))?;
        if !article.is_public() || article.stands_by() != self.version {
            return refuse(StepRefusal::MovedOn);
        }
        let questions = article.content.quiz.questions().len();
        if questions == 0 || questions != self.score.all {
            return Err(inconsistent("the version has another number of questions"));
        }
        Ok(Training {
            id: self.training,
            mark: Mark::of(person, doing.entry, doing.at, doing.received),
            facility: self.facility,
            article: article.id,
            version: article.version,
            title: article.content.title.clone(),
            score: self.score,
        })
    }
}

impl Training {
    /// Whether it was passed 合格.
    pub fn verdict(&self) -> Verdict {
        self.score.verdict()
    }

    /// Whether `account` may see it. `division` is where its institution stands, when it has one that is known.
    pub fn seen_by(&self, account: &Account, division: Option<&DivisionCode>) -> Sight {
        let own = may_see(account, &Subject::Training { person: self.mark.account });
        match (own, self.facility, division) {
            (Sight::Hidden, Some(facility), Some(division)) => {
                may_see(account, &Subject::Trainings { division, facility })
            }
            (own, ..) => own,
        }
    }
}
