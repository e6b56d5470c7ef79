//! 已存 ✓ 14:02:11. It tells the truth: "saved" is said only of what is on disk.

use leptos::prelude::*;
use xunan_core::clock::Instant;

use super::icon::{Icon, IconName};
use crate::i18n::texts;

/// What has become of the last change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SavedState {
    /// Nothing was changed yet.
    #[default]
    Untouched,
    /// On its way to the disk.
    Saving,
    /// On disk since then, by the device's clock.
    Saved(Instant),
    /// Not on disk; it stands on the page only.
    NotSaved,
}

/// The mark. Only a failure is read out: a hundred "saved" in an ear help nobody.
#[component]
pub fn SavedMark(
    /// What has become of the last change.
    #[prop(into)]
    state: Signal<SavedState>,
) -> impl IntoView {
    let t = texts();
    let name = move || match state.get() {
        SavedState::Untouched => "untouched",
        SavedState::Saving => "saving",
        SavedState::Saved(_) => "saved",
        SavedState::NotSaved => "not-saved",
    };
    let inside = move || {
        match state.get() {
        SavedState::Untouched => ().into_any(),
        SavedState::Saving => t.words().saving().into_any(),
        SavedState::Saved(at) => {
            view! { <Icon name=IconName::Check small=true />{t.words().saved_at(&t.time().clock(at))} }.into_any()
        }
        SavedState::NotSaved => {
            view! { <Icon name=IconName::Warning small=true /><span role="alert">{t.words().not_saved()}</span> }.into_any()
        }
    }
    };
    view! { <span class="saved-mark" data-state=name>{inside}</span> }
}
