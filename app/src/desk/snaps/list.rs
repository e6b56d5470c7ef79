//! The office's queue of citizens' reports, and what is closed: page by page from the server.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::problem::Problem;
use xunan_core::sync::{DueSnap, SnapsPage};

use super::ReportsPart;
use super::rows::SnapTable;
use crate::browser::history::{self, Step};
use crate::browser::http::{Method, Request};
use crate::desk::asked::{read_before, unlisted};
use crate::desk::own_steps::answered;
use crate::desk::reading::{Answers, Questions, Reading};
use crate::desk::visits::count;
use crate::i18n::texts;
use crate::session::Phone;
use crate::sync::Sync;
use crate::ui::{Button, Screen, ScreenKind, Segments, Skeleton};

/// Reports of one page; the server's own measure, and the most that it gives.
const PAGE: usize = 50;
const LONGEST_PAGE: usize = 200;

/// Which reports are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    /// Those with which something is to be done; what has waited longest comes first.
    Open,
    /// The others; what was closed last comes first.
    Closed,
    /// Those with whose reward something is to be done; what has waited longest comes first.
    Rewards,
    /// Those whose reward is nobody's to do something with; the last one comes first.
    Rewarded,
}

impl List {
    /// What somebody is offered, in that order.
    const fn offered(part: ReportsPart) -> [Self; 2] {
        match part {
            ReportsPart::Triage | ReportsPart::None => [Self::Open, Self::Closed],
            ReportsPart::Rewards => [Self::Rewards, Self::Rewarded],
        }
    }

    /// Its name in addresses.
    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Rewards => "rewards",
            Self::Rewarded => "rewarded",
        }
    }

    /// The one that an address asks for; the first where it says nothing that is offered.
    fn of(question: &[(String, String)], part: ReportsPart) -> Self {
        let named = |list: &Self| question.iter().any(|(name, value)| name == "list" && value == list.name());
        let offered = Self::offered(part);
        offered.into_iter().find(named).unwrap_or(offered[0])
    }

    /// The address of a page of it at the server.
    fn page(self, after: Option<&str>, limit: usize) -> String {
        let mut pairs = vec![("list", self.name().to_owned()), ("limit", limit.to_string())];
        pairs.extend(after.map(|key| ("after", key.to_owned())));
        format!("/api/snaps?{}", history::question_of(&pairs))
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
enum Part {
    /// The beginning, as far as it is listed already.
    Beginning,
    /// What stands behind that key.
    Behind(String),
}

/// What the page lists.
#[derive(Clone, Copy)]
struct Listed {
    part: ReportsPart,
    list: RwSignal<List>,
    snaps: RwSignal<Vec<DueSnap>>,
    /// How far it was read: up to where the next page begins.
    reading: RwSignal<Reading<Option<String>>>,
    questions: Questions,
}

impl Listed {
    fn of_the_address(part: ReportsPart) -> Self {
        Self {
            part,
            list: RwSignal::new(List::of(&history::question(), part)),
            snaps: RwSignal::default(),
            reading: RwSignal::new(Reading::UnderWay),
            questions: Questions::new(),
        }
    }

    fn show(self, list: List) {
        let is_first = list == List::offered(self.part)[0];
        let question = if is_first { String::new() } else { format!("?list={}", list.name()) };
        history::go(&format!("{}{question}", history::path()), Step::InPlace);
        self.snaps.set(Vec::new());
        self.reading.set(Reading::UnderWay);
        self.list.set(list);
    }

    fn read(self, part: Part) {
        let question = self.questions.ask();
        let list = self.list.get_untracked();
        let shown = self.snaps.with_untracked(Vec::len);
        let path = match &part {
            Part::Beginning => list.page(None, shown.clamp(PAGE, LONGEST_PAGE)),
            Part::Behind(key) => list.page(Some(key), PAGE),
        };
        spawn_local(async move {
            let answer = Request::plain(Method::Get, path).json::<SnapsPage>().await;
            if question.answers() == Answers::AnOlder {
                return;
            }
            let read = answer.map(|page| {
                self.snaps.try_update(|snaps| {
                    if matches!(part, Part::Beginning) {
                        snaps.clear();
                    }
                    snaps.extend(page.snaps);
                });
                page.next
            });
            self.reading.try_set(read.into());
        });
    }
}

/// The page.
#[component]
pub(in crate::desk) fn SnapListPage() -> impl IntoView {
    let (phone, sync, t) = (Phone::expect(), Sync::expect(), texts());
    let part = ReportsPart::of(&phone.account());
    if part == ReportsPart::None {
        return view! { <Screen kind=ScreenKind::Denied>{t.snaps().only_supervisors()}</Screen> }.into_any();
    }
    let listed = Listed::of_the_address(part);
    phone.follow_outbox();
    let answered = answered::<xunan_core::snap::Step>(phone);
    // Asked again for another list, when the server has answered a step or told of news or was asked for them, and when the
    // network returns.
    Effect::new(move || {
        listed.list.track();
        phone.rows.track();
        phone.contact.track();
        answered.track();
        sync.network.track();
        listed.read(Part::Beginning);
    });
    let none = Memo::new(move |_| listed.snaps.with(Vec::is_empty));
    let says = move || match listed.reading.get() {
        Reading::UnderWay => String::new(),
        Reading::Here(_) | Reading::Failed(_) => t.desk().rows(count(listed.snaps.with(Vec::len))),
    };
    let words = List::offered(part).map(|list| match list {
        List::Open => t.snaps().list_open(),
        List::Closed => t.snaps().list_closed(),
        List::Rewards => t.rewards().list_open(),
        List::Rewarded => t.rewards().list_closed(),
    });
    let chosen = Signal::derive(move || {
        let shown = listed.list.get();
        List::offered(part).iter().position(|list| *list == shown).unwrap_or(0)
    });
    let choose = Callback::new(move |at: usize| {
        List::offered(part).get(at).into_iter().for_each(|list| listed.show(*list));
    });
    view! {
        <header class="desk-head"><h1>{t.snaps().title()}</h1><p class="muted" aria-live="polite">{says}</p></header>
        <div class="desk-filters"><Segments label=t.snaps().lists() words=words.to_vec() chosen on_choose=choose /></div>
        {move || how_it_stands(listed, none.get())}
        <Show when=move || !none.get()><SnapTable snaps=listed.snaps /></Show>
        {move || more(listed)}
    }
    .into_any()
}

/// What stands in the place of the table, or above it.
fn how_it_stands(listed: Listed, none: bool) -> Option<AnyView> {
    let (t, rewards) = (texts().snaps(), texts().rewards());
    match (listed.reading.get(), none) {
        (Reading::UnderWay, _) => Some(view! { <Skeleton cards=3 /> }.into_any()),
        (Reading::Failed(problem), _) => Some(failed(listed, &problem, none)),
        (Reading::Here(_), false) => None,
        (Reading::Here(_), true) => {
            let (title, text) = match listed.list.get() {
                List::Open => (t.none_open_title(), t.none_open_text()),
                List::Closed => (t.none_closed_title(), t.none_closed_text()),
                List::Rewards => (rewards.none_open_title(), rewards.none_open_text()),
                List::Rewarded => (rewards.none_closed_title(), rewards.none_closed_text()),
            };
            Some(view! { <Screen kind=ScreenKind::Empty { title, text } /> }.into_any())
        }
    }
}

/// Why the list could not be read, and trying once more.
fn failed(listed: Listed, problem: &Problem, none: bool) -> AnyView {
    let t = texts();
    let again = Callback::new(move |()| listed.read(Part::Beginning));
    if none && *problem == Problem::Unreachable {
        return unlisted(t.snaps().list_offline(), again).into_any();
    }
    read_before(problem, &t.snaps().problem(problem), again).into_any()
}

fn more(listed: Listed) -> Option<impl IntoView> {
    let Reading::Here(Some(next)) = listed.reading.get() else { return None };
    let more = Callback::new(move |()| listed.read(Part::Behind(next.clone())));
    Some(view! { <p><Button on_press=more>{texts().words().more()}</Button></p> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_list_and_nonsense_the_open_ones() {
        let triage = ReportsPart::Triage;
        let asked = |name: &str, value: &str| List::of(&[(name.to_owned(), value.to_owned())], triage);
        assert_eq!(asked("list", "closed"), List::Closed);
        assert_eq!(asked("list", "open"), List::Open);
        assert_eq!(asked("list", "x"), List::Open);
        assert_eq!(asked("after", "closed"), List::Open);
        assert_eq!(asked("list", "rewards"), List::Open);
        assert_eq!(List::of(&[], triage), List::Open);
        assert_eq!(List::of(&[], ReportsPart::Rewards), List::Rewards);
    }
}
