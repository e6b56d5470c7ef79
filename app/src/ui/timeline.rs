//! The story of a thing: who did what, when; the newest last, as it was lived.

use leptos::prelude::*;

use crate::i18n::texts;

/// How a step of a story stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It happened.
    Done,
    /// It was tried and refused, or had no effect.
    Refused,
    /// It is what comes next.
    Next,
}

/// One step of a story.
#[derive(Clone, Debug)]
pub struct TimelineEvent {
    /// How it stands.
    pub kind: EventKind,
    /// What was done, and by whom.
    pub what: String,
    /// When, in words.
    pub when: String,
    /// More about it; may be empty.
    pub note: String,
}

/// The story.
#[component]
pub fn Timeline(
    /// Its steps, the oldest first.
    events: Vec<TimelineEvent>,
) -> impl IntoView {
    let step = |event: TimelineEvent| {
        let kind = match event.kind {
            EventKind::Done => "done",
            EventKind::Refused => "refused",
            EventKind::Next => "next",
        };
        view! {
            <li class="event" data-kind=kind>
                <span class="event-what">{event.what}</span>
                <span class="event-when">{event.when}</span>
                {(!event.note.is_empty()).then(|| view! { <p>{event.note}</p> })}
            </li>
        }
    };
    view! { <ol class="timeline" aria-label=texts().words().history()>{events.into_iter().map(step).collect_view()}</ol> }
}
