//! What the reporter said and filmed 语音、短视频: a player for whoever triages the report, and a sentence where nothing is to be heard.

use leptos::prelude::*;
use xunan_core::access::Sight;
use xunan_core::ids::SnapId;
use xunan_core::snap::{Recording, RecordingKind};

use super::seen::Now;
use crate::i18n::texts;
use crate::session::Phone;

/// Whether this browser plays it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Playing {
    /// As far as anybody knows.
    Works,
    /// It said that it does not.
    Fails,
}

/// The recordings of a report; nothing of one that has none.
#[component]
pub(super) fn Recordings(now: Now) -> impl IntoView {
    let account = Phone::expect().account();
    let hears = now.card.heard_by(&account);
    let recorded = now.card.report.recordings().map(|(kind, recording)| {
        let audible = now.seen.detail.audible.contains(&kind);
        part(now.card.id(), kind, recording, hears, audible.then_some(address(now.card.id(), kind)))
    });
    recorded.collect_view()
}

/// Where a recording is.
fn address(snap: SnapId, kind: RecordingKind) -> String {
    format!("/api/snaps/{snap}/{}", kind.name())
}

fn part(
    snap: SnapId,
    kind: RecordingKind,
    recording: &Recording,
    hears: Sight,
    source: Option<String>,
) -> impl IntoView + use<> {
    let t = texts().snaps();
    let (title, length) = (texts().snap_name().recording(kind), recording.length_ms.to_string());
    let told = match (source, hears) {
        (Some(source), _) => player(kind, source, title, &length).into_any(),
        (None, Sight::Visible) => view! { <p class="muted">{t.recording_forgotten(&length)}</p> }.into_any(),
        (None, Sight::Hidden) => view! { <p class="muted">{t.recording_of_triage(&length)}</p> }.into_any(),
    };
    let heading = format!("{}-{snap}", kind.name());
    view! {
        <section class="part snap-recording" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            {told}
        </section>
    }
}

/// It asks for nothing before somebody presses.
fn player(kind: RecordingKind, source: String, title: &'static str, length: &str) -> impl IntoView + use<> {
    let t = texts().snaps();
    let playing = RwSignal::new(Playing::Works);
    let fails = move |_| playing.set(Playing::Fails);
    let player = match kind {
        RecordingKind::Voice => view! {
            <audio controls=true preload="none" src=source aria-label=title on:error=fails></audio>
        }
        .into_any(),
        RecordingKind::Video => view! {
            <video controls=true preload="none" src=source aria-label=title on:error=fails></video>
        }
        .into_any(),
    };
    view! {
        {player}
        <p class="muted">{t.recording_heard_by(length)}</p>
        <p role="status">{move || match playing.get() {
            Playing::Works => "",
            Playing::Fails => t.recording_fails(),
        }}</p>
    }
}
