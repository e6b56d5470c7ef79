//! Photos out, by tus 1.0: an upload that breaks goes on where it stopped.

use xunan_core::problem::Problem;
use xunan_core::sync::{Event, Upload};

use super::engine::Engine;
use crate::browser::Binary;
use crate::browser::http::{Body, Method, Request, Response};

/// Bytes in one request: a network that cuts loses no more than this is worth, and its progress is noted between.
const PIECE_BYTES: u64 = 512 * 1024;

const RESUMABLE: (&str, &str) = ("Tus-Resumable", "1.0.0");

impl Engine {
    /// Uploads a photo, from where an earlier upload of it stopped.
    pub(super) async fn upload(&self, upload: &Upload) -> Result<Event, Problem> {
        let photo = self.store().photo(upload.photo).await?.ok_or(Problem::PhotoLost)?;
        let digest = photo.digest().await.map_err(|_| Problem::Damaged)?;
        if digest != upload.digest || photo.size_bytes() != upload.size_bytes {
            return Err(Problem::Damaged);
        }
        let (address, mut offset) = match &upload.resume {
            Some(address) => (address.clone(), offset_of(address).await?),
            None => begin(upload).await?,
        };
        self.handle(progress(upload, &address, offset));
        while offset < upload.size_bytes {
            offset = send_piece(&address, &photo, offset, upload.size_bytes).await?;
            if offset < upload.size_bytes {
                self.handle(progress(upload, &address, offset));
            }
        }
        Ok(Event::Uploaded { digest: upload.digest })
    }
}

fn progress(upload: &Upload, address: &str, sent_bytes: u64) -> Event {
    Event::UploadProgress { digest: upload.digest, upload: address.to_owned(), sent_bytes }
}

/// Begins an upload; the server answers where it is, and how much of it is there already.
async fn begin(upload: &Upload) -> Result<(String, u64), Problem> {
    let promise = format!("sha256 {}", base64(upload.digest.hex().as_bytes()));
    let request = Request {
        headers: headers([("Upload-Length", upload.size_bytes.to_string()), ("Upload-Metadata", promise)]),
        ..Request::plain(Method::Post, "/api/photos")
    };
    let response = good(request.send().await?).await?;
    let address = response.header("Location").ok_or(Problem::NotOurServer { status: response.status })?;
    let offset = offset_in(&response).unwrap_or(0);
    Ok((address, offset))
}

async fn offset_of(address: &str) -> Result<u64, Problem> {
    let request = Request { headers: headers([]), ..Request::plain(Method::Head, address) };
    let response = good(request.send().await?).await?;
    offset_in(&response).ok_or(Problem::NotOurServer { status: response.status })
}

async fn send_piece(address: &str, photo: &Binary, offset: u64, size_bytes: u64) -> Result<u64, Problem> {
    let end = offset.saturating_add(PIECE_BYTES).min(size_bytes);
    let piece = photo.piece(offset, end).map_err(|_| Problem::Damaged)?;
    let request = Request {
        method: Method::Patch,
        path: address.to_owned(),
        headers: headers([
            ("Upload-Offset", offset.to_string()),
            ("Content-Type", "application/offset+octet-stream".to_owned()),
        ]),
        body: Body::Binary(piece),
    };
    let response = good(request.send().await?).await?;
    match offset_in(&response) {
        // An offset that does not move would go on for ever.
        Some(moved) if moved > offset && moved <= size_bytes => Ok(moved),
        _ => Err(Problem::NotOurServer { status: response.status }),
    }
}

/// A good answer of a server that speaks tus; a portal's page does not.
async fn good(response: Response) -> Result<Response, Problem> {
    let response = response.good().await?;
    match response.header(RESUMABLE.0) {
        Some(version) if version == RESUMABLE.1 => Ok(response),
        _ => Err(Problem::NotOurServer { status: response.status }),
    }
}

fn offset_in(response: &Response) -> Option<u64> {
    response.header("Upload-Offset")?.parse().ok()
}

fn headers<const N: usize>(further: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
    let mut headers = vec![(RESUMABLE.0, RESUMABLE.1.to_owned())];
    headers.extend(further);
    headers
}

/// Base 64 (RFC 4648, 4), as tus wants it in `Upload-Metadata`: one short text per photo.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().enumerate().fold(0_u32, |word, (at, byte)| word | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let digit = ALPHABET[(word >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_the_rfc() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
