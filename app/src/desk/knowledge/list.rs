//! The office's articles, public and withdrawn, those changed last first: page by page from the server.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::knowledge::{Step, What};
use xunan_core::problem::Problem;
use xunan_core::sync::{ArticleLine, ArticlesPage as Page};

use super::Writes;
use crate::browser::clock;
use crate::browser::http::{Method, Request};
use crate::desk::asked::{read_before, unlisted};
use crate::desk::open_row::OpenRow;
use crate::desk::own_steps::answered;
use crate::desk::reading::{Answers, Questions, Reading};
use crate::desk::route::DeskRoute;
use crate::desk::visits::count;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;
use crate::ui::{Button, ButtonKind, IconName, LinkButton, Screen, ScreenKind, Skeleton};

/// Articles of one page; the server's own measure, and the most that it gives.
const PAGE: usize = 50;
const LONGEST_PAGE: usize = 200;

/// What the page lists.
#[derive(Clone, Copy)]
struct Listed {
    articles: RwSignal<Vec<ArticleLine>>,
    /// How far it was read: up to where the next page begins.
    reading: RwSignal<Reading<Option<u64>>>,
    questions: Questions,
}

impl Listed {
    /// Reads the beginning, as far as it is listed already, or what stands behind a place.
    fn read(self, behind: Option<u64>) {
        let question = self.questions.ask();
        let shown = self.articles.with_untracked(Vec::len);
        let path = match behind {
            None => format!("/api/articles?limit={}", shown.clamp(PAGE, LONGEST_PAGE)),
            Some(place) => format!("/api/articles?limit={PAGE}&before={place}"),
        };
        spawn_local(async move {
            let answer = Request::plain(Method::Get, path).json::<Page>().await;
            if question.answers() == Answers::AnOlder {
                return;
            }
            let read = answer.map(|page| {
                self.articles.try_update(|articles| {
                    if behind.is_none() {
                        articles.clear();
                    }
                    articles.extend(page.articles);
                });
                page.next
            });
            self.reading.try_set(read.into());
        });
    }
}

/// The page.
#[component]
pub(in crate::desk) fn ArticlesPage() -> impl IntoView {
    let (phone, sync, t) = (Phone::expect(), Sync::expect(), texts());
    if Writes::of(&phone.account()) == Writes::No {
        return view! { <Screen kind=ScreenKind::Denied>{t.articles().only_supervisors()}</Screen> }
            .into_any();
    }
    let listed = Listed {
        articles: RwSignal::default(),
        reading: RwSignal::new(Reading::UnderWay),
        questions: Questions::new(),
    };
    phone.follow_outbox();
    let answered = answered::<Step>(phone);
    Effect::new(move || {
        answered.track();
        sync.network.track();
        listed.read(None);
    });
    let none = Memo::new(move |_| listed.articles.with(Vec::is_empty));
    let says = move || match listed.reading.get() {
        Reading::UnderWay => String::new(),
        Reading::Here(_) | Reading::Failed(_) => t.desk().rows(count(listed.articles.with(Vec::len))),
    };
    view! {
        <header class="desk-head"><h1>{t.articles().title()}</h1><p class="muted" aria-live="polite">{says}</p>
            <LinkButton href=DeskRoute::NewArticle.path() kind=ButtonKind::Primary icon=IconName::Pen>{t.articles().write()}</LinkButton>
        </header>
        {move || how_it_stands(listed, none.get())}
        <Show when=move || !none.get()><Table articles=listed.articles /></Show>
        {move || more(listed)}
    }
    .into_any()
}

/// What stands in the place of the table, or above it.
fn how_it_stands(listed: Listed, none: bool) -> Option<AnyView> {
    let t = texts().articles();
    match (listed.reading.get(), none) {
        (Reading::UnderWay, _) => Some(view! { <Skeleton cards=3 /> }.into_any()),
        (Reading::Failed(problem), _) => Some(failed(listed, &problem, none)),
        (Reading::Here(_), false) => None,
        (Reading::Here(_), true) => {
            let kind = ScreenKind::Empty { title: t.none_title(), text: t.none_text() };
            Some(view! { <Screen kind /> }.into_any())
        }
    }
}

/// Why the list could not be read, and trying once more.
fn failed(listed: Listed, problem: &Problem, none: bool) -> AnyView {
    let t = texts();
    let again = Callback::new(move |()| listed.read(None));
    if none && *problem == Problem::Unreachable {
        return unlisted(t.articles().list_offline(), again).into_any();
    }
    read_before(problem, &t.problem(problem), again).into_any()
}

fn more(listed: Listed) -> Option<impl IntoView> {
    let Reading::Here(Some(next)) = listed.reading.get() else { return None };
    let more = Callback::new(move |()| listed.read(Some(next)));
    Some(view! { <p><Button on_press=more>{texts().words().more()}</Button></p> })
}

#[component]
fn Table(articles: RwSignal<Vec<ArticleLine>>) -> impl IntoView {
    let t = texts().articles();
    view! {
        <div class="table-frame">
            <table class="table">
                <thead><tr>
                    <th scope="col">{t.col_title()}</th>
                    <th scope="col">{t.col_state()}</th>
                    <th scope="col">{t.col_version()}</th>
                    <th scope="col">{t.col_changed()}</th>
                </tr></thead>
                <tbody>
                    <For each=move || articles.get() key=|it| (it.id, it.last.mark.entry) let:it>{row(it)}</For>
                </tbody>
            </table>
        </div>
    }
}

fn row(line: ArticleLine) -> impl IntoView {
    let t = texts();
    let href = DeskRoute::Article(line.id).path();
    let mark = &line.last.mark;
    let changed =
        format!("{} · {} {}", t.time().when(mark.received, clock::now()), mark.organisation, mark.name);
    let (title, version) = (line.title.as_str().to_owned(), t.articles().version(line.version));
    let what = StoredValue::new(line.last.what.clone());
    view! {
        <OpenRow href=href.clone()>
            <th scope="row"><a href=href>{title}</a></th>
            <td class="nowrap">{what.with_value(state)}</td>
            <td class="nowrap">{version}</td>
            <td>{changed}</td>
        </OpenRow>
    }
}

/// Whether everybody reads it, as a mark with its word.
pub(super) fn state(what: &What) -> impl IntoView + use<> {
    let t = texts().articles();
    let (kind, word) = match what {
        What::Version { .. } => ("open", t.is_public()),
        What::Withdrawn { .. } => ("done", t.is_withdrawn()),
    };
    view! { <span class="tag" data-kind=kind>{word}</span> }
}
