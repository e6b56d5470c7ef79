//! Signing, checking and hashing by WebCrypto: no elliptic curve in our own download, and a key that no script can
//! read.

use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};
use xunan_core::digest::Digest;
use xunan_core::log::{PublicKey, Signature, SignatureVerdict};

use super::{Refused, window};

/// The private half of a P-256 key that cannot be exported. It lives in IndexedDB and in this handle.
#[derive(Clone, Debug)]
pub struct SigningKey(CryptoKey);

impl SigningKey {
    /// Makes a key pair; the private half never leaves the browser.
    ///
    /// # Errors
    /// [`Refused`] where WebCrypto is missing: a page without https.
    pub async fn generate() -> Result<(Self, PublicKey), Refused> {
        let algorithm = object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())]);
        let uses = Array::of2(&"sign".into(), &"verify".into());
        let pair = JsFuture::from(subtle()?.generate_key_with_object(&algorithm, false, &uses)?).await?;
        let private: CryptoKey = Reflect::get(&pair, &"privateKey".into())?.unchecked_into();
        let public: CryptoKey = Reflect::get(&pair, &"publicKey".into())?.unchecked_into();
        let point = JsFuture::from(subtle()?.export_key("raw", &public)?).await?;
        let point = Uint8Array::new(&point).to_vec();
        match PublicKey::from_sec1(&point) {
            Some(public) => Ok((Self(private), public)),
            None => Err(Refused { name: "DataError".to_owned() }),
        }
    }

    /// Signs bytes with ES256.
    ///
    /// # Errors
    /// [`Refused`] when the key was damaged in storage.
    pub async fn sign(&self, bytes: &[u8]) -> Result<Signature, Refused> {
        let signed = subtle()?.sign_with_object_and_u8_array(&ecdsa(), &self.0, bytes)?;
        let bytes = Uint8Array::new(&JsFuture::from(signed).await?).to_vec();
        match bytes.try_into() {
            Ok(bytes) => Ok(Signature(bytes)),
            Err(_) => Err(Refused { name: "DataError".to_owned() }),
        }
    }

    /// A stored value; `None` when it is not a key.
    pub fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }
}

impl From<SigningKey> for JsValue {
    fn from(key: SigningKey) -> Self {
        key.0.into()
    }
}

/// Checks an ES256 signature.
///
/// # Errors
/// [`Refused`] where WebCrypto is missing.
pub async fn verify(
    key: &PublicKey,
    bytes: &[u8],
    signature: &Signature,
) -> Result<SignatureVerdict, Refused> {
    let Some(point) = key.to_sec1() else { return Ok(SignatureVerdict::DoesNotFit) };
    let algorithm = object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())]);
    let uses = Array::of1(&"verify".into());
    let point = Uint8Array::from(point.as_slice());
    let imported = subtle()?.import_key_with_object("raw", &point, &algorithm, false, &uses)?;
    // A point that is not on the curve is refused here, and fits nothing.
    let Ok(imported) = JsFuture::from(imported).await else { return Ok(SignatureVerdict::DoesNotFit) };
    let imported: CryptoKey = imported.unchecked_into();
    let (signature, bytes) = (Uint8Array::from(signature.0.as_slice()), Uint8Array::from(bytes));
    let checked = subtle()?.verify_with_object_and_buffer_source_and_buffer_source(
        &ecdsa(),
        &imported,
        &signature,
        &bytes,
    )?;
    match JsFuture::from(checked).await?.as_bool() {
        Some(true) => Ok(SignatureVerdict::Fits),
        _ => Ok(SignatureVerdict::DoesNotFit),
    }
}

/// The SHA-256 of a buffer that may be large: by the browser, off our thread.
///
/// # Errors
/// [`Refused`] where WebCrypto is missing.
pub async fn sha256(buffer: &ArrayBuffer) -> Result<Digest, Refused> {
    let hashed = JsFuture::from(subtle()?.digest_with_str_and_buffer_source("SHA-256", buffer)?).await?;
    match Uint8Array::new(&hashed).to_vec().try_into() {
        Ok(bytes) => Ok(Digest::from_bytes(bytes)),
        Err(_) => Err(Refused { name: "DataError".to_owned() }),
    }
}

pub(super) fn subtle() -> Result<SubtleCrypto, Refused> {
    let crypto = window().crypto()?;
    // Outside https and localhost `subtle` is undefined, which the binding's type does not admit.
    let subtle = Reflect::get(&crypto, &"subtle".into())?;
    subtle.dyn_into().map_err(|_| Refused { name: "InsecureContext".to_owned() })
}

fn ecdsa() -> Object {
    object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])
}

pub(super) fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        let _a_plain_object_takes_any_member = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
