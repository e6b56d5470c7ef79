//! Signing in, and out.
//!
//! Signing out ends the session and closes the account's storage on this phone. It deletes nothing: drafts and what
//! waits to be sent are there again after the next sign-in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Account;
use xunan_core::problem::Problem;
use xunan_core::sealing::KDF_ROUNDS;
use xunan_core::sealing::shadow::salt;
use xunan_core::sync::{SignIn, SignedIn};

use super::{NotEnrolled, Phone};
use crate::browser::http::{Method, Request};
use crate::browser::sealing::SealingKey;
use crate::browser::{history, page, storage};
use crate::i18n::texts;
use crate::shell::State;
use crate::store::{Elder, PhoneStore, SignedInAs, Store, StoreFailed};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, ButtonSize, Duty, IconName, LineKind, TextField};

/// How far signing in is.
#[derive(Clone, PartialEq)]
enum Progress {
    /// Waiting for somebody to fill in.
    Asking,
    /// Asking the server.
    SigningIn,
    /// Making this phone a device.
    Enrolling,
    /// It did not work.
    Failed(Failure),
}

/// Why not.
#[derive(Clone, PartialEq)]
enum Failure {
    /// The server or the way to it.
    Problem(Problem),
    /// The browser keeps no keys.
    NoKey,
}

/// The sign-in page. With somebody's work open, it renews the session and leads back to it.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = texts();
    page::set_title(&format!("{} · {}", t.sign_in().title(), t.words().app_name()));
    let state = State::expect();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let checked = RwSignal::new(false);
    let progress = RwSignal::new(Progress::Asking);
    let busy = Signal::derive(move || matches!(progress.get(), Progress::SigningIn | Progress::Enrolling));
    let missing = move |value: RwSignal<String>, words: &'static str| {
        Signal::derive(move || {
            (checked.get() && value.with(|value| value.trim().is_empty())).then(|| words.to_owned())
        })
    };
    let go = move || {
        checked.set(true);
        let message =
            SignIn { login: login.get_untracked().trim().to_owned(), password: password.get_untracked() };
        if busy.get_untracked() || message.login.is_empty() || message.password.is_empty() {
            return;
        }
        progress.set(Progress::SigningIn);
        spawn_local(async move {
            match sign_in(state, &message, progress).await {
                Ok(()) => state.leave_sign_in(),
                Err(failure) => _ = progress.try_set(Progress::Failed(failure)),
            }
        });
    };
    view! {
        <main class="sign-in" id="main">
            <header class="sign-in-head">
                <h1 class="sign-in-name">{t.words().app_name()}</h1>
                <p class="muted">{t.words().app_about()}</p>
            </header>
            <form class="stack" novalidate on:submit=move |event| { event.prevent_default(); go(); }>
                <TextField label=t.sign_in().login() value=login on_input=Callback::new(move |text| login.set(text))
                    kind=LineKind::Login duty=Duty::Must wrong=missing(login, t.sign_in().login_missing()) />
                <TextField label=t.sign_in().password() value=password on_input=Callback::new(move |text| password.set(text))
                    kind=LineKind::Password duty=Duty::Must wrong=missing(password, t.sign_in().password_missing()) />
                <Outcome progress />
                <Button kind=ButtonKind::Primary size=ButtonSize::Large busy on_press=Callback::new(move |()| go())>
                    {t.sign_in().go()}
                </Button>
                // Enter in a field submits only with a submit button; the one above is none.
                <button type="submit" class="unseen" tabindex=-1 aria-hidden="true"></button>
            </form>
            <p class="muted small">{t.sign_in().needs_network()}</p>
            <p class="muted small">{t.sign_in().forgotten()}</p>
            <ElderSwitch />
        </main>
    }
}

/// What is under way, or what went wrong.
#[component]
fn Outcome(progress: RwSignal<Progress>) -> impl IntoView {
    let t = texts();
    let stop =
        move |text: String| view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }.into_any();
    move || match progress.get() {
        Progress::Asking => ().into_any(),
        Progress::SigningIn => view! { <p role="status">{t.sign_in().going()}</p> }.into_any(),
        Progress::Enrolling => view! {
            <p role="status">{t.sign_in().enrolling()}</p>
            <p class="muted small">{t.sign_in().enrolling_about()}</p>
        }
        .into_any(),
        Progress::Failed(Failure::NoKey) => stop(t.sign_in().no_key().to_owned()),
        Progress::Failed(Failure::Problem(problem)) => stop(t.trouble(&problem)),
    }
}

/// Elder mode is one tap away before anything has to be read.
#[component]
fn ElderSwitch() -> impl IntoView {
    let state = State::expect();
    let elder = move || state.looks.get().elder == Elder::Elder;
    let switch = Callback::new(move |()| {
        state.looks.change(state, |looks| {
            looks.elder = match looks.elder {
                Elder::Normal => Elder::Elder,
                Elder::Elder => Elder::Normal,
            };
        });
    });
    let word =
        move || if elder() { texts().settings().mode_normal() } else { texts().sign_in().elder_mode() };
    view! { <Button kind=ButtonKind::Plain on_press=switch>{word}</Button> }
}

async fn sign_in(state: State, message: &SignIn, progress: RwSignal<Progress>) -> Result<(), Failure> {
    let problem = |problem: Problem| Failure::Problem(problem);
    let signed_in: SignedIn =
        Request::post_json("/api/session", message).map_err(problem)?.json().await.map_err(problem)?;
    let account = signed_in.account;
    let Some(phone_store) = state.phone_store() else {
        return Err(problem(Problem::StorageFailed { cause: "Closed".to_owned() }));
    };
    keep_key(&account, &message.password).await;
    note_signed_in(&phone_store, &account).await.map_err(|failed| problem(failed.into()))?;
    match state.phone() {
        Some(phone) if phone.account() == account => {
            if let Some(sync) = state.sync() {
                sync.signed_in();
            }
            return Ok(());
        }
        Some(_) => {
            // Somebody else, or the same person with another role: their own pages, from the start.
            history::go(state.program.home, history::Step::InPlace);
            page::reload();
            return Ok(());
        }
        None => {}
    }
    progress.try_set(Progress::Enrolling);
    enrol_first(state, account).await
}

/// Makes the key of the copies of drafts (`docs/shadow-copies.md`), before anything leads away from this page: the
/// password is not kept, so a page that is gone before that would need it again. Without the key nobody is kept out:
/// then no copies are made, and "Me" says so.
async fn keep_key(account: &Account, password: &str) {
    let Ok(store) = Store::open(account.id).await else { return };
    let salt = salt(account.id);
    if let Ok(key) = SealingKey::derive(password, salt.as_bytes(), KDF_ROUNDS).await {
        let _said_in_me = store.save_given_key(key).await;
    }
}

/// Notes who uses this phone. What stands there already is not written again: a login that has expired is renewed on a
/// phone whose storage is full, since only sending makes room on it.
async fn note_signed_in(phone_store: &PhoneStore, account: &Account) -> Result<(), StoreFailed> {
    let who = SignedInAs { account: account.clone() };
    match phone_store.signed_in().await {
        Ok(Some(noted)) if noted == who => Ok(()),
        // What cannot be read is written anew.
        Ok(_) | Err(_) => phone_store.save_signed_in(Some(&who)).await,
    }
}

/// The first sign-in on this phone: a key, and the promise of the browser to keep what is stored.
async fn enrol_first(state: State, account: Account) -> Result<(), Failure> {
    let phone = Phone::open(account.clone()).await.map_err(|failed| Failure::Problem(failed.into()))?;
    match phone.enrol().await {
        Err(NotEnrolled::NoKey) => return Err(Failure::NoKey),
        // Without a device the pages open all the same; enrolling is tried again by itself, and the lamp is off.
        Ok(()) | Err(NotEnrolled::Problem(_)) => {}
    }
    // Asked while a person is here. Firefox asks that person, who may leave it open for ever: nothing waits for it.
    spawn_local(async { _ = storage::ask_to_keep().await });
    state.enter(account).await.map_err(|failed| Failure::Problem(failed.into()))?;
    state.look_for_losses();
    Ok(())
}

/// Signs out: the session ends as far as the server can be reached, and the pages close. Nothing is deleted.
///
/// # Errors
/// [`Problem`] when the phone could not note it; then everything is as before.
pub async fn sign_out(state: State) -> Result<(), Problem> {
    let Some(store) = state.phone_store() else { return Ok(()) };
    store.save_signed_in(None).await?;
    // Without a network the cookie stays until it expires; nobody can use it without this phone.
    let _as_far_as_it_can_be_reached = Request::plain(Method::Delete, "/api/session").send().await;
    history::go(state.program.home, history::Step::InPlace);
    page::reload();
    Ok(())
}
