//! Encrypting with a key that comes from a password: PBKDF2 and AES-256-GCM by WebCrypto.

use js_sys::{Array, ArrayBuffer, Object, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;
use xunan_core::sealing::IV_BYTES;

use super::crypto::{object, subtle};
use super::{Refused, window};

/// An AES-256-GCM key that no script can read out. It may be kept in IndexedDB.
#[derive(Clone, Debug)]
pub struct SealingKey(CryptoKey);

impl SealingKey {
    /// Derives the key of a password by PBKDF2-HMAC-SHA-256: half a second to two on a phone, beside our thread.
    ///
    /// # Errors
    /// [`Refused`] where WebCrypto is missing: a page without https.
    pub async fn derive(password: &str, salt: &[u8], rounds: u32) -> Result<Self, Refused> {
        let subtle = subtle()?;
        let (password, salt) = (Uint8Array::from(password.as_bytes()), Uint8Array::from(salt));
        let base = subtle.import_key_with_str(
            "raw",
            &password,
            "PBKDF2",
            false,
            &Array::of1(&"deriveKey".into()),
        )?;
        let base: CryptoKey = JsFuture::from(base).await?.unchecked_into();
        let way = object(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", salt.into()),
            ("iterations", rounds.into()),
        ]);
        let wanted = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let derived = subtle.derive_key_with_object_and_object(&way, &base, &wanted, false, &uses)?;
        Ok(Self(JsFuture::from(derived).await?.unchecked_into()))
    }

    /// Encrypts; the tag stands at the end. An IV must never be used twice with one key.
    ///
    /// # Errors
    /// [`Refused`] when the browser has no memory for it.
    pub async fn seal(
        &self,
        iv: [u8; IV_BYTES],
        additional: &[u8],
        plain: &Uint8Array,
    ) -> Result<Uint8Array, Refused> {
        let sealed = subtle()?.encrypt_with_object_and_js_u8_array(&gcm(iv, additional), &self.0, plain)?;
        let sealed: ArrayBuffer = JsFuture::from(sealed).await?.unchecked_into();
        Ok(Uint8Array::new(&sealed))
    }

    /// Decrypts what [`SealingKey::seal`] made.
    ///
    /// # Errors
    /// [`Refused`] with the name `OperationError` when key, IV, additional data or bytes are others.
    pub async fn open(
        &self,
        iv: [u8; IV_BYTES],
        additional: &[u8],
        sealed: &Uint8Array,
    ) -> Result<Uint8Array, Refused> {
        let plain = subtle()?.decrypt_with_object_and_js_u8_array(&gcm(iv, additional), &self.0, sealed)?;
        let plain: ArrayBuffer = JsFuture::from(plain).await?.unchecked_into();
        Ok(Uint8Array::new(&plain))
    }

    /// A stored value; `None` when it is not a key.
    pub fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }
}

impl From<SealingKey> for JsValue {
    fn from(key: SealingKey) -> Self {
        key.0.into()
    }
}

/// Fresh random bytes.
///
/// # Errors
/// [`Refused`] where there is no randomness.
pub fn random<const N: usize>() -> Result<[u8; N], Refused> {
    let mut bytes = [0; N];
    window().crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

fn gcm(iv: [u8; IV_BYTES], additional: &[u8]) -> Object {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(iv.as_slice()).into()),
        ("additionalData", Uint8Array::from(additional).into()),
    ])
}
