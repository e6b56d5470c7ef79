//! The families of entries that stand beside [`Body`](super::Body).

use super::{ArticleBody, Entry, SnapBody, TrainingBody};

/// Whether an entry is of one of them, and its body is of the shape of its kind.
pub fn is_read_beside(entry: &Entry) -> bool {
    SnapBody::of(entry).is_some_and(|it| it.is_ok())
        || ArticleBody::of(entry).is_some_and(|it| it.is_ok())
        || TrainingBody::of(entry).is_some_and(|it| it.is_ok())
}
