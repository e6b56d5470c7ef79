//! What entries that put staff training on record change: they make one record.

use crate::access::Account;
use crate::clock::Instant;
use crate::ids::{AccountId, ArticleId, TrainingId};
use crate::knowledge::{Article, Doing, Training};
use crate::log::{Entry, TrainingBody};
use crate::problem::Problem;

/// At what [`fold_training`] looks.
pub struct TrainingView<'a> {
    /// An account by its id.
    pub account: &'a dyn Fn(AccountId) -> Option<Account>,
    /// An article by its id.
    pub article: &'a dyn Fn(ArticleId) -> Option<Article>,
    /// A record by its id.
    pub training: &'a dyn Fn(TrainingId) -> Option<Training>,
}

/// Folds one complete entry about staff training, as [`fold`](super::fold()) does all others.
///
/// # Errors
/// The reason for which it has no effect.
pub fn fold_training(
    entry: &Entry,
    body: &TrainingBody,
    actor: &Account,
    view: &TrainingView<'_>,
    received: Instant,
) -> Result<Training, Problem> {
    let TrainingBody(taken) = body;
    let doing = Doing { actor, entry: entry.id, at: entry.time.at, received };
    let (person, article) = ((view.account)(taken.person), (view.article)(taken.article));
    let before = (view.training)(taken.training);
    taken.put_on_record(person.as_ref(), article.as_ref(), before.as_ref(), &doing)
}
