//! tus, with cuts: whatever breaks, the phone asks where it was and goes on from there.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::Digest as _;
use xunan_core::digest::Digest;
use xunan_core::problem::Problem;

use crate::support::{Answer, Browser, Server, fresh_jpeg, metadata};

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// One photo on its way.
struct Upload {
    browser: Browser,
    jpeg: Vec<u8>,
    path: String,
}

async fn create(browser: &Browser, length: usize, digest: &Digest) -> Answer {
    let (length, promise) = (length.to_string(), metadata(digest));
    let headers = [TUS, ("upload-length", &*length), ("upload-metadata", &*promise)];
    browser.send(Method::POST, "/api/photos", &headers, Body::empty()).await
}

impl Upload {
    async fn begin(server: &Server, jpeg: Vec<u8>) -> Self {
        let browser = server.signed_in("inspector1").await;
        let created = create(&browser, jpeg.len(), &Digest::of(&jpeg)).await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
        assert_eq!(created.header("tus-resumable"), "1.0.0");
        Self { browser, path: created.header("location").to_owned(), jpeg }
    }

    async fn patch(&self, at: usize, more: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let at = at.to_string();
        let headers = [&[TUS, BYTES, ("upload-offset", &*at)], more].concat();
        self.browser.send(Method::PATCH, &self.path, &headers, body).await
    }

    async fn head(&self) -> Answer {
        self.browser.send(Method::HEAD, &self.path, &[TUS], Body::empty()).await
    }

    async fn offset(&self) -> usize {
        let head = self.head().await;
        assert_eq!((head.status, head.header("cache-control")), (StatusCode::OK, "no-store"));
        assert_eq!(head.header("upload-length"), self.jpeg.len().to_string());
        head.header("upload-offset").parse().unwrap()
    }

    async fn is_whole(&self) -> bool {
        let path = format!("/api/photos/{}", Digest::of(&self.jpeg).hex());
        self.browser.get(&path).await.body == self.jpeg
    }
}

/// A body that brings `bytes` and then breaks, as a lost connection does.
fn cut_after(bytes: &[u8]) -> Body {
    let frames =
        [Ok(Bytes::copy_from_slice(bytes)), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    Body::from_stream(tokio_stream(frames))
}

/// A stream of what an iterator gives.
fn tokio_stream<T: Send + 'static>(
    items: impl IntoIterator<Item = T, IntoIter: Send + Unpin + 'static>,
) -> impl futures_core::Stream<Item = T> + Send {
    struct Iter<I>(I);
    impl<I: Iterator + Unpin> futures_core::Stream for Iter<I> {
        type Item = I::Item;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<I::Item>> {
            std::task::Poll::Ready(self.0.next())
        }
    }
    Iter(items.into_iter())
}

#[tokio::test]
async fn a_photo_that_is_cut_at_every_tenth_arrives_whole_and_no_byte_is_sent_twice() {
    let server = Server::start().await;
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    let tenth = upload.jpeg.len() / 10;
    for cut in 0..10 {
        let at = upload.offset().await;
        assert_eq!(at, cut * tenth);
        upload.patch(at, &[], cut_after(&upload.jpeg[at..at + tenth])).await;
    }
    let at = upload.offset().await;
    let last = upload.patch(at, &[], upload.jpeg[at..].to_vec()).await;
    assert_eq!(
        (last.status, last.header("upload-offset")),
        (StatusCode::NO_CONTENT, &*upload.jpeg.len().to_string())
    );
    assert!(upload.is_whole().await);
    assert_eq!(upload.offset().await, upload.jpeg.len());
}

#[tokio::test]
async fn an_upload_survives_a_restart_and_a_forgotten_address() {
    let server = Server::start().await;
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    upload.patch(0, &[], cut_after(&upload.jpeg[..5000])).await;
    let Upload { browser, jpeg, path } = upload;
    let cookie = browser.cookie.clone();
    drop(browser);
    let server = server.restarted().await;
    let mut browser = server.browser();
    browser.cookie = cookie;
    let upload = Upload { browser, jpeg, path };
    let again = create(&upload.browser, upload.jpeg.len(), &Digest::of(&upload.jpeg)).await;
    assert_eq!((again.header("location"), again.header("upload-offset")), (&*upload.path, "5000"));
    assert_eq!(upload.patch(5000, &[], upload.jpeg[5000..].to_vec()).await.status, StatusCode::NO_CONTENT);
    assert!(upload.is_whole().await);
}

#[tokio::test]
async fn a_photo_that_is_here_is_complete_at_once() {
    let server = Server::start().await;
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    upload.patch(0, &[], upload.jpeg.clone()).await;
    let other = server.signed_in("inspector2").await;
    let created = create(&other, upload.jpeg.len(), &Digest::of(&upload.jpeg)).await;
    let length = upload.jpeg.len().to_string();
    assert_eq!((created.status, created.header("upload-offset")), (StatusCode::CREATED, &*length));
    let again = upload.patch(0, &[], upload.jpeg.clone()).await;
    assert_eq!(again.problem(), Problem::WrongOffset { offset: upload.jpeg.len() as u64 });
}

#[tokio::test]
async fn bytes_at_another_offset_are_not_taken() {
    let server = Server::start().await;
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    upload.patch(0, &[], upload.jpeg[..100].to_vec()).await;
    for at in [0, 99, 101] {
        let answer = upload.patch(at, &[], b"xyz".to_vec()).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::CONFLICT, Problem::WrongOffset { offset: 100 })
        );
    }
    assert_eq!(upload.patch(100, &[], vec![0; upload.jpeg.len()]).await.problem().number(), "413.1");
    assert_eq!(upload.offset().await, 100);
}

#[tokio::test]
async fn bytes_with_a_wrong_checksum_are_taken_back() {
    let server = Server::start().await;
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    let half = upload.jpeg.len() / 2;
    let wrong = format!("sha1 {}", STANDARD.encode([0; 20]));
    let answer = upload.patch(0, &[("upload-checksum", &wrong)], upload.jpeg[..half].to_vec()).await;
    assert_eq!(answer.status.as_u16(), 460);
    assert_eq!(upload.offset().await, 0);
    let sha1 = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(&upload.jpeg[..half])));
    assert_eq!(
        upload.patch(0, &[("upload-checksum", &sha1)], upload.jpeg[..half].to_vec()).await.status,
        StatusCode::NO_CONTENT
    );
    let sha256 = format!("sha256 {}", STANDARD.encode(Digest::of(&upload.jpeg[half..]).bytes()));
    assert_eq!(
        upload.patch(half, &[("upload-checksum", &sha256)], upload.jpeg[half..].to_vec()).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(upload.is_whole().await);
    let unknown = upload.patch(0, &[("upload-checksum", "crc32 AAAAAA==")], "x").await;
    assert_eq!(unknown.problem().number(), "400.4");
}

#[tokio::test]
async fn an_upload_can_be_ended() {
    let server = Server::start().await;
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    upload.patch(0, &[], upload.jpeg[..100].to_vec()).await;
    let end = async || upload.browser.send(Method::DELETE, &upload.path, &[TUS], Body::empty()).await.status;
    assert_eq!(end().await, StatusCode::NO_CONTENT);
    assert_eq!(upload.head().await.status, StatusCode::NOT_FOUND);
    assert_eq!(end().await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_the_promised_photo_is_thrown_away() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let photo = fresh_jpeg();
    let mut corrupt = photo.clone();
    corrupt[5000] ^= 1;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    for (bytes, promise, number) in [
        (corrupt, Digest::of(&photo), "460.1"),
        (svg.clone(), Digest::of(&svg), "415.1"),
        (photo[..photo.len() - 2].to_vec(), Digest::of(&photo[..photo.len() - 2]), "415.1"),
    ] {
        let created = create(&browser, bytes.len(), &promise).await;
        let upload =
            Upload { browser: browser.clone(), path: created.header("location").to_owned(), jpeg: bytes };
        assert_eq!(upload.patch(0, &[], upload.jpeg.clone()).await.problem().number(), number);
        assert_eq!(upload.head().await.status, StatusCode::NOT_FOUND);
    }
    let empty = create(&browser, 0, &Digest::of(b"")).await;
    assert_eq!(empty.problem().number(), "415.1");
    let sixty_megabytes = create(&browser, 60_000_000, &Digest::of(b"")).await;
    assert_eq!(sixty_megabytes.problem().number(), "413.1");
}

#[tokio::test]
async fn the_protocol_is_spoken_as_it_is_written() {
    let server = Server::start().await;
    let browser = server.signed_in("inspector1").await;
    let options = browser.send(Method::OPTIONS, "/api/photos", &[], Body::empty()).await;
    assert_eq!((options.status, options.header("tus-version")), (StatusCode::NO_CONTENT, "1.0.0"));
    assert_eq!(
        options.header("tus-extension"),
        "creation,creation-with-upload,checksum,expiration,termination"
    );
    assert_eq!(options.header("tus-checksum-algorithm"), "sha256,sha1");
    let old = browser.send(Method::POST, "/api/photos", &[("tus-resumable", "0.2.2")], Body::empty()).await;
    assert_eq!((old.status, old.header("tus-version")), (StatusCode::PRECONDITION_FAILED, "1.0.0"));
    let upload = Upload::begin(&server, fresh_jpeg()).await;
    let plain = [TUS, ("upload-offset", "0"), ("content-type", "image/jpeg")];
    let answer = upload.browser.send(Method::PATCH, &upload.path, &plain, "x").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let overridden = [TUS, BYTES, ("upload-offset", "0"), ("x-http-method-override", "PATCH")];
    let answer =
        upload.browser.send(Method::POST, &upload.path, &overridden, upload.jpeg[..9].to_vec()).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::NO_CONTENT, "9"));
    assert!(answer.header("upload-expires").ends_with(" GMT"));
    for headers in [vec![TUS], vec![TUS, ("upload-length", "9")], vec![TUS, ("upload-length", "-9")]] {
        assert_eq!(
            browser.send(Method::POST, "/api/photos", &headers, Body::empty()).await.problem().number(),
            "400.4"
        );
    }
}

#[tokio::test]
async fn a_newer_request_takes_over_from_one_that_hangs() {
    let server = Server::start().await;
    let upload = std::sync::Arc::new(Upload::begin(&server, fresh_jpeg()).await);
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    sender.send(Ok(Bytes::copy_from_slice(&upload.jpeg[..1000]))).await.unwrap();
    let hanging = tokio::spawn({
        let upload = std::sync::Arc::clone(&upload);
        async move { upload.patch(0, &[], Body::from_stream(Receiver(receiver))).await.status }
    });
    while sender.capacity() == 0 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(upload.offset().await, 1000);
    assert_eq!(hanging.await.unwrap(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(upload.patch(1000, &[], upload.jpeg[1000..].to_vec()).await.status, StatusCode::NO_CONTENT);
    assert!(upload.is_whole().await);
}

/// A channel as a stream.
struct Receiver(tokio::sync::mpsc::Receiver<Result<Bytes, std::io::Error>>);

impl futures_core::Stream for Receiver {
    type Item = Result<Bytes, std::io::Error>;
    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
