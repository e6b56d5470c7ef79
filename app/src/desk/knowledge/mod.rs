//! Safety knowledge 安全知识 at the desk: the office's articles, writing one, and what became of each.
//!
//! An article is no row: these pages ask the server, and say so when there is no network. Steps are entries of this computer like
//! all others; until the server tells of them they are laid over what it said, by core.
//!
//! ```text
//! GET /api/articles ─► list ─► GET /api/articles/{id} ─┐
//! outbox ─► own steps, by core's Article::after ───────┴─► article ─► editor, preview ─► append(ArticleBody)
//! ```
//!
//! What a preview shows are core's blocks, of which the server makes its page. Pictures are prepared and stored here while the article is
//! written, and sent with its entry. What was begun and not published is kept until the desk is closed.

mod take;
mod picture_text;
mod picture_fields;
mod shown;
mod question_fields;
mod fields;
mod editor;
mod list;
mod story;
mod page;

use xunan_core::access::{Account, Action, Permission, may_do};

pub(super) use editor::{BegunArticles, NewArticlePage};
pub(super) use list::ArticlesPage;
pub(super) use page::{ArticlePage, EditArticlePage};

/// Whether somebody writes articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writes {
    /// In the name of the own office.
    Yes,
    /// They are somebody else's.
    No,
}

impl Writes {
    /// Of an account.
    pub(super) fn of(account: &Account) -> Self {
        match may_do(account, &Action::WriteArticle { office: &account.region }) {
            Permission::Granted => Self::Yes,
            Permission::Denied(_) => Self::No,
        }
    }
}
