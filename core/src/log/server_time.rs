//! Time tokens: the server's word on what time it was when a device asked. The device's question, a number that it drew
//! for this one answer, is in it; so a token is never older than the question.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::jws::{Content, from_base64url, to_base64url};
use super::statement::{SignedStatement, Stated, StatementDraft};
use crate::clock::Instant;

/// 16 random bytes, drawn for one question. Written as 22 characters of base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nonce([u8; 16]);

/// A text that is not a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a nonce: 16 bytes in base64url without padding are needed")]
pub struct NotANonce;

impl Nonce {
    /// From fresh random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64url(&self.0))
    }
}

impl FromStr for Nonce {
    type Err = NotANonce;

    fn from_str(text: &str) -> Result<Self, NotANonce> {
        let bytes = from_base64url(text).ok_or(NotANonce)?;
        bytes.try_into().map(Self).map_err(|_| NotANonce)
    }
}

impl Serialize for Nonce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

/// The JSON that the server signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTime {
    /// Version of this format: 1.
    pub v: u8,
    /// The number that the device drew.
    pub nonce: Nonce,
    /// What time it was when the server answered, by its clock.
    pub at: Instant,
}

impl ServerTime {
    /// The version of this format.
    pub const VERSION: u8 = 1;
}

impl Stated for ServerTime {
    const CONTENT: Content = Content::Time;
    const VERSION: u8 = Self::VERSION;

    fn version(&self) -> u8 {
        self.v
    }
}

/// A time token that waits for the server's signature.
pub type ServerTimeDraft = StatementDraft<ServerTime>;

/// A time token with its bytes exactly as signed. Parsed, not yet verified.
pub type SignedServerTime = SignedStatement<ServerTime>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_has_one_spelling() {
        let nonce = Nonce::from_bytes([0xff; 16]);
        assert_eq!(nonce.to_string(), "_____________________w");
        assert_eq!(nonce.to_string().parse(), Ok(nonce));
        let long = format!("{nonce}A");
        for bad in ["", "_____________________x", "____________________w", &long, "_____________________w=="]
        {
            assert_eq!(bad.parse::<Nonce>(), Err(NotANonce), "{bad}");
        }
    }
}
