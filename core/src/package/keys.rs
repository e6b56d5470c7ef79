//! Public keys as files: the server's as a set that any JOSE library reads (RFC 7517), a device's as one.

use serde::{Deserialize, Serialize};

use crate::log::PublicKey;

/// A server's public keys, newest first: what `/.well-known/jwks.json` answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet(pub Vec<PublicKey>);

/// A text that is no set of P-256 keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a set of P-256 keys: {0}")]
pub struct NotAKeySet(String);

/// One key, named by its thumbprint. Flat, in this order.
#[derive(Serialize, Deserialize)]
struct Told {
    kid: String,
    kty: String,
    crv: String,
    x: String,
    y: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alg: Option<String>,
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ToldSet {
    keys: Vec<Told>,
}

impl Told {
    fn of(key: &PublicKey) -> Self {
        let PublicKey { kty, crv, x, y } = key.clone();
        Self { kid: key.thumbprint(), kty, crv, x, y, alg: None, purpose: None }
    }

    /// The key, when it is one and is called by its thumbprint.
    fn key(self) -> Result<PublicKey, NotAKeySet> {
        let Self { kid, kty, crv, x, y, .. } = self;
        let key = PublicKey { kty, crv, x, y };
        if key.to_sec1().is_none() {
            return Err(NotAKeySet(format!("{kid} is not a P-256 key")));
        }
        if key.thumbprint() != kid {
            return Err(NotAKeySet(format!("{kid} is not the key's thumbprint")));
        }
        Ok(key)
    }
}

impl KeySet {
    /// The key of this name.
    pub fn key(&self, kid: &str) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.thumbprint() == kid)
    }

    /// Its one spelling.
    pub fn to_json(&self) -> String {
        let told = |key| {
            let (alg, purpose) = (Some("ES256".to_owned()), Some("sig".to_owned()));
            Told { alg, purpose, ..Told::of(key) }
        };
        written(&ToldSet { keys: self.0.iter().map(told).collect() })
    }

    /// Reads a set in any spelling, such as a file that somebody kept.
    ///
    /// # Errors
    /// [`NotAKeySet`].
    pub fn parse(json: &str) -> Result<Self, NotAKeySet> {
        let told: ToldSet = serde_json::from_str(json).map_err(|error| NotAKeySet(error.to_string()))?;
        Ok(Self(told.keys.into_iter().map(Told::key).collect::<Result<_, _>>()?))
    }

    /// Reads a set in its one spelling.
    ///
    /// # Errors
    /// [`NotAKeySet`].
    pub(super) fn parse_exactly(json: &str) -> Result<Self, NotAKeySet> {
        Self::parse(json).and_then(|set| exactly(set.to_json() == json, set))
    }
}

/// The one spelling of a device's key, for `devices/<device>.jwk.json`.
pub fn device_key_json(key: &PublicKey) -> String {
    written(&Told::of(key))
}

/// Reads a device's key in its one spelling.
pub(super) fn parse_device_key(json: &str) -> Result<PublicKey, NotAKeySet> {
    let told: Told = serde_json::from_str(json).map_err(|error| NotAKeySet(error.to_string()))?;
    told.key().and_then(|key| exactly(device_key_json(&key) == json, key))
}

fn exactly<T>(same: bool, value: T) -> Result<T, NotAKeySet> {
    if same { Ok(value) } else { Err(NotAKeySet("spelled otherwise than we write it".to_owned())) }
}

fn written(told: &impl Serialize) -> String {
    match serde_json::to_string(told) {
        Ok(json) => json,
        Err(_) => unreachable!("texts are always JSON"),
    }
}
