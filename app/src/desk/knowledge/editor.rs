//! Writing an article, or its next version. What was begun and not published is found again by whoever comes back to the page.

use leptos::prelude::*;
use xunan_core::ids::{ArticleId, EntryId};
use xunan_core::knowledge::{Article, Command};

use super::Writes;
use super::fields::{FieldLines, Fields};
use super::take::take;
use crate::browser::clock;
use crate::desk::begun::Begun;
use crate::desk::picked_photos::Whose;
use crate::desk::route::DeskRoute;
use crate::desk::step_signing::{Signing, SigningForm};
use crate::i18n::texts;
use crate::session::Phone;
use crate::shell;
use crate::ui::{Banner, BannerKind, Button, IconName, LinkButton, Screen, ScreenKind};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// An article that is not yet one.
    New,
    /// The next version of one.
    Next(ArticleId),
}

/// A piece as far as it is written.
#[derive(Clone, Copy)]
struct Written {
    id: ArticleId,
    /// How the article stood when it was begun.
    before: StoredValue<Option<Article>>,
    fields: Fields,
    /// What stood in the fields then.
    begun: StoredValue<Vec<String>>,
}

impl Written {
    fn begin(before: Option<Article>) -> Self {
        let id = before.as_ref().map(|article| article.id);
        let fields = Fields::of(before.as_ref().map(|article| &article.content));
        Self {
            id: id.unwrap_or_else(|| ArticleId::from_parts(clock::now(), clock::entropy())),
            before: StoredValue::new(before),
            fields,
            begun: StoredValue::new(fields.typed()),
        }
    }

    /// Whether somebody has written something that is not signed. Pictures that went over into an entry are not offered to another.
    fn is_left(self) -> bool {
        let written = self.begun.with_value(|begun| *begun != self.fields.typed());
        written && self.fields.pictures.picking().whose() == Whose::TheForms
    }

    fn stood_by(self) -> Option<EntryId> {
        self.before.with_value(|it| it.as_ref().map(Article::stands_by))
    }
}

/// What was begun at this desk and not published.
#[derive(Clone, Copy)]
pub(in crate::desk) struct BegunArticles(Begun<Piece, Written>);

impl BegunArticles {
    /// None yet; kept for as long as whatever calls this lives.
    pub(in crate::desk) fn of(phone: Phone) -> Self {
        Self(Begun::on_this_page(move |written: Written| written.fields.pictures.forget(phone)))
    }
}

/// The page of an article that is not yet one.
#[component]
pub(in crate::desk) fn NewArticlePage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts().articles());
    if Writes::of(&phone.account()) == Writes::No {
        return view! { <Screen kind=ScreenKind::Denied>{t.only_supervisors()}</Screen> }.into_any();
    }
    view! {
        <header class="desk-head"><h1>{t.write()}</h1>
            <LinkButton href=DeskRoute::Articles.path() icon=IconName::Back>{t.back_to_list()}</LinkButton>
        </header>
        <Editor before=None />
    }
    .into_any()
}

/// The form, as it was left or as the article is now. It names how the article stood when it was begun: whoever was first meanwhile is not
/// overwritten.
#[component]
pub(super) fn Editor(before: Option<Article>) -> impl IntoView {
    let (phone, BegunArticles(begun)) = (Phone::expect(), expect_context());
    let piece = before.as_ref().map_or(Piece::New, |article| Piece::Next(article.id));
    let stands = before.as_ref().map(Article::stands_by);
    let anew = Trigger::new();
    let form = move || {
        anew.track();
        let written = begun.form(piece, Written::is_left, || Written::begin(before.clone()));
        let left = Left::of(written, stands);
        let discard = Callback::new(move |()| {
            written.fields.pictures.forget(phone);
            begun.end(piece);
            anew.notify();
        });
        let done = Callback::new(move |()| {
            begun.end(piece);
            written.fields.pictures.close();
            shell::go(&DeskRoute::Article(written.id).path());
        });
        view! { {left.told(discard)} <Form written on_done=done /> }
    };
    view! { <div class="desk-form">{form}</div> }
}

/// What somebody finds who comes to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// Nothing but the article.
    Nothing,
    /// What was written before.
    Written,
    /// The same, and a version that somebody has published since.
    Late,
}

impl Left {
    fn of(written: Written, stands: Option<EntryId>) -> Self {
        match (written.is_left(), written.stood_by() == stands) {
            (false, _) => Self::Nothing,
            (true, true) => Self::Written,
            (true, false) => Self::Late,
        }
    }

    fn told(self, discard: Callback<()>) -> Option<AnyView> {
        let t = texts().articles();
        let (kind, text) = match self {
            Self::Nothing => return None,
            Self::Written => (BannerKind::Note, t.begun_before()),
            Self::Late => (BannerKind::Warning, t.begun_late()),
        };
        Some(
            view! {
                <Banner kind icon=IconName::Info text />
                <Button icon=IconName::Undo on_press=discard>{t.begin_anew()}</Button>
            }
            .into_any(),
        )
    }
}

#[component]
fn Form(written: Written, on_done: Callback<()>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let Written { id, before, fields, .. } = written;
    let is_next = before.with_value(Option::is_some);
    let verb = if is_next { t.articles().publish_version() } else { t.articles().publish() };
    let signing = Signing::of(verb, on_done);
    let pictures = fields.pictures;
    let on_sign = Callback::new(move |()| match fields.content(t) {
        Err(missing) => signing.refuse(&missing),
        Ok(content) => {
            let before = before.get_value();
            let command = match &before {
                Some(article) => Command::Revise { after: article.stands_by(), content },
                None => Command::Publish { content },
            };
            pictures.picking().give_away();
            signing.await_taken(async move {
                let taken = take(phone, before, id, command, t).await;
                if taken.is_err() {
                    pictures.picking().take_back();
                }
                taken
            });
        }
    });
    let waits = Signal::derive(move || pictures.picking().are_coming());
    view! { <SigningForm signing inputs=vec![view! { <FieldLines fields /> }.into_any()] waits on_sign /> }
}
