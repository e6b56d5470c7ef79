//! What was reported: about what, where, in which words, with which photos. Who reported it is in none of it.

use leptos::prelude::*;
use xunan_core::place::GeoPoint;
use xunan_core::snap::{CaseNumber, Found, Report, SnapPhoto, SnapPosition};

use super::due::due;
use super::seen::{Now, Owed};
use crate::browser::clock;
use crate::desk::hazard_story;
use crate::i18n::texts;
use crate::session::Phone;

/// The facts, and what is due.
#[component]
pub(super) fn Facts(now: Now) -> impl IntoView {
    let (t, today) = (texts(), Phone::today());
    let line = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    let report = &now.card.report;
    let owed = match now.owed() {
        Owed::Until(owed) => due(owed, today).into_any(),
        Owed::Nothing => t.snaps().nothing_due().into_any(),
        Owed::ToldLater => t.snaps().due_later().into_any(),
    };
    let position = report.place.position.as_ref().map(position).unwrap_or_default();
    let seen = report.seen.map(|day| t.time().date_in_full(day)).unwrap_or_default();
    view! {
        <section class="part"><h2>{t.snaps().col_due()}</h2>
            <p>{owed}</p>
        </section>
        <dl class="facts">
            {line(t.snaps().number(), CaseNumber::of(report.snap).to_string())}
            {line(t.snaps().category(), t.snap_name().category(report.category).to_owned())}
            {line(t.snaps().facility(), now.card.facility_name.clone())}
            {line(t.snaps().address(), report.place.address.to_string())}
            {line(t.snaps().position(), position)}
            {line(t.snaps().seen(), seen)}
            {line(t.snaps().received(), t.time().when(now.card.received, clock::now()))}
        </dl>
    }
}

/// A position as it can be typed into any map, with how it was found.
fn position(position: &SnapPosition) -> String {
    let (t, point) = (texts().snaps(), degrees(position.point));
    match position.found {
        Found::Measured(radius) => t.position_measured(&point, radius.0),
        Found::OfPhoto => t.position_of_photo(&point),
        Found::ByHand => t.position_by_hand(&point),
    }
}

/// Latitude and longitude, to a hundred-thousandth of a degree: a metre.
fn degrees(point: GeoPoint) -> String {
    let text = |e7: i32| {
        let e5 = i64::from(e7) / 100;
        let sign = if e5 < 0 { "-" } else { "" };
        format!("{sign}{}.{:05}", e5.abs() / 100_000, e5.abs() % 100_000)
    };
    format!("{}, {}", text(point.latitude_e7()), text(point.longitude_e7()))
}

/// The reporter's words and photos.
#[component]
pub(super) fn Reported(report: Report) -> impl IntoView {
    let t = texts().snaps();
    let words = if report.words.is_empty() {
        let none =
            if report.recordings().next().is_some() { t.no_words_but_recorded() } else { t.no_words() };
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        view! { <p class="own-words">{report.words.to_string()}</p> }.into_any()
    };
    let none = report.photos.is_empty().then(|| view! { <p class="muted">{t.no_photos()}</p> });
    view! {
        <section class="part"><h2>{t.words()}</h2>{words}</section>
        <section class="part snap-photos"><h2>{t.photos()}</h2>{none}{photos(&report.photos)}</section>
    }
}

/// Photos of a reporter, each a link to itself alone.
pub(super) fn photos(photos: &[SnapPhoto]) -> Option<impl IntoView + use<>> {
    let named: Vec<_> = photos.iter().map(|photo| (photo.id, photo.stored)).collect();
    hazard_story::photos(texts().snaps().photo(), &named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_written_as_maps_read_it() {
        let point = GeoPoint::from_e7(364_567_891, -1_159_800_001).unwrap();
        assert_eq!(degrees(point), "36.45678, -115.98000");
        assert_eq!(degrees(GeoPoint::from_e7(-50, -5_000).unwrap()), "0.00000, -0.00050");
    }
}
