//! Writing an article, or its next version.

use leptos::prelude::*;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, Command};

use super::Writes;
use super::fields::{FieldLines, Fields};
use super::take::take;
use crate::browser::clock;
use crate::desk::route::DeskRoute;
use crate::desk::step_signing::{Signing, SigningForm};
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::ui::{IconName, LinkButton, Screen, ScreenKind};

/// The page of an article that is not yet one.
#[component]
pub(in crate::desk) fn NewArticlePage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().articles());
    if Writes::of(&phone.account()) == Writes::No {
        return view! { <Screen kind=ScreenKind::Denied>{t.only_supervisors()}</Screen> }.into_any();
    }
    let id = ArticleId::from_parts(clock::now(), clock::entropy());
    view! {
        <header class="desk-head"><h1>{t.write()}</h1>
            <LinkButton href=DeskRoute::Articles.path() icon=IconName::Back>{t.back_to_list()}</LinkButton>
        </header>
        <Editor id before=None />
    }
    .into_any()
}

/// The form. It names how the article stood when it was opened: whoever was first meanwhile is not overwritten.
#[component]
pub(super) fn Editor(id: ArticleId, before: Option<Article>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let fields = Fields::of(before.as_ref().map(|article| &article.content));
    let verb = if before.is_some() { t.articles().publish_version() } else { t.articles().publish() };
    let done = Callback::new(move |()| shell::go(&DeskRoute::Article(id).path()));
    let signing = Signing::of(verb, done);
    let before = StoredValue::new(before);
    let on_sign = Callback::new(move |()| match fields.content(t) {
        Err(missing) => signing.refuse(&missing),
        Ok(content) => {
            let before = before.get_value();
            let command = match &before {
                Some(article) => Command::Revise { after: article.stands_by(), content },
                None => Command::Publish { content },
            };
            signing.await_taken(async move { take(phone, before, id, command, t).await });
        }
    });
    view! {
        <div class="desk-form">
            <SigningForm signing inputs=vec![view! { <FieldLines fields /> }.into_any()] on_sign />
        </div>
    }
}
