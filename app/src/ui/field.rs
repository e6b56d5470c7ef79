//! Lines of a form: a label, a box, and below it what helps or what is wrong.
//!
//! A box reports every keystroke, so that it can be stored at once. A value from outside is shown only while
//! nobody is typing in the box.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::html::{Input, Textarea};
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::browser::input;
use crate::i18n::texts;

/// Ids tie a label and its hints to their box; a page has a few dozen.
pub(super) fn fresh_id() -> String {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    format!("f{}", GIVEN.fetch_add(1, Ordering::Relaxed))
}

/// Whether a field must be filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duty {
    /// It may stay empty.
    #[default]
    May,
    /// It must not.
    Must,
}

/// What is typed into a line: it decides the keyboard and what the browser may fill in by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// Words.
    #[default]
    Words,
    /// A login name.
    Login,
    /// A password, hidden.
    Password,
    /// A password that is being chosen, hidden.
    NewPassword,
    /// A date, `2026-11-22`.
    Date,
    /// A number, with the number keys.
    Number,
}

impl LineKind {
    /// `type`, `inputmode`, `autocomplete`.
    const fn attributes(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Words => ("text", "text", "off"),
            Self::Login => ("text", "text", "username"),
            Self::Password => ("password", "text", "current-password"),
            Self::NewPassword => ("password", "text", "new-password"),
            Self::Date => ("date", "text", "off"),
            Self::Number => ("text", "decimal", "off"),
        }
    }
}

/// The label, the hint and the fault around a box.
pub(super) fn around(
    id: &str,
    label: String,
    duty: Duty,
    help: Option<String>,
    wrong: Signal<Option<String>>,
    inside: AnyView,
) -> impl IntoView + use<> {
    let (for_box, about) = (id.to_owned(), format!("{id}h"));
    let must =
        (duty == Duty::Must).then(|| view! { <span class="field-must">{texts().words().must()}</span> });
    view! {
        <div class="field">
            <label class="field-label" for=for_box>{label}{must}</label>
            {inside}
            <div id=about class="field-about" aria-live="polite">
                {move || match (wrong.get(), &help) {
                    (Some(wrong), _) => {
                        Some(view! { <p class="field-wrong"><Icon name=IconName::Warning small=true />{wrong}</p> }.into_any())
                    }
                    (None, Some(help)) => Some(view! { <p class="field-help">{help.clone()}</p> }.into_any()),
                    (None, None) => None,
                }}
            </div>
        </div>
    }
}

/// A box of one line.
#[component]
pub fn TextField(
    /// Above the box.
    #[prop(into)]
    label: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Every keystroke, with the whole text.
    on_input: Callback<String>,
    /// What is typed.
    #[prop(optional)]
    kind: LineKind,
    /// Whether it must be filled in.
    #[prop(optional)]
    duty: Duty,
    /// A hint below.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it, instead of the hint.
    #[prop(optional, into)]
    wrong: Signal<Option<String>>,
    /// An example inside the empty box.
    #[prop(optional, into)]
    example: String,
) -> impl IntoView {
    let id = fresh_id();
    let (input_type, mode, complete) = kind.attributes();
    let element = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            input::show_value(&element, &value.get());
        }
    });
    let inside = view! {
        <input
            class="field-box"
            id=id.clone()
            node_ref=element
            type=input_type
            inputmode=mode
            autocomplete=complete
            placeholder=example
            aria-describedby=format!("{id}h")
            aria-required=(duty == Duty::Must).then_some("true")
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            on:input=move |event| on_input.run(input::value_of(&event))
        />
    };
    around(&id, label, duty, help, wrong, inside.into_any())
}

/// A box of several lines.
#[component]
pub fn TextArea(
    /// Above the box.
    #[prop(into)]
    label: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Every keystroke, with the whole text.
    on_input: Callback<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    duty: Duty,
    /// A hint below.
    #[prop(optional, into)]
    help: Option<String>,
    /// What is wrong with it, instead of the hint.
    #[prop(optional, into)]
    wrong: Signal<Option<String>>,
    /// An example inside the empty box.
    #[prop(optional, into)]
    example: String,
) -> impl IntoView {
    let id = fresh_id();
    let element = NodeRef::<Textarea>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            input::show_value(&element, &value.get());
        }
    });
    let inside = view! {
        <textarea
            class="field-box"
            id=id.clone()
            node_ref=element
            rows="3"
            placeholder=example
            aria-describedby=format!("{id}h")
            aria-required=(duty == Duty::Must).then_some("true")
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            on:input=move |event| on_input.run(input::value_of(&event))
        ></textarea>
    };
    around(&id, label, duty, help, wrong, inside.into_any())
}

/// One of a list too long for buttons: a facility, an inspector.
#[component]
pub fn SelectField(
    /// Above the box.
    #[prop(into)]
    label: String,
    /// Value and words of each; the first usually says "请选择".
    options: Vec<(String, String)>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Another was chosen.
    on_choose: Callback<String>,
    /// Whether it must be chosen.
    #[prop(optional)]
    duty: Duty,
    /// What is wrong with it.
    #[prop(optional, into)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let options = options.into_iter().map(|it| option(it, value)).collect_view();
    select(label, options.into_any(), on_choose, duty, wrong)
}

/// The same with options whose words change while it stands there, as counts do: the box keeps the focus.
#[component]
pub fn CountingSelectField(
    /// Above the box.
    #[prop(into)]
    label: String,
    /// Value and words of each.
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Another was chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = move || options.get().into_iter().map(|it| option(it, value)).collect_view();
    select(label, options.into_any(), on_choose, Duty::default(), Signal::default())
}

fn option((own, words): (String, String), value: Signal<String>) -> impl IntoView {
    let chosen = own.clone();
    view! { <option value=own prop:selected=move || value.with(|value| *value == chosen)>{words}</option> }
}

fn select(
    label: String,
    options: AnyView,
    on_choose: Callback<String>,
    duty: Duty,
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let id = fresh_id();
    let inside = view! {
        <select
            class="field-box"
            id=id.clone()
            aria-describedby=format!("{id}h")
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            on:change=move |event| on_choose.run(input::value_of(&event))
        >
            {options}
        </select>
    };
    around(&id, label, duty, None, wrong, inside.into_any())
}

/// A search box. Reports every keystroke.
#[component]
pub fn SearchField(
    /// What is searched; stands in the empty box and is its name.
    #[prop(into)]
    label: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Every keystroke, with the whole text.
    on_search: Callback<String>,
) -> impl IntoView {
    let element = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(element) = element.get() {
            input::show_value(&element, &value.get());
        }
    });
    view! {
        <div class="search" role="search">
            <Icon name=IconName::Search />
            <input
                class="field-box"
                type="search"
                node_ref=element
                autocomplete="off"
                placeholder=label.clone()
                aria-label=label
                on:input=move |event| on_search.run(input::value_of(&event))
            />
        </div>
    }
}
