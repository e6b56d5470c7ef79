//! What backs one photo, in words: between which times, where, what its file claims, what was done to it.

use leptos::prelude::*;
use xunan_core::clock::{Instant, Span};
use xunan_core::evidence::{
    Capture, Decoder, FileClaims, NoPosition, PhotoManifest, PhotoStep, PixelSize, Position, PositionDoubt,
    PositionSource,
};
use xunan_core::log::TimeBounds;

use crate::i18n::texts;
use crate::inspect::{jump_in_words, span_in_words};

/// A table of what is known. Nothing for photos of before it was told.
pub(super) fn photo_facts(
    photo: &PhotoManifest,
    bounds: Option<&TimeBounds>,
) -> Option<impl IntoView + use<>> {
    let capture = photo.capture.as_deref()?;
    let t = texts().evidence();
    let line = |name: &'static str, lines: Vec<String>| {
        let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! { <tr><th scope="row">{name}</th><td>{lines}</td></tr> }
    };
    let doubts = doubts(&capture.position);
    Some(view! {
        <table class="record-table" data-kind="evidence">
            <caption class="unseen">{t.title()}</caption>
            <tbody>
                {line(t.when(), when(capture, bounds))}
                {line(t.place(), vec![place(&capture.position)])}
                {(!doubts.is_empty()).then(|| line(t.doubt(), doubts))}
                {line(t.file_claims(), vec![claims(&capture.claims)])}
                {line(t.steps(), vec![steps(capture)])}
            </tbody>
        </table>
    })
}

fn when(capture: &Capture, bounds: Option<&TimeBounds>) -> Vec<String> {
    let (t, time) = (texts().evidence(), texts().time());
    let mut lines = vec![t.phone_clock(&time.exact(capture.time.at))];
    if let Some(bounds) = bounds {
        lines.push(interval(bounds));
        if bounds.clocked.is_none() {
            lines.push(t.contradiction().to_owned());
        }
    }
    lines.extend(capture.time.jumps.iter().map(jump_in_words));
    lines
}

/// Between which times something happened, in words.
pub(super) fn interval(bounds: &TimeBounds) -> String {
    let (t, time) = (texts().evidence(), texts().time());
    let exact = |at: Instant| time.exact(at);
    let narrowest = bounds.narrowest();
    match (narrowest.from, narrowest.to) {
        (Some(from), Some(to)) => t.between(&exact(from), &exact(to)),
        (None, Some(to)) => t.not_after(&exact(to)),
        (Some(from), None) => t.not_before(&exact(from)),
        (None, None) => t.unbounded().to_owned(),
    }
}

fn place(position: &Position) -> String {
    let t = texts().evidence();
    match position {
        Position::Fixed(fix) => {
            let mut line = t.fix(&fix.point.to_string(), fix.accuracy.0);
            if fix.source == PositionSource::Pin {
                line = format!("{line} · {}", t.pin());
            } else if fix.age >= Span::minutes(1) {
                line = format!("{line} · {}", t.old_fix(&span_in_words(fix.age)));
            }
            line
        }
        Position::Unknown(NoPosition::Denied) => t.no_place_denied().to_owned(),
        Position::Unknown(NoPosition::Unavailable) => t.no_place_unavailable().to_owned(),
        Position::Unknown(NoPosition::Waiting) => t.no_place_waiting().to_owned(),
        Position::Unknown(NoPosition::PickedFile) => t.no_place_picked().to_owned(),
    }
}

fn doubts(position: &Position) -> Vec<String> {
    let t = texts().evidence();
    let doubts = position.fix().map_or(&[][..], |fix| &fix.doubts);
    let words = doubts.iter().map(|doubt| match doubt {
        PositionDoubt::TooExact => t.too_exact().to_owned(),
        PositionDoubt::Frozen => t.frozen().to_owned(),
        PositionDoubt::TooFast(kmh) => t.too_fast(*kmh),
        PositionDoubt::Old => t.old_position().to_owned(),
        PositionDoubt::FarFromFacility(metres) => t.far(metres.0),
    });
    words.collect()
}

fn claims(claims: &FileClaims) -> String {
    let t = texts().evidence();
    let taken = claims.taken.map(|taken| t.claims_taken(&taken.to_string()));
    let place = claims.position.map(|point| t.claims_place(&point.to_string()));
    let told: Vec<String> = taken.into_iter().chain(place).collect();
    if told.is_empty() { t.claims_none().to_owned() } else { told.join(" · ") }
}

fn steps(capture: &Capture) -> String {
    let t = texts().evidence();
    let size = |size: &PixelSize| format!("{}×{}", size.width_px, size.height_px);
    let steps = capture.steps.iter().map(|step| match step {
        PhotoStep::Decoded { by: Decoder::App } => t.decoded().to_owned(),
        PhotoStep::Decoded { by: Decoder::Browser } => t.decoded_by_browser().to_owned(),
        PhotoStep::Shrunk { from, to } => t.shrunk(&size(from), &size(to)),
        PhotoStep::Turned { .. } => t.turned().to_owned(),
        PhotoStep::Marked { .. } => t.marked().to_owned(),
        PhotoStep::Unmarked => t.unmarked().to_owned(),
        PhotoStep::Encoded { quality } => t.encoded(*quality),
    });
    let kept = capture.original.map(|_| t.original_kept().to_owned());
    steps.chain(kept).collect::<Vec<_>>().join(" → ")
}
