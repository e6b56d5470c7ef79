//! ES256 on the server: checks the signatures of devices, signs what the server states. Assembly-backed (`ring`), since portable
//! Rust would cost more than the disk.

use std::sync::Arc;

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use xunan_core::log::{
    Es256, PublicKey, Signature, SignatureVerdict, SignedStatement, Statement, StatementDraft,
};
use xunan_core::package::KeySet;
use xunan_core::sync::ServerKey;

use crate::clock::Clock;
use crate::ledger_store::{LedgerStore, StoreError, StoredKey};

/// Checks ES256 signatures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verifier;

impl Es256 for Verifier {
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict {
        let Some(point) = key.to_sec1() else { return SignatureVerdict::DoesNotFit };
        match UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(input, &signature.0) {
            Ok(()) => SignatureVerdict::Fits,
            Err(_) => SignatureVerdict::DoesNotFit,
        }
    }
}

/// Why a key pair cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The stored bytes are not a P-256 key pair.
    #[error("a stored key is damaged")]
    Damaged,
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    NoEntropy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A P-256 key pair that signs.
pub struct Signer {
    pair: EcdsaKeyPair,
    public: PublicKey,
    random: SystemRandom,
}

impl Signer {
    /// Makes a key pair; answers it with its PKCS#8 bytes.
    ///
    /// # Errors
    /// [`KeyError::NoEntropy`].
    pub fn generate() -> Result<(Self, Vec<u8>), KeyError> {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)
            .map_err(|_| KeyError::NoEntropy)?;
        Ok((Self::from_pkcs8(pkcs8.as_ref())?, pkcs8.as_ref().to_vec()))
    }

    /// Reads a key pair.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] when the bytes are no P-256 key pair.
    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, KeyError> {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &random)
            .map_err(|_| KeyError::Damaged)?;
        let public = PublicKey::from_sec1(pair.public_key().as_ref()).ok_or(KeyError::Damaged)?;
        Ok(Self { pair, public, random })
    }

    /// The public half.
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs.
    ///
    /// # Errors
    /// [`KeyError::NoEntropy`].
    pub fn sign(&self, input: &[u8]) -> Result<Signature, KeyError> {
        let signature = self.pair.sign(&self.random, input).map_err(|_| KeyError::NoEntropy)?;
        signature.as_ref().try_into().map(Signature).map_err(|_| KeyError::Damaged)
    }
}

/// The keys that sign what the server states: the newest signs, the others are still published.
#[derive(Clone)]
pub struct ServerKeys {
    signer: Arc<Signer>,
    published: Arc<[ServerKey]>,
}

impl ServerKeys {
    /// Loads the keys, and makes the first one at the first start.
    ///
    /// # Errors
    /// [`KeyError`] when the store fails or holds what is no key.
    pub async fn load(store: &LedgerStore, clock: &Clock) -> Result<Self, KeyError> {
        let now = clock.now();
        let stored = store
            .write(move |tables| {
                let keys = tables.server_keys()?;
                if !keys.is_empty() {
                    return Ok(keys);
                }
                let (signer, pkcs8) = Signer::generate()?;
                tables.insert_server_key(&StoredKey { kid: signer.public.thumbprint(), pkcs8 }, now)?;
                Ok::<_, KeyError>(tables.server_keys()?)
            })
            .await?;
        let signers: Vec<Signer> =
            stored.iter().map(|key| Signer::from_pkcs8(&key.pkcs8)).collect::<Result<_, _>>()?;
        let published = signers
            .iter()
            .map(|signer| ServerKey { kid: signer.public.thumbprint(), key: signer.public.clone() })
            .collect();
        let signer = signers.into_iter().next().ok_or(KeyError::Damaged)?;
        Ok(Self { signer: Arc::new(signer), published })
    }

    /// All public halves, newest first.
    pub fn published(&self) -> &[ServerKey] {
        &self.published
    }

    /// The same, as anybody's JOSE library reads them.
    pub fn key_set(&self) -> KeySet {
        KeySet(self.published.iter().map(|published| published.key.clone()).collect())
    }

    /// Signs what the server states: a receipt, a root, the time.
    ///
    /// # Errors
    /// [`KeyError::NoEntropy`].
    pub fn sign<T: Statement>(&self, payload: T) -> Result<SignedStatement<T>, KeyError> {
        let draft = StatementDraft::new(payload, &self.signer.public);
        let signature = self.signer.sign(draft.input.as_bytes())?;
        Ok(draft.sign(signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_its_own_key_and_bytes_alone() {
        let (signer, pkcs8) = Signer::generate().unwrap();
        let (other, _) = Signer::generate().unwrap();
        let signature = signer.sign(b"entry").unwrap();
        let verdict = |key: &Signer, input: &[u8]| Verifier.verify(key.public(), input, &signature);
        assert_eq!(verdict(&signer, b"entry"), SignatureVerdict::Fits);
        assert_eq!(verdict(&Signer::from_pkcs8(&pkcs8).unwrap(), b"entry"), SignatureVerdict::Fits);
        assert_eq!(verdict(&signer, b"entrY"), SignatureVerdict::DoesNotFit);
        assert_eq!(verdict(&other, b"entry"), SignatureVerdict::DoesNotFit);
        let mut off_curve = signer.public().clone();
        off_curve.y = off_curve.x.clone();
        assert_eq!(Verifier.verify(&off_curve, b"entry", &signature), SignatureVerdict::DoesNotFit);
    }
}
