//! Verifying an evidence package in the browser: by file, offline, without an account. Nothing leaves the device.
//!
//! What holds and what does not is core's business ([`xunan_core::package`]), and so are the words for it. A package of
//! another server needs that server's keys, which come as a file; until then it is told as unknown, and not as forged.

mod es256;
mod keys_file;
mod check;
mod report;

use std::rc::Rc;

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::package::Language;

use crate::browser::{Binary, files, page};
use crate::i18n::{Lang, texts};
use crate::ui::{Back, Banner, BannerKind, Button, ButtonKind, IconName, Progress, TopBar};
use check::{Checked, NotChecked, check};
use keys_file::{Chosen, KeysFile};
use report::report;

/// How far it is.
#[derive(Clone)]
enum Standing {
    Idle,
    Checking,
    Failed(NotChecked),
    Done(Rc<Checked>),
}

/// The page.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let t = texts().verify();
    page::set_title(&format!("{} · {}", t.title(), texts().words().app_name()));
    let standing = RwSignal::new_local(Standing::Idle);
    let percent = RwSignal::new(0);
    let chosen = RwSignal::new(Chosen::default());
    let package = StoredValue::new_local(None::<Binary>);
    let input = NodeRef::<Input>::new();
    let choose = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    let look = move || {
        let Some(file) = package.get_value() else { return };
        percent.set(0);
        standing.set(Standing::Checking);
        let keys = chosen.get_untracked();
        spawn_local(async move {
            let done = match check(&file, keys, percent).await {
                Ok(checked) => Standing::Done(Rc::new(checked)),
                Err(not_checked) => Standing::Failed(not_checked),
            };
            // Nobody looks any more when the page was left meanwhile.
            let _left = standing.try_set(done);
        });
    };
    let picked = move |_| {
        let Some(file) = input.get_untracked().and_then(|input| files::picked(&input).pop()) else { return };
        package.set_value(Some(file));
        look();
    };
    let busy = Signal::derive(move || standing.with(|it| matches!(it, Standing::Checking)));
    let look_again = Callback::new(move |()| look());
    let word = move || {
        if standing.with(|it| matches!(it, Standing::Idle)) { t.choose() } else { t.choose_another() }
    };
    view! {
        <div class="app">
            <TopBar title=t.title() back=Back::Href("/".to_owned()) />
            <main class="page stack" id="main">
                <p>{t.about()}</p>
                <input hidden type="file" accept=".zip,application/zip" node_ref=input on:change=picked />
                <Button kind=ButtonKind::Primary icon=IconName::Search busy on_press=choose>{word}</Button>
                <KeysFile chosen on_change=look_again />
                {move || standing.with(|it| shown(it, percent))}
            </main>
        </div>
    }
}

fn shown(standing: &Standing, percent: RwSignal<u32>) -> AnyView {
    let t = texts();
    match standing {
        Standing::Idle => ().into_any(),
        Standing::Checking => view! {
            <p role="status">{t.verify().checking()}</p>
            <Progress done=percent of=Signal::derive(|| 100) />
        }
        .into_any(),
        Standing::Failed(not_checked) => {
            let text = words_of(not_checked, language(t.lang()));
            view! { <Banner kind=BannerKind::Stop icon=IconName::Warning text /> }.into_any()
        }
        Standing::Done(checked) => report(checked).into_any(),
    }
}

/// The language of core's own words about packages.
const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    }
}

fn words_of(not_checked: &NotChecked, language: Language) -> String {
    match not_checked {
        NotChecked::NotAPackage(error) => error.words(language).to_owned(),
        NotChecked::Unreadable(refused) => texts().verify().unreadable(&refused.name),
    }
}
