//! One account: its facts, what still names its person, its history; and what an administrator may do to it: lock, unlock,
//! reset the password, hand the post over.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::{Certificate, Role};
use xunan_core::account::{AccountChanger, AccountEvent};
use xunan_core::ids::AccountId;
use xunan_core::problem::Problem;
use xunan_core::sync::{AccountAnswer, AccountDetail, AccountStanding, HandOver, Unfinished};

use super::accounts::{is_administrator, standing};
use super::route::DeskRoute;
use super::told_password::{Told, ToldPassword};
use crate::browser::http::{Method, Request};
use crate::i18n::texts;
use crate::session::Phone;
use crate::ui::{
    Banner, BannerKind, Button, ButtonKind, Confirm, Decision, Duty, IconName, LineKind, LinkButton, Screen,
    ScreenKind, TextField,
};

/// What the page knows and shows.
#[derive(Clone, Copy)]
struct Desk {
    id: AccountId,
    detail: RwSignal<Option<Result<AccountDetail, Problem>>>,
    /// What became of the last action, when it did not work.
    fault: RwSignal<Option<String>>,
    told: RwSignal<Option<Told>>,
    busy: RwSignal<bool>,
}

/// What can be done with one press.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Lock,
    Unlock,
    Reset,
}

impl Desk {
    fn fetch(self) {
        spawn_local(async move {
            let path = format!("/api/accounts/{}", self.id);
            let detail = Request::plain(Method::Get, path).json().await;
            self.detail.try_set(Some(detail));
        });
    }

    fn act(self, act: Act) {
        let action = match act {
            Act::Lock => "lock",
            Act::Unlock => "unlock",
            Act::Reset => "password",
        };
        self.send(Request::plain(Method::Post, format!("/api/accounts/{}/{action}", self.id)));
    }

    fn hand_over(self, wanted: &HandOver) {
        match Request::post_json(format!("/api/accounts/{}/hand-over", self.id), wanted) {
            Ok(request) => self.send(request),
            Err(problem) => self.fault.set(Some(texts().problem(&problem))),
        }
    }

    fn send(self, request: Request) {
        let words = texts();
        self.fault.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let answer = request.json::<AccountAnswer>().await;
            self.busy.try_set(false);
            match answer {
                Ok(AccountAnswer::Done { card, password, .. }) => {
                    if let Some(password) = password {
                        self.told.try_set(Some(Told { name: card.account.name, password: password.0 }));
                    }
                    self.fetch();
                }
                Ok(AccountAnswer::Refused { fault }) => {
                    self.fault.try_set(Some(words.accounts().fault(fault).to_owned()));
                }
                Err(problem) => _ = self.fault.try_set(Some(words.problem(&problem))),
            }
        });
    }
}

/// The page.
#[component]
pub(super) fn AccountPage(account: AccountId) -> impl IntoView {
    if !is_administrator() {
        return view! { <Screen kind=ScreenKind::Denied>{texts().accounts().only_administrators()}</Screen> }
            .into_any();
    }
    let desk = Desk {
        id: account,
        detail: RwSignal::new(None),
        fault: RwSignal::default(),
        told: RwSignal::default(),
        busy: RwSignal::new(false),
    };
    desk.fetch();
    let t = texts().accounts();
    view! {
        <ToldPassword told=desk.told />
        {move || desk.fault.get().map(|text| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> })}
        {move || match desk.detail.get() {
            None => view! { <h1>{t.title()}</h1><p class="muted" role="status">{texts().words().loading()}</p> }.into_any(),
            Some(Err(Problem::NotFound)) => view! { <Screen kind=ScreenKind::NotFound /> }.into_any(),
            Some(Err(problem)) => {
                let text = texts().problem(&problem);
                view! { <h1>{t.title()}</h1><Banner kind=BannerKind::Warning icon=IconName::Warning text /> }.into_any()
            }
            Some(Ok(detail)) => shown(desk, detail).into_any(),
        }}
    }
    .into_any()
}

fn shown(desk: Desk, detail: AccountDetail) -> impl IntoView {
    let t = texts().accounts();
    let AccountDetail { card, history, unfinished } = detail;
    let account = card.account.clone();
    let waiting = match unfinished.is_empty() {
        true => view! { <p class="muted">{t.unfinished_none()}</p> }.into_any(),
        false => view! { <ul>{unfinished.into_iter().map(waits).collect_view()}</ul> }.into_any(),
    };
    let past = match history.is_empty() {
        true => view! { <p class="muted">{t.history_none()}</p> }.into_any(),
        false => view! { <ul>{history.into_iter().map(event).collect_view()}</ul> }.into_any(),
    };
    view! {
        <header class="desk-head"><h1>{account.name.clone()}</h1>
            <LinkButton href=DeskRoute::Accounts.path() icon=IconName::Back>{t.title()}</LinkButton>
        </header>
        <dl class="facts">
            <dt>{t.col_state()}</dt><dd>{standing(card.standing)}</dd>
            <dt>{t.col_login()}</dt><dd>{card.login.clone()}</dd>
            <dt>{t.col_role()}</dt><dd>{texts().name().role(&account.role)}</dd>
            <dt>{t.col_organisation()}</dt><dd>{account.organisation.clone()}</dd>
            <dt>{t.col_region()}</dt><dd>{account.region.to_string()}</dd>
        </dl>
        <Actions desk name=account.name.clone() standing=card.standing />
        <section class="part"><div class="part-head"><h2>{t.unfinished()}</h2></div>{waiting}</section>
        <HandOverForm desk role=account.role />
        <section class="part"><div class="part-head"><h2>{t.history()}</h2></div>{past}</section>
    }
}

fn waits(unfinished: Unfinished) -> impl IntoView {
    let t = texts().accounts();
    let text = match unfinished {
        Unfinished::Plan { facility_name, until, .. } => {
            t.unfinished_plan(&facility_name, &until.to_string())
        }
        Unfinished::Hazard { title, facility_name, .. } => t.unfinished_hazard(&title, &facility_name),
    };
    view! { <li>{text}</li> }
}

fn event(event: AccountEvent) -> impl IntoView {
    let t = texts().accounts();
    let by = match event.by {
        AccountChanger::Administrator { name, .. } => name,
        AccountChanger::Operator => t.by_operator().to_owned(),
        AccountChanger::Owner => t.by_owner().to_owned(),
    };
    let line = t.history_line(&texts().time().exact(event.at), &by);
    view! { <li><strong>{t.change(&event.what)}</strong>" "<span class="muted">{line}</span></li> }
}

/// Lock or unlock, and reset: each that takes something away is asked about first.
#[component]
fn Actions(desk: Desk, name: String, standing: AccountStanding) -> impl IntoView {
    let t = texts().accounts();
    let asked = RwSignal::new(None::<Act>);
    let ask = move |act| Callback::new(move |()| asked.set(Some(act)));
    let is = move |act| Signal::derive(move || asked.get() == Some(act));
    let decide = Callback::new(move |decision| {
        let act = asked.get_untracked();
        asked.set(None);
        if let (Decision::Go, Some(act)) = (decision, act) {
            desk.act(act);
        }
    });
    let is_own = Phone::expect().account().id == desk.id;
    let lock = match standing {
        AccountStanding::Active => (!is_own)
            .then(|| view! { <Button kind=ButtonKind::Danger busy=desk.busy on_press=ask(Act::Lock)>{t.lock()}</Button> })
            .into_any(),
        AccountStanding::Locked => {
            let unlock = Callback::new(move |()| desk.act(Act::Unlock));
            view! { <Button busy=desk.busy on_press=unlock>{t.unlock()}</Button> }.into_any()
        }
    };
    view! {
        <div class="desk-filters">
            {lock}
            <Button busy=desk.busy on_press=ask(Act::Reset)>{t.reset()}</Button>
        </div>
        <Confirm open=is(Act::Lock) title=t.lock_title(&name) text=t.lock_text() go=t.lock() stay=t.lock_stay()
            kind=ButtonKind::Danger on_decision=decide />
        <Confirm open=is(Act::Reset) title=t.reset_title(&name) text=t.reset_text() go=t.reset() stay=t.reset_stay()
            kind=ButtonKind::Danger on_decision=decide />
    }
}

/// The same post, another person.
#[component]
fn HandOverForm(desk: Desk, role: Role) -> impl IntoView {
    let t = texts().accounts();
    let [name, login, number, until] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    let of_an_inspector = matches!(role, Role::Inspector { .. });
    let press = Callback::new(move |()| {
        let certificate = if of_an_inspector {
            let Ok(valid_until) = until.with_untracked(|date| date.parse()) else {
                return desk.fault.set(Some(format!("{}：{}", t.certificate_until(), t.must())));
            };
            Some(Certificate { number: number.get_untracked().trim().to_owned(), valid_until })
        } else {
            None
        };
        let said = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        desk.hand_over(&HandOver { login: said(login), name: said(name), certificate });
    });
    let certificate = of_an_inspector.then(|| {
        view! {
            <div class="desk-pair">
                <TextField label=t.certificate() value=number on_input=set(number) duty=Duty::Must />
                <TextField label=t.certificate_until() kind=LineKind::Date value=until on_input=set(until) duty=Duty::Must />
            </div>
        }
    });
    view! {
        <section class="part" id="hand-over"><div class="part-head"><h2>{t.hand_over()}</h2></div>
            <p>{t.hand_over_text()}</p>
            <p class="muted">{t.hand_over_unsent()}</p>
            <form class="stack desk-form" data-gap="large" on:submit=|event| event.prevent_default()>
                <div class="desk-pair">
                    <TextField label=t.new_name() value=name on_input=set(name) duty=Duty::Must />
                    <TextField label=t.new_login() kind=LineKind::Login value=login on_input=set(login) duty=Duty::Must help=t.login_help().to_owned() />
                </div>
                {certificate}
                <Button kind=ButtonKind::Danger busy=desk.busy on_press=press>{t.do_hand_over()}</Button>
            </form>
        </section>
    }
}
