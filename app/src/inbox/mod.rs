//! The inbox 通知: what somebody was told, newest first, and that it was read.
//!
//! ```text
//! GET /api/notices ─► list ─► opening one: POST /api/notices/read ─► where it leads: the facility, the desk's hazards
//! ```
//!
//! A notice is read when it is opened, not when it was scrolled past: the sender's office relies on it. Without a network
//! there is no inbox; what a phone needs offline is in its rows.

mod line;
mod lock_screen;
mod unread;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::notice::{self, InboxItem, NoticeId, ReadNotices};
use xunan_core::problem::Problem;

pub use line::Leads;
pub use unread::{UnreadLine, UnreadNotices};

use crate::browser::clock;
use crate::browser::http::{Method, Request};
use crate::i18n::texts;
use crate::shell::Frame;
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName, Screen, ScreenKind, Skeleton};
use line::line;
use lock_screen::LockScreen;

/// Notices that the server notes as read in one request, at most.
const MOST_READ: usize = 500;

/// The page of the field program.
#[component]
pub fn InboxPage() -> impl IntoView {
    view! { <Frame title=texts().inbox().title()><Notices leads=Leads::Field /></Frame> }
}

/// How far the list is.
#[derive(Clone, Debug, PartialEq)]
enum Loading {
    UnderWay,
    Done,
    Failed(Problem),
}

/// The list: its signals, cheap to copy.
#[derive(Clone, Copy)]
struct List {
    items: RwSignal<Vec<InboxItem>>,
    next: RwSignal<Option<u64>>,
    loading: RwSignal<Loading>,
    /// The bell beside it, where there is one.
    bell: Option<UnreadNotices>,
}

impl List {
    fn new() -> Self {
        Self {
            items: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            loading: RwSignal::new(Loading::UnderWay),
            bell: use_context(),
        }
    }

    /// Fetches the next page.
    fn load(self) {
        self.loading.set(Loading::UnderWay);
        let after = self.next.get_untracked().map(|place| format!("?after={place}")).unwrap_or_default();
        spawn_local(async move {
            let page =
                Request::plain(Method::Get, format!("/api/notices{after}")).json::<notice::InboxPage>().await;
            // Nobody looks any more when the page was left meanwhile.
            let _left = match page {
                Ok(page) => {
                    let _left = self.items.try_update(|items| items.extend(page.notices));
                    let _left = self.next.try_set(page.next);
                    self.loading.try_set(Loading::Done)
                }
                Err(problem) => self.loading.try_set(Loading::Failed(problem)),
            };
        });
    }

    /// Notes that these were read, here and at the server.
    fn read(self, ids: Vec<NoticeId>) {
        let now = clock::now();
        self.items.update(|items| {
            for item in items.iter_mut().filter(|item| ids.contains(&item.notice.id)) {
                item.read.get_or_insert(now);
            }
        });
        spawn_local(async move {
            let Ok(request) = Request::post_json("/api/notices/read", &ReadNotices { notices: ids }) else {
                return;
            };
            // Without a network it stays unread at the server, and is shown so the next time: as it is.
            if request.send().await.is_ok()
                && let Some(bell) = self.bell
            {
                bell.refresh();
            }
        });
    }
}

/// The list with its states.
#[component]
pub fn Notices(
    /// Where its lines lead.
    leads: Leads,
) -> impl IntoView {
    let t = texts().inbox();
    let list = List::new();
    list.load();
    let none = Memo::new(move |_| list.items.with(Vec::is_empty));
    let unread = Memo::new(move |_| {
        let unread = |items: &Vec<InboxItem>| items.iter().filter(|it| it.read.is_none()).count();
        u32::try_from(list.items.with(unread)).unwrap_or(u32::MAX)
    });
    let read_all = Callback::new(move |()| {
        let unread = |it: &&InboxItem| it.read.is_none();
        let ids = list.items.with_untracked(|items| {
            items.iter().filter(unread).take(MOST_READ).map(|it| it.notice.id).collect()
        });
        list.read(ids);
    });
    let open = Callback::new(move |id| list.read(vec![id]));
    view! {
        <p class="muted" role="status">{move || (unread.get() > 0).then(|| t.unread(unread.get()))}</p>
        <Show when=move || { unread.get() > 0 }>
            <Button kind=ButtonKind::Plain on_press=read_all>{t.read_all()}</Button>
        </Show>
        <Show when=move || !none.get()>
            <ul class="rows">
                <For each=move || list.items.get() key=|item| (item.place, item.read.is_some()) children=move |item| line(item, leads, open) />
            </ul>
        </Show>
        {move || match list.loading.get() {
            Loading::UnderWay => view! { <Skeleton /> }.into_any(),
            Loading::Failed(problem) => not_loaded(list, &problem),
            Loading::Done if none.get() => {
                view! { <Screen kind=ScreenKind::Empty { title: t.none_title(), text: t.none_text() } /> }.into_any()
            }
            Loading::Done => view! {
                <Show when=move || list.next.get().is_some()>
                    <Button kind=ButtonKind::Plain on_press=Callback::new(move |()| list.load())>{t.earlier()}</Button>
                </Show>
            }
            .into_any(),
        }}
        <LockScreen />
    }
}

fn not_loaded(list: List, problem: &Problem) -> AnyView {
    let t = texts();
    let text = format!("{}。{}", t.inbox().not_loaded(), t.problem(problem));
    view! {
        <Banner kind=BannerKind::Warning icon=IconName::Offline text>
            <Button on_press=Callback::new(move |()| list.load())>{t.inbox().try_again()}</Button>
        </Banner>
    }
    .into_any()
}
