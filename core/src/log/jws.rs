//! Compact JWS with ES256 (RFC 7515, RFC 7518 3.4), as far as entries and receipts need it.
//!
//! Signing and verifying themselves are done by whoever calls: WebCrypto in a browser, an assembly-backed
//! library on the server ([`Es256`]).

use serde::{Deserialize, Serialize};

/// A P-256 public key as a JWK (RFC 7517): `kty` "EC", `crv` "P-256", coordinates in base64url.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// Always "EC".
    pub kty: String,
    /// Always "P-256".
    pub crv: String,
    /// 32 bytes, base64url without padding.
    pub x: String,
    /// 32 bytes, base64url without padding.
    pub y: String,
}

/// An ES256 signature: 32 bytes r, 32 bytes s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

/// The ASCII bytes that are signed: protected header, a dot, payload, both in base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningInput(pub(super) String);

/// Whether a signature fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureVerdict {
    /// It fits the key and the bytes.
    Fits,
    /// It does not.
    DoesNotFit,
}

/// Whoever can check an ES256 signature.
pub trait Es256 {
    /// Checks `signature` over `input` with `key`. A key that is no point of the curve fits nothing.
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict;
}

/// A text that is not a JWS as we write them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAJws {
    /// Not three parts of base64url.
    #[error("not three base64url parts")]
    Shape,
    /// Another algorithm, type or critical header.
    #[error("another header: {0}")]
    Header(String),
    /// The signature is not 64 bytes.
    #[error("the signature is not 64 bytes")]
    SignatureLength,
    /// The payload is not the JSON that the type promises.
    #[error("the payload is not what the type promises: {0}")]
    Payload(String),
}
