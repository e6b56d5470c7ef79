//! The hazards of the region: what is mine to do first, then whatever is asked for.
//!
//! ```text
//! address ─► HazardQuery ─┬─ online ──► GET /api/hazards, page by page ─┬─► table, with own unsent steps on top
//!                         └─ offline ─► the rows that were pulled ──────┘
//! ```

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Role;
use xunan_core::ledger::HazardCard;
use xunan_core::problem::Problem;
use xunan_core::sync::{HazardQuery, HazardScope, HazardsPage, StateCount};

use super::hazard_batch::{Batch, BatchBar};
use super::hazard_filters::Filters;
use super::hazard_rows::HazardTable;
use super::reading::{Answers, Questions};
use super::visits::count;
use crate::browser::history::{self, Step};
use crate::browser::http::{Method, Request};
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Banner, BannerKind, Button, IconName, Screen, ScreenKind, Skeleton};

/// Where the list comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// It is on its way.
    UnderWay,
    /// The ledger, as far as it was read: up to where the next page begins.
    Ledger { next: Option<String> },
    /// What this computer holds: the ledger cannot be reached.
    Here,
    /// The ledger has something against it.
    Refused(Problem),
}

/// What the list shows: a context of its parts.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    /// What is asked for, as the address has it.
    pub(super) query: RwSignal<HazardQuery>,
    /// How many there are in each state.
    pub(super) counts: RwSignal<Vec<StateCount>>,
    /// What was answered.
    answered: RwSignal<Vec<HazardCard>>,
    source: RwSignal<Source>,
    questions: Questions,
    phone: Phone,
}

/// The question in the address; nothing asked for where it means nothing.
pub(super) fn query_of(pairs: &[(String, String)]) -> HazardQuery {
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    HazardQuery::from_pairs(pairs).unwrap_or_default()
}

impl Listed {
    fn new(phone: Phone) -> Self {
        let usual = HazardQuery {
            scope: match phone.account().role {
                Role::Administrator => HazardScope::Open,
                _ => HazardScope::Mine,
            },
            ..HazardQuery::default()
        };
        let asked = history::question();
        Self {
            query: RwSignal::new(if asked.is_empty() { usual } else { query_of(&asked) }),
            counts: RwSignal::new(Vec::new()),
            answered: RwSignal::new(Vec::new()),
            source: RwSignal::new(Source::UnderWay),
            questions: Questions::new(),
            phone,
        }
    }

    /// Asks for something else, and keeps it in the address.
    pub(super) fn ask(self, change: impl FnOnce(&mut HazardQuery)) {
        self.query.update(|query| {
            change(query);
            query.after = None;
        });
        let question = self.query.with_untracked(question_of);
        let mark = if question.is_empty() { "" } else { "?" };
        history::go(&format!("{}{mark}{question}", history::path()), Step::InPlace);
    }

    /// Reads from the ledger: from the beginning, or behind what is listed.
    fn read(self, after: Option<String>) {
        let question = self.questions.ask();
        let mut query = self.query.get_untracked();
        query.after = after.as_ref().and_then(|key| key.parse().ok());
        let path = format!("/api/hazards?{}", question_of(&query));
        spawn_local(async move {
            let answer = Request::plain(Method::Get, path).json::<HazardsPage>().await;
            if question.answers() == Answers::AnOlder {
                return;
            }
            match answer {
                Ok(page) => {
                    self.answered.try_update(|hazards| {
                        if after.is_none() {
                            hazards.clear();
                        }
                        hazards.extend(page.hazards);
                    });
                    self.counts.try_set(page.counts);
                    self.source.try_set(Source::Ledger { next: page.next });
                }
                Err(problem @ (Problem::Malformed { .. } | Problem::NotAllowed)) => {
                    self.source.try_set(Source::Refused(problem));
                }
                Err(_) => _ = self.source.try_set(Source::Here),
            }
        });
    }

    /// The hazards to show. What this computer has is newer where somebody has just taken a step here.
    fn hazards(self) -> Vec<HazardCard> {
        let (query, role, today) = (self.query.get(), self.phone.account().role, Phone::today());
        let passes = |hazard: &HazardCard| query.lets_through(hazard, &role, today);
        self.phone.rows.with(|rows| {
            if self.source.get() == Source::Here {
                let mut own: Vec<HazardCard> =
                    rows.open_hazards().into_iter().filter(|hazard| passes(hazard)).cloned().collect();
                own.sort_by(|a, b| query.compare(a, b));
                return own;
            }
            let newer = |hazard: HazardCard| match rows.hazard(hazard.id) {
                Some(own) => passes(own).then(|| own.clone()),
                None => Some(hazard),
            };
            self.answered.get().into_iter().filter_map(newer).collect()
        })
    }
}

/// A question as it stands in an address.
pub(super) fn question_of(query: &HazardQuery) -> String {
    history::question_of(&query.pairs())
}

/// The page.
#[component]
pub(super) fn HazardsPage() -> impl IntoView {
    let (phone, t) = (Phone::expect(), texts());
    let listed = Listed::new(phone);
    let batch = Batch::default();
    provide_context(listed);
    provide_context(batch);
    // Asked again when the question changes, and when this computer has heard of a change.
    Effect::new(move || {
        listed.query.track();
        phone.rows.track();
        listed.read(None);
    });
    let shown = Memo::new(move |_| listed.hazards());
    let none = move || shown.with(Vec::is_empty);
    let says = move || match listed.source.get() {
        Source::UnderWay => String::new(),
        Source::Ledger { .. } => {
            format!("{} · {}", t.desk().rows(count(shown.with(Vec::len))), t.desk_loop().from_server())
        }
        Source::Here | Source::Refused(_) => t.desk().rows(count(shown.with(Vec::len))),
    };
    view! {
        <header class="desk-head"><h1>{t.desk().hazards()}</h1><p class="muted" aria-live="polite">{says}</p></header>
        <Filters />
        {move || match listed.source.get() {
            Source::Here => Some(view! { <Banner kind=BannerKind::Note icon=IconName::Offline text=t.desk_loop().from_here() /> }.into_any()),
            Source::Refused(problem) => Some(view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text=t.problem(&problem) /> }.into_any()),
            Source::UnderWay => Some(view! { <Skeleton cards=3 /> }.into_any()),
            Source::Ledger { .. } => None,
        }}
        <BatchBar shown />
        <Show when=move || none() && listed.source.get() != Source::UnderWay>
            {move || {
                let mine = listed.query.with(|query| *query == HazardQuery::default());
                let (title, text) = if mine {
                    (t.desk_loop().nothing_mine(), t.desk_loop().nothing_mine_text())
                } else {
                    (t.desk().no_hazards_title(), t.desk().no_hazards_text())
                };
                view! { <Screen kind=ScreenKind::Empty { title, text } /> }
            }}
        </Show>
        <Show when=move || !none()><HazardTable shown /></Show>
        {move || match listed.source.get() {
            Source::Ledger { next: Some(next) } => {
                let more = Callback::new(move |()| listed.read(Some(next.clone())));
                Some(view! { <p><Button on_press=more>{t.desk_loop().more()}</Button></p> })
            }
            _ => None,
        }}
    }
}
