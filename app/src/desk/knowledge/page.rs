//! One article: what it says, whether everybody reads it, what became of it, and its next version.

use leptos::prelude::*;
use xunan_core::access::Account;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, Command, Doing, Step};
use xunan_core::problem::Problem;

use super::Writes;
use super::editor::Editor;
use super::list::state;
use super::shown::ShownContent;
use super::story::Story;
use super::take::take;
use crate::browser::http::{Method, Request};
use crate::desk::asked::{Asked, read_before};
use crate::desk::own_steps::{self, Outlook, OwnStep, OwnStepLines, OwnSteps};
use crate::desk::reading::Reading;
use crate::desk::route::DeskRoute;
use crate::desk::step_inputs::text;
use crate::desk::step_signing::{Signing, SigningForm};
use crate::desk::unread::unread;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;
use crate::ui::{Button, ButtonKind, IconName, LinkButton, Screen, ScreenKind, Sheet, Skeleton};

/// What a page knows of its article.
#[derive(Clone, Copy)]
struct Known {
    id: ArticleId,
    asked: Asked<Article>,
    own: RwSignal<OwnSteps<Step>>,
}

impl Known {
    /// Asks now, and again whenever something may have changed.
    fn follow(id: ArticleId) -> Self {
        let (phone, sync) = (Phone::expect(), Sync::expect());
        let known = Self { id, asked: Asked::new(), own: own_steps::follow(phone, id) };
        let answered = own_steps::answered::<Step>(phone);
        Effect::new(move || {
            answered.track();
            sync.network.track();
            known.read();
        });
        known
    }

    fn read(self) {
        let path = format!("/api/articles/{}", self.id);
        self.asked.read(async move { Request::plain(Method::Get, path).json().await });
    }

    fn again(self) -> Callback<()> {
        Callback::new(move |()| self.read())
    }

    /// The article with what was signed here since. One that was published here is seen before the server has it.
    fn now(self) -> Memo<Reading<Box<Article>>> {
        let phone = Phone::expect();
        Memo::new(move |_| {
            // Without them somebody would write on from a version that this computer has replaced already.
            let Some(own) = self.own.get() else { return Reading::UnderWay };
            let own = own.unwrap_or_default();
            let laid = |seen| laid_over(seen, &own, &phone.account()).map(Box::new);
            match self.asked.seen.get() {
                Reading::UnderWay => Reading::UnderWay,
                Reading::Here(article) => laid(Some(*article)).map_or(Reading::UnderWay, Reading::Here),
                Reading::Failed(problem @ (Problem::NotFound | Problem::Unreachable)) => {
                    laid(None).map_or(Reading::Failed(problem), Reading::Here)
                }
                Reading::Failed(problem) => Reading::Failed(problem),
            }
        })
    }
}

/// Lays own steps over what the server said, by the fold that the server runs. One that does not fit any more is left out: what
/// became of it the server says.
fn laid_over(seen: Option<Article>, own: &[OwnStep<Step>], account: &Account) -> Option<Article> {
    own.iter().filter(|own| own.outlook() == Outlook::Effect).fold(seen, |article, own| {
        let told = |article: &Article| article.story().any(|line| line.mark.entry == own.entry);
        if article.as_ref().is_some_and(told) {
            return article;
        }
        let doing = Doing { actor: account, entry: own.entry, at: own.at, received: own.at };
        Article::after(article.as_ref(), &own.step, &doing).ok().or(article)
    })
}

fn unread_article(problem: Problem, known: Known) -> AnyView {
    unread(problem, known.again(), (DeskRoute::Articles, texts().articles().back_to_list())).into_any()
}

/// The page.
#[component]
pub(in crate::desk) fn ArticlePage(article: ArticleId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    if Writes::of(&phone.account()) == Writes::No {
        return view! { <Screen kind=ScreenKind::Denied>{t.articles().only_supervisors()}</Screen> }
            .into_any();
    }
    let known = Known::follow(article);
    let reading = known.now();
    let withdrawing = RwSignal::new(None);
    view! {
        <nav class="desk-filters no-print">
            <LinkButton href=DeskRoute::Articles.path() icon=IconName::Back>{t.articles().back_to_list()}</LinkButton>
        </nav>
        {move || known.asked.stale.get().map(|problem| read_before(&problem, &t.problem(&problem), known.again()))}
        <OwnStepLines steps=known.own />
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.articles().title()}</h1><Skeleton cards=3 /> }.into_any(),
            Reading::Here(article) => view! { <Shown article=*article withdrawing /> }.into_any(),
            Reading::Failed(problem) => unread_article(problem, known),
        }}
        <WithdrawSheet withdrawing />
    }
    .into_any()
}

#[component]
fn Shown(article: Article, withdrawing: RwSignal<Option<Article>>) -> impl IntoView {
    let t = texts().articles();
    let public = article.is_public().then(|| {
        let own = article.clone();
        let withdraw = Callback::new(move |()| withdrawing.set(Some(own.clone())));
        let href = format!("/snap/know/articles/{}", article.id);
        view! {
            <Button on_press=withdraw>{t.withdraw()}</Button>
            <LinkButton href icon=IconName::Eye>{t.read_as_reader()}</LinkButton>
        }
    });
    view! {
        <header class="desk-head">
            <h1>{article.content.title.as_str().to_owned()}</h1>
            {state(&article.last.what)}
            <p class="muted">{t.version(article.version)}</p>
        </header>
        <section class="steps no-print">
            <LinkButton href=DeskRoute::EditArticle(article.id).path() kind=ButtonKind::Primary icon=IconName::Pen>{t.revise()}</LinkButton>
            {public}
        </section>
        <section class="part"><ShownContent content=article.content.clone() /></section>
        <Story article />
    }
}

/// The form of withdrawing the article that was looked at when its button was pressed.
#[component]
fn WithdrawSheet(withdrawing: RwSignal<Option<Article>>) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let reason = RwSignal::new(String::new());
    let open = Signal::derive(move || withdrawing.with(Option::is_some));
    let form = move |article: Article| {
        let own = t.articles();
        let done = Callback::new(move |()| {
            reason.try_set(String::new());
            withdrawing.try_set(None);
        });
        let signing = Signing::of(own.withdraw(), done);
        let inputs = vec![
            view! { <p class="muted">{own.withdraw_about()}</p> }.into_any(),
            text(own.why_withdraw(), reason),
        ];
        let on_sign = Callback::new(move |()| {
            let (article, reason) = (article.clone(), reason.get_untracked().trim().to_owned());
            let (id, version) = (article.id, article.stands_by());
            let command = Command::Withdraw { version, reason };
            signing.await_taken(async move { take(phone, Some(article), id, command, t).await });
        });
        view! { <SigningForm signing inputs on_sign /> }
    };
    view! {
        <Sheet title=t.articles().withdraw() open on_close=Callback::new(move |()| withdrawing.set(None))>
            {move || withdrawing.get().map(form)}
        </Sheet>
    }
}

/// The next version of an article. The form stays as it is under somebody's hands, whatever news come meanwhile.
#[component]
pub(in crate::desk) fn EditArticlePage(article: ArticleId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    if Writes::of(&phone.account()) == Writes::No {
        return view! { <Screen kind=ScreenKind::Denied>{t.articles().only_supervisors()}</Screen> }
            .into_any();
    }
    let known = Known::follow(article);
    let reading = known.now();
    // What it was when the form was opened.
    let begun = Memo::new(move |before: Option<&Reading<Box<Article>>>| match before {
        Some(here @ Reading::Here(_)) => here.clone(),
        _ => reading.get(),
    });
    view! {
        <header class="desk-head"><h1>{t.articles().revise()}</h1>
            <LinkButton href=DeskRoute::Article(article).path() icon=IconName::Back>{t.articles().back_to_article()}</LinkButton>
        </header>
        {move || match begun.get() {
            Reading::UnderWay => view! { <Skeleton cards=3 /> }.into_any(),
            Reading::Here(before) => view! { <Editor before=Some(*before) /> }.into_any(),
            Reading::Failed(problem) => unread_article(problem, known),
        }}
    }
    .into_any()
}
