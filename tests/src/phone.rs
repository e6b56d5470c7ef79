//! A phone without a browser: a real key, a real chain, real entries, for tests of the server alone.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use xunan_core::access::Account;
use xunan_core::clock::Instant;
use xunan_core::evidence::DeviceTime;
use xunan_core::ids::{DeviceId, Entropy, EntryId};
use xunan_core::log::{ChainHead, EntryBody, EntryDraft, PublicKey, Signature, SignedEntry};
use xunan_core::sync::{EnrolDevice, Enrolled, Push, PushAnswer, SignedIn};

use crate::chance::Chance;
use crate::http::Http;

/// A signed-in, enrolled phone.
#[derive(Debug)]
pub struct Phone {
    /// Its connection.
    pub http: Http,
    /// Who holds it.
    pub account: Account,
    /// Which it is.
    pub device: DeviceId,
    /// Where its chain ends.
    pub head: ChainHead,
    public_key: PublicKey,
    key: EcdsaKeyPair,
    random: SystemRandom,
    chance: Chance,
}

/// Now, by this machine's clock.
///
/// # Panics
/// Before 1970.
pub fn now() -> Instant {
    let since =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("the clock is after 1970");
    Instant::from_unix_millis(i64::try_from(since.as_millis()).expect("the clock is before the year 10000"))
}

impl Phone {
    /// Signs in and enrols a new phone.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn enrolled(port: u16, login: &str, password: &str, seed: u64) -> Self {
        let http = Http::to_port(port).signed_in(login, password).await;
        let account = http.get("/api/session").await.json::<SignedIn>().account;
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)
            .expect("a key can be made");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random)
            .expect("a key just made can be read");
        let mut chance = Chance::from_seed(seed);
        let device = DeviceId::from_parts(now(), entropy(&mut chance));
        let public_key =
            PublicKey::from_sec1(key.public_key().as_ref()).expect("ring gives uncompressed points");
        let enrol = EnrolDevice { device, name: "test phone".to_owned(), public_key: public_key.clone() };
        let answer = http.post("/api/devices", &enrol).await.expect("the server answers");
        assert!(answer.status.is_success(), "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.json::<Enrolled>().device, device);
        Self { http, account, device, head: ChainHead::default(), public_key, key, random, chance }
    }

    /// The public half of its key.
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Fresh randomness for an id.
    pub const fn entropy(&mut self) -> Entropy {
        entropy(&mut self.chance)
    }

    /// Signs the next entry of its chain.
    ///
    /// # Panics
    /// When the body is too large for an entry.
    pub fn sign(&mut self, body: &impl EntryBody) -> SignedEntry {
        let id = EntryId::from_parts(now(), self.entropy());
        let time = DeviceTime::unbounded(now());
        let draft =
            EntryDraft::new(self.head, id, self.device, self.account.id, time, body).expect("it fits");
        let signature = self.key.sign(&self.random, draft.input.as_bytes()).expect("ring signs");
        let signature = signature.as_ref().try_into().expect("a fixed signature has 64 bytes");
        let entry = draft.sign(Signature(signature));
        self.head = entry.head();
        entry
    }

    /// Pushes entries.
    ///
    /// # Errors
    /// The transport's error, or the server's problem, as text.
    pub async fn push(&self, entries: &[&SignedEntry]) -> Result<PushAnswer, String> {
        let entries = entries.iter().map(|entry| entry.compact().to_owned()).collect();
        let answer = self.http.post("/api/push", &Push { device: self.device, entries, page: None }).await?;
        if answer.status.is_success() {
            Ok(answer.json())
        } else {
            Err(format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body)))
        }
    }

    /// Uploads the stored bytes of a photo in one go, by tus.
    ///
    /// # Errors
    /// The transport's error, or the server's problem, as text.
    pub async fn upload(&self, jpeg: &[u8]) -> Result<(), String> {
        use base64::Engine as _;
        let digest = xunan_core::digest::Digest::of(jpeg);
        let metadata = format!("sha256 {}", base64::engine::general_purpose::STANDARD.encode(digest.hex()));
        let length = jpeg.len().to_string();
        let headers =
            [("tus-resumable", "1.0.0"), ("upload-length", &length), ("upload-metadata", &metadata)];
        let created = self.http.send(http::Method::POST, "/api/photos", &headers, Vec::new()).await?;
        if !created.status.is_success() {
            return Err(format!("{} {}", created.status, String::from_utf8_lossy(&created.body)));
        }
        let location = created.header("location").to_owned();
        let path = location.find("/api/").map_or(location.as_str(), |at| &location[at..]);
        let offset = created.header("upload-offset").parse::<usize>().unwrap_or(0);
        if offset == jpeg.len() {
            return Ok(());
        }
        let headers = [
            ("tus-resumable", "1.0.0"),
            ("upload-offset", &*offset.to_string()),
            ("content-type", "application/offset+octet-stream"),
        ];
        let patched = self.http.send(http::Method::PATCH, path, &headers, jpeg[offset..].to_vec()).await?;
        if patched.status.is_success() { Ok(()) } else { Err(patched.status.to_string()) }
    }
}

const fn entropy(chance: &mut Chance) -> Entropy {
    Entropy((chance.next_u64() as u128) << 64 | chance.next_u64() as u128)
}
