//! Who somebody is, or what somebody said, encrypted with a key of its own, which the database does not hold.

use std::marker::PhantomData;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::clock::{NoEntropy, random};
use crate::photo_store::SecretBytes;

/// Bytes of the nonce in front of what is sealed. Each key seals one thing once.
const NONCE_BYTES: usize = 12;

/// Something encrypted, and the key that opens it: two places, never one.
pub struct Sealed<T> {
    /// The key.
    pub key: SecretBytes,
    /// Nonce, then AES-256-GCM of the JSON.
    pub bytes: Vec<u8>,
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Sealed<T> {
    /// Encrypts something with a fresh key.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has none.
    pub fn seal(thing: &T) -> Result<Self, NoEntropy> {
        let Ok(text) = serde_json::to_vec(thing) else { unreachable!("a few texts are always JSON") };
        let (key, bytes) = seal_bytes(&text)?;
        Ok(Self::of(key, bytes))
    }

    /// What lies in the two places.
    pub const fn of(key: SecretBytes, bytes: Vec<u8>) -> Self {
        Self { key, bytes, of: PhantomData }
    }

    /// What was encrypted; `None` when the key is another one.
    pub fn open(self) -> Option<T> {
        serde_json::from_slice(&open_bytes(&self.key, self.bytes)?).ok()
    }
}

/// Encrypts bytes with a fresh key. Answers it, and what it opens: a nonce, then AES-256-GCM.
///
/// # Errors
/// [`NoEntropy`] when the system has none.
pub(super) fn seal_bytes(plain: &[u8]) -> Result<(SecretBytes, Vec<u8>), NoEntropy> {
    let (key, nonce): (SecretBytes, [u8; NONCE_BYTES]) = (random()?, random()?);
    let cipher = cipher(&key);
    let mut sealed = Vec::with_capacity(NONCE_BYTES + plain.len() + cipher.algorithm().tag_len());
    sealed.extend(nonce);
    sealed.extend(plain);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let sealing = cipher.seal_in_place_separate_tag(nonce, Aad::empty(), &mut sealed[NONCE_BYTES..]);
    let Ok(tag) = sealing else { unreachable!("what fits into a form is not too long to encrypt") };
    sealed.extend(tag.as_ref());
    Ok((key, sealed))
}

/// What [`seal_bytes`] encrypted; `None` when the key is another one, or the bytes are.
pub(super) fn open_bytes(key: &SecretBytes, mut sealed: Vec<u8>) -> Option<Vec<u8>> {
    let nonce = Nonce::assume_unique_for_key(*sealed.first_chunk::<NONCE_BYTES>()?);
    let length = cipher(key).open_within(nonce, Aad::empty(), &mut sealed, NONCE_BYTES..).ok()?.len();
    sealed.truncate(length);
    Some(sealed)
}

fn cipher(key: &SecretBytes) -> LessSafeKey {
    let Ok(key) = UnboundKey::new(&AES_256_GCM, key) else { unreachable!("32 bytes are a key") };
    LessSafeKey::new(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_own_key_alone() {
        let told = vec!["王小明".to_owned(), "13800000000".to_owned()];
        let sealed = Sealed::seal(&told).unwrap();
        let (key, bytes) = (sealed.key, sealed.bytes.clone());
        assert_eq!(sealed.open(), Some(told));
        assert_eq!(Sealed::<Vec<String>>::of([0; 32], bytes.clone()).open(), None);
        assert_eq!(Sealed::<Vec<String>>::of(key, bytes[..10].to_vec()).open(), None);
    }

    #[test]
    fn bytes_are_sealed_anew_each_time_and_a_changed_one_opens_nothing() {
        let plain = vec![7; 100_000];
        let ((key, sealed), (_, again)) = (seal_bytes(&plain).unwrap(), seal_bytes(&plain).unwrap());
        assert_eq!(sealed.len() as u64, 100_000 + xunan_core::snap::Recording::MOST_SEALING_BYTES);
        assert_ne!(sealed, again);
        assert!(!sealed.windows(8).any(|it| it == [7; 8]));
        for at in [0, NONCE_BYTES, 50_000, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open_bytes(&key, changed), None, "{at}");
        }
        assert_eq!(open_bytes(&key, sealed), Some(plain));
        assert_eq!(open_bytes(&key, seal_bytes(&[]).unwrap().1), None);
        assert_eq!(open_bytes(&key, Vec::new()), None);
    }
}
