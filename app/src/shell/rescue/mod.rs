//! The page of a damaged storage: what happened, what is kept elsewhere, and the ways out. It is a part of the program of
//! its own, fetched and verified by the service worker like every other.
//!
//! ```text
//! opened ─► compared with its witness ─► something is lost: said; "go on" with what is left
//! it cannot be read ─┬────► try again
//!                    ├────► a file of what can still be read
//!                    └────► start anew: asked twice, after that file was handed out
//! ```

mod tar;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::problem::Problem;

use crate::browser::files::{HandedOver, hand_over};
use crate::browser::{clock, page};
use crate::i18n::texts;
use crate::shell::{Stage, State};
use crate::store::{StoreFailed, accept_loss, readable, start_anew};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, Confirm, Decision, Icon, IconName, LinkButton};

/// Compares the storage with its witness, and says it when something is lost.
pub(super) fn compare(state: State) {
    spawn_local(async move {
        match found_less(state).await {
            // For tests and for support: it was compared, and nothing is missing.
            Ok(()) => page::set_root_attribute("data-storage", Some("whole")),
            Err(StoreFailed::Lost) => state.stage.set(Stage::NoStorage(StoreFailed::Lost)),
            Err(_) => {}
        }
    });
}

/// What cannot be compared now is compared at the next opening; only a loss is a loss.
async fn found_less(state: State) -> Result<(), StoreFailed> {
    if let Some(phone_store) = state.phone_store() {
        phone_store.check().await?;
    }
    match state.phone() {
        Some(phone) => phone.store().check_drafts().await,
        None => Ok(()),
    }
}

/// The page.
#[component]
pub(super) fn RescuePage(
    /// What is wrong with the storage.
    failed: StoreFailed,
) -> impl IntoView {
    let t = texts();
    page::set_title(&format!("{} · {}", t.rescue().title(), t.words().app_name()));
    match failed {
        StoreFailed::Lost => view! { <Lost /> }.into_any(),
        StoreFailed::Other { name } => view! { <Unreadable cause=name /> }.into_any(),
        failed => view! { <Unreadable cause=failed.to_string() /> }.into_any(),
    }
}

/// The browser has thrown away what was here, or a part of it. Nothing can be read back; going on is the way.
#[component]
fn Lost() -> impl IntoView {
    let t = texts().rescue();
    let go_on = Callback::new(|()| {
        accept_loss();
        page::reload();
    });
    view! {
        <main class="page stack" id="main" data-rescue="lost">
            <section class="screen">
                <Icon name=IconName::Storage />
                <h1 class="screen-title">{t.lost_title()}</h1>
                <p>{t.lost_text()}</p>
                <p>{t.on_the_server()}</p>
                <p>{t.lost_to_do()}</p>
                <div class="screen-actions">
                    <Button kind=ButtonKind::Primary on_press=go_on>{t.go_on()}</Button>
                    <LinkButton href="/verify" kind=ButtonKind::Plain>{texts().settings().verify()}</LinkButton>
                </div>
            </section>
        </main>
    }
}

/// What the buttons have led to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Came {
    Nothing,
    Exported(usize),
    NothingReadable,
    /// The browser cannot even throw its databases away.
    Stuck,
    Failed(Problem),
}

/// The storage does not open, or something in it makes no sense.
#[component]
fn Unreadable(
    /// The browser's name for it, for whoever is asked for help.
    cause: String,
) -> impl IntoView {
    let t = texts().rescue();
    let (came, busy, asking) = (RwSignal::new(Came::Nothing), RwSignal::new(false), RwSignal::new(false));
    let begin = move |anew: Anew| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let done = match anew {
                Anew::No => export().await,
                Anew::Yes => export_and_start_anew().await,
            };
            came.try_set(done);
            busy.try_set(false);
        });
    };
    let decided = Callback::new(move |decision| {
        asking.set(false);
        if decision == Decision::Go {
            begin(Anew::Yes);
        }
    });
    view! {
        <main class="page stack" id="main" data-rescue="unreadable">
            <section class="screen">
                <Icon name=IconName::Storage />
                <h1 class="screen-title">{t.unreadable_title()}</h1>
                <p>{t.unreadable_text()}</p>
                <p>{t.on_the_server()}</p>
                <p class="screen-code">{t.cause(&cause)}</p>
                <div class="screen-actions">
                    <Button kind=ButtonKind::Primary icon=IconName::Again on_press=Callback::new(|()| page::reload())>{t.try_again()}</Button>
                    <Button icon=IconName::Export busy on_press=Callback::new(move |()| begin(Anew::No))>{t.export()}</Button>
                    <Button kind=ButtonKind::Danger busy on_press=Callback::new(move |()| asking.set(true))>{t.anew()}</Button>
                </div>
            </section>
            {move || outcome(came.get())}
            <Confirm open=asking title=t.anew_title() text=t.anew_text() go=t.anew_go() stay=t.anew_stay()
                kind=ButtonKind::Danger on_decision=decided />
        </main>
    }
}

fn outcome(came: Came) -> Option<AnyView> {
    let t = texts().rescue();
    let (kind, text) = match came {
        Came::Nothing => return None,
        Came::Exported(count) => (BannerKind::Note, t.exported(count)),
        Came::NothingReadable => (BannerKind::Warning, t.nothing_readable().to_owned()),
        Came::Stuck => (BannerKind::Stop, t.stuck().to_owned()),
        Came::Failed(problem) => (BannerKind::Stop, texts().problem(&problem)),
    };
    Some(view! { <Banner kind icon=IconName::Info text /> }.into_any())
}

/// Whether a new beginning follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Anew {
    Yes,
    No,
}

/// Hands out what can be read, as one file.
async fn export() -> Came {
    let values = match readable().await {
        Ok(values) if values.is_empty() => return Came::NothingReadable,
        Ok(values) => values,
        Err(_) => return Came::NothingReadable,
    };
    let now = clock::now();
    let Ok(file) = tar::archive(&values, now) else {
        return Came::Failed(Problem::StorageFailed { cause: "Export".to_owned() });
    };
    let name = format!("xunan-{}-{}.tar", now.date(), now.time_of_day().to_string().replace(':', ""));
    match hand_over(&file, &name).await {
        Ok(HandedOver::Downloaded | HandedOver::Shared) => Came::Exported(values.len()),
        Ok(HandedOver::CalledOff) => Came::Nothing,
        Err(refused) => Came::Failed(Problem::StorageFailed { cause: refused.name }),
    }
}

/// A new beginning only after what can be read is out; with nothing to read there is nothing to wait for.
async fn export_and_start_anew() -> Came {
    match export().await {
        Came::Exported(_) | Came::NothingReadable => {}
        not_out => return not_out,
    }
    match start_anew().await {
        Ok(()) => {
            page::reload();
            Came::Nothing
        }
        Err(_) => Came::Stuck,
    }
}
