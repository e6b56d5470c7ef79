//! How pages look: language, light and dark, normal and elder mode. Kept on the phone, not with the account.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::opening::State;
use crate::browser::page;
use crate::i18n::Lang;
use crate::store::{Elder, Looks, Theme};

/// The looks of this phone: cheap to copy.
#[derive(Clone, Copy)]
pub struct LooksState(RwSignal<Looks>);

impl LooksState {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Looks::default()))
    }

    /// The language of the pages: the chosen one, or the browser's.
    pub fn lang(self) -> Lang {
        let chosen = Memo::new(move |_| self.0.with(|looks| looks.lang));
        chosen.get().unwrap_or_else(|| Lang::from_tag(&page::language()))
    }

    /// As they are now.
    pub fn get(self) -> Looks {
        self.0.get()
    }

    pub(super) fn show(self, looks: Looks) {
        let theme = match looks.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        };
        page::set_root_attribute("data-theme", theme);
        page::set_root_attribute("data-mode", (looks.elder == Elder::Elder).then_some("elder"));
        self.0.set(looks);
    }

    /// Changes them, and keeps the change on the phone.
    pub fn change(self, state: State, change: impl FnOnce(&mut Looks)) {
        let mut looks = self.0.get_untracked();
        change(&mut looks);
        self.show(looks);
        if let Some(store) = state.phone_store() {
            spawn_local(async move {
                // Looks that cannot be stored are lost with the page, which everybody sees.
                let _seen_by_everybody = store.save_looks(&looks).await;
            });
        }
    }
}
