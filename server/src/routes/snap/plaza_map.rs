//! How many public cases each township has 广场地图: drawn by the server, without a script or anybody's tiles, and the same in words.
//!
//! A mark is a circle of what is under way and a square of what is answered, which touch where the township stands: in the middle
//! of its institutions, as core rounds it. Shape and figures tell what colour tells.

use std::cmp::Reverse;

use axum::http::StatusCode;
use axum::response::Response;
use xunan_core::place::GeoPoint;

use super::page::{Lang, escaped, page};
use super::plaza_page::{in_question, other_language};
use super::words;
use crate::ledger_store::{PlazaPlace, Progress};
use crate::snaps::MappedPlace;

/// The drawing's width, in units of which a phone of 360 px shows one by a pixel.
const WIDTH: i64 = 328;
/// Where townships may stand: so much of the width, and so much height at most.
const SPAN: (i64, i64) = (240, 320);
/// Kept free above and below, for the largest mark and its name.
const MARGIN: i64 = 58;
/// Metres in a unit, at least: a county is no smaller than its marks.
const FINEST: i64 = 16;
/// The radius of the most cases, squared. Areas stand to each other as the figures do.
const MOST_RADIUS_SQUARED: u64 = 400;
/// The least radius, and the least edge: what is smaller is not seen.
const LEAST: (u64, u64) = (5, 9);
/// The height of a name with its figures, and of one of the two lines.
const LABEL: i64 = 34;
const LINE: i64 = 16;

/// A township in the drawing.
struct Drawn<'a> {
    place: &'a PlazaPlace,
    x: i64,
    y: i64,
}

pub(super) fn map_page(lang: Lang, places: &[MappedPlace]) -> Response {
    let title = lang.pick("各乡镇的上报", "What was reported, by township");
    let told = lang.pick(
        "标记画在乡镇各机构的大致中间，不是事发的地方。机构位置不足三处的乡镇，只在下面列出",
        "A mark stands roughly in the middle of a township's institutions, and not where something happened. A township with fewer than three known ones is in the list only",
    );
    let content = [
        if places.is_empty() {
            let nothing = lang.pick("还没有公开的事", "Nothing was made public yet");
            format!("<p class=\"told\">{nothing}</p>\n")
        } else {
            format!("{}<p class=\"note\">{told}</p>\n{}", drawing(lang, places), list(lang, places))
        },
        format!(
            "<p><a class=\"line-link\" href=\"/snap/plaza?lang={}\">{}</a></p>\n",
            lang.name(),
            lang.pick("看全部", "Show all")
        ),
        other_language(lang, |lang| format!("/snap/plaza/map?lang={}", lang.name())),
    ]
    .concat();
    page(StatusCode::OK, lang, title, &content)
}

const fn waiting(place: &PlazaPlace) -> u64 {
    place.published.saturating_sub(place.answered)
}

/// The cases of a township, as an address in HTML.
fn cases_of(lang: Lang, place: &PlazaPlace) -> String {
    format!("/snap/plaza?{}", in_question(&[("lang", lang.name()), ("place", place.division.as_str())]))
}

fn figures(lang: Lang, place: &PlazaPlace) -> String {
    let [open, answered] = Progress::ALL.map(|it| words::progress(lang, it));
    match lang {
        Lang::Zh => format!("{open} {} 件，{answered} {} 件", waiting(place), place.answered),
        Lang::En => format!("{open}: {}; {answered}: {}", waiting(place), place.answered),
    }
}

/// All townships in words, those with most under way first.
fn list(lang: Lang, places: &[MappedPlace]) -> String {
    let mut places: Vec<&MappedPlace> = places.iter().collect();
    places.sort_by_key(|it| Reverse((waiting(&it.place), it.place.published)));
    let unmapped = lang.pick(" · 不在图上", " · not on the map");
    let item = |MappedPlace { place, mark }: &MappedPlace| {
        format!(
            "<li><h2><a href=\"{}\">{}</a></h2>\n<p class=\"note\">{}{}</p></li>\n",
            cases_of(lang, place),
            escaped(&place.name),
            figures(lang, place),
            if mark.is_some() { "" } else { unmapped }
        )
    };
    format!("<ol class=\"cases\">\n{}</ol>\n", places.into_iter().map(item).collect::<String>())
}

/// The townships that have a place, and the height of the drawing.
fn laid_out(places: &[MappedPlace]) -> (Vec<Drawn<'_>>, i64) {
    let marked: Vec<(&PlazaPlace, GeoPoint)> =
        places.iter().filter_map(|it| Some((&it.place, it.mark?.point()))).collect();
    let west = marked.iter().map(|(_, it)| it.longitude_e7()).min().unwrap_or(0);
    let north = marked.iter().map(|(_, it)| it.latitude_e7()).max().unwrap_or(0);
    let apart = |one: i32, other: i32, point: GeoPoint| {
        GeoPoint::from_e7(one, other).map_or(0, |it| i64::from(it.distance(point).0))
    };
    let metres: Vec<(i64, i64)> = marked
        .iter()
        .map(|(_, it)| (apart(it.latitude_e7(), west, *it), apart(north, it.longitude_e7(), *it)))
        .collect();
    let wide = metres.iter().map(|(x, _)| *x).max().unwrap_or(0);
    let high = metres.iter().map(|(_, y)| *y).max().unwrap_or(0);
    let metres_in_unit = FINEST.max(wide / SPAN.0 + 1).max(high / SPAN.1 + 1);
    let left = (WIDTH - wide / metres_in_unit) / 2;
    let drawn = marked.iter().zip(&metres).map(|((place, _), (x, y))| Drawn {
        place,
        x: left + x / metres_in_unit,
        y: MARGIN + y / metres_in_unit,
    });
    let mut drawn: Vec<Drawn<'_>> = drawn.collect();
    // Smaller ones lie above greater ones.
    drawn.sort_by_key(|it| Reverse(it.place.published));
    (drawn, 2 * MARGIN + high / metres_in_unit)
}

/// Nothing where no township has a place.
fn drawing(lang: Lang, places: &[MappedPlace]) -> String {
    let (drawn, height) = laid_out(places);
    if drawn.is_empty() {
        return String::new();
    }
    let most = drawn.iter().map(|it| waiting(it.place).max(it.place.answered)).max().unwrap_or(1).max(1);
    let labels = labels(&drawn, most, height);
    let marks: String =
        drawn.iter().zip(labels).map(|(it, label)| mark(lang, it, most, label.as_ref())).collect();
    let [open, answered] = Progress::ALL.map(|it| words::progress(lang, it));
    format!(
        "<p><span class=\"map-open\">●</span> {open} <span class=\"map-answered\">■</span> {answered}</p>\n\
         <svg class=\"map\" viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-label=\"{}\">\n{marks}</svg>\n",
        lang.pick("地图，内容与下面的列表相同", "A map; the list below says the same")
    )
}

/// Of the circle of so many cases, where `most` is the greatest number.
fn radius(cases: u64, most: u64) -> u64 {
    (cases * MOST_RADIUS_SQUARED / most).isqrt().max(LEAST.0)
}

/// Of the square of so many cases, which is as large as the circle of as many.
fn edge(cases: u64, most: u64) -> u64 {
    (cases * MOST_RADIUS_SQUARED * 314 / 100 / most).isqrt().max(LEAST.1)
}

/// A township's mark with a place to touch around it, all of it a link that says its name and figures; and the same as a label
/// beside it, for eyes alone.
fn mark(lang: Lang, drawn: &Drawn<'_>, most: u64, label: Option<&Label>) -> String {
    let Drawn { place, x, y } = drawn;
    let (open, answered) = (waiting(place), place.answered);
    let told = format!("{}：{}", escaped(&place.name), figures(lang, place));
    let circle = || {
        let radius = radius(open, most);
        let centre = x - i64::try_from(radius).unwrap_or(0);
        format!("<circle class=\"map-open\" cx=\"{centre}\" cy=\"{y}\" r=\"{radius}\"/>\n")
    };
    let square = || {
        let edge = edge(answered, most);
        let top = y - i64::try_from(edge / 2).unwrap_or(0);
        format!("<rect class=\"map-answered\" x=\"{x}\" y=\"{top}\" width=\"{edge}\" height=\"{edge}\"/>\n")
    };
    let named = |Label { x, y, .. }: &Label| {
        format!(
            "<g aria-hidden=\"true\"><text x=\"{x}\" y=\"{}\">{}</text>\n<text x=\"{x}\" y=\"{}\">{}</text></g>\n",
            y + LINE - 3,
            escaped(&place.name),
            y + 2 * LINE - 3,
            signs(place)
        )
    };
    [
        format!("<a href=\"{}\" aria-label=\"{told}\"><title>{told}</title>\n", cases_of(lang, place)),
        format!(
            "<rect class=\"map-target\" x=\"{}\" y=\"{}\" width=\"48\" height=\"48\"/>\n",
            x - 24,
            y - 24
        ),
        if open > 0 { circle() } else { String::new() },
        if answered > 0 { square() } else { String::new() },
        "</a>\n".to_owned(),
        label.map(named).unwrap_or_default(),
    ]
    .concat()
}

/// The figures of a township, each with the shape that it is drawn as.
fn signs(place: &PlazaPlace) -> String {
    format!("●{} ■{}", waiting(place), place.answered)
}

/// Where a name stands: the middle of its upper edge.
struct Label {
    x: i64,
    y: i64,
    half: i64,
}

impl Label {
    const fn covers(&self, other: &Self) -> bool {
        (self.x - other.x).abs() < self.half + other.half && (self.y - other.y).abs() < LABEL
    }
}

/// A name for each mark, below it or else above it, where no other name stands; a mark without one still has its title, and its line
/// in the list.
fn labels(drawn: &[Drawn<'_>], most: u64, height: i64) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = Vec::with_capacity(drawn.len());
    for Drawn { place, x, y } in drawn {
        let half = width(&place.name).max(width(&signs(place))) / 2 + 2;
        let x = (*x).clamp(half.min(WIDTH / 2), (WIDTH - half).max(WIDTH / 2));
        let high = radius(waiting(place), most).max(edge(place.answered, most) / 2);
        let away = i64::try_from(high).unwrap_or(0) + 1;
        let fitting = [y + away, y - away - LABEL].map(|y| Label { x, y, half }).into_iter().find(|label| {
            (0..=height - LABEL).contains(&label.y) && !labels.iter().flatten().any(|it| it.covers(label))
        });
        labels.push(fitting);
    }
    labels
}

/// How wide a text is, in units: Chinese letters are as wide as they are high.
fn width(text: &str) -> i64 {
    text.chars().map(|it| if it.is_ascii() { 8 } else { 14 }).sum()
}
