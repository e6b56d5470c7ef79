//! Two ways to sign: P-256 itself, and a quick stand-in for tests that sign a million times.

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{SigningKey, VerifyingKey};
use xunan_core::digest::Digest;
use xunan_core::log::{Es256, PublicKey, Signature, SignatureVerdict};

/// A key pair.
pub(crate) trait KeyPair {
    fn public(&self) -> PublicKey;
    fn sign(&self, input: &[u8]) -> Signature;
}

/// P-256 by RustCrypto; signatures are deterministic (RFC 6979), so golden files can be written again.
pub(crate) struct P256(SigningKey);

impl P256 {
    pub(crate) fn from_name(name: &str) -> Self {
        Self(SigningKey::from_slice(Digest::of(name.as_bytes()).bytes()).unwrap())
    }
}

impl KeyPair for P256 {
    fn public(&self) -> PublicKey {
        PublicKey::from_sec1(self.0.verifying_key().to_encoded_point(false).as_bytes()).unwrap()
    }

    fn sign(&self, input: &[u8]) -> Signature {
        let signature: p256::ecdsa::Signature = self.0.sign(input);
        Signature(signature.to_bytes().into())
    }
}

/// Verifies what [`P256`] signs.
pub(crate) struct P256Verifier;

impl Es256 for P256Verifier {
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict {
        let fits = || {
            let key = VerifyingKey::from_sec1_bytes(&key.to_sec1()?).ok()?;
            let signature = p256::ecdsa::Signature::from_slice(&signature.0).ok()?;
            key.verify(input, &signature).ok()
        };
        verdict(fits().is_some())
    }
}

/// Signs by hashing the public key and the input: anybody could, but in a test nobody does.
pub(crate) struct Quick(PublicKey);

impl Quick {
    pub(crate) fn from_name(name: &str) -> Self {
        let (x, y) = (Digest::of(name.as_bytes()), Digest::of(format!("{name}/y").as_bytes()));
        Self(PublicKey::from_coordinates(x.bytes(), y.bytes()))
    }
}

impl KeyPair for Quick {
    fn public(&self) -> PublicKey {
        self.0.clone()
    }

    fn sign(&self, input: &[u8]) -> Signature {
        quick(&self.0, input)
    }
}

/// Verifies what [`Quick`] signs.
pub(crate) struct QuickVerifier;

impl Es256 for QuickVerifier {
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict {
        verdict(quick(key, input) == *signature)
    }
}

fn quick(key: &PublicKey, input: &[u8]) -> Signature {
    let half = Digest::of_parts(&[key.x.as_bytes(), input]);
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(half.bytes());
    signature[32..].copy_from_slice(half.bytes());
    Signature(signature)
}

fn verdict(fits: bool) -> SignatureVerdict {
    if fits { SignatureVerdict::Fits } else { SignatureVerdict::DoesNotFit }
}
