//! A finger, pen or mouse that draws.

use leptos::ev::PointerEvent;
use wasm_bindgen::JsCast as _;

/// Keeps all further events of this pointer at the element that it went down on, so that a stroke that leaves
/// the frame is not torn.
pub fn hold(event: &PointerEvent) {
    let pad = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(pad) = pad {
        // Refused only when the pointer is gone already: then there is no further event to hold.
        let _gone = pad.set_pointer_capture(event.pointer_id());
    }
}

/// Where the pointer is, in thousandths of the **width** of the element that it went down on, from its upper
/// left corner. Right for an element that is turned, since the browser undoes the turn. `None` while the
/// element has no width.
pub fn thousandths_of_width(event: &PointerEvent) -> Option<(i16, i16)> {
    let pad = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let width = pad.client_width();
    if width == 0 {
        return None;
    }
    let scaled = |pixels: i32| i16::try_from(pixels * 1000 / width).ok();
    Some((scaled(event.offset_x())?, scaled(event.offset_y())?))
}

/// Where the pointer is, in thousandths of each edge of the element that it went down on, from its upper left corner; at
/// the element's edge when it has left it. `None` while the element has no size.
pub fn thousandths_of_edges(event: &PointerEvent) -> Option<(u16, u16)> {
    let frame = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let along =
        |pixels: i32, edge: i32| u16::try_from((pixels * 1000).checked_div(edge)?.clamp(0, 1000)).ok();
    Some((along(event.offset_x(), frame.client_width())?, along(event.offset_y(), frame.client_height())?))
}
