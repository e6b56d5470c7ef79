//! The visit under the inspector's hands: core's draft, one signal per item, and the saver behind it.
//!
//! ```text
//! touch ─► Edit ─► Draft::apply ─► changed parts ─► saver (one strict write at a time) ─► "saved"
//!                       └─► the item's own signal ─► one card is drawn anew, counts move by a difference
//! ```
//!
//! An edit is in memory at once and on disk a moment later; the page says which of the two it is. Nothing here
//! rescans the whole list on a touch: 600 items answer as fast as 60.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use xunan_core::ids::VisitId;
use xunan_core::rules::{Item, ItemId, Pack};
use xunan_core::visit::{
    Draft, DraftPhoto, Edit, EditRefused, Filled, Gap, HazardOf, ItemState, Part, PartKey, PhotoOf, Progress,
};

use super::hold::Hold;
use super::saver::{Saved, Saver};
use crate::browser::clock;
use crate::store::{DraftCard, NewPhoto, Store, StoreFailed};

/// What one card shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemView {
    /// What is filled in.
    pub filled: Filled,
    /// What that means under the rules.
    pub state: ItemState,
    /// Photos that stand.
    pub photos: usize,
    /// What is still missing of it and its hazard.
    pub gaps: Vec<Gap>,
}

/// A handle to the open visit; copies are the same visit. Provided as a context by the visit's page.
#[derive(Clone, Copy)]
pub struct OpenVisit {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// How far the visit is.
    pub progress: RwSignal<Progress>,
    /// Whether what is shown is on disk.
    pub saved: RwSignal<Saved>,
    /// Changes with everything that is not an item: free hazards, revisits, people, signatures, photos.
    pub revision: RwSignal<u32>,
    /// Changes with everything, an item's answer and sheet included: for pages that show the visit as a whole.
    pub changes: RwSignal<u32>,
    /// Whether this window may write.
    pub hold: RwSignal<Hold>,
    /// The hazard whose sheet the walk opens first, when somebody comes to it from the review.
    pub open_next: RwSignal<Option<HazardOf>>,
}

struct Inner {
    store: Store,
    visit: VisitId,
    draft: RefCell<Draft>,
    pack: Rc<Pack>,
    views: RefCell<BTreeMap<ItemId, RwSignal<ItemView>>>,
    saver: Saver,
    closed: Cell<Closed>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Closed {
    Open,
    Signed,
}

impl OpenVisit {
    /// Opens a draft that was read from the store. Its signals belong to the current owner.
    pub fn new(draft: Draft, pack: Rc<Pack>, store: Store, hold: RwSignal<Hold>) -> Self {
        let saved = RwSignal::new(Saved::Yes { at: None });
        let progress = RwSignal::new(draft.progress(&pack));
        let visit = draft.head().visit;
        let saver = Saver::new(store.clone(), visit, saved);
        let views = items_of(&draft, &pack)
            .map(|item| (item.id.clone(), RwSignal::new(view_of(&draft, item, &pack))));
        let views = RefCell::new(views.collect());
        let inner = Inner {
            store,
            visit,
            draft: RefCell::new(draft),
            pack,
            views,
            saver,
            closed: Cell::new(Closed::Open),
        };
        Self {
            inner: StoredValue::new_local(Rc::new(inner)),
            progress,
            saved,
            revision: RwSignal::new(0),
            changes: RwSignal::new(0),
            hold,
            open_next: RwSignal::new(None),
        }
    }

    /// The visit of the page around.
    ///
    /// # Panics
    /// Outside a visit's page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Looks at the draft. What is read is not tracked: read a signal beside it.
    pub fn with<T>(self, look: impl FnOnce(&Draft, &Pack) -> T) -> T {
        let inner = self.inner.get_value();
        let draft = inner.draft.borrow();
        look(&draft, &inner.pack)
    }

    /// Looks at the draft anew whenever something that is not an item's answer changes.
    pub fn tracked<T>(self, look: impl FnOnce(&Draft, &Pack) -> T) -> T {
        self.revision.track();
        self.with(look)
    }

    /// Looks at the draft anew whenever anything changes. Not for the walk, where that is every touch.
    pub fn tracked_as_a_whole<T>(self, look: impl FnOnce(&Draft, &Pack) -> T) -> T {
        self.changes.track();
        self.with(look)
    }

    /// Which visit.
    pub fn id(self) -> VisitId {
        self.inner.get_value().visit
    }

    /// The storage of its account.
    pub fn store(self) -> Store {
        self.inner.get_value().store.clone()
    }

    /// The rule pack.
    pub fn pack(self) -> Rc<Pack> {
        self.inner.get_value().pack.clone()
    }

    /// The signal of one item's card. Items outside the profile have one too.
    pub fn item(self, item: &ItemId) -> Option<RwSignal<ItemView>> {
        self.inner.get_value().views.borrow().get(item).copied()
    }

    /// Applies an edit, shows it, and has it saved.
    ///
    /// # Errors
    /// What core refuses; nothing has changed then. A window that only reads, and a signed visit, ignore edits.
    pub fn edit(self, edit: Edit) -> Result<(), EditRefused> {
        let inner = self.inner.get_value();
        if self.hold.get_untracked() == Hold::Elsewhere || inner.closed.get() == Closed::Signed {
            return Ok(());
        }
        let changed = inner.draft.borrow_mut().apply(edit, &inner.pack)?;
        self.show(&inner, &changed);
        let draft = inner.draft.borrow();
        let parts = changed.iter().filter_map(|key| draft.part(key));
        inner.saver.save(parts, self.card(&draft));
        Ok(())
    }

    /// The draft's line in lists.
    fn card(self, draft: &Draft) -> DraftCard {
        DraftCard::of(draft, self.progress.get_untracked(), clock::now())
    }

    /// Stores a photo's bytes with the part that names it, in one write, and shows it only then: a photo counts
    /// once it is stored.
    ///
    /// # Errors
    /// Why it does not count. Nothing of it is stored or shown then.
    pub async fn add_photo(self, photo: NewPhoto, named: DraftPhoto) -> Result<(), StoreFailed> {
        let inner = self.inner.get_value();
        let part = Part::Photo { photo: named.clone() };
        inner.store.save_photo(inner.visit, &photo, &[part], None).await?;
        let edited = self.edit(Edit::AddPhoto(named));
        debug_assert!(edited.is_ok(), "the photo's item is on the page");
        Ok(())
    }

    /// Waits until everything is on disk.
    pub async fn flushed(self) -> Saved {
        let inner = self.inner.get_value();
        inner.saver.flushed().await
    }

    /// Tries to save again what could not be saved.
    pub fn save_again(self) {
        self.inner.get_value().saver.again();
    }

    /// From now on it is a record: no edit has an effect.
    pub fn close(self) {
        self.inner.get_value().closed.set(Closed::Signed);
    }

    /// Takes over the parts that another window has written.
    pub fn replace(self, draft: Draft) {
        let inner = self.inner.get_value();
        *inner.draft.borrow_mut() = draft;
        let items: Vec<_> = inner.views.borrow().keys().cloned().collect();
        for item in items {
            self.show_item(&inner, &item);
        }
        self.recount(&inner);
        self.changes.update(|changes| *changes = changes.wrapping_add(1));
    }

    fn show(self, inner: &Inner, changed: &[PartKey]) {
        let mut beyond_items = false;
        for key in changed {
            match key {
                PartKey::Item(item) => self.show_item(inner, item),
                PartKey::Photo(photo) => {
                    beyond_items = true;
                    let shows = inner.draft.borrow().photo(*photo).map(|photo| photo.shows.clone());
                    if let Some(PhotoOf::Item(item)) = shows {
                        self.show_item(inner, &item);
                    }
                }
                PartKey::Bookmark => {}
                PartKey::Head | PartKey::Free(_) | PartKey::Revisit(_) | PartKey::Signing => {
                    beyond_items = true
                }
            }
        }
        self.changes.update(|changes| *changes = changes.wrapping_add(1));
        if beyond_items {
            self.recount(inner);
        }
    }

    /// Draws one card anew and moves the counts by the difference.
    fn show_item(self, inner: &Inner, item: &ItemId) {
        let Some(definition) = inner.pack.item(item.as_str()) else { return };
        let fresh = view_of(&inner.draft.borrow(), definition, &inner.pack);
        let Some(signal) = inner.views.borrow().get(item).copied() else { return };
        let before = signal.get_untracked();
        if before == fresh {
            return;
        }
        let asked = {
            let draft = inner.draft.borrow();
            definition.is_for(draft.head().facility.facility_type, draft.head().profile)
        };
        if asked {
            self.progress.update(|progress| {
                progress.replace(&before.state, &fresh.state);
            });
        }
        signal.set(fresh);
    }

    fn recount(self, inner: &Inner) {
        self.progress.set(inner.draft.borrow().progress(&inner.pack));
        self.revision.update(|revision| *revision = revision.wrapping_add(1));
    }
}

/// Every item that this kind of institution can be asked, whatever the profile.
fn items_of<'a>(draft: &Draft, pack: &'a Pack) -> impl Iterator<Item = &'a Item> + use<'a> {
    let facility_type = draft.head().facility.facility_type;
    pack.items().iter().filter(move |item| item.applies_to.contains(&facility_type))
}

fn view_of(draft: &Draft, item: &Item, pack: &Pack) -> ItemView {
    let filled = draft.filled(&item.id).cloned().unwrap_or_default();
    let photos = draft.photos_of(&PhotoOf::Item(item.id.clone())).count();
    ItemView { state: draft.item_state(item, pack), gaps: draft.item_gaps(item, pack), filled, photos }
}
