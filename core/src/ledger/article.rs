//! What entries about articles of safety knowledge change: the article that they name.

use crate::access::Account;
use crate::clock::Instant;
use crate::knowledge::{Article, Doing, PictureOrigin};
use crate::log::{ArticleBody, Entry};
use crate::problem::Problem;

/// Folds one complete entry about an article, as [`fold`](super::fold()) does all others. `before` is the article that the entry
/// names, when there is one. `origins` says of each of the entry's photos, in their order, where it comes from.
///
/// # Errors
/// The reason for which it has no effect. [`Problem::RecordInconsistent`] for a picture that is not the writer's to show: nobody makes
/// public by an article what somebody photographed as evidence.
pub fn fold_article(
    entry: &Entry,
    body: &ArticleBody,
    actor: &Account,
    before: Option<&Article>,
    received: Instant,
    origins: &[PictureOrigin],
) -> Result<Article, Problem> {
    let is_own = |origin: &PictureOrigin| *origin != PictureOrigin::Elsewhere;
    if origins.len() != entry.photos.len() || !origins.iter().all(is_own) {
        return Err(Problem::RecordInconsistent { detail: "a picture from elsewhere".to_owned() });
    }
    let doing = Doing { actor, entry: entry.id, at: entry.time.at, received };
    Article::after(before, &body.0, &doing)
}
