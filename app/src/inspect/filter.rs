//! Which cards of the walk are shown.
//!
//! A filter picks its cards when it is pressed and keeps them until it is pressed again: a card that was just
//! answered stays under the finger, although it is no longer "unanswered".

use std::collections::BTreeSet;

use leptos::prelude::*;
use xunan_core::rules::{Item, ItemId};
use xunan_core::visit::{Gap, ItemState};

use super::open_visit::{ItemView, OpenVisit};
use crate::i18n::Lang;

/// What a filter lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    /// 全部
    #[default]
    All,
    /// 未答
    Open,
    /// 不合格
    Failed,
    /// 有照片
    WithPhotos,
}

impl Show {
    fn lets_through(self, view: &ItemView) -> bool {
        match self {
            Self::All => true,
            Self::Open => is_open(view),
            Self::Failed => matches!(view.state, ItemState::Failed(_)),
            Self::WithPhotos => view.photos > 0,
        }
    }
}

/// Whether something of an item is still to be done on the walk.
pub(super) fn is_open(view: &ItemView) -> bool {
    matches!(view.state, ItemState::Untouched | ItemState::NeedsDecision(_))
        || view.gaps.iter().any(|gap| matches!(gap, Gap::PhotoMissing(_)))
}

/// The cards on screen.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    /// Which filter is on.
    pub(super) show: RwSignal<Show>,
    /// What was typed into the search box.
    pub(super) search: RwSignal<String>,
    /// The items let through; `None` for all.
    picked: RwSignal<Option<BTreeSet<ItemId>>>,
}

impl Filter {
    pub(super) fn new() -> Self {
        Self { show: RwSignal::default(), search: RwSignal::default(), picked: RwSignal::new(None) }
    }

    /// Turns a filter on, or off when it is on.
    pub(super) fn press(self, show: Show, visit: OpenVisit) {
        self.show.update(|on| *on = if *on == show { Show::All } else { show });
        self.pick(visit);
    }

    /// Looks for a text in the items' words.
    pub(super) fn search(self, text: String, visit: OpenVisit) {
        self.search.set(text);
        self.pick(visit);
    }

    /// Whether the card of an item is on screen.
    pub(super) fn shows(self, item: &ItemId) -> bool {
        self.picked.with(|picked| picked.as_ref().is_none_or(|picked| picked.contains(item)))
    }

    /// Whether any card is.
    pub(super) fn shows_any(self) -> bool {
        self.picked.with(|picked| picked.as_ref().is_none_or(|picked| !picked.is_empty()))
    }

    fn pick(self, visit: OpenVisit) {
        let (show, search) = (self.show.get_untracked(), self.search.get_untracked());
        let words = search.trim().to_lowercase();
        if show == Show::All && words.is_empty() {
            self.picked.set(None);
            return;
        }
        let picked = visit.with(|draft, pack| {
            let (facility_type, profile) = (draft.head().facility.facility_type, draft.head().profile);
            let fits = |item: &&Item| {
                let shown = visit
                    .item(&item.id)
                    .is_some_and(|view| view.with_untracked(|view| show.lets_through(view)));
                shown && (words.is_empty() || says(item, &words))
            };
            pack.items_for(facility_type, profile).filter(fits).map(|item| item.id.clone()).collect()
        });
        self.picked.set(Some(picked));
    }
}

/// Whether an item's words, in either language, hold a text.
fn says(item: &Item, words: &str) -> bool {
    let why = item.why.iter();
    std::iter::once(&item.text)
        .chain(why)
        .any(|text| Lang::ALL.iter().any(|lang| lang.of(text).to_lowercase().contains(words)))
}
