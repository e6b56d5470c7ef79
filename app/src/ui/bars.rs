//! The bar above a page and the bar of places under the thumb.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::i18n::texts;

/// Where "back" leads.
#[derive(Clone, Debug)]
pub enum Back {
    /// To a page.
    Href(String),
    /// To whatever the callback does: closing a step inside a page.
    Press(Callback<()>),
}

/// The bar above: the way back, where I am, and one lamp, count or action at the end (`children`).
#[component]
pub fn TopBar(
    /// Where I am.
    #[prop(into)]
    title: TextProp,
    /// The way back; none on the five places themselves.
    #[prop(optional, into)]
    back: Option<Back>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let word = texts().words().back();
    let inside = move || view! { <Icon name=IconName::Back /><span class="unseen">{word}</span> };
    let back = back.map(|back| match back {
        Back::Href(href) => view! { <a class="top-bar-back" href=href>{inside()}</a> }.into_any(),
        Back::Press(press) => {
            view! { <button type="button" class="top-bar-back" on:click=move |_| press.run(())>{inside()}</button> }.into_any()
        }
    });
    view! {
        <header class="top-bar">
            {back}
            <h1 class="top-bar-title">{move || title.get()}</h1>
            {children.map(|children| view! { <div class="top-bar-end">{children()}</div> })}
        </header>
    }
}

/// How a place stands in the bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabKind {
    /// A place.
    #[default]
    Place,
    /// Where the next visit starts: the filled one.
    Start,
}

/// One place.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its icon.
    pub icon: IconName,
    /// Its name.
    pub word: &'static str,
    /// Its address.
    pub href: &'static str,
    /// How it stands in the bar.
    pub kind: TabKind,
    /// A count on it, such as what waits to be sent; 0 shows nothing.
    pub count: Signal<u32>,
    /// Whether something of that count has waited for days.
    pub urged: Signal<bool>,
    /// Whether we are there.
    pub here: Signal<bool>,
}

/// The bar of places: under the thumb on a phone, a rail at the side on a wide window (put `data-rail` on
/// `.app` for that).
#[component]
pub fn TabBar(
    /// The places.
    tabs: Vec<Tab>,
    /// The product's name, shown where the bar is a rail.
    #[prop(optional)]
    head: Option<&'static str>,
) -> impl IntoView {
    view! {
        <nav class="tab-bar" aria-label=texts().shell().places()>
            {head.map(|head| view! { <p class="tab-bar-head">{head}</p> })}
            {tabs.into_iter().map(tab).collect_view()}
        </nav>
    }
}

fn tab(Tab { icon, word, href, kind, count, urged, here }: Tab) -> impl IntoView {
    let badge = move || {
        let count = count.get();
        (count > 0).then(|| view! {
            <span class="tab-count" data-urged=move || urged.get().then_some("")>
                {count}
                {move || urged.get().then(|| view! { "!"<span class="unseen">{texts().outbox().urged_mark()}</span> })}
            </span>
        })
    };
    view! {
        <a class="tab" href=href data-kind=(kind == TabKind::Start).then_some("start") aria-current=move || here.get().then_some("page")>
            <Icon name=icon />
            <span>{word}</span>
            {badge}
        </a>
    }
}
