//! What a field shows while somebody is typing in it.

use wasm_bindgen::JsCast as _;

/// A text box of one or several lines.
enum Typed {
    Line(web_sys::HtmlInputElement),
    Lines(web_sys::HtmlTextAreaElement),
}

fn typed(element: &web_sys::Element) -> Option<Typed> {
    if let Some(line) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        return Some(Typed::Line(line.clone()));
    }
    element.dyn_ref::<web_sys::HtmlTextAreaElement>().map(|lines| Typed::Lines(lines.clone()))
}

/// Shows a value in a text box, unless somebody is typing there: what fingers wrote is never overwritten by a
/// slower echo of it, and an input method's half-built word is never cut.
pub fn show_value(element: &web_sys::Element, value: &str) {
    let focused = element.owner_document().and_then(|page| page.active_element());
    if focused.as_ref() == Some(element) {
        return;
    }
    match typed(element) {
        Some(Typed::Line(line)) if line.value() != value => line.set_value(value),
        Some(Typed::Lines(lines)) if lines.value() != value => lines.set_value(value),
        _ => {}
    }
}

/// What now stands in the text box of an event; empty for any other element.
pub fn value_of(event: &leptos::ev::Event) -> String {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    match element.as_ref().and_then(typed) {
        Some(Typed::Line(line)) => line.value(),
        Some(Typed::Lines(lines)) => lines.value(),
        None => select_value(element),
    }
}

fn select_value(element: Option<web_sys::Element>) -> String {
    element
        .and_then(|element| element.dyn_into::<web_sys::HtmlSelectElement>().ok())
        .map(|select| select.value())
        .unwrap_or_default()
}

/// Where somebody writes, in the box of several lines inside of `around`: counted in units of UTF-16 from its beginning. `None` where there is
/// no such box.
pub fn caret_within(around: &web_sys::Element) -> Option<usize> {
    let lines: web_sys::HtmlTextAreaElement = around.query_selector("textarea").ok()??.dyn_into().ok()?;
    usize::try_from(lines.selection_end().ok()??).ok()
}
