//! What `public/photo_worker.js` calls: the pipeline, in JavaScript's types.

use js_sys::{Array, Function, Object, Uint8Array, Uint8ClampedArray};
use wasm_bindgen::prelude::*;
use xunan_core::digest::Digest;

use crate::protocol::{Answer, Findings, PreparedMessage, RedactedMessage, RefusedMessage};
use crate::{Foreign, Mark, PhotoRefused, Prepared, Redacted, Strip, StripSpace, limits};

const WASM_PAGE_BYTES: u64 = 65_536;

/// Prepares a photo; see [`crate::prepare`]. `draw` is called with the width and height of the picture and the greatest
/// height of the strip, in pixels, and returns its RGBA, or nothing. The caller adds the original's hash and length.
#[wasm_bindgen]
pub fn prepare(bytes: &[u8], lines: &Array, draw: &Function) -> Answer {
    let (lines, strip) = (texts(lines), |space| strip(draw, space));
    let mark = (!lines.is_empty()).then_some(Mark { lines: &lines, draw: &strip });
    answer(crate::prepare(bytes, mark))
}

/// Prepares a photo that the browser has decoded to `rgba` of this size, from a picture of `full` size; see
/// [`crate::prepare_decoded`] and, for the rest, [`prepare`].
#[wasm_bindgen]
pub fn prepare_decoded(
    full_width: u32,
    full_height: u32,
    rgba: &[u8],
    width: u32,
    height: u32,
    lines: &Array,
    draw: &Function,
) -> Answer {
    let (lines, strip) = (texts(lines), |space| strip(draw, space));
    let mark = (!lines.is_empty()).then_some(Mark { lines: &lines, draw: &strip });
    let foreign = Foreign { full_size: (full_width, full_height), size: (width, height), rgba };
    answer(crate::prepare_decoded(foreign, mark))
}

/// Covers `shapes` in a stored photo whose SHA-256 is `source`; see [`crate::redact`].
#[wasm_bindgen]
pub fn redact(source: &[u8], bytes: &[u8], shapes: &str) -> Answer {
    let redacted = digest(source).and_then(|source| {
        let shapes: Vec<_> = serde_json::from_str(shapes).map_err(PhotoRefused::broken)?;
        Ok((source, crate::redact(bytes, &shapes)?))
    });
    answer_with(redacted, |answer, (source, redacted)| {
        answer.set_redacted(&redacted_message(source, &redacted));
        Ok(())
    })
}

/// The lines, as the page sent them.
fn texts(lines: &Array) -> Vec<String> {
    lines.iter().filter_map(|line| line.as_string()).collect()
}

/// Has the lines drawn. What goes wrong with it costs the lines and never the photo.
fn strip(draw: &Function, space: StripSpace) -> Option<Strip> {
    let StripSpace { width_px, picture_height_px, max_height_px } = space;
    let drawn =
        draw.call3(&JsValue::NULL, &width_px.into(), &picture_height_px.into(), &max_height_px.into());
    let rgba: Uint8ClampedArray = drawn.ok()?.dyn_into().ok()?;
    Some(Strip { rgba: rgba.to_vec() })
}

/// Long edge of the stored picture, in pixels: what the browser reduces its own decoding to.
#[wasm_bindgen]
pub fn long_edge_px() -> u32 {
    limits::LONG_EDGE_PX
}

/// The most pixels that the browser may be asked to hand over, before it reduces them.
#[wasm_bindgen]
pub fn max_pixels() -> f64 {
    limits::MAX_PIXELS as f64
}

/// How much memory this instance has taken, in bytes. It only ever grows.
#[wasm_bindgen]
pub fn wasm_memory_bytes() -> f64 {
    memory_bytes() as f64
}

fn memory_bytes() -> u64 {
    core::arch::wasm32::memory_size::<0>() as u64 * WASM_PAGE_BYTES
}

/// The digest that WebCrypto gave: always 32 bytes.
fn digest(bytes: &[u8]) -> Result<Digest, PhotoRefused> {
    let bytes = bytes.try_into().map_err(|_| PhotoRefused::broken("not a SHA-256"))?;
    Ok(Digest::from_bytes(bytes))
}

fn answer(result: Result<Prepared, PhotoRefused>) -> Answer {
    answer_with(result, |answer, prepared| {
        answer.set_ok(&prepared_message(prepared)?);
        Ok(())
    })
}

fn answer_with<T>(
    result: Result<T, PhotoRefused>,
    fill: impl FnOnce(&Answer, T) -> Result<(), PhotoRefused>,
) -> Answer {
    let answer: Answer = Object::new().unchecked_into();
    if let Err(refused) = result.and_then(|done| fill(&answer, done)) {
        answer.set_refused(&refused_message(&refused));
    }
    answer.set_spent(memory_bytes() > limits::RECYCLE_ABOVE_BYTES);
    answer
}

fn prepared_message(prepared: Prepared) -> Result<PreparedMessage, PhotoRefused> {
    let message: PreparedMessage = Object::new().unchecked_into();
    message.set_jpeg(&Uint8Array::from(prepared.jpeg.as_slice()));
    message.set_sha256(&prepared.jpeg_digest.hex());
    message.set_width(prepared.width);
    message.set_height(prepared.height);
    message.set_thumbnail(&Uint8Array::from(prepared.thumbnail.as_slice()));
    message.set_thumbnail_sha256(&prepared.thumbnail_digest.hex());
    let Prepared { claims, steps, likeness, .. } = prepared;
    let findings = Findings { claims, steps, likeness };
    // Never fails: these are texts and numbers.
    message.set_findings(&serde_json::to_string(&findings).map_err(PhotoRefused::broken)?);
    Ok(message)
}

fn redacted_message(source: Digest, redacted: &Redacted) -> RedactedMessage {
    let message: RedactedMessage = Object::new().unchecked_into();
    message.set_source_sha256(&source.hex());
    message.set_jpeg(&Uint8Array::from(redacted.jpeg.as_slice()));
    message.set_sha256(&redacted.digest.hex());
    message.set_width(redacted.width);
    message.set_height(redacted.height);
    message
}

fn refused_message(refused: &PhotoRefused) -> RefusedMessage {
    let message: RefusedMessage = Object::new().unchecked_into();
    message.set_code(refused.code().as_str());
    message.set_detail(&refused.to_string());
    message
}
