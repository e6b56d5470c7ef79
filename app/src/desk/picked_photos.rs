//! Photos that somebody picks into a form at the desk: prepared one after the other, and in the form's keeping until an entry that
//! names them is signed.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::ids::PhotoId;

use crate::browser::photo_worker::PhotoWorker;
use crate::browser::{Binary, files};
use crate::session::Phone;
use crate::ui::{Button, IconName};

/// Who has photos in keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The form, which throws them away when nobody signs it.
    TheForms,
    /// A step that is being signed, or was.
    TheSteps,
}

/// Picking photos into one form.
#[derive(Clone, Copy)]
pub(super) struct Picking {
    /// How many are being prepared.
    coming: RwSignal<usize>,
    whose: StoredValue<Whose>,
    worker: StoredValue<PhotoWorker, LocalStorage>,
}

impl Picking {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            coming: RwSignal::new(0),
            whose: StoredValue::new(Whose::TheForms),
            worker: StoredValue::new_local(PhotoWorker::default()),
        }
    }

    /// Whether one is still being prepared.
    pub(super) fn are_coming(self) -> bool {
        self.coming.get() > 0
    }

    /// Prepares them one after the other, for as long as there is a form that wants them.
    pub(super) fn each(self, originals: Vec<Binary>, prepare: impl AsyncFn(&PhotoWorker, &Binary) + 'static) {
        self.coming.update(|coming| *coming += originals.len());
        let worker = self.worker.get_value();
        spawn_local(async move {
            for original in originals {
                // The form was closed: what it would have signed is nobody's any more.
                if self.coming.try_get_untracked().is_none() {
                    return;
                }
                prepare(&worker, &original).await;
                self.coming.try_update(|coming| *coming = coming.saturating_sub(1));
            }
        });
    }

    /// An entry that names them is being signed.
    pub(super) fn give_away(self) {
        self.whose.try_set_value(Whose::TheSteps);
    }

    /// It could not be signed.
    pub(super) fn take_back(self) {
        self.whose.try_set_value(Whose::TheForms);
    }

    /// Whose they are.
    pub(super) fn whose(self) -> Whose {
        self.whose.try_get_value().unwrap_or(Whose::TheSteps)
    }
}

/// Forgets bytes that no entry names.
pub(super) fn forget(phone: Phone, photos: Vec<PhotoId>) {
    if photos.is_empty() {
        return;
    }
    // What stays behind names nothing and is sent nowhere.
    spawn_local(async move { _ = phone.store().forget_photos(&photos).await });
}

/// The button that picks.
#[component]
pub(super) fn PickButton(
    picking: Picking,
    on_pick: Callback<Vec<Binary>>,
    label: &'static str,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let picked = move |_| {
        if let Some(input) = input.get_untracked() {
            on_pick.run(files::picked(&input));
        }
    };
    let pick = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    view! {
        <input hidden type="file" accept="image/*" multiple node_ref=input on:change=picked />
        <Button icon=IconName::Image busy=Signal::derive(move || picking.are_coming()) on_press=pick>{label}</Button>
    }
}
