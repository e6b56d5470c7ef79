//! Web Push: a message that only the browser can read (RFC 8291, RFC 8188), sent with a token that says who we are
//! (VAPID, RFC 8292).
//!
//! The message says how many: `{"n":1}`. What is to do, and where, is in the inbox, behind the login: neither the push
//! service nor a locked screen learns the name of an institution.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf;
use ring::rand::SystemRandom;
use serde_json::json;
use xunan_core::clock::{Instant, Span};
use xunan_core::notice::PushSubscription;

use super::carrier::{Carrier, CarryError, Parcel};
use super::courier::Letter;
use super::{Address, Courier, CourierError, Reach, Secret};
use crate::clock::random;
use crate::keys::Signer;
use crate::ledger_store::LedgerStore;

/// The message.
const MESSAGE: &[u8] = br#"{"n":1}"#;

/// For how long a push service keeps a message for a browser that is off: a day, in seconds.
const KEPT_FOR: &str = "86400";

/// For how long a token is valid. RFC 8292 allows a day.
const TOKEN_LASTS: Span = Span::minutes(12 * 60);

/// For how long the browsers of one person are tried, together: any of them may name a service that never answers.
const PATIENCE: Duration = Duration::from_secs(10);

/// The record size of RFC 8188: one record is more than enough.
const RECORD_SIZE: u32 = 4096;

/// POSTs to the push services of a person's browsers.
pub(super) struct WebPush<'a> {
    pub(super) courier: &'a Courier,
    pub(super) key: &'a Secret,
    pub(super) contact: &'a str,
    pub(super) reach: Reach,
    pub(super) browsers: &'a [PushSubscription],
    /// Forgets browsers that are gone.
    pub(super) store: &'a LedgerStore,
}

impl Carrier for WebPush<'_> {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<String, CarryError> {
        let signer = signer(self.key)?;
        let (mut told, mut gone, mut failed) = (0, 0, None);
        let until = tokio::time::Instant::now() + PATIENCE;
        for browser in self.browsers {
            let pushed = tokio::time::timeout_at(until, self.push(&signer, browser, parcel.now)).await;
            match pushed.unwrap_or(Err(CarryError::Courier(CourierError::TimedOut))) {
                Ok(()) => told += 1,
                // RFC 8030: the subscription has expired, or was taken back.
                Err(CarryError::Courier(CourierError::Status(404 | 410))) => {
                    gone += 1;
                    let address = browser.endpoint.clone();
                    let forget =
                        self.store.write(move |tables| tables.delete_push_subscription(&address, None)).await;
                    forget.map_err(|error| CarryError::Unwritable(error.to_string()))?;
                }
                Err(CarryError::Courier(error)) => failed = Some(CarryError::Browser(error)),
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            // One browser that was told is enough: the person knows.
            Some(error) if told == 0 => Err(error),
            _ => Ok(format!("taken for {told} browsers, {gone} gone")),
        }
    }
}

impl WebPush<'_> {
    async fn push(
        &self,
        signer: &Signer,
        browser: &PushSubscription,
        now: Instant,
    ) -> Result<(), CarryError> {
        let to: Address = browser.endpoint.parse().map_err(|_| CourierError::Address)?;
        let body = encrypt(browser, MESSAGE)?;
        let headers = vec![
            ("authorization", authorization(signer, &to, self.contact, now)?),
            ("content-encoding", "aes128gcm".to_owned()),
            ("ttl", KEPT_FOR.to_owned()),
            ("urgency", "normal".to_owned()),
        ];
        let letter =
            Letter { to: &to, content_type: "application/octet-stream", headers, body, reach: self.reach };
        self.courier.hand_over(letter).await?;
        Ok(())
    }
}

fn unwritable(what: &'static str) -> CarryError {
    CarryError::Unwritable(what.to_owned())
}

/// Our key pair.
fn signer(key: &Secret) -> Result<Signer, CarryError> {
    let pkcs8 = URL_SAFE_NO_PAD.decode(&key.0).map_err(|_| unwritable("our key is damaged"))?;
    Signer::from_pkcs8(&pkcs8).map_err(|_| unwritable("our key is damaged"))
}

/// The public half of a key as browsers want it, `applicationServerKey`: an uncompressed point in base64url.
pub(crate) fn public_key(key: &Secret) -> Option<String> {
    let signer = signer(key).ok()?;
    Some(URL_SAFE_NO_PAD.encode(signer.public().to_sec1()?))
}

/// The header of RFC 8292: a JWT that says for which push service, until when, and who may be asked.
fn authorization(signer: &Signer, to: &Address, contact: &str, now: Instant) -> Result<String, CarryError> {
    let expires = now.plus(TOKEN_LASTS).unix_millis() / 1000;
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(json!({ "typ": "JWT", "alg": "ES256" }));
    let claims = part(json!({ "aud": to.origin(), "exp": expires, "sub": contact }));
    let signed = format!("{head}.{claims}");
    let signature = signer.sign(signed.as_bytes()).map_err(|_| unwritable("no randomness"))?;
    let key = signer.public().to_sec1().ok_or_else(|| unwritable("our key is damaged"))?;
    let (signature, key) = (URL_SAFE_NO_PAD.encode(signature.0), URL_SAFE_NO_PAD.encode(key));
    Ok(format!("vapid t={signed}.{signature},k={key}"))
}

/// A length for HKDF.
struct Bytes(usize);

impl hkdf::KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

/// HKDF (RFC 5869) with SHA-256.
fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Result<[u8; N], CarryError> {
    let mut derived = [0; N];
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(info, Bytes(N))
        .and_then(|key| key.fill(&mut derived))
        .map_err(|_| unwritable("no key could be derived"))?;
    Ok(derived)
}

/// A message for one browser: RFC 8291 with the header and the one record of RFC 8188.
fn encrypt(browser: &PushSubscription, message: &[u8]) -> Result<Vec<u8>, CarryError> {
    let theirs = decoded::<65>(&browser.p256dh).ok_or_else(|| unwritable("the browser's key is none"))?;
    let auth = decoded::<16>(&browser.auth).ok_or_else(|| unwritable("the browser's secret is none"))?;
    let entropy = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &entropy).map_err(|_| unwritable("no randomness"))?;
    let ours = own.compute_public_key().map_err(|_| unwritable("no randomness"))?;
    let salt = random::<16>().map_err(|_| unwritable("no randomness"))?;
    let shared = agree_ephemeral(own, &UnparsedPublicKey::new(&ECDH_P256, theirs), <[u8]>::to_vec)
        .map_err(|_| unwritable("the browser's key is none"))?;

    let material: [u8; 32] = derive(&auth, &shared, &[b"WebPush: info\0", &theirs, ours.as_ref()])?;
    let key: [u8; 16] = derive(&salt, &material, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = derive(&salt, &material, &[b"Content-Encoding: nonce\0"])?;
    // 2 marks the last record.
    let mut record = [message, &[2]].concat();
    let key = UnboundKey::new(&AES_128_GCM, &key).map_err(|_| unwritable("no key could be derived"))?;
    LessSafeKey::new(key)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .map_err(|_| unwritable("it could not be encrypted"))?;
    Ok([&salt[..], &RECORD_SIZE.to_be_bytes(), &[65], ours.as_ref(), &record].concat())
}

/// Base64url of a length, with or without padding.
fn decoded<const N: usize>(text: &str) -> Option<[u8; N]> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?.try_into().ok()
}

/// Whether a subscription can be sent to at all: a URL by TLS, a point, a secret, all of the usual length.
pub(crate) fn is_usable(subscription: &PushSubscription, reach: Reach) -> bool {
    let https = reach == Reach::Inside || subscription.endpoint.starts_with("https://");
    https
        && subscription.endpoint.len() <= 2048
        && subscription.endpoint.parse::<Address>().is_ok()
        && decoded::<65>(&subscription.p256dh).is_some()
        && decoded::<16>(&subscription.auth).is_some()
}
