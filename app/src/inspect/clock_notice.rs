//! Says before signing that the phone's clock was moved: the record will tell, so its signers should know.

use leptos::prelude::*;
use leptos::task::spawn_local;
use xunan_core::clock::Span;
use xunan_core::evidence::ClockJump;

use super::open_visit::OpenVisit;
use crate::i18n::texts;
use crate::ui::{Banner, BannerKind, IconName};

/// The notice; nothing while the clock behaved.
#[component]
pub(super) fn ClockNotice() -> impl IntoView {
    let store = OpenVisit::expect().store();
    let jumps = RwSignal::new(Vec::new());
    spawn_local(async move {
        // What cannot be read is said where something depends on it: signing reads it again.
        if let Ok(noticed) = store.clock_jumps().await {
            jumps.try_set(noticed);
        }
    });
    move || {
        let noticed = jumps.get();
        (!noticed.is_empty()).then(|| {
            let lines: Vec<String> = noticed.iter().map(jump_in_words).collect();
            let text = format!("{}。{}", lines.join("；"), texts().evidence().jumps_are_told());
            view! { <Banner kind=BannerKind::Warning icon=IconName::Warning text /> }
        })
    }
}

/// A jump of the phone's clock, in words.
pub(crate) fn jump_in_words(jump: &ClockJump) -> String {
    let (t, at) = (texts().evidence(), texts().time().exact(jump.seen));
    let by = span_in_words(Span::millis(jump.by.as_millis().saturating_abs()));
    if jump.by > Span::ZERO { t.jumped_forward(&at, &by) } else { t.jumped_back(&at, &by) }
}

/// A length of time in the largest unit of which there are two or more.
pub(crate) fn span_in_words(span: Span) -> String {
    let (t, seconds) = (texts().evidence(), span.as_millis() / 1000);
    match seconds {
        ..120 => t.seconds(seconds),
        120..7_200 => t.minutes(seconds / 60),
        7_200..172_800 => t.hours(seconds / 3_600),
        _ => t.days(seconds / 86_400),
    }
}
