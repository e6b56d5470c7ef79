//! Who somebody is, encrypted with a key of its own, which the database does not hold.

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
        let (key, nonce): (SecretBytes, [u8; NONCE_BYTES]) = (random()?, random()?);
        let Ok(mut text) = serde_json::to_vec(thing) else { unreachable!("a few texts are always JSON") };
        let sealing = cipher(&key).seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut text,
        );
        let Ok(()) = sealing else { unreachable!("a few hundred characters are not too long to encrypt") };
        Ok(Self::of(key, [&nonce[..], &text].concat()))
    }

    /// What lies in the two places.
    pub const fn of(key: SecretBytes, bytes: Vec<u8>) -> Self {
        Self { key, bytes, of: PhantomData }
    }

    /// What was encrypted; `None` when the key is another one.
    pub fn open(mut self) -> Option<T> {
        let (nonce, text) = self.bytes.split_first_chunk_mut::<NONCE_BYTES>()?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = cipher(&self.key).open_in_place(nonce, Aad::empty(), text).ok()?;
        serde_json::from_slice(opened).ok()
    }
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
}
