//! Taking a step with an article: tried by core on what is seen here, so that a refusal is said before anything is signed.

use xunan_core::access::Account;
use xunan_core::ids::{ArticleId, EntryId};
use xunan_core::knowledge::{Article, Command, Doing, Step};
use xunan_core::ledger::{MemoryView, Row};
use xunan_core::log::{ArticleBody, Entry};
use xunan_core::problem::Problem;

use crate::browser::clock;
use crate::desk::own_steps::StepOfThing;
use crate::i18n::Texts;
use crate::session::{Phone, Signable};

impl Signable for ArticleBody {
    /// Articles are no rows.
    fn effect(&self, _entry: &Entry, _actor: &Account, _view: &MemoryView<'_>) -> Vec<Row> {
        Vec::new()
    }
}

impl StepOfThing for Step {
    type Id = ArticleId;
    const KIND: &'static str = ArticleBody::STEPPED;

    fn read(entry: &Entry) -> Option<Result<Self, Problem>> {
        ArticleBody::of(entry).map(|read| read.map(|body| *body.0))
    }

    fn thing(&self) -> ArticleId {
        self.article
    }

    fn verb(&self, t: Texts) -> &'static str {
        match self.command {
            Command::Publish { .. } => t.articles().publish(),
            Command::Revise { .. } => t.articles().revise(),
            Command::Withdraw { .. } => t.articles().withdraw(),
        }
    }

    fn without_effect(&self, t: Texts, problem: &Problem) -> String {
        t.articles().own_without_effect(self.verb(t), &t.articles().problem(problem), problem.number())
    }
}

/// Signs a step, or says why it cannot be taken, in the words of `t`: behind an `await` there is no context to find them in.
/// `before` is the article as it is seen here.
///
/// # Errors
/// Why, in words and with its number. Nothing was signed then.
pub(super) async fn take(
    phone: Phone,
    before: Option<Article>,
    article: ArticleId,
    command: Command,
    t: Texts,
) -> Result<(), String> {
    let t = t.articles();
    let (account, at) = (phone.account(), clock::now());
    let doing = Doing { actor: &account, entry: EntryId::from_parts(at, clock::entropy()), at, received: at };
    let step = Step { article, command };
    let next = Article::after(before.as_ref(), &step, &doing).map_err(|problem| t.numbered(&problem))?;
    let title = t.parcel(next.content.title.as_str());
    let body = ArticleBody(Box::new(step));
    phone.append(&body, &title, None, &[], &[]).await.map(drop).map_err(|problem| t.numbered(&problem))
}
