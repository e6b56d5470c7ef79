//! What entries about articles of safety knowledge change: the article that they name.

use crate::access::Account;
use crate::clock::Instant;
use crate::knowledge::{Article, Doing};
use crate::log::{ArticleBody, Entry};
use crate::problem::Problem;

/// Folds one complete entry about an article, as [`fold`](super::fold()) does all others. `before` is the article that the entry
/// names, when there is one.
///
/// # Errors
/// The reason for which it has no effect.
pub fn fold_article(
    entry: &Entry,
    body: &ArticleBody,
    actor: &Account,
    before: Option<&Article>,
    received: Instant,
) -> Result<Article, Problem> {
    let doing = Doing { actor, entry: entry.id, at: entry.time.at, received };
    Article::after(before, &body.0, &doing)
}
