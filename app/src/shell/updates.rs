//! New versions: downloaded in full beside the running one, offered, and switched to only when a person says so and
//! no visit is open in any tab.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::install::{Install, InstallWay};
use crate::browser::locks::{self, Taken};
use crate::browser::page;
use crate::browser::service_worker::Shell;

/// What there is to say of a new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Nothing.
    None,
    /// One waits.
    Ready,
    /// One waits, and a visit is open somewhere.
    AfterVisit,
    /// One waits, and the person said "later".
    Later,
}

/// The service worker, as far as it is known.
#[derive(Clone, Debug)]
pub enum Worker {
    /// It is being registered.
    Pending,
    /// It is there.
    Here(Shell),
    /// The browser has none: the app does not open without a network.
    Refused,
}

/// Updates and installation: cheap to copy.
#[derive(Clone, Copy)]
pub struct Updates {
    /// The service worker.
    pub worker: RwSignal<Worker, LocalStorage>,
    /// What there is to say of a new version.
    pub offer: RwSignal<Offer>,
    /// How the app can be put on the home screen.
    pub install: RwSignal<InstallWay>,
    installer: StoredValue<Install, LocalStorage>,
}

impl Updates {
    pub(super) fn new() -> Self {
        let install = RwSignal::new(InstallWay::Nothing);
        let installer = StoredValue::new_local(Install::default());
        let look = move || {
            let way = installer.with_value(Install::way);
            install.set(way);
        };
        installer.set_value(Install::watch(look));
        look();
        Self {
            worker: RwSignal::new_local(Worker::Pending),
            offer: RwSignal::new(Offer::None),
            install,
            installer,
        }
    }

    /// The browser has no service worker for us.
    pub(super) fn refused(self) {
        self.worker.set(Worker::Refused);
    }

    pub(super) fn watch(self, shell: Shell) {
        let watched = shell.clone();
        let look = move || {
            if watched.has_waiting() && self.offer.get_untracked() == Offer::None {
                self.offer.set(Offer::Ready);
            }
            // The lamp checks again: the first version has just become active, perhaps.
            self.worker.update(|_| ());
        };
        shell.on_progress(look.clone());
        self.worker.set(Worker::Here(shell.clone()));
        look();
        page::on_shown(move || shell.look_for_update());
    }

    /// Switches to the waiting version, unless a visit is open in some tab.
    pub fn switch(self) {
        let Worker::Here(shell) = self.worker.get_untracked() else { return };
        spawn_local(async move {
            match locks::held_anywhere("xunan-draft-").await {
                Taken::Somewhere => self.offer.set(Offer::AfterVisit),
                Taken::Nowhere => {
                    shell.switch_to_waiting().await;
                    page::reload();
                }
            }
        });
    }

    /// Not now; it is offered again with the next opening.
    pub fn later(self) {
        self.offer.set(Offer::Later);
    }

    /// Has the browser ask to put the app on the home screen.
    pub fn ask_to_install(self) {
        let installer = self.installer.get_value();
        spawn_local(async move {
            installer.ask().await;
            self.install.set(installer.way());
        });
    }
}
