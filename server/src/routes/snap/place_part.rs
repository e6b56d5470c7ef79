//! The part of the form that asks where it is: the institution, words, and a position that the phone measured or that was set by hand.

use xunan_core::facility::Facility;
use xunan_core::place::{GeoPoint, Metres};
use xunan_core::snap::{Found, SnapPosition};

use super::around::point_of;
use super::form_page::Typed;
use super::page::{Lang, escaped};

/// A position as the form's script writes it: latitude and longitude in 10⁻⁷ degrees, and the radius in metres within which it is,
/// or `hand` for a pin that was set by hand, with commas between.
pub(super) fn here(text: &str) -> Option<SnapPosition> {
    let (point, found) = text.rsplit_once(',')?;
    let found = match found {
        "hand" => Found::ByHand,
        radius => Found::Measured(Metres(radius.parse().ok()?)),
    };
    Some(SnapPosition { point: point_of(point)?, found })
}

/// Where it is, and on which day it was seen.
pub(super) fn place(lang: Lang, typed: &Typed, facility: Option<&Facility>) -> String {
    let named = facility.map(|facility| {
        format!(
            "<input type=\"hidden\" name=\"f\" value=\"{}\">\n<p class=\"told\">{}{}</p>\n",
            facility.id,
            lang.pick("机构：", "Institution: "),
            escaped(&facility.name)
        )
    });
    let label = match facility {
        Some(_) => lang.pick(
            "3. 具体位置（如三楼东头，可以不填）",
            "3. Where exactly (such as third floor, east end; may be empty)",
        ),
        None => lang.pick("3. 在哪里（机构名称、路名、楼层）", "3. Where is it (institution, street, floor)"),
    };
    let required = if facility.is_some() { "" } else { " required" };
    let day =
        lang.pick("哪天看到的（如 2026-11-29，可以不填）", "On which day (such as 2026-11-29; may be empty)");
    format!(
        "{}<div class=\"field\"><label for=\"address\">{label}</label>\n\
         <input type=\"text\" id=\"address\" name=\"address\" value=\"{}\"{required}>\n\
         <input type=\"hidden\" name=\"here\" value=\"{}\">\n<div id=\"here\"{} hidden></div></div>\n\
         <div class=\"field\"><label for=\"seen\">{day}</label>\n\
         <input type=\"date\" id=\"seen\" name=\"seen\" value=\"{}\"></div>\n",
        named.unwrap_or_default(),
        escaped(&typed.address),
        escaped(&typed.here),
        facility.and_then(Facility::point_for_map).map(stands_at).unwrap_or_default(),
        escaped(&typed.seen)
    )
}

/// Where an institution stands, for whoever sets a pin from there.
fn stands_at(point: GeoPoint) -> String {
    format!(" data-institution=\"{},{}\"", point.latitude_e7(), point.longitude_e7())
}
