//! A piece of work under somebody's hands: what is typed, its photos, and whether they are on disk.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::evidence::PhotoManifest;
use xunan_core::ids::{EntryId, PhotoId};
use xunan_core::log::Body;
use xunan_core::problem::Problem;
use xunan_core::visit::Keeping;

use crate::browser::clock;
use crate::i18n::texts;
use crate::inspect::{Hold, PhotoIntake, Saved};
use crate::session::Phone;
use crate::store::{Form, FormPhoto, NewPhoto, Store, StoreFailed, Work, WorkDraft};

/// A handle to the open piece of work; copies are the same one. Provided as a context by [`super::with_work::WithWork`].
#[derive(Clone, Copy)]
pub struct OpenWork {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// What was typed.
    pub form: RwSignal<Form>,
    /// Its photos, in the order in which they were taken.
    pub photos: RwSignal<Vec<FormPhoto>>,
    /// Whether what is shown is on disk.
    pub saved: RwSignal<Saved>,
    /// Whether this window may write.
    pub hold: RwSignal<Hold>,
}

struct Inner {
    store: Store,
    work: Work,
    institution: String,
    author: Option<String>,
    /// What it is, in words.
    title: String,
    writing: Cell<Writing>,
    /// What was typed last: the page may be gone before it is written.
    latest: RefCell<Form>,
    signing: Cell<Signing>,
}

/// Whether it is being signed: then nothing of it is written any more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signing {
    No,
    UnderWayOrDone,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writing {
    Idle,
    UnderWay,
    /// Something was typed while a write was under way.
    UnderWayAndStale,
}

/// What a piece of work is about, for its photos and its heading.
#[derive(Clone)]
pub(super) struct About {
    /// The institution's name.
    pub(super) institution: String,
    /// Who does it; `None` where that is nobody's to know.
    pub(super) author: Option<String>,
    /// What it is, in words.
    pub(super) title: String,
}

impl OpenWork {
    /// Opens what was read from the store, or begins. Its signals belong to the current owner.
    pub(super) fn new(
        work: Work,
        before: Option<WorkDraft>,
        about: About,
        store: Store,
        hold: RwSignal<Hold>,
    ) -> Self {
        let at = before.as_ref().map(|before| before.touched);
        let (form, photos) = before.map_or_else(Default::default, |before| (before.form, before.photos));
        let About { institution, author, title } = about;
        let (writing, signing) = (Cell::new(Writing::Idle), Cell::new(Signing::No));
        let latest = RefCell::new(form.clone());
        let inner = Inner { store, work, institution, author, title, writing, latest, signing };
        Self {
            inner: StoredValue::new_local(Rc::new(inner)),
            form: RwSignal::new(form),
            photos: RwSignal::new(photos),
            saved: RwSignal::new(Saved::Yes { at }),
            hold,
        }
    }

    /// The piece of work around.
    ///
    /// # Panics
    /// Outside of one.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The storage of its account.
    pub fn store(self) -> Store {
        self.inner.get_value().store.clone()
    }

    /// What it is.
    pub fn work(self) -> Work {
        self.inner.get_value().work
    }

    /// What is written into its pictures.
    pub(crate) fn names(self) -> (String, Option<String>) {
        let inner = self.inner.get_value();
        (inner.institution.clone(), inner.author.clone())
    }

    /// What a part of it is, in words.
    pub(crate) fn part_in_words(self, part: u32) -> String {
        let title = match usize::try_from(part) {
            Ok(at @ 1..) => self
                .form
                .with_untracked(|form| form.findings.get(at - 1).map(|finding| finding.title.clone())),
            _ => None,
        };
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| self.inner.get_value().title.clone())
    }

    /// Changes what was typed, shows it, and has it saved. A window that only reads changes nothing.
    pub(super) fn edit(self, change: impl FnOnce(&mut Form)) {
        if self.hold.get_untracked() == Hold::Elsewhere {
            return;
        }
        self.form.update(change);
        self.form.with_untracked(|form| self.inner.get_value().latest.replace(form.clone()));
        self.save();
    }

    /// Whether it cannot be signed now: another window writes it, or a photo of it is not stored and not left out.
    pub(super) fn is_held(self) -> Signal<bool> {
        let intake = PhotoIntake::expect();
        Signal::derive(move || self.hold.get() == Hold::Elsewhere || intake.is_unfinished())
    }

    /// Signs and stores what was made of it, in place of what was typed.
    ///
    /// # Errors
    /// As [`Phone::append_work`]; it is as before then.
    pub(super) async fn append(self, phone: Phone, body: &Body, title: &str) -> Result<EntryId, Problem> {
        let (inner, dropped) = (self.inner.get_value(), self.dropped());
        inner.signing.set(Signing::UnderWayOrDone);
        while inner.writing.get() != Writing::Idle {
            clock::sleep_millis(20).await;
        }
        let appended = phone.append_work(body, title, &inner.work, dropped).await;
        if appended.is_err() {
            inner.signing.set(Signing::No);
            // What was typed meanwhile; unless the page was left.
            if self.saved.try_get_untracked().is_some() {
                self.save();
            }
        }
        appended
    }

    /// The photos of a part that stand.
    pub(super) fn kept(self, part: u32) -> Vec<PhotoManifest> {
        let stands = |photo: &&FormPhoto| photo.part == part && photo.keeping == Keeping::Kept;
        self.photos.with(|photos| photos.iter().filter(stands).map(|it| it.manifest.clone()).collect())
    }

    /// The photos that will not travel: taken back, or of a finding that is no more.
    pub(super) fn dropped(self) -> Vec<PhotoId> {
        let findings = self.form.with_untracked(|form| form.findings.len());
        let goes = |photo: &&FormPhoto| {
            photo.keeping != Keeping::Kept || usize::try_from(photo.part).is_ok_and(|part| part > findings)
        };
        self.photos.with_untracked(|photos| photos.iter().filter(goes).map(|it| it.manifest.id).collect())
    }

    fn draft(self) -> WorkDraft {
        WorkDraft {
            work: self.work(),
            touched: clock::now(),
            form: self.form.get_untracked(),
            photos: Vec::new(),
        }
    }

    /// Writes what was typed: one write at a time, and once more when something was typed meanwhile.
    pub(super) fn save(self) {
        let inner = self.inner.get_value();
        if inner.signing.get() == Signing::UnderWayOrDone {
            return;
        }
        if inner.writing.get() != Writing::Idle {
            return inner.writing.set(Writing::UnderWayAndStale);
        }
        inner.writing.set(Writing::UnderWay);
        self.saved.set(Saved::Saving);
        spawn_local(async move {
            let outcome = loop {
                let form = inner.latest.borrow().clone();
                let draft = WorkDraft { work: inner.work, touched: clock::now(), form, photos: Vec::new() };
                if let Err(failed) = inner.store.save_form(&draft).await {
                    break Saved::No { problem: failed.into() };
                }
                if inner.writing.get() == Writing::UnderWay {
                    break Saved::Yes { at: Some(clock::now()) };
                }
                inner.writing.set(Writing::UnderWay);
            };
            inner.writing.set(Writing::Idle);
            self.saved.try_set(outcome);
        });
    }

    /// Stores a photo's bytes with the part that names it, in one write, and shows it only then.
    pub(crate) async fn add_photo(
        self,
        photo: NewPhoto,
        manifest: PhotoManifest,
        part: u32,
    ) -> Result<(), StoreFailed> {
        if self.inner.get_value().signing.get() == Signing::UnderWayOrDone {
            return Err(StoreFailed::Closed);
        }
        let named = FormPhoto { manifest, part, keeping: Keeping::Kept };
        self.store().save_work_photo(&self.draft(), &photo, &named).await?;
        self.photos.try_update(|photos| photos.push(named));
        Ok(())
    }

    /// Takes a photo back, or lets it stand again. A window that only reads changes nothing.
    pub(super) fn keep_photo(self, photo: PhotoId, keeping: Keeping) {
        if self.hold.get_untracked() == Hold::Elsewhere {
            return;
        }
        let mut changed = None;
        self.photos.update(|photos| {
            if let Some(found) = photos.iter_mut().find(|it| it.manifest.id == photo) {
                found.keeping = keeping;
                changed = Some(found.clone());
            }
        });
        let (Some(changed), store, work) = (changed, self.store(), self.work()) else { return };
        spawn_local(async move {
            if let Err(failed) = store.save_form_photo(&work, &changed).await {
                self.saved.try_set(Saved::No { problem: failed.into() });
            }
        });
    }

    /// Why the last write failed, in words.
    pub(super) fn not_saved(self) -> Option<String> {
        match self.saved.get() {
            Saved::No { problem } => {
                let t = texts();
                Some(format!("{} {}", t.walk().not_saved_text(), t.problem(&problem)))
            }
            _ => None,
        }
    }

    /// Whether anything was typed or photographed.
    pub(super) fn is_begun(self) -> bool {
        self.photos.with(|photos| !photos.is_empty()) || !matches!(self.saved.get(), Saved::Yes { at: None })
    }

    /// Deletes it for good: what is shown is empty then.
    ///
    /// # Errors
    /// [`Problem`]; then it is as before.
    pub(super) async fn discard(self) -> Result<(), Problem> {
        let draft = WorkDraft { photos: self.photos.get_untracked(), ..self.draft() };
        let inner = self.inner.get_value();
        inner.store.discard_work(&draft).await?;
        self.photos.try_set(Vec::new());
        self.form.try_set(Form::default());
        inner.latest.take();
        self.saved.try_set(Saved::Yes { at: None });
        Ok(())
    }
}
