//! What `public/photo_worker.js` calls: the pipeline, in JavaScript's types.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::*;
use xunan_core::digest::Digest;

use crate::protocol::{Answer, PreparedMessage, RefusedMessage};
use crate::{PhotoRefused, Prepared, limits};

const WASM_PAGE_BYTES: u64 = 65_536;

/// Prepares a photo whose SHA-256 is `original`; see [`crate::prepare_hashed`].
#[wasm_bindgen]
pub fn prepare(original: &[u8], bytes: &[u8]) -> Answer {
    answer(digest(original).and_then(|original| crate::prepare_hashed(original, bytes)))
}

/// Prepares a photo that the browser has decoded; see [`crate::prepare_decoded`].
#[wasm_bindgen]
pub fn prepare_decoded(original: &[u8], original_bytes: u32, rgba: &[u8], width: u32, height: u32) -> Answer {
    answer(digest(original).and_then(|original| {
        crate::prepare_decoded(original, u64::from(original_bytes), rgba, width, height)
    }))
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
    let answer: Answer = Object::new().unchecked_into();
    match result {
        Ok(prepared) => answer.set_ok(&prepared_message(&prepared)),
        Err(refused) => answer.set_refused(&refused_message(&refused)),
    }
    answer.set_spent(memory_bytes() > limits::RECYCLE_ABOVE_BYTES);
    answer
}

fn prepared_message(prepared: &Prepared) -> PreparedMessage {
    let message: PreparedMessage = Object::new().unchecked_into();
    message.set_original_sha256(&prepared.original.hex());
    message.set_original_bytes(prepared.original_bytes as f64);
    message.set_jpeg(&Uint8Array::from(prepared.jpeg.as_slice()));
    message.set_sha256(&prepared.jpeg_digest.hex());
    message.set_width(prepared.width);
    message.set_height(prepared.height);
    message.set_thumbnail(&Uint8Array::from(prepared.thumbnail.as_slice()));
    message.set_thumbnail_sha256(&prepared.thumbnail_digest.hex());
    message
}

fn refused_message(refused: &PhotoRefused) -> RefusedMessage {
    let message: RefusedMessage = Object::new().unchecked_into();
    message.set_code(refused.code().as_str());
    message.set_detail(&refused.to_string());
    message
}
