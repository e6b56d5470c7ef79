//! What an article has been through: each version, who wrote it, what it said, and why it was withdrawn.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::hazard::Mark;
use xunan_core::ids::ArticleId;
use xunan_core::knowledge::{Article, Content, What};

use super::shown::ShownContent;
use crate::browser::clock;
use crate::browser::http::{Method, Request};
use crate::desk::reading::Reading;
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, Button, EventKind, IconName, Sheet, Skeleton, Timeline, TimelineEvent};

/// The version that is looked at, by its number, and what it says.
type Looked = RwSignal<Option<(u32, Reading<Content>)>>;

fn look(id: ArticleId, version: u32, looked: Looked) {
    looked.set(Some((version, Reading::UnderWay)));
    spawn_local(async move {
        let path = format!("/api/articles/{id}/versions/{version}");
        let read = Request::plain(Method::Get, path).json::<Content>().await;
        looked.try_update(|looked| {
            // Another one may have been asked for meanwhile, or none.
            if let Some((shown, reading)) = looked
                && *shown == version
            {
                *reading = read.into();
            }
        });
    });
}

/// Every line, the oldest first, and below it each version before the last to look at.
#[component]
pub(super) fn Story(article: Article) -> impl IntoView {
    let t = texts().articles();
    let looked: Looked = RwSignal::new(None);
    let events: Vec<TimelineEvent> = article.story().map(|line| event(&line.mark, &line.what)).collect();
    let id = article.id;
    let earlier = (1..article.version).map(|version| {
        let press = Callback::new(move |()| look(id, version, looked));
        let words = format!("{}：{}", t.version(version), t.show_version());
        view! { <Button on_press=press>{words}</Button> }
    });
    let open = Signal::derive(move || looked.with(Option::is_some));
    let title =
        move || looked.with(|looked| looked.as_ref().map_or_else(String::new, |(it, _)| t.version(*it)));
    view! {
        <section class="part"><h2>{t.story()}</h2><Timeline events /><div class="stack">{earlier.collect_view()}</div></section>
        <Sheet title open on_close=Callback::new(move |()| looked.set(None))>
            {move || looked.get().map(|(_, reading)| match reading {
                Reading::UnderWay => view! { <Skeleton cards=1 /> }.into_any(),
                Reading::Here(content) => view! { <ShownContent content /> }.into_any(),
                Reading::Failed(problem) => {
                    let text = t.numbered(&problem);
                    view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> }.into_any()
                }
            })}
        </Sheet>
    }
}

fn event(mark: &Mark, what: &What) -> TimelineEvent {
    let t = texts();
    let what = match what {
        What::Version { number } => t.articles().version(*number),
        What::Withdrawn { reason } => t.articles().withdrawn_for(reason),
    };
    let when = t.time().when(mark.received, clock::now());
    let when = format!("{when} · {} {}", mark.organisation, mark.name);
    TimelineEvent { kind: EventKind::Done, what, when, note: String::new() }
}
