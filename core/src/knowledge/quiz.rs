//! A quiz 测验: questions with one right answer each, and what of them makes a pass.

use serde::{Deserialize, Serialize};

use super::words::{ChoiceWords, QuestionWords, WhyWords};

/// How much of a quiz has to be right to pass it 合格线, in percent. A proposal of this project; no rule that was read gives one.
pub const PASS_PERCENT: usize = 80;

/// What is no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a question has 2 to 6 answers that differ, and one of them is right")]
pub struct NotAQuestion;

/// One question 选择题: of its answers, which differ, one is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Told")]
pub struct Question {
    text: QuestionWords,
    choices: Vec<ChoiceWords>,
    right: usize,
    why: WhyWords,
}

/// A question as it is told, before anybody looked whether it is one.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ToldQuestion"))]
struct Told {
    text: QuestionWords,
    choices: Vec<ChoiceWords>,
    right: usize,
    why: WhyWords,
}

impl TryFrom<Told> for Question {
    type Error = NotAQuestion;

    fn try_from(told: Told) -> Result<Self, NotAQuestion> {
        Self::of(told.text, told.choices, told.right, told.why)
    }
}

impl Question {
    /// Answers to choose from, at least.
    pub const FEWEST: usize = 2;
    /// Answers to choose from, at most: they fit on a phone's screen together.
    pub const MOST: usize = 6;

    /// A question. `right` is the place of the right answer, counted from 0.
    ///
    /// # Errors
    /// [`NotAQuestion`].
    pub fn of(
        text: QuestionWords,
        choices: Vec<ChoiceWords>,
        right: usize,
        why: WhyWords,
    ) -> Result<Self, NotAQuestion> {
        let differ = choices.iter().enumerate().all(|(at, choice)| !choices[..at].contains(choice));
        let is_one = (Self::FEWEST..=Self::MOST).contains(&choices.len()) && differ && right < choices.len();
        if is_one { Ok(Self { text, choices, right, why }) } else { Err(NotAQuestion) }
    }

    /// What is asked.
    pub const fn text(&self) -> &QuestionWords {
        &self.text
    }

    /// What can be answered.
    pub fn choices(&self) -> &[ChoiceWords] {
        &self.choices
    }

    /// The place of the right answer, counted from 0.
    pub const fn right(&self) -> usize {
        self.right
    }

    /// Why that one.
    pub const fn why(&self) -> &WhyWords {
        &self.why
    }
}

/// More than [`Quiz::MOST`] questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} questions", Quiz::MOST)]
pub struct TooManyQuestions;

/// The questions of an article; none where there is no quiz.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<Question>")]
pub struct Quiz(Vec<Question>);

impl TryFrom<Vec<Question>> for Quiz {
    type Error = TooManyQuestions;

    fn try_from(questions: Vec<Question>) -> Result<Self, TooManyQuestions> {
        if questions.len() > Self::MOST { Err(TooManyQuestions) } else { Ok(Self(questions)) }
    }
}

impl Quiz {
    /// Questions, at most: a quarter of an hour.
    pub const MOST: usize = 20;

    /// The questions.
    pub fn questions(&self) -> &[Question] {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How well somebody has answered. `chosen` has the place of the answer to each question, counted from 0, `None` where
    /// nothing was chosen; what it does not have was not answered.
    pub fn score(&self, chosen: &[Option<usize>]) -> Score {
        let right = self.0.iter().zip(chosen).filter(|(question, chosen)| **chosen == Some(question.right));
        Score { right: right.count(), all: self.0.len() }
    }
}

/// More right answers than questions, or more questions than a quiz has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a score has at most as many right answers as questions, and at most {} of these", Quiz::MOST)]
pub struct NotAScore;

/// A score as it is told.
#[derive(Deserialize)]
struct ToldScore {
    right: usize,
    all: usize,
}

impl TryFrom<ToldScore> for Score {
    type Error = NotAScore;

    fn try_from(told: ToldScore) -> Result<Self, NotAScore> {
        let ToldScore { right, all } = told;
        if right <= all && all <= Quiz::MOST { Ok(Self { right, all }) } else { Err(NotAScore) }
    }
}

/// How well somebody has answered 得分.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ToldScore")]
pub struct Score {
    /// Right answers.
    pub right: usize,
    /// Questions.
    pub all: usize,
}

/// Whether a quiz was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 合格
    Passed,
    /// 不合格
    NotPassed,
}

impl Score {
    /// Right answers of a hundred, rounded down; 100 where nothing was asked.
    pub fn percent(self) -> usize {
        (self.right * 100).checked_div(self.all).unwrap_or(100)
    }

    /// Whether that is enough. Rounding down helps nobody over the line and keeps nobody below it, for the line is a whole number.
    pub fn verdict(self) -> Verdict {
        if self.percent() >= PASS_PERCENT { Verdict::Passed } else { Verdict::NotPassed }
    }
}
