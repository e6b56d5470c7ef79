//! Which window writes: one at a time has a draft, by a lock that goes with its window. A window that comes later reads,
//! until the other one is gone or somebody says "go on here".

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::browser::locks::{self, Asking, Held};

/// How long a window waits for its turn before it shows a draft for reading only, in milliseconds. A page that is being
/// left lets go of its draft some moments after the next one asks for it.
const MOMENT_MILLIS: u32 = 1_000;

/// Whether this window may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// This window holds the draft.
    Ours,
    /// Another window does; here it is for reading.
    Elsewhere,
}

/// A draft as it was read, and this window's hold on it. Belongs to the owner that asked for it.
pub(crate) struct HeldDraft<T: 'static> {
    /// What was read last; `None` while it waits. Read anew when the hold comes to this window.
    pub read: RwSignal<Option<T>, LocalStorage>,
    /// Whether this window may write.
    pub hold: RwSignal<Hold>,
    /// Somebody says "go on here": takes the hold from the window that has it.
    pub take_over: Callback<()>,
}

/// Whether this window still stands in the queue that it joined when it opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Waiting,
    /// It had the hold, by its turn or by force. When it lost it since, it comes back by a person's word alone: what it
    /// could not write is still on its screen, and to read anew would wipe that away.
    Over,
}

/// Reads a draft once this window has it, or for reading only when another window does not let go.
pub(crate) fn hold_draft<T: 'static>(key: &str, read_it: impl AsyncFn() -> T + 'static) -> HeldDraft<T> {
    let (lock, read_it) = (Rc::<str>::from(format!("xunan-draft-{key}")), Rc::new(read_it));
    let read = RwSignal::new_local(None);
    let hold = RwSignal::new(Hold::Ours);
    let turn = StoredValue::new(Turn::Waiting);
    let held = StoredValue::new_local(None::<Held>);
    let reader = Rc::clone(&read_it);
    let ask = move |asking| {
        let (lock, read_it) = (Rc::clone(&lock), Rc::clone(&read_it));
        spawn_local(async move {
            let lost = move || {
                hold.try_set(Hold::Elsewhere);
            };
            let granted = locks::ask(&lock, asking, lost).await;
            // A page that is gone, or that took the hold by force since, lets go at once.
            if asking == Asking::Wait && turn.try_get_value() != Some(Turn::Waiting) {
                return;
            }
            turn.try_set_value(Turn::Over);
            hold.try_set(if granted.is_some() { Hold::Ours } else { Hold::Elsewhere });
            held.try_update_value(|held| *held = granted);
            read.try_set(Some(read_it().await));
        });
    };
    ask(Asking::Wait);
    spawn_local(async move {
        clock::sleep_millis(MOMENT_MILLIS).await;
        if turn.try_get_value() != Some(Turn::Waiting) {
            return;
        }
        hold.try_set(Hold::Elsewhere);
        let found = reader().await;
        if turn.try_get_value() == Some(Turn::Waiting) {
            read.try_set(Some(found));
        }
    });
    let ask = StoredValue::new_local(ask);
    let take_over = Callback::new(move |()| ask.with_value(|ask| ask(Asking::Steal)));
    HeldDraft { read, hold, take_over }
}
