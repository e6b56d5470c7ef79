//! Opening the app: looks first, then who uses the phone, then their storage. No network is waited for.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use xunan_core::problem::Problem;
use xunan_core::sync::SignedIn;

use super::STATE;
use super::later::later;
use super::looks::LooksState;
use super::program::{Holds, Pages, Program};
use super::rescue::{self, RescuePage};
use super::updates::Updates;
use crate::browser::history::{self, LinkTaken, Step};
use crate::browser::http::{Method, Request};
use crate::browser::service_worker::Shell;
use crate::browser::{clock, page};
use crate::i18n::texts;
use crate::session::{Phone, SignInPage};
use crate::store::{PhoneStore, SignedInAs, StoreFailed, noted_before};
use crate::sync::{Lamp, Sync};
use crate::ui::{Button, Screen, ScreenKind, Skeleton};
use xunan_core::access::Account;

/// A storage that has not answered for so long is said to, instead of a page that opens for ever.
const PATIENCE_MILLIS: u32 = 20_000;

/// How far opening is.
#[derive(Clone, PartialEq)]
pub enum Stage {
    /// Reading the phone's storage.
    Opening,
    /// There is no storage, or it is damaged: nothing can be kept here, so nothing can be begun.
    NoStorage(StoreFailed),
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    SignedIn,
}

/// The state of the app: a context, cheap to copy.
#[derive(Clone, Copy)]
pub struct State {
    /// The program that runs.
    pub program: Program,
    /// The address of the page.
    pub path: RwSignal<String>,
    /// How far opening is.
    pub stage: RwSignal<Stage>,
    /// How it looks.
    pub looks: LooksState,
    /// The service worker and its new versions.
    pub updates: Updates,
    /// Who is in, with their loop and their lamp.
    inside: RwSignal<Option<Inside>>,
    store: StoredValue<Option<std::rc::Rc<PhoneStore>>, LocalStorage>,
}

/// What there is once somebody is signed in.
#[derive(Clone, Copy)]
pub(super) struct Inside {
    pub(super) phone: Phone,
    pub(super) sync: Sync,
    pub(super) lamp: Lamp,
}

impl State {
    /// The state of the app around.
    ///
    /// # Panics
    /// Outside [`App`].
    pub fn expect() -> Self {
        expect_context()
    }

    /// The state of the one app on this page, for code after an `await`.
    pub(crate) fn find() -> Option<Self> {
        STATE.get()
    }

    fn new(program: Program) -> Self {
        Self {
            program,
            path: RwSignal::new(history::path()),
            stage: RwSignal::new(Stage::Opening),
            looks: LooksState::new(),
            updates: Updates::new(),
            inside: RwSignal::new(None),
            store: StoredValue::new_local(None),
        }
    }

    /// The phone's own small storage.
    pub(crate) fn phone_store(self) -> Option<std::rc::Rc<PhoneStore>> {
        self.store.get_value()
    }

    async fn open(self) -> Result<(), StoreFailed> {
        let store = std::rc::Rc::new(PhoneStore::open().await?);
        self.looks.show(store.looks().await?);
        let signed_in = store.signed_in().await?;
        self.store.set_value(Some(store));
        match signed_in {
            None => self.stage.set(Stage::SignedOut),
            Some(SignedInAs { account }) => self.enter(account).await?,
        }
        Ok(())
    }

    /// Opens the pages for an account.
    pub(crate) async fn enter(self, account: Account) -> Result<(), StoreFailed> {
        let phone = Phone::open(account).await?;
        let sync = Sync::start(phone);
        let lamp = Lamp::new(phone, self.updates.worker);
        self.inside.set(Some(Inside { phone, sync, lamp }));
        self.stage.set(Stage::SignedIn);
        spawn_local(self.renew_account(phone));
        Ok(())
    }

    /// Compares the storage with its witness, in a part of the program that nobody waits for: a loss is said in place of
    /// whatever page stands there by then. A phone on its first day has nothing to lose, and fetches its list first.
    pub(crate) fn look_for_losses(self) {
        let phone = self.phone();
        if !phone.is_some_and(Phone::has_pulled) && !noted_before(phone.map(|phone| phone.account().id)) {
            return;
        }
        spawn_local(async move {
            // A part that cannot be had now is asked for at the next opening.
            if let Ok(compare) = witness_part().await {
                compare(self);
            }
        });
    }

    /// Notes what the server says of the account now: a new certificate, another region. It holds from the next
    /// opening on, so that nothing changes under anybody's hands.
    async fn renew_account(self, phone: Phone) {
        let asked: Result<SignedIn, Problem> = Request::plain(Method::Get, "/api/session").json().await;
        let (Ok(SignedIn { account, .. }), Some(store)) = (asked, self.phone_store()) else { return };
        if account.id == phone.account().id && account != phone.account() {
            // What cannot be stored now is asked again at the next opening.
            let _asked_again = store.save_signed_in(Some(&SignedInAs { account })).await;
        }
    }

    /// Who is in.
    pub(crate) fn sync(self) -> Option<Sync> {
        self.inside.get_untracked().map(|inside| inside.sync)
    }

    pub(crate) fn phone(self) -> Option<Phone> {
        self.inside.get_untracked().map(|inside| inside.phone)
    }

    /// Where sign-in leads.
    pub(crate) fn leave_sign_in(self) {
        if self.path.with_untracked(|path| path == self.program.sign_in) {
            history::go(self.program.home, Step::InPlace);
            self.path.set(self.program.home.to_owned());
        }
    }
}

/// A program, from its opening on.
#[component]
pub fn App(program: Program) -> impl IntoView {
    let state = State::new(program);
    STATE.set(Some(state));
    provide_context(state);
    history::on_moved(move |path| state.path.set(path));
    history::on_link(move |path| match (program.holds)(path) {
        Holds::No => LinkTaken::No,
        Holds::Yes => {
            history::go(path, Step::Forward);
            state.path.set(path.to_owned());
            LinkTaken::Yes
        }
    });
    spawn_local(async move {
        clock::sleep_millis(PATIENCE_MILLIS).await;
        if state.stage.get_untracked() == Stage::Opening {
            // Should it answer after all, its page takes the place of this one.
            state.stage.set(Stage::NoStorage(StoreFailed::Other { name: "NoAnswer".to_owned() }));
        }
    });
    spawn_local(async move {
        if let Err(failed) = state.open().await {
            state.stage.set(Stage::NoStorage(failed));
        }
        // After the first page: the service worker must not compete with it for the network.
        match Shell::register(program.worker).await {
            Ok(shell) => state.updates.watch(shell),
            Err(_) => state.updates.refused(),
        }
        state.look_for_losses();
    });
    move || {
        // A change of language mounts the pages anew.
        let lang = state.looks.lang();
        page::set_root_attribute("lang", Some(lang.tag()));
        provide_context(lang);
        view! { <Inner state /> }
    }
}

#[component]
fn Inner(state: State) -> impl IntoView {
    let open = Memo::new(move |_| {
        let open = state.program.open;
        open.is_some_and(|open| state.path.with(|path| path == open.path))
    });
    move || match state.stage.get() {
        // Nobody has to be signed in to look at evidence, but somebody may be: their phone knows the server's keys.
        stage if open.get() && stage != Stage::Opening => {
            state.program.open.map(|open| (open.page)()).into_any()
        }
        Stage::Opening => view! { <main class="page"><Skeleton /></main> }.into_any(),
        Stage::NoStorage(failed @ (StoreFailed::Lost | StoreFailed::Closed | StoreFailed::Other { .. })) => {
            later(rescue_part(), move |page| page(failed.clone()))
        }
        Stage::NoStorage(failed) => no_storage(failed).into_any(),
        Stage::SignedOut => view! { <SignInPage /> }.into_any(),
        Stage::SignedIn => match state.inside.get_untracked() {
            Some(inside) => view! { <Pages inside /> }.into_any(),
            None => ().into_any(),
        },
    }
}

/// A damaged storage, which hardly anybody ever sees.
#[wasm_split(rescue, wasm_split_path = leptos::wasm_split, fallible)]
fn rescue_part() -> Result<fn(StoreFailed) -> AnyView, SplitLoaderError> {
    Ok(|failed| view! { <RescuePage failed /> }.into_any())
}

/// Comparing the storage with its witness.
#[wasm_split(rescue, wasm_split_path = leptos::wasm_split, fallible)]
fn witness_part() -> Result<fn(State), SplitLoaderError> {
    Ok(rescue::compare)
}

/// Said before the first touch: what is filled in here would be lost.
fn no_storage(failed: StoreFailed) -> impl IntoView {
    let t = texts().shell();
    let kind = match failed {
        StoreFailed::Blocked => {
            ScreenKind::Empty { title: t.storage_blocked_title(), text: t.storage_blocked_text() }
        }
        StoreFailed::QuotaFull => ScreenKind::Full,
        _ => ScreenKind::Empty { title: t.no_storage_title(), text: t.no_storage_text() },
    };
    view! {
        <main class="page">
            <h1 class="unseen">{texts().words().app_name()}</h1>
            <Screen kind><Button on_press=Callback::new(|()| page::reload())>{t.reload()}</Button></Screen>
        </main>
    }
}
