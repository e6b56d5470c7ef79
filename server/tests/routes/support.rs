//! A server without a network, browsers without pages, and phones that sign.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tower::ServiceExt as _;
use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::digest::Digest;
use xunan_core::evidence::{DeviceTime, PhotoManifest};
use xunan_core::facility::{Facility, FacilityType};
use xunan_core::ids::{DeviceId, EntryId, FacilityId, RoundId};
use xunan_core::ledger::{Cursor, Row};
use xunan_core::log::{ChainHead, EntryBody, EntryDraft, SignedEntry, SignedReceipt};
use xunan_core::problem::Problem;
use xunan_core::rounds::{Finding, Found, Mending, Round, RoundKind};
use xunan_core::rules::Grade;
use xunan_core::sync::{EnrolDevice, More, Outcome, Pulled, Push, PushAnswer, SignIn, SignedIn};
use xunan_server::clock::{Clock, id_entropy};
use xunan_server::data_folder;
use xunan_server::demo;
use xunan_server::keys::Signer;
use xunan_server::parts::{Parts, Standing};
use xunan_server::routes::router;
use xunan_server::serve::assemble;

/// A server with the demo county.
pub(crate) struct Server {
    folder: TempDir,
    pub(crate) parts: Parts,
    router: Router,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(Standing::default()).await
    }

    pub(crate) async fn with(standing: Standing) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opened = data_folder::open(folder.path()).unwrap();
        let parts = assemble(opened, standing, Clock::default()).await.unwrap();
        demo::load(&parts).await.unwrap();
        Self { folder, router: router(parts.clone()), parts }
    }

    /// Where it keeps everything.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The same folder, opened again by a fresh server.
    pub(crate) async fn restarted(self) -> Self {
        let Self { folder, parts, router: old } = self;
        drop((parts, old));
        let parts =
            assemble(data_folder::open(folder.path()).unwrap(), Standing::default(), Clock::default())
                .await
                .unwrap();
        Self { folder, router: router(parts.clone()), parts }
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None }
    }

    /// A browser in which somebody is signed in.
    pub(crate) async fn signed_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(login, demo::PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{login}: {}", answer.text());
        browser
    }

    /// A phone that is enrolled.
    pub(crate) async fn phone(&self, login: &str) -> Phone {
        Phone::enrol(self.signed_in(login).await).await
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The problem, which must be what it was answered as.
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{} {}",
            self.status,
            self.text()
        );
        self.json()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends requests, and keeps a cookie.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: Option<String>,
}

impl Browser {
    /// The same browser before another server over the same data.
    pub(crate) fn elsewhere(self, router: Router) -> Self {
        Self { router, ..self }
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, json: &impl Serialize) -> Answer {
        self.post_bytes(path, serde_json::to_vec(json).unwrap()).await
    }

    pub(crate) async fn post_bytes(&self, path: &str, bytes: Vec<u8>) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json")], bytes).await
    }

    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let answer = self
            .post("/api/session", &SignIn { login: login.to_owned(), password: password.to_owned() })
            .await;
        if let Some((cookie, _)) = answer.header("set-cookie").split_once(';') {
            self.cookie = Some(cookie.to_owned());
        }
        answer
    }

    pub(crate) async fn account(&self) -> Account {
        self.get("/api/session").await.json::<SignedIn>().account
    }

    /// Everything that can be pulled.
    pub(crate) async fn rows(&self) -> Vec<Row> {
        let (mut rows, mut after) = (Vec::new(), Cursor(0));
        loop {
            let pulled: Pulled = self.get(&format!("/api/pull?after={}&limit=7", after.0)).await.json();
            rows.extend(pulled.rows);
            after = pulled.cursor;
            if pulled.more == More::No {
                return rows;
            }
        }
    }
}

/// A browser with a key.
pub(crate) struct Phone {
    pub(crate) browser: Browser,
    pub(crate) account: Account,
    pub(crate) device: DeviceId,
    pub(crate) signer: Signer,
    pub(crate) head: ChainHead,
}

impl Phone {
    pub(crate) async fn enrol(browser: Browser) -> Self {
        let account = browser.account().await;
        let (signer, _) = Signer::generate().unwrap();
        let device = DeviceId::from_parts(now(), id_entropy().unwrap());
        let phone = Self { browser, account, device, signer, head: ChainHead::default() };
        let answer = phone.show_key().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        phone
    }

    /// Enrols (again).
    pub(crate) async fn show_key(&self) -> Answer {
        let enrol = EnrolDevice {
            device: self.device,
            name: "测试".to_owned(),
            public_key: self.signer.public().clone(),
        };
        self.browser.post("/api/devices", &enrol).await
    }

    /// Signs the next entry.
    pub(crate) fn sign(&mut self, body: &impl EntryBody) -> SignedEntry {
        self.sign_at(now(), body)
    }

    pub(crate) fn sign_at(&mut self, at: Instant, body: &impl EntryBody) -> SignedEntry {
        let entry = self.sign_as(self.head, EntryId::from_parts(now(), id_entropy().unwrap()), at, body);
        self.head = entry.head();
        entry
    }

    pub(crate) fn sign_as(
        &self,
        head: ChainHead,
        id: EntryId,
        at: Instant,
        body: &impl EntryBody,
    ) -> SignedEntry {
        let time = DeviceTime::unbounded(at);
        let draft = EntryDraft::new(head, id, self.device, self.account.id, time, body).unwrap();
        let signature = self.signer.sign(draft.input.as_bytes()).unwrap();
        draft.sign(signature)
    }

    pub(crate) async fn push(&self, entries: &[&SignedEntry]) -> PushAnswer {
        let answer = self.push_texts(entries.iter().map(|entry| entry.compact().to_owned()).collect()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    pub(crate) async fn push_texts(&self, entries: Vec<String>) -> Answer {
        self.browser.post("/api/push", &Push { device: self.device, entries, page: None }).await
    }

    /// Pushes one entry; answers its outcome.
    pub(crate) async fn push_one(&self, entry: &SignedEntry) -> Outcome {
        let answer = self.push(&[entry]).await;
        assert_eq!(answer.entries.len(), 1);
        assert_eq!(answer.entries[0].hash, entry.hash());
        answer.entries[0].outcome.clone()
    }
}

pub(crate) fn now() -> Instant {
    Clock::default().now()
}

/// An institution that nobody has heard of.
pub(crate) fn facility(division: &str) -> Facility {
    Facility {
        id: FacilityId::from_parts(now(), id_entropy().unwrap()),
        name: "某养老院".to_owned(),
        facility_type: FacilityType::ElderlyCare,
        division: division.parse().unwrap(),
        address: String::new(),
        credit_code: None,
        telephone: None,
        beds: None,
        location: None,
        parties: Vec::new(),
    }
}

/// A daily patrol of an institution that found an emergency lamp out, with a photo of it.
pub(crate) fn patrol_that_found_one(facility: FacilityId, photo: PhotoManifest) -> Round {
    let finding = Finding {
        title: "应急灯不亮".to_owned(),
        place: "三层".to_owned(),
        description: String::new(),
        grade: Grade::General,
        mending: Mending::OnTheSpot,
        photos: vec![photo],
    };
    Round {
        id: RoundId::from_parts(now(), id_entropy().unwrap()),
        facility,
        kind: RoundKind::DailyPatrol,
        at: now(),
        by: "王演示".to_owned(),
        note: String::new(),
        found: Found::Findings(vec![finding]),
        photos: Vec::new(),
    }
}

/// The receipt of an outcome.
pub(crate) fn receipt(outcome: &Outcome) -> SignedReceipt {
    let Outcome::Receipted { receipt } = outcome else { panic!("{outcome:?}") };
    SignedReceipt::parse(receipt).unwrap()
}

/// Why an entry was refused.
pub(crate) fn refusal(outcome: Outcome) -> Problem {
    let Outcome::Refused { problem } = outcome else { panic!("{outcome:?}") };
    problem
}

/// A JPEG of the demo, and one that differs in its last bytes.
pub(crate) fn jpeg() -> Vec<u8> {
    include_bytes!("../../src/demo/photos/exit_chained.jpg").to_vec()
}

/// A JPEG that no other call gives.
pub(crate) fn fresh_jpeg() -> Vec<u8> {
    // A comment segment right after the start: other bytes, the same picture.
    let unique = EntryId::from_parts(now(), id_entropy().unwrap()).to_string();
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xfe, 0, 28];
    bytes.extend(unique.as_bytes());
    bytes.extend(&jpeg()[2..]);
    bytes
}

/// Uploads a photo whole. Answers its hash.
pub(crate) async fn upload(browser: &Browser, jpeg: &[u8]) -> Digest {
    let (digest, length) = (Digest::of(jpeg), jpeg.len().to_string());
    let promise = metadata(&digest);
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("upload-length", &*length),
        ("upload-metadata", &*promise),
        ("content-type", "application/offset+octet-stream"),
    ];
    let answer = browser.send(Method::POST, "/api/photos", &headers, jpeg.to_vec()).await;
    let told = (answer.status, answer.header("upload-offset"));
    assert_eq!(told, (StatusCode::CREATED, &*length), "{}", answer.text());
    digest
}

/// The promise of an upload.
pub(crate) fn metadata(digest: &Digest) -> String {
    use base64::Engine as _;
    format!("sha256 {}", base64::engine::general_purpose::STANDARD.encode(digest.hex()))
}
