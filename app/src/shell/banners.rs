//! What has to be said on every page: each in one line, the most important first.

use leptos::prelude::*;
use xunan_core::clock::Span;
use xunan_core::problem::Problem;

use super::opening::State;
use super::updates::Offer;
use crate::browser::page::{self, Network};
use crate::i18n::texts;
use crate::session::{Phone, Space, StorageHold};
use crate::sync::{Sending, Sync};
use crate::ui::{Banner, BannerKind, Button, ButtonKind, IconName, LinkButton};

/// A clock that is off by more than this is told: a record's time is doubted beyond it.
const CLOCK_TOLERANCE: Span = Span::minutes(5);

/// The banners of a page.
#[component]
pub fn Banners() -> impl IntoView {
    view! {
        <GivenUp />
        <Full />
        <Connection />
        <Clock />
        <Update />
    }
}

/// A newer version, in another tab, took the storage over.
#[component]
fn GivenUp() -> impl IntoView {
    let phone = Phone::expect();
    let t = texts().shell();
    move || {
        (phone.hold.get() == StorageHold::GivenUp).then(|| {
            view! {
                <Banner kind=BannerKind::Stop icon=IconName::Warning text=t.given_up()>
                    <Button on_press=Callback::new(|()| page::reload())>{t.reload()}</Button>
                </Banner>
            }
        })
    }
}

/// The disk is full: text still fits, photos do not.
#[component]
fn Full() -> impl IntoView {
    let phone = Phone::expect();
    let t = texts();
    move || {
        (phone.space.get() == Space::Full).then(|| {
            view! {
                <Banner kind=BannerKind::Warning icon=IconName::Storage text=t.settings().storage_full()>
                    <LinkButton href="/outbox">{t.outbox().title()}</LinkButton>
                </Banner>
            }
        })
    }
}

/// What keeps things from being sent, when it concerns all of them.
#[derive(Clone, PartialEq)]
enum Hindrance {
    None,
    Offline,
    SignIn,
    Portal,
    Other(Problem),
}

/// No network, no sign-in, a portal: filling goes on, and that is said.
#[component]
fn Connection() -> impl IntoView {
    let (sync, t) = (Sync::expect(), texts());
    let sign_in = State::expect().program.sign_in;
    let hindrance = Memo::new(move |_| {
        if sync.network.get() == Network::Gone {
            return Hindrance::Offline;
        }
        if sync.sending.get() == Sending::NeedsSignIn {
            return Hindrance::SignIn;
        }
        match sync.trouble.get() {
            None => Hindrance::None,
            Some(Problem::NotSignedIn) => Hindrance::SignIn,
            Some(Problem::Unreachable) => Hindrance::Offline,
            Some(Problem::NotOurServer { .. }) => Hindrance::Portal,
            Some(problem) => Hindrance::Other(problem),
        }
    });
    move || {
        match hindrance.get() {
        Hindrance::None => ().into_any(),
        Hindrance::Offline => {
            view! { <Banner kind=BannerKind::Note icon=IconName::Offline text=t.shell().offline_banner() /> }.into_any()
        }
        Hindrance::SignIn => view! {
            <Banner kind=BannerKind::Warning icon=IconName::Person text=t.shell().sign_in_expired()>
                <LinkButton href=sign_in>{t.shell().sign_in_now()}</LinkButton>
            </Banner>
        }
        .into_any(),
        Hindrance::Portal => {
            view! { <Banner kind=BannerKind::Warning icon=IconName::Offline text=t.shell().portal_banner() /> }.into_any()
        }
        Hindrance::Other(problem) => {
            view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text=t.trouble(&problem) /> }.into_any()
        }
    }
    }
}

/// A length of time in the unit that people would use.
fn in_words(minutes: i64) -> String {
    let t = texts().shell();
    let (count, unit) = match minutes {
        ..120 => (minutes, t.minutes()),
        120..2_880 => (minutes / 60, t.hours()),
        2_880.. => (minutes / 1_440, t.days()),
    };
    format!("{count} {unit}")
}

/// The phone's clock is wrong: records say so, and so do we.
#[component]
fn Clock() -> impl IntoView {
    let phone = Phone::expect();
    let minutes_off = Memo::new(move |_| {
        let ahead = phone.contact.get().map_or(Span::ZERO, |contact| contact.server_ahead());
        let off = ahead.max(Span::millis(-ahead.as_millis()));
        (off > CLOCK_TOLERANCE).then(|| off.as_millis() / Span::minutes(1).as_millis())
    });
    move || {
        minutes_off.get().map(|minutes| {
            let text = texts().shell().clock_wrong(&in_words(minutes));
            view! { <Banner kind=BannerKind::Warning icon=IconName::Clock text /> }
        })
    }
}

/// A new version waits.
#[component]
fn Update() -> impl IntoView {
    let updates = State::expect().updates;
    let t = texts().shell();
    move || {
        match updates.offer.get() {
        Offer::None | Offer::Later => ().into_any(),
        Offer::AfterVisit => {
            view! { <Banner kind=BannerKind::News icon=IconName::Again text=t.update_waits() /> }.into_any()
        }
        Offer::Ready => view! {
            <Banner kind=BannerKind::News icon=IconName::Again text=t.update_ready()>
                <Button on_press=Callback::new(move |()| updates.switch())>{t.update_now()}</Button>
                <Button kind=ButtonKind::Plain on_press=Callback::new(move |()| updates.later())>{t.update_later()}</Button>
            </Banner>
        }
        .into_any(),
    }
    }
}
