//! Buttons and links that look like buttons. One filled button per screen: the next step.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The next step: filled. One per screen.
    Primary,
    /// Another thing that can be done: outlined.
    #[default]
    Secondary,
    /// A small thing beside others: words only.
    Plain,
    /// Takes something away: outlined, in words that say what it takes.
    Danger,
}

impl ButtonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Plain => "plain",
            Self::Danger => "danger",
        }
    }
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// As a finger needs it.
    #[default]
    Normal,
    /// Taller, across the whole line: the one thing to do on a page.
    Large,
}

/// What pressing a button means to the form around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonRole {
    /// Nothing: it reports `on_press`.
    #[default]
    Acts,
    /// It submits the form.
    Submits,
}

/// A button with a verb on it.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Whether Enter in a field of its form presses it too. Such a button stands in a `<form>`, whose
    /// `on:submit` prevents the default and does the work; `on_press` is left out.
    #[prop(optional)]
    role: ButtonRole,
    /// Cannot be pressed now. Say nearby why not.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Under way: cannot be pressed, and its icon turns.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It was pressed.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if role == ButtonRole::Submits { "submit" } else { "button" }
            class="button"
            data-kind=kind.name()
            data-size=(size == ButtonSize::Large).then_some("large")
            data-wide=size == ButtonSize::Large
            disabled=move || disabled.get() || busy.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {move || if busy.get() { Some(IconName::Again) } else { icon }.map(|name| view! { <Icon name /> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button: it leads to another page.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="button"
            href=href
            data-kind=kind.name()
            data-size=(size == ButtonSize::Large).then_some("large")
            data-wide=size == ButtonSize::Large
        >
            {icon.map(|name| view! { <Icon name /> })}
            {children()}
        </a>
    }
}
