//! Files that go out (an export) and come in (a picked photo).

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, FilePropertyBag, HtmlAnchorElement, HtmlInputElement, ShareData};

use super::clock::sleep_millis;
use super::{Binary, Refused, document, window};

/// How a file left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    /// To the folder of downloads.
    Downloaded,
    /// To another app, by the system's share sheet.
    Shared,
    /// Not at all: the user closed the share sheet.
    CalledOff,
}

/// Offers a file to the system's share sheet where there is one for it, or downloads it.
///
/// # Errors
/// [`Refused`] when the browser can neither.
pub async fn hand_over(binary: &Binary, name: &str) -> Result<HandedOver, Refused> {
    let options = FilePropertyBag::new();
    options.set_type(&binary.blob().type_());
    let file = web_sys::File::new_with_blob_sequence_and_options(&Array::of1(binary.blob()), name, &options)?;
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    let navigator = window().navigator();
    let shares = js_sys::Reflect::has(&navigator, &"canShare".into()).unwrap_or(false) && is_touch();
    if shares && navigator.can_share_with_data(&data) {
        return match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => Ok(HandedOver::Shared),
            Err(error) if Refused::from(error.clone()).name == "AbortError" => Ok(HandedOver::CalledOff),
            Err(_) => download(binary, name),
        };
    }
    download(binary, name)
}

fn download(binary: &Binary, name: &str) -> Result<HandedOver, Refused> {
    let url = binary.object_url()?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(url.as_str());
    link.set_download(name);
    link.click();
    // The browser reads the address in its own time; nobody has to wait for that.
    spawn_local(async move {
        sleep_millis(30_000).await;
        drop(url);
    });
    Ok(HandedOver::Downloaded)
}

fn is_touch() -> bool {
    window().navigator().max_touch_points() > 0
}

/// The files that were picked in an `<input type="file">`; the input is emptied, so that the same file can be
/// picked again.
pub fn picked(input: &HtmlInputElement) -> Vec<Binary> {
    let Some(list) = input.files() else { return Vec::new() };
    let files = (0..list.length())
        .filter_map(|at| list.get(at))
        .map(|file| Binary::from_blob(file.unchecked_into::<Blob>()));
    let files = files.collect();
    input.set_value("");
    files
}
