//! The accounts of an administrator's region: the table. It asks the server, since accounts are no rows.
//!
//! ```text
//! GET /api/accounts ─► table ─► one account: history, lock, reset, hand over (`account`)
//!                      └─► a new one (`new_account`)
//! ```

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Role;
use xunan_core::problem::Problem;
use xunan_core::sync::{AccountCard, AccountList, AccountStanding, More};

use super::open_row::OpenRow;
use super::route::DeskRoute;
use super::visits::count;
use crate::browser::http::{Method, Request};
use crate::browser::page;
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{Banner, BannerKind, IconName, LinkButton, Screen, ScreenKind, SearchField};

/// Whether the signed-in person manages accounts.
pub(super) fn is_administrator() -> bool {
    matches!(Phone::expect().account().role, Role::Administrator)
}

/// A search as it goes into an address.
fn address(search: &str) -> String {
    format!("/api/accounts?limit=200&search={}", page::query_escaped(search.trim()))
}

/// The table.
#[component]
pub(super) fn AccountsPage() -> impl IntoView {
    if !is_administrator() {
        return view! { <Screen kind=ScreenKind::Denied>{texts().accounts().only_administrators()}</Screen> }
            .into_any();
    }
    let t = texts().accounts();
    let search = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Result<AccountList, Problem>>);
    Effect::new(move || {
        let wanted = search.get();
        spawn_local(async move {
            let answer = Request::plain(Method::Get, address(&wanted)).json::<AccountList>().await;
            // What was typed meanwhile has an answer of its own.
            if search.try_get_untracked().is_some_and(|now| now == wanted) {
                found.try_set(Some(answer));
            }
        });
    });
    view! {
        <header class="desk-head"><h1>{t.title()}</h1>
            <LinkButton href=DeskRoute::NewAccount.path() icon=IconName::Plus>{t.new_account()}</LinkButton>
        </header>
        <div class="desk-filters">
            <SearchField label=t.search() value=search on_search=Callback::new(move |words| search.set(words)) />
        </div>
        {move || match found.get() {
            None => view! { <p class="muted" role="status">{texts().words().loading()}</p> }.into_any(),
            Some(Err(problem)) => {
                let text = texts().problem(&problem);
                view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> }.into_any()
            }
            Some(Ok(list)) => table(list).into_any(),
        }}
    }
    .into_any()
}

fn table(list: AccountList) -> impl IntoView {
    let t = texts().accounts();
    let note = match (list.accounts.len(), list.more) {
        (0, _) => t.none().to_owned(),
        (_, More::Yes) => t.more().to_owned(),
        (shown, More::No) => texts().desk().rows(count(shown)),
    };
    view! {
        <p class="muted" role="status">{note}</p>
        <div class="table-frame">
            <table class="table">
                <thead><tr>
                    <th scope="col">{t.col_name()}</th>
                    <th scope="col">{t.col_login()}</th>
                    <th scope="col">{t.col_role()}</th>
                    <th scope="col">{t.col_organisation()}</th>
                    <th scope="col">{t.col_region()}</th>
                    <th scope="col">{t.col_state()}</th>
                </tr></thead>
                <tbody>{list.accounts.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(card: AccountCard) -> impl IntoView {
    let href = DeskRoute::Account(card.account.id).path();
    view! {
        <OpenRow href=href.clone()>
            <th scope="row"><a href=href>{card.account.name}</a></th>
            <td class="nowrap">{card.login}</td>
            <td class="nowrap">{texts().name().role(&card.account.role)}</td>
            <td>{card.account.organisation}</td>
            <td class="nowrap">{card.account.region.to_string()}</td>
            <td class="nowrap">{standing(card.standing)}</td>
        </OpenRow>
    }
}

/// Whether an account may be used, as a mark with words.
pub(super) fn standing(standing: AccountStanding) -> impl IntoView {
    let t = texts().accounts();
    let (kind, word) = match standing {
        AccountStanding::Active => ("done", t.active()),
        AccountStanding::Locked => ("stopped", t.locked()),
    };
    view! { <span class="tag" data-kind=kind>{word}</span> }
}
