//! What tus says in headers, and how the bytes of a request become bytes of an upload.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt as _;
use sha2::Digest as _;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::problem::Problem;

use super::Refusal;
use crate::parts::Parts;
use crate::photo_store::{Claim, OpenUpload};

/// The protocol's headers.
pub(super) struct Tus;

impl Tus {
    pub(super) const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
    pub(super) const VERSION: HeaderName = HeaderName::from_static("tus-version");
    pub(super) const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
    pub(super) const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
    pub(super) const CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
    pub(super) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
    pub(super) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
    pub(super) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
    const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
    const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
}

/// Bytes are written to disk in pieces of this size as they arrive: what a crash can take back at most.
const PIECE: usize = 256 * 1024;

/// A connection that brings nothing for so long is given up; the phone goes on with another.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether a request speaks the one version that there is.
pub(super) fn is_spoken(headers: &HeaderMap) -> bool {
    headers.get(Tus::RESUMABLE).is_some_and(|version| version == "1.0.0")
}

/// Whether a request brings bytes of an upload.
pub(super) fn has_bytes(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/offset+octet-stream")
}

/// `Upload-Length`, which must be known from the start.
pub(super) fn upload_length(headers: &HeaderMap) -> Result<u64, Refusal> {
    number(headers, &Tus::UPLOAD_LENGTH)
}

/// `Upload-Offset`.
pub(super) fn upload_offset(headers: &HeaderMap) -> Result<u64, Refusal> {
    number(headers, &Tus::UPLOAD_OFFSET)
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Refusal> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.parse().ok()).ok_or_else(|| bad(name))
}

fn bad(name: &HeaderName) -> Refusal {
    Refusal(Problem::BadUpload { detail: name.as_str().to_owned() })
}

/// The digest in `Upload-Metadata`: pairs of a key and a value in base64, separated by commas.
pub(super) fn promised_digest(headers: &HeaderMap) -> Result<Digest, Refusal> {
    let metadata = headers.get(Tus::UPLOAD_METADATA).and_then(|value| value.to_str().ok());
    metadata
        .and_then(|pairs| pairs.split(',').find_map(|pair| pair.trim().strip_prefix("sha256 ")))
        .and_then(|value| STANDARD.decode(value.trim()).ok())
        .and_then(|digits| Digest::from_hex(std::str::from_utf8(&digits).ok()?).ok())
        .ok_or_else(|| bad(&Tus::UPLOAD_METADATA))
}

/// The digest that the bytes of one request must have, as `Upload-Checksum` says.
pub(super) enum Checksum {
    /// Nothing is asked.
    None,
    /// SHA-256, so far and wanted.
    Sha256(sha2::Sha256, Vec<u8>),
    /// SHA-1, so far and wanted: the one that every tus server must know.
    Sha1(sha1::Sha1, Vec<u8>),
}

impl Checksum {
    /// What a request asks for.
    ///
    /// # Errors
    /// [`Problem::BadUpload`] for an algorithm that is not announced.
    pub(super) fn asked(headers: &HeaderMap) -> Result<Self, Refusal> {
        let Some(value) = headers.get(Tus::UPLOAD_CHECKSUM) else { return Ok(Self::None) };
        let parts = value.to_str().ok().and_then(|value| value.split_once(' '));
        let decoded = parts.and_then(|(name, wanted)| Some((name, STANDARD.decode(wanted.trim()).ok()?)));
        match decoded {
            Some(("sha256", wanted)) => Ok(Self::Sha256(sha2::Sha256::new(), wanted)),
            Some(("sha1", wanted)) => Ok(Self::Sha1(sha1::Sha1::new(), wanted)),
            _ => Err(bad(&Tus::UPLOAD_CHECKSUM)),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::None => {}
            Self::Sha256(hasher, _) => hasher.update(bytes),
            Self::Sha1(hasher, _) => hasher.update(bytes),
        }
    }

    fn fits(self) -> bool {
        match self {
            Self::None => true,
            Self::Sha256(hasher, wanted) => hasher.finalize()[..] == wanted[..],
            Self::Sha1(hasher, wanted) => hasher.finalize()[..] == wanted[..],
        }
    }
}

/// Why no more bytes came.
enum End {
    /// All are here.
    Body,
    /// The connection broke or went silent, or a newer request took over.
    Cut,
}

/// One request that brings bytes.
pub(super) struct Receiving<'a> {
    pub(super) parts: &'a Parts,
    pub(super) claim: &'a mut Claim,
}

impl Receiving<'_> {
    /// Adds the body to an upload. What arrived before a cut is kept, so that the phone goes on from there; a
    /// checksum then has nothing to say, and the promised digest of the whole still has.
    ///
    /// # Errors
    /// [`Problem::WrongDigest`] when the checksum does not fit: then the bytes of this request are taken back.
    pub(super) async fn receive(
        mut self,
        mut upload: OpenUpload,
        mut body: Body,
        mut checksum: Checksum,
    ) -> Result<OpenUpload, Refusal> {
        let began_at = upload.offset;
        let mut piece = Vec::with_capacity(PIECE);
        let end = loop {
            let Some(bytes) = self.next(&mut body).await else { break End::Cut };
            let Some(bytes) = bytes else { break End::Body };
            if upload.offset + (piece.len() + bytes.len()) as u64 > upload.length {
                return Err(Problem::TooLarge { limit_bytes: upload.length }.into());
            }
            checksum.update(&bytes);
            piece.extend_from_slice(&bytes);
            if piece.len() >= PIECE {
                upload = self.write(upload, std::mem::take(&mut piece)).await?;
            }
        };
        upload = self.write(upload, piece).await?;
        match end {
            End::Cut => Err(Problem::Unavailable.into()),
            End::Body if checksum.fits() => Ok(upload),
            End::Body => {
                let (folder, promised) = (self.parts.photos.clone(), upload.key.digest);
                tokio::task::spawn_blocking(move || folder.cut_back(&mut upload, began_at)).await??;
                Err(Problem::WrongDigest { promised }.into())
            }
        }
    }

    /// The next bytes; `Some(None)` at the end of the body, `None` when it was cut.
    async fn next(&mut self, body: &mut Body) -> Option<Option<Bytes>> {
        loop {
            let frame = tokio::select! {
                frame = tokio::time::timeout(PATIENCE, body.frame()) => frame.ok()?,
                () = self.claim.superseded() => return None,
            };
            match frame {
                None => return Some(None),
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Some(Some(bytes));
                    }
                }
                Some(Err(_)) => return None,
            }
        }
    }

    async fn write(&self, mut upload: OpenUpload, piece: Vec<u8>) -> Result<OpenUpload, Refusal> {
        if piece.is_empty() {
            return Ok(upload);
        }
        let folder = self.parts.photos.clone();
        let written = move || folder.append(&mut upload, &piece).map(|()| upload);
        Ok(tokio::task::spawn_blocking(written).await??)
    }
}

/// A date as HTTP writes it (RFC 9110 5.6.7), such as `Sun, 22 Nov 2026 01:02:03 GMT`.
pub(super) fn http_date(time: SystemTime) -> Option<String> {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let text = Instant::from_unix_millis(i64::try_from(seconds).ok()?.checked_mul(1000)?).to_string();
    // 1970-01-01 was a Thursday.
    let weekday = DAYS.get(usize::try_from(seconds / 86_400 % 7).ok()?)?;
    let month = MONTHS.get(text.get(5..7)?.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some(format!("{weekday}, {} {month} {} {} GMT", text.get(8..10)?, text.get(..4)?, text.get(11..19)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(Tus::UPLOAD_METADATA, header::HeaderValue::from_static(value))])
    }

    #[test]
    fn the_promise_is_found_among_other_metadata_and_must_be_a_digest() {
        let value = "name eC5qcGc=,sha256 ZTNiMGM0NDI5OGZjMWMxNDlhZmJmNGM4OTk2ZmI5MjQyN2FlNDFlNDY0OWI5MzRjYTQ5NTk5MWI3ODUyYjg1NQ==, is_confidential";
        assert_eq!(promised_digest(&metadata(value)).unwrap(), Digest::of(b""));
        for bad in ["", "sha256", "sha256 ", "sha256 !!", "sha256 ZTNiMA==", "xsha256 ZTNiMA=="] {
            assert!(promised_digest(&metadata(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_are_written_as_http_writes_them() {
        let date = |seconds| http_date(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        assert_eq!(date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
