//! Me 我: the account, its password, how pages look, what the phone keeps, whether it can go offline, signing out.

mod keeps;
mod password;

pub(crate) use password::PasswordPart;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::access::Role;

use crate::i18n::{Lang, texts};
use crate::session::{Phone, sign_out};
use crate::shell::{Frame, State};
use crate::store::{Elder, Theme};
use crate::sync::Sync;
use crate::ui::{Button, ButtonKind, Confirm, Decision, LinkButton, Segments, Toasts};
use keeps::{DevicePart, OfflinePart, StoragePart};

/// The page.
#[component]
pub fn MePage() -> impl IntoView {
    let (t, copies) = (texts().settings(), Sync::expect().copies);
    view! {
        <Frame title=t.title()>
            <AccountPart />
            <PasswordPart />
            <LooksPart />
            <OfflinePart />
            <StoragePart />
            {move || copies.get().map(|copies| copies.in_settings())}
            <DevicePart />
            <LinkButton href="/inbox" kind=ButtonKind::Plain>{texts().inbox().title()}</LinkButton>
            <LinkButton href="/verify" kind=ButtonKind::Plain>{t.verify()}</LinkButton>
            <SignOut />
            <p class="muted small">{t.version()}" "{env!("CARGO_PKG_VERSION")}" · "{t.source()}</p>
        </Frame>
    }
}

/// Whose account this is.
#[component]
pub(crate) fn AccountPart() -> impl IntoView {
    let account = Phone::expect().account();
    let t = texts();
    let certificate = match &account.role {
        Role::Inspector { certificate } => {
            let until = t.settings().certificate_until(&t.time().date_in_full(certificate.valid_until));
            Some(format!("{} · {until}", certificate.number))
        }
        _ => None,
    };
    view! {
        <section class="part">
            <div class="part-head"><h2>{account.name}</h2></div>
            <dl class="facts">
                <dt>{t.settings().organisation()}</dt><dd>{account.organisation}</dd>
                <dt>{t.settings().region()}</dt><dd>{account.region.to_string()}</dd>
                {certificate.map(|text| view! { <dt>{t.settings().certificate()}</dt><dd>{text}</dd> })}
            </dl>
        </section>
    }
}

/// One choice of looks: what is offered, what is chosen, what choosing does.
#[component]
fn LooksPart() -> impl IntoView {
    let state = State::expect();
    let t = texts().settings();
    let elder = Signal::derive(move || usize::from(state.looks.get().elder == Elder::Elder));
    let theme = Signal::derive(move || match state.looks.get().theme {
        Theme::System => 0,
        Theme::Light => 1,
        Theme::Dark => 2,
    });
    let lang = texts().lang();
    let lang_at = Signal::derive(move || Lang::ALL.iter().position(|it| *it == lang).unwrap_or(0));
    let choose_elder = Callback::new(move |at: usize| {
        state.looks.change(state, |looks| looks.elder = if at == 1 { Elder::Elder } else { Elder::Normal });
    });
    let choose_theme = Callback::new(move |at: usize| {
        let theme = [Theme::System, Theme::Light, Theme::Dark].get(at).copied().unwrap_or_default();
        state.looks.change(state, |looks| looks.theme = theme);
    });
    let choose_lang = Callback::new(move |at: usize| {
        let lang = Lang::ALL.get(at).copied();
        state.looks.change(state, |looks| looks.lang = lang);
    });
    view! {
        <section class="part">
            <div class="part-head"><h2>{t.look()}</h2></div>
            <Segments label=t.mode() words=vec![t.mode_normal(), t.mode_elder()] chosen=elder on_choose=choose_elder />
            <Segments label=t.theme() words=vec![t.theme_system(), t.theme_light(), t.theme_dark()] chosen=theme on_choose=choose_theme />
            <Segments label=t.language() words=Lang::ALL.map(Lang::own_name).into() chosen=lang_at on_choose=choose_lang />
        </section>
    }
}

/// Signing out, with the promise that nothing is lost.
#[component]
pub(crate) fn SignOut() -> impl IntoView {
    let state = State::expect();
    let t = texts().settings();
    let asking = RwSignal::new(false);
    let toasts = Toasts::find();
    let decided = Callback::new(move |decision| {
        asking.set(false);
        if decision != Decision::Go {
            return;
        }
        let words = texts();
        spawn_local(async move {
            if let (Err(problem), Some(toasts)) = (sign_out(state).await, toasts) {
                toasts.say(words.problem(&problem));
            }
        });
    });
    view! {
        <Button kind=ButtonKind::Danger on_press=Callback::new(move |()| asking.set(true))>{t.sign_out()}</Button>
        <Confirm open=asking title=t.sign_out_title() text=t.sign_out_text() go=t.sign_out_go() stay=t.sign_out_stay()
            kind=ButtonKind::Danger on_decision=decided />
    }
}
