//! What a browser knows of a picture once it has read it.

use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use super::Refused;

/// Width and height of the picture at an address of ours, in pixels.
///
/// # Errors
/// [`Refused`] when it does not come, or is none.
pub async fn size_of(address: &str) -> Result<(u32, u32), Refused> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    Ok((image.natural_width(), image.natural_height()))
}
