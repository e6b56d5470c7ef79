//! What the server says under its signature: receipts, roots, the time. Each is a compact JWS over plain JSON with a
//! `typ` of its own, so that none can be shown as another.
//!
//! To add one: a variant of `Content` in `jws.rs`, and [`Statement`] for the type of its payload.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::jws::{Content, signed_part, take_apart};
use super::{Es256, NotAJws, PublicKey, Signature, SignatureVerdict, SigningInput};

/// The payload of something that the server signs. Implemented in this module alone.
pub trait Statement: Serialize + DeserializeOwned + Stated {}
impl<T: Serialize + DeserializeOwned + Stated> Statement for T {}

/// What is needed of a [`Statement`] here, and by nobody else.
pub trait Stated {
    /// The `typ` of its header.
    const CONTENT: Content;
    /// The version of its format.
    const VERSION: u8;
    /// The version that it names.
    fn version(&self) -> u8;
}

/// A statement that waits for the server's signature.
#[derive(Clone, Debug)]
pub struct StatementDraft<T> {
    /// What is signed.
    pub payload: T,
    /// The bytes to sign.
    pub input: SigningInput,
    kid: String,
}

impl<T: Statement> StatementDraft<T> {
    /// A statement that is to be signed with the private half of `key`.
    pub fn new(payload: T, key: &PublicKey) -> Self {
        let Ok(json) = serde_json::to_vec(&payload) else { unreachable!("a statement is always JSON") };
        let kid = key.thumbprint();
        Self { payload, input: SigningInput::new(T::CONTENT, &kid, &json), kid }
    }

    /// Puts the signature under it.
    pub fn sign(self, signature: Signature) -> SignedStatement<T> {
        let Self { payload, input, kid } = self;
        SignedStatement { compact: input.signed(&signature), kid, payload, signature }
    }
}

/// A statement with its bytes exactly as signed. Parsed, not yet verified.
#[derive(Clone, Debug)]
pub struct SignedStatement<T> {
    compact: String,
    kid: String,
    payload: T,
    signature: Signature,
}

impl<T: Statement> SignedStatement<T> {
    /// Reads a compact JWS.
    ///
    /// # Errors
    /// [`NotAJws`] for any text that this crate would not have written itself.
    pub fn parse(compact: &str) -> Result<Self, NotAJws> {
        let parts = take_apart(compact, T::CONTENT)?;
        let payload: T =
            serde_json::from_str(&parts.payload).map_err(|error| NotAJws::Payload(error.to_string()))?;
        if payload.version() != T::VERSION {
            return Err(NotAJws::Payload(format!("v is not {}", T::VERSION)));
        }
        Ok(Self { compact: compact.to_owned(), kid: parts.kid, payload, signature: parts.signature })
    }
}

impl<T> SignedStatement<T> {
    /// The compact JWS, as it was signed.
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// Which of the server's keys signed it: that key's [`PublicKey::thumbprint`].
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What it says.
    pub const fn payload(&self) -> &T {
        &self.payload
    }

    /// The bytes that were signed: where verifying is asynchronous (WebCrypto), these three go there.
    pub fn signed_bytes(&self) -> &[u8] {
        signed_part(&self.compact)
    }

    /// The signature over [`SignedStatement::signed_bytes`].
    pub const fn signature(&self) -> Signature {
        self.signature
    }

    /// Checks the signature with one of the server's keys.
    pub fn verify(&self, key: &PublicKey, es256: &impl Es256) -> SignatureVerdict {
        if self.kid != key.thumbprint() {
            return SignatureVerdict::DoesNotFit;
        }
        es256.verify(key, self.signed_bytes(), &self.signature)
    }
}
