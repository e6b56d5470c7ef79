//! Bringing something into view.

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Slides a strip so that its child at `index` stands in the middle. The page itself does not move.
pub fn centre_child(strip: &Element, index: u32) {
    let Some(child) = strip.children().item(index) else { return };
    let (strip_box, child_box) = (strip.get_bounding_client_rect(), child.get_bounding_client_rect());
    let offset = child_box.left() + child_box.width() / 2.0 - strip_box.left() - strip_box.width() / 2.0;
    // Whole pixels; a strip is far shorter than 2^31 of them.
    strip.set_scroll_left(strip.scroll_left() + offset as i32);
}

/// Brings an element to the middle of the screen.
pub fn show(element: &Element) {
    let how = ScrollIntoViewOptions::new();
    how.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&how);
}
/// Brings the element of an id to the middle of the screen; nothing happens when there is none.
pub fn show_id(id: &str) {
    if let Some(element) = super::document().get_element_by_id(id) {
        show(&element);
    }
}
