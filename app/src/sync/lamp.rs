//! The ready-offline lamp 可离线. It says yes only after everything has been checked: each file of the app by its
//! hash, each pack by its hash, rows pulled to the end, this device enrolled.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::service_worker::ShellCheck;
use crate::session::{Enrolment, Phone};
use crate::shell::Worker;

/// What is ready, piece by piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// The app's files; `None` before the first check, or where the browser cannot keep them.
    pub shell: Option<ShellCheck>,
    /// The packs that the rows name.
    pub packs: Packs,
    /// Rows.
    pub rows: Rows,
    /// Whether a check is under way.
    pub check: Check,
}

/// Whether every pack is here, and what the region decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packs {
    /// Not yet.
    #[default]
    Missing,
    /// Each, with its hash.
    Verified,
}

/// Whether rows were pulled to the end at least once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// Not yet.
    #[default]
    Missing,
    /// They were.
    Pulled,
}

/// Whether a check is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Check {
    /// It is.
    #[default]
    UnderWay,
    /// It is over.
    Over,
}

impl Readiness {
    /// Whether the phone can go offline now.
    pub fn is_ready(self, enrolment: Enrolment) -> bool {
        self.shell.is_some_and(ShellCheck::is_whole)
            && self.packs == Packs::Verified
            && self.rows == Rows::Pulled
            && enrolment == Enrolment::Enrolled
    }
}

/// The lamp: a context, cheap to copy.
#[derive(Clone, Copy)]
pub struct Lamp {
    phone: Phone,
    worker: RwSignal<Worker, LocalStorage>,
    /// What is ready.
    pub readiness: RwSignal<Readiness>,
}

impl Lamp {
    /// A lamp over the phone and the app's files. It checks again when rows arrive and when the shell moves.
    pub fn new(phone: Phone, worker: RwSignal<Worker, LocalStorage>) -> Self {
        let lamp = Self { phone, worker, readiness: RwSignal::new(Readiness::default()) };
        Effect::new(move |_| {
            phone.rows.track();
            phone.contact.track();
            lamp.check_data();
        });
        Effect::new(move |_| {
            worker.track();
            lamp.check_shell();
        });
        lamp
    }

    /// The lamp of the pages around.
    ///
    /// # Panics
    /// Outside the pages of somebody who is signed in.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Whether the phone can go offline now.
    pub fn is_ready(self) -> bool {
        self.readiness.get().is_ready(self.phone.enrolment.get())
    }

    /// Reads everything back and compares, as far as there is anything.
    pub fn check_again(self) {
        self.check_data();
        self.check_shell();
    }

    /// The files of the app: read back and hashed by the service worker.
    pub fn check_shell(self) {
        let shell = match self.worker.get_untracked() {
            Worker::Pending => return,
            Worker::Refused => return self.readiness.update(|readiness| readiness.check = Check::Over),
            Worker::Here(shell) => shell,
        };
        self.readiness.update(|readiness| readiness.check = Check::UnderWay);
        spawn_local(async move {
            let checked = shell.check().await;
            self.readiness.try_update(|readiness| {
                readiness.shell = checked;
                readiness.check = if shell.is_installing() { Check::UnderWay } else { Check::Over };
            });
        });
    }

    fn check_data(self) {
        let store = self.phone.store();
        let pulled = self.phone.has_pulled();
        spawn_local(async move {
            let decided = matches!(store.knows_region_rules().await, Ok(true));
            let packs = match store.named_packs().await {
                Ok(named) if decided && !named.is_empty() => {
                    let mut packs = Packs::Verified;
                    for pack in &named {
                        if !matches!(store.has_pack(pack).await, Ok(true)) {
                            packs = Packs::Missing;
                        }
                    }
                    packs
                }
                _ => Packs::Missing,
            };
            self.readiness.try_update(|readiness| {
                readiness.packs = packs;
                readiness.rows = if pulled { Rows::Pulled } else { Rows::Missing };
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lamp_says_yes_only_when_nothing_is_missing() {
        let ready = Readiness {
            shell: Some(ShellCheck { total: 9, verified: 9 }),
            packs: Packs::Verified,
            rows: Rows::Pulled,
            check: Check::Over,
        };
        assert!(ready.is_ready(Enrolment::Enrolled));
        assert!(!ready.is_ready(Enrolment::Missing));
        for missing in [
            Readiness { shell: None, ..ready },
            Readiness { shell: Some(ShellCheck { total: 9, verified: 8 }), ..ready },
            Readiness { shell: Some(ShellCheck { total: 0, verified: 0 }), ..ready },
            Readiness { packs: Packs::Missing, ..ready },
            Readiness { rows: Rows::Missing, ..ready },
        ] {
            assert!(!missing.is_ready(Enrolment::Enrolled), "{missing:?}");
        }
    }
}
