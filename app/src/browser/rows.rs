//! Moving through the rows of a table by keyboard. Rows that can be opened have `tabindex="0"`.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::document;

/// Whether the key goes into a field that somebody types in.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| match target.tag_name().as_str() {
        "INPUT" => target.get_attribute("type").as_deref() != Some("checkbox"),
        name => matches!(name, "TEXTAREA" | "SELECT"),
    })
}

/// Whether an event comes from a link or a button within a row: that does its own work.
pub fn is_on_control(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("a, button, input, label").is_ok_and(|found| found.is_some()))
}

/// Presses the checkbox of the row that has the focus.
pub fn select() {
    let focused = document().active_element().and_then(|active| active.closest("tr").ok().flatten());
    let checkbox = focused.and_then(|row| row.query_selector("input[type=checkbox]").ok().flatten());
    if let Some(checkbox) = checkbox.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        checkbox.click();
    }
}

/// Whether something of the page can be pressed by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It was.
    Yes,
    /// Nothing here has that key.
    No,
}

/// Presses what bears a key: `data-key` of the page.
pub fn press(key: &str) -> Pressed {
    let found = document().query_selector(&format!("[data-key='{key}'] button, button[data-key='{key}']"));
    match found.ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        Some(button) => {
            button.click();
            Pressed::Yes
        }
        None => Pressed::No,
    }
}

/// Whether a plain click went beside the links and buttons of a row: it opens the row.
pub fn is_beside_controls(event: &MouseEvent) -> bool {
    let asks_for_more = event.ctrl_key() || event.meta_key() || event.shift_key();
    event.button() == 0 && !asks_for_more && !is_on_control(event)
}

/// Goes one row down.
pub fn focus_next() {
    step(1);
}

/// Goes one row up.
pub fn focus_previous() {
    step(-1);
}

/// Goes to the page's search box, when it has one.
pub fn focus_search() {
    if let Ok(Some(search)) = document().query_selector("input[type=search]") {
        focus(&search);
    }
}

fn step(by: i32) {
    let found = document().get_elements_by_tag_name("tr");
    let rows: Vec<Element> = (0..found.length())
        .filter_map(|at| found.item(at))
        .filter(|row| row.has_attribute("tabindex"))
        .collect();
    let at = document().active_element().and_then(|active| rows.iter().position(|row| *row == active));
    let next = match (at, by) {
        (None, _) => 0,
        (Some(at), 1) => (at + 1).min(rows.len().saturating_sub(1)),
        (Some(at), _) => at.saturating_sub(1),
    };
    if let Some(row) = rows.get(next) {
        focus(row);
    }
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _cannot_be_focused = element.focus();
    }
}
