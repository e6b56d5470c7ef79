//! ES256 in Rust: WebCrypto would answer later, and core's verification is one function that does not wait.

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature as P256Signature, VerifyingKey};
use xunan_core::log::{Es256, PublicKey, Signature, SignatureVerdict};

/// Checks ES256 signatures.
#[derive(Clone, Copy, Debug)]
pub(super) struct RustCrypto;

impl Es256 for RustCrypto {
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict {
        let fits = || {
            let key = VerifyingKey::from_sec1_bytes(&key.to_sec1()?).ok()?;
            key.verify(input, &P256Signature::from_slice(&signature.0).ok()?).ok()
        };
        if fits().is_some() { SignatureVerdict::Fits } else { SignatureVerdict::DoesNotFit }
    }
}
