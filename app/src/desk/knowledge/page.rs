//! One article: what it says, whether everybody reads it, what became of it, and its next version.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, Command};
use xunan_core::problem::Problem;

use super::Writes;
use super::editor::Editor;
use super::list::state;
use super::own_steps::{self, OwnStepLines, OwnSteps, answered, laid_over};
use super::shown::ShownContent;
use super::story::Story;
use super::take::take;
use crate::browser::http::{Method, Request};
use crate::desk::reading::{Answers, Questions, Reading};
use crate::desk::route::DeskRoute;
use crate::desk::step_inputs::text;
use crate::desk::step_signing::{Signing, SigningForm};
use crate::desk::unread::unread;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, IconName, LinkButton, Screen, ScreenKind, Sheet, Skeleton,
};

/// What a page knows of its article.
#[derive(Clone, Copy)]
struct Asked {
    id: ArticleId,
    /// What the server said last.
    seen: RwSignal<Reading<Box<Article>>>,
    /// Why it could not be asked again; what it said before stays on the page.
    stale: RwSignal<Option<Problem>>,
    questions: Questions,
    own: RwSignal<OwnSteps>,
}

impl Asked {
    /// Asks now, and again whenever something may have changed.
    fn follow(id: ArticleId) -> Self {
        let (phone, sync) = (Phone::expect(), Sync::expect());
        let (seen, stale) = (RwSignal::new(Reading::UnderWay), RwSignal::new(None));
        let own = own_steps::follow(phone, id);
        let asked = Self { id, seen, stale, questions: Questions::new(), own };
        let answered = answered(phone);
        Effect::new(move || {
            answered.track();
            sync.network.track();
            asked.read();
        });
        asked
    }

    fn read(self) {
        let question = self.questions.ask();
        spawn_local(async move {
            let path = format!("/api/articles/{}", self.id);
            let answer = Request::plain(Method::Get, path).json::<Article>().await;
            if question.answers() == Answers::AnOlder {
                return;
            }
            let is_here = self.seen.with_untracked(|seen| matches!(seen, Reading::Here(_)));
            match answer {
                Err(problem) if is_here && !takes_away(&problem) => self.stale.set(Some(problem)),
                answer => {
                    self.stale.set(None);
                    self.seen.set(answer.map(Box::new).into());
                }
            }
        });
    }

    /// The article with what was signed here since. One that was published here is seen before the server has it.
    fn now(self) -> Memo<Reading<Box<Article>>> {
        let phone = Phone::expect();
        Memo::new(move |_| {
            // Without them somebody would write on from a version that this computer has replaced already.
            let Some(own) = self.own.get() else { return Reading::UnderWay };
            let own = own.unwrap_or_default();
            let laid = |seen| laid_over(seen, &own, &phone.account()).map(Box::new);
            match self.seen.get() {
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

/// Whether a problem says that what was read before is not this account's to see any more.
const fn takes_away(problem: &Problem) -> bool {
    matches!(problem, Problem::NotFound | Problem::NotSignedIn | Problem::AccountLocked)
}

fn unread_article(problem: Problem, asked: Asked) -> AnyView {
    let back = (DeskRoute::Articles, texts().articles().back_to_list());
    unread(problem, Callback::new(move |()| asked.read()), back).into_any()
}

/// The page.
#[component]
pub(in crate::desk) fn ArticlePage(article: ArticleId) -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    if Writes::of(&phone.account()) == Writes::No {
        return view! { <Screen kind=ScreenKind::Denied>{t.articles().only_supervisors()}</Screen> }
            .into_any();
    }
    let asked = Asked::follow(article);
    let reading = asked.now();
    let withdrawing = RwSignal::new(None);
    view! {
        <nav class="desk-filters no-print">
            <LinkButton href=DeskRoute::Articles.path() icon=IconName::Back>{t.articles().back_to_list()}</LinkButton>
        </nav>
        {move || asked.stale.get().map(|problem| not_asked_again(asked, &problem))}
        <OwnStepLines steps=asked.own />
        {move || match reading.get() {
            Reading::UnderWay => view! { <h1 class="unseen">{t.articles().title()}</h1><Skeleton cards=3 /> }.into_any(),
            Reading::Here(article) => view! { <Shown article=*article withdrawing /> }.into_any(),
            Reading::Failed(problem) => unread_article(problem, asked),
        }}
        <WithdrawSheet withdrawing />
    }
    .into_any()
}

/// What stands below is what was read before.
fn not_asked_again(asked: Asked, problem: &Problem) -> impl IntoView + use<> {
    let t = texts();
    let (kind, icon, text) = match problem {
        Problem::Unreachable => (BannerKind::Note, IconName::Offline, t.articles().of_before().to_owned()),
        problem => {
            let text = t.articles().not_read(&t.problem(problem), problem.number());
            (BannerKind::Warning, IconName::Warning, text)
        }
    };
    let again = Callback::new(move |()| asked.read());
    view! { <Banner kind icon text><Button on_press=again>{t.words().retry()}</Button></Banner> }
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
    let asked = Asked::follow(article);
    let reading = asked.now();
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
            Reading::Here(before) => view! { <Editor id=article before=Some(*before) /> }.into_any(),
            Reading::Failed(problem) => unread_article(problem, asked),
        }}
    }
    .into_any()
}
