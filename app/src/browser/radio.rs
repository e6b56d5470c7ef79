//! A row of buttons of which one is chosen (`role="radiogroup"` over `role="radio"`).
//!
//! The row is marked by hand in one step instead of by two signals per button: a checklist has hundreds of rows.

use leptos::ev::{KeyboardEvent, MouseEvent};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

fn button_of(event: &leptos::ev::Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[role=radio]").ok()?
}

fn index_of(button: &Element) -> usize {
    std::iter::successors(button.previous_element_sibling(), Element::previous_element_sibling).count()
}

/// Which button of the row was pressed.
pub fn pressed(event: &MouseEvent) -> Option<usize> {
    button_of(event).map(|button| index_of(&button))
}

/// Moves the focus along the row with the arrow keys. Choosing stays with Space and Enter: walking past an
/// answer must not give it.
pub fn walk_along(event: &KeyboardEvent) {
    let Some(button) = button_of(event) else { return };
    let neighbour = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => button.next_element_sibling(),
        "ArrowLeft" | "ArrowUp" => button.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    if let Some(neighbour) = neighbour.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Refused only by an element that cannot be focused; these are buttons.
        let _refused = neighbour.focus();
    }
}

/// Marks which button of the row is chosen, and makes it the one that Tab reaches; the first when none is.
pub fn show_chosen(row: &Element, chosen: Option<usize>) {
    let buttons = row.children();
    for at in 0..buttons.length() {
        let Some(button) = buttons.item(at) else { continue };
        let is_chosen = chosen == usize::try_from(at).ok();
        let reached = is_chosen || (chosen.is_none() && at == 0);
        // Neither name can be refused.
        let _checked = button.set_attribute("aria-checked", if is_chosen { "true" } else { "false" });
        let _tab = button.set_attribute("tabindex", if reached { "0" } else { "-1" });
    }
}
