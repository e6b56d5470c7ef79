//! The encrypted export: any file, chunk by chunk, under a key of its own (`docs/export-encryption.md`).

use js_sys::Uint8Array;
use xunan_core::problem::Problem;
use xunan_core::sealing::file::{Header, plain_chunks};

use crate::browser::binary::{Binary, BinaryPart};
use crate::browser::sealing::{SealingKey, random};

/// Encrypts a file with a password. Each chunk goes to the browser as soon as it is made, so half a gigabyte never
/// stands in our memory.
pub(super) async fn seal(plain: &Binary, password: &str) -> Result<Binary, Problem> {
    let refused = |refused: crate::browser::Refused| Problem::StorageFailed { cause: refused.name };
    let header = Header::new(random().map_err(refused)?);
    let key = SealingKey::derive(password, &header.salt, header.rounds).await.map_err(refused)?;
    let chunks = plain_chunks(plain.size_bytes())
        .map_err(|_| Problem::TooLarge { limit_bytes: plain.size_bytes() })?;
    let mut parts = vec![BinaryPart::Bytes(header.bytes().to_vec())];
    for chunk in chunks {
        let piece = plain.piece(chunk.start, chunk.end).map_err(refused)?;
        let buffer = piece.buffer().await.map_err(|_| Problem::Damaged)?;
        let bytes = Uint8Array::new(&buffer);
        let sealed = key.seal(chunk.iv, &header.bytes(), &bytes).await.map_err(refused)?;
        let held = Binary::joined([BinaryPart::Buffer(sealed)], MEDIA_TYPE).map_err(refused)?;
        parts.push(BinaryPart::Binary(held));
    }
    Binary::joined(parts, MEDIA_TYPE).map_err(refused)
}

const MEDIA_TYPE: &str = "application/octet-stream";
