//! An article as it stands, with everything that it has been through, and what a step makes of it.

use serde::{Deserialize, Serialize};

use super::command::{Command, Step};
use super::content::Content;
use crate::access::{Account, Action, Permission, Sight, Subject, may_do, may_see};
use crate::clock::Instant;
use crate::hazard::Mark;
use crate::ids::{ArticleId, EntryId};
use crate::problem::{Problem, StepRefusal, must_say, refuse};
use crate::region::DivisionCode;

/// What was done with an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ArticleWhat"))]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// 发布、修订: a version, which is public from then on.
    Version {
        /// Its number, from 1 on.
        number: u32,
    },
    /// 撤下
    Withdrawn {
        /// Why.
        reason: String,
    },
}

/// One line of an article's story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ArticleStoryLine"))]
pub struct StoryLine {
    /// Who did it; its entry is what a step names.
    pub mark: Mark,
    /// What was done.
    pub what: What,
}

/// An article 文章. The words of versions before the last stand apart: whoever keeps articles keeps each version that
/// [`Article::new_version`] names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Article {
    /// Which.
    pub id: ArticleId,
    /// The office that wrote it first, and in whose region it is written on.
    pub office: DivisionCode,
    /// What its last version says.
    pub content: Content,
    /// The number of that version, from 1 on.
    pub version: u32,
    /// By what it stands as it does.
    pub last: StoryLine,
    /// What was done before, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<StoryLine>,
}

/// A step under way: who does it, and when.
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
}

impl Doing<'_> {
    fn line(&self, what: What) -> StoryLine {
        StoryLine { mark: Mark::of(self.actor, self.entry, self.at, self.received), what }
    }

    fn permit(&self, office: &DivisionCode) -> Result<(), Problem> {
        match may_do(self.actor, &Action::WriteArticle { office }) {
            Permission::Granted => Ok(()),
            Permission::Denied(_) => Err(Problem::NotAllowed),
        }
    }
}

impl Article {
    /// Steps with one article, at most: a story that fits on a page that people still read.
    pub const MOST_STEPS: usize = 200;

    /// The article after a step. `before` is the article that the step names, when there is one.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`], [`Problem::RecordInconsistent`] for an id that is taken or that nothing has and for a text that does not
    /// fit its pictures, [`Problem::StepRefused`] for what does not stand any longer.
    pub fn after(before: Option<&Self>, step: &Step, doing: &Doing<'_>) -> Result<Self, Problem> {
        if let Some(content) = step.command.content() {
            content.check().map_err(|fault| inconsistent(&fault.to_string()))?;
        }
        match (&step.command, before) {
            (Command::Publish { content }, None) => {
                let office = &doing.actor.region;
                doing.permit(office)?;
                Ok(Self {
                    id: step.article,
                    office: office.clone(),
                    content: content.clone(),
                    version: 1,
                    last: doing.line(What::Version { number: 1 }),
                    before: Vec::new(),
                })
            }
            (Command::Publish { .. }, Some(_)) => Err(inconsistent("there is an article with that id")),
            (Command::Revise { .. } | Command::Withdraw { .. }, None) => {
                Err(inconsistent("there is no such article"))
            }
            (Command::Revise { after, content }, Some(article)) => {
                article.answered(*after, doing)?;
                let number = article.version + 1;
                let next = article.with(doing.line(What::Version { number }));
                Ok(Self { content: content.clone(), version: number, ..next })
            }
            (Command::Withdraw { version, reason }, Some(article)) => {
                article.answered(*version, doing)?;
                if !article.is_public() {
                    return refuse(StepRefusal::NotNow);
                }
                must_say(reason)?;
                Ok(article.with(doing.line(What::Withdrawn { reason: reason.clone() })))
            }
        }
    }

    /// Whether the actor may do something with it, and has seen how it stands.
    fn answered(&self, named: EntryId, doing: &Doing<'_>) -> Result<(), Problem> {
        doing.permit(&self.office)?;
        if self.stands_by() != named {
            return refuse(StepRefusal::MovedOn);
        }
        if self.before.len() + 1 >= Self::MOST_STEPS {
            return refuse(StepRefusal::TooLong);
        }
        Ok(())
    }

    fn with(&self, line: StoryLine) -> Self {
        let mut next = self.clone();
        next.before.push(std::mem::replace(&mut next.last, line));
        next
    }

    /// The entry by which it stands as it does: what the next step names.
    pub const fn stands_by(&self) -> EntryId {
        self.last.mark.entry
    }

    /// Whether everybody reads it.
    pub const fn is_public(&self) -> bool {
        matches!(self.last.what, What::Version { .. })
    }

    /// The number of the version that its last step made; `None` when that made none.
    pub const fn new_version(&self) -> Option<u32> {
        match self.last.what {
            What::Version { number } => Some(number),
            What::Withdrawn { .. } => None,
        }
    }

    /// Everything that was done with it, the oldest first.
    pub fn story(&self) -> impl DoubleEndedIterator<Item = &StoryLine> {
        self.before.iter().chain([&self.last])
    }

    /// The line of a version.
    pub fn line_of(&self, version: u32) -> Option<&StoryLine> {
        self.story().find(|line| line.what == What::Version { number: version })
    }

    /// Whether `account` may see its story, and it when it is withdrawn. What is public everybody reads.
    pub fn seen_by(&self, account: &Account) -> Sight {
        may_see(account, &Subject::Article { office: &self.office })
    }
}

pub(super) fn inconsistent(detail: &str) -> Problem {
    Problem::RecordInconsistent { detail: detail.to_owned() }
}
