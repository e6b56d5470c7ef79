//! One line across the page: what happened, what is kept, what can be done.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How much a banner matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerKind {
    /// Good to know: offline, and all goes on.
    Note,
    /// Something will not work soon: space is short.
    Warning,
    /// Something does not work now: not saved, storage full. Read out at once.
    Stop,
    /// Something pleasant: a new version.
    News,
}

impl BannerKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Stop => "stop",
            Self::News => "news",
        }
    }

    const fn role(self) -> &'static str {
        match self {
            Self::Stop => "alert",
            _ => "status",
        }
    }
}

/// A banner. Buttons, when there is something to do, go into `children` after the text.
#[component]
pub fn Banner(
    /// How much it matters.
    kind: BannerKind,
    /// The icon before the words.
    icon: IconName,
    /// The words.
    #[prop(into)]
    text: TextProp,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="banner" role=kind.role() data-kind=kind.name()>
            <Icon name=icon />
            <p class="banner-text">{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}
