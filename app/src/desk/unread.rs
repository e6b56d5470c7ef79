//! The screen of what could not be read: why, once more, and the way back.

use leptos::prelude::*;
use xunan_core::problem::Problem;

use super::route::DeskRoute;
use crate::i18n::texts;
use crate::ui::{Button, ButtonKind, LinkButton, Screen, ScreenKind};

/// The screen; `back` leads to the list where the thing stands, by its name.
pub(super) fn unread(
    problem: Problem,
    again: Callback<()>,
    (back, name): (DeskRoute, &'static str),
) -> impl IntoView {
    let kind = match problem {
        Problem::Unreachable => ScreenKind::Offline,
        Problem::NotAllowed => ScreenKind::Denied,
        Problem::NotFound => ScreenKind::NotOurs,
        problem => ScreenKind::Error(problem),
    };
    view! {
        <Screen kind>
            <Button kind=ButtonKind::Primary on_press=again>{texts().words().retry()}</Button>
            <LinkButton href=back.path()>{name}</LinkButton>
        </Screen>
    }
}
