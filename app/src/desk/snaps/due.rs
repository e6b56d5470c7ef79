//! Until when an office owes something, in words and colour.

use leptos::prelude::*;
use xunan_core::clock::Date;
use xunan_core::snap::Deadline;

use crate::i18n::texts;

/// What is due until when, and how urgent that is.
pub(super) fn due(due: Deadline, today: Date) -> impl IntoView {
    let t = texts();
    let words = t.snaps().due_by(t.snap_name().due(due.of), &t.time().date(due.by, today));
    let late = today.days_since(due.by);
    let urgent = match late {
        1.. => Some(("stopped", t.facility().overdue(late))),
        0 => Some(("act", t.steps().due_today().to_owned())),
        _ => None,
    };
    let urgent = urgent.map(|(kind, words)| view! { " "<strong class="tag" data-kind=kind>{words}</strong> });
    view! { <span>{words}{urgent}</span> }
}
