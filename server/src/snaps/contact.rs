//! Who reported, when that was told: encrypted with a key of its own, which the database does not hold.
//!
//! Handlers never see it. Its reporter sees a hint of it, and can have it forgotten.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

use crate::clock::{NoEntropy, random};
use crate::photo_store::SecretBytes;

/// Bytes of the nonce in front of what is sealed. Each key seals one thing once.
const NONCE_BYTES: usize = 12;

/// Name and telephone number, each of which may be empty.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    name: String,
    telephone: String,
}

/// Contacts stay out of logs.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(..)")
    }
}

/// A name or a number that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {} characters", Contact::MAX_CHARS)]
pub struct ContactTooLong;

impl Contact {
    /// Characters of each, at most.
    pub const MAX_CHARS: usize = 50;

    /// What somebody told; `None` when nothing was.
    ///
    /// # Errors
    /// [`ContactTooLong`].
    pub fn of(name: &str, telephone: &str) -> Result<Option<Self>, ContactTooLong> {
        let (name, telephone) = (name.trim().to_owned(), telephone.trim().to_owned());
        if [&name, &telephone].into_iter().any(|text| text.chars().count() > Self::MAX_CHARS) {
            return Err(ContactTooLong);
        }
        let told = !name.is_empty() || !telephone.is_empty();
        Ok(told.then_some(Self { name, telephone }))
    }

    /// Enough for its owner to know it again, and for nobody else: the last two characters of each.
    pub fn hint(&self) -> String {
        let end = |text: &String| {
            let characters: Vec<char> = text.chars().collect();
            let from = characters.len().saturating_sub(2).max(characters.len().min(1));
            let shown: String = characters[from..].iter().collect();
            (!text.is_empty()).then(|| format!("**{shown}"))
        };
        [end(&self.name), end(&self.telephone)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// An encrypted contact and the key that opens it: two places, never one.
pub struct SealedContact {
    /// The key.
    pub key: SecretBytes,
    /// Nonce, then AES-256-GCM of the JSON.
    pub sealed: Vec<u8>,
}

impl SealedContact {
    /// Encrypts a contact with a fresh key.
    ///
    /// # Errors
    /// [`NoEntropy`] when the system has none.
    pub fn seal(contact: &Contact) -> Result<Self, NoEntropy> {
        let (key, nonce): (SecretBytes, [u8; NONCE_BYTES]) = (random()?, random()?);
        let Ok(mut text) = serde_json::to_vec(contact) else { unreachable!("two texts are always JSON") };
        let sealing = cipher(&key).seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut text,
        );
        let Ok(()) = sealing else { unreachable!("a hundred characters are not too long to encrypt") };
        Ok(Self { key, sealed: [&nonce[..], &text].concat() })
    }

    /// The contact; `None` when the key is another one.
    pub fn open(mut self) -> Option<Contact> {
        let (nonce, text) = self.sealed.split_first_chunk_mut::<NONCE_BYTES>()?;
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
    fn a_contact_opens_with_its_own_key_alone() {
        let contact = Contact::of(" 王小明 ", "13800000000").unwrap().unwrap();
        let sealed = SealedContact::seal(&contact).unwrap();
        let (key, bytes) = (sealed.key, sealed.sealed.clone());
        assert_eq!(sealed.open(), Some(contact.clone()));
        assert_eq!(SealedContact { key: [0; 32], sealed: bytes.clone() }.open(), None);
        assert_eq!(SealedContact { key, sealed: bytes[..10].to_vec() }.open(), None);
        assert_eq!(contact.hint(), "**小明 · **00");
        assert_eq!(format!("{contact:?}"), "Contact(..)");
        assert_eq!(Contact::of("", " "), Ok(None));
        assert_eq!(Contact::of(&"字".repeat(51), ""), Err(ContactTooLong));
    }
}
