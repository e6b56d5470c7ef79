//! Uploading photos by [tus 1.0.0](https://tus.io/protocols/resumable-upload): core, creation,
//! creation-with-upload, checksum, expiration, termination.
//!
//! | request | answer |
//! | --- | --- |
//! | `OPTIONS /api/photos` | 204, what is supported |
//! | `POST /api/photos` | 201 and `Location`; 400.4, 401.1, 413.1 |
//! | `HEAD /api/photos/uploads/{digest}` | 200 and `Upload-Offset`; 404.1 |
//! | `PATCH /api/photos/uploads/{digest}` | 204 and `Upload-Offset`; 404.1, 409.4, 415.1, 460.1 |
//! | `DELETE /api/photos/uploads/{digest}` | 204; 404.1 |
//!
//! `Upload-Metadata` must promise the photo's SHA-256: `sha256 <base64 of 64 hexadecimal digits>`. An upload is known
//! by its promise, so asking for the same again goes on where it was, and a photo that is here already is complete
//! at once. The bytes count when they have the promised digest and are a JPEG; until then nothing is acknowledged.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, options};
use xunan_core::digest::Digest;
use xunan_core::evidence::MAX_JPEG_BYTES;
use xunan_core::ids::AccountId;
use xunan_core::problem::Problem;

use super::Refusal;
use super::photos;
use super::tus::{self, Checksum, Receiving, Tus};
use super::who::Who;
use crate::ledger_store::StoredPhoto;
use crate::parts::Parts;
use crate::photo_store::{FinishError, MAX_OPEN_UPLOADS, OpenUpload, UPLOAD_LASTS, UploadKey};

pub(super) fn routes() -> Router<Parts> {
    Router::new()
        .route("/api/photos", options(abilities).post(create))
        .route(
            "/api/photos/uploads/{digest}",
            get(not_here).head(offset).patch(add).delete(end).post(overridden),
        )
        .layer(middleware::from_fn(speak_tus))
        .route("/api/photos/{digest}", get(photos::photo))
}

/// Every answer names the protocol's version, and every question but `OPTIONS` must.
async fn speak_tus(request: Request, next: Next) -> Response {
    let speaks = request.method() == Method::OPTIONS || tus::is_spoken(request.headers());
    let mut response = if speaks {
        next.run(request).await
    } else {
        let problem = Problem::BadUpload { detail: "Tus-Resumable: 1.0.0 is needed".to_owned() };
        let mut response = Refusal(problem).into_response();
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
        response.headers_mut().insert(Tus::VERSION, HeaderValue::from_static("1.0.0"));
        response
    };
    response.headers_mut().insert(Tus::RESUMABLE, HeaderValue::from_static("1.0.0"));
    response
}

async fn abilities() -> Response {
    let headers = [
        (Tus::VERSION, HeaderValue::from_static("1.0.0")),
        (
            Tus::EXTENSION,
            HeaderValue::from_static("creation,creation-with-upload,checksum,expiration,termination"),
        ),
        (Tus::MAX_SIZE, HeaderValue::from(MAX_JPEG_BYTES)),
        (Tus::CHECKSUM_ALGORITHM, HeaderValue::from_static("sha256,sha1")),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

async fn not_here() -> Refusal {
    Refusal(Problem::NotFound)
}

/// `POST /api/photos`: begins an upload, or goes on with one, perhaps with its first bytes.
async fn create(
    State(parts): State<Parts>,
    who: Who,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let length = tus::upload_length(&headers)?;
    let digest = tus::promised_digest(&headers)?;
    if length > MAX_JPEG_BYTES {
        return Err(Problem::TooLarge { limit_bytes: MAX_JPEG_BYTES }.into());
    }
    let key = UploadKey { account: who.account.id, digest };
    let mut claim = parts.claims.claim(key).await;
    if let Some(size) = whole(&parts, key).await? {
        return Ok(Progress::Whole(size).created(&digest));
    }
    let folder = parts.photos.clone();
    let mut upload = blocking(move || {
        let open = folder.open_uploads(key.account)?;
        if open.len() >= MAX_OPEN_UPLOADS && open.iter().all(|it| it.key != key) {
            return Err(Refusal(Problem::TooMany { retry_after_seconds: 3600 }));
        }
        Ok(folder.begin(key, length)?)
    })
    .await?;
    if tus::has_bytes(&headers) && upload.offset == 0 {
        let checksum = Checksum::asked(&headers)?;
        upload = Receiving { parts: &parts, claim: &mut claim }.receive(upload, body, checksum).await?;
    }
    Ok(settle(&parts, upload).await?.created(&digest))
}

/// `HEAD`: where the upload is.
async fn offset(State(parts): State<Parts>, who: Who, Path(name): Path<String>) -> Result<Response, Refusal> {
    let key = key(who.account.id, &name)?;
    // Whoever still sends is stopped, so that the answer stays true until the next request.
    let _claim = parts.claims.claim(key).await;
    if let Some(size) = whole(&parts, key).await? {
        return Ok(Progress::Whole(size).answer(StatusCode::OK));
    }
    Ok(settle(&parts, open(&parts, key).await?).await?.answer(StatusCode::OK))
}

/// `PATCH`: adds bytes at the end.
async fn add(
    State(parts): State<Parts>,
    who: Who,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let key = key(who.account.id, &name)?;
    let at = tus::upload_offset(&headers)?;
    if !tus::has_bytes(&headers) {
        let problem =
            Problem::BadUpload { detail: "Content-Type: application/offset+octet-stream".to_owned() };
        let mut response = Refusal(problem).into_response();
        *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Ok(response);
    }
    let checksum = Checksum::asked(&headers)?;
    let mut claim = parts.claims.claim(key).await;
    if let Some(size) = whole(&parts, key).await? {
        return Ok(if at == size {
            Progress::Whole(size).answer(StatusCode::NO_CONTENT)
        } else {
            Refusal(Problem::WrongOffset { offset: size }).into_response()
        });
    }
    let upload = open(&parts, key).await?;
    if upload.offset != at {
        return Err(Problem::WrongOffset { offset: upload.offset }.into());
    }
    let upload = Receiving { parts: &parts, claim: &mut claim }.receive(upload, body, checksum).await?;
    Ok(settle(&parts, upload).await?.answer(StatusCode::NO_CONTENT))
}

/// `DELETE`: throws an unfinished upload away. A finished one is a photo, and stays.
async fn end(State(parts): State<Parts>, who: Who, Path(name): Path<String>) -> Result<Response, Refusal> {
    let key = key(who.account.id, &name)?;
    let _claim = parts.claims.claim(key).await;
    let upload = open(&parts, key).await?;
    let folder = parts.photos.clone();
    blocking(move || Ok(folder.discard(&upload)?)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST` with `X-HTTP-Method-Override`, for networks that let only `GET` and `POST` through.
async fn overridden(
    state: State<Parts>,
    who: Who,
    name: Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    match headers.get("x-http-method-override").map(HeaderValue::as_bytes) {
        Some(b"PATCH") => add(state, who, name, headers, body).await,
        Some(b"DELETE") => end(state, who, name).await,
        Some(b"HEAD") => offset(state, who, name).await,
        _ => Err(Problem::BadUpload { detail: "X-HTTP-Method-Override".to_owned() }.into()),
    }
}

fn key(account: AccountId, name: &str) -> Result<UploadKey, Refusal> {
    let digest = Digest::from_hex(name).map_err(|_| Problem::NotFound)?;
    Ok(UploadKey { account, digest })
}

async fn open(parts: &Parts, key: UploadKey) -> Result<OpenUpload, Refusal> {
    let folder = parts.photos.clone();
    blocking(move || Ok(folder.open_upload(key)?.ok_or(Problem::NotFound)?)).await
}

/// The size of a photo that is here already. One whose bytes are here, but which a crash kept out of the ledger, is
/// taken note of now.
async fn whole(parts: &Parts, key: UploadKey) -> Result<Option<u64>, Refusal> {
    let (store, folder, digest) = (parts.store.clone(), parts.photos.clone(), key.digest);
    let (known, size) = blocking(move || {
        let known = store.read_blocking(|tables| tables.photo(&digest))?;
        let size = match &known {
            Some(photo) => Some(photo.size_bytes),
            None => folder.size_of(&digest)?,
        };
        Ok((known, size))
    })
    .await?;
    if let (None, Some(size)) = (known, size) {
        arrived(parts, key, size).await?;
    }
    Ok(size)
}

/// How far an upload is; when its last byte is here, what it is worth.
async fn settle(parts: &Parts, upload: OpenUpload) -> Result<Progress, Refusal> {
    if upload.offset < upload.length {
        return Ok(Progress::Partly(upload));
    }
    let (folder, key, size) = (parts.photos.clone(), upload.key, upload.length);
    blocking(move || {
        folder.finish(&upload).map_err(|error| match error {
            FinishError::WrongDigest => Refusal(Problem::WrongDigest { promised: upload.key.digest }),
            FinishError::NotAPhoto(_) => Refusal(Problem::NotAPhoto),
            FinishError::Disk(error) => error.into(),
        })
    })
    .await?;
    arrived(parts, key, size).await?;
    Ok(Progress::Whole(size))
}

/// Takes note of a photo whose bytes are in their place.
async fn arrived(parts: &Parts, key: UploadKey, size_bytes: u64) -> Result<(), Refusal> {
    let photo = StoredPhoto { digest: key.digest, size_bytes, uploader: key.account };
    let completed = parts.intake.photo_arrived(photo, parts.clock.now()).await?;
    if !completed.is_empty() {
        tracing::info!(entries.completed = completed.len(), "a photo completed entries");
    }
    Ok(())
}

/// Runs what blocks on a thread where that is allowed.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await?
}

/// The headers that say how far an upload is.
enum Progress {
    /// All of it is here: so many bytes.
    Whole(u64),
    /// Some of it.
    Partly(OpenUpload),
}

impl Progress {
    fn answer(self, status: StatusCode) -> Response {
        let (offset, length, touched) = match self {
            Self::Whole(size) => (size, size, None),
            Self::Partly(upload) => (upload.offset, upload.length, Some(upload.touched)),
        };
        let mut response = status.into_response();
        let headers = response.headers_mut();
        headers.insert(Tus::UPLOAD_OFFSET, offset.into());
        headers.insert(Tus::UPLOAD_LENGTH, length.into());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let expires = touched.and_then(|touched| tus::http_date(touched + UPLOAD_LASTS));
        if let Some(expires) = expires.and_then(|date| HeaderValue::from_str(&date).ok()) {
            headers.insert(Tus::UPLOAD_EXPIRES, expires);
        }
        response
    }

    fn created(self, digest: &Digest) -> Response {
        let mut response = self.answer(StatusCode::CREATED);
        if let Ok(location) = HeaderValue::from_str(&format!("/api/photos/uploads/{}", digest.hex())) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}
