//! Encrypted copies of drafts that are not signed yet: what a phone and the server tell each other about them.
//!
//! The server keeps bytes that it cannot read, under names that mean nothing to it. What is inside is the phones'
//! business alone: `docs/shadow-copies.md`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Instant;
use crate::digest::Digest;
use crate::ids::VisitId;

/// The name of one copy within its visit: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShadowName(String);

/// A text that is not the name of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a copy: 1 to 64 of a-z, 0-9 and - are needed")]
pub struct NotAShadowName;

impl ShadowName {
    /// The longest name, in characters.
    const MAX_CHARS: usize = 64;

    /// A name of ours, known to be one.
    pub(crate) fn ours(text: String) -> Self {
        debug_assert!(text.parse::<Self>().is_ok(), "{text}");
        Self(text)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShadowName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ShadowName {
    type Err = NotAShadowName;

    fn from_str(text: &str) -> Result<Self, NotAShadowName> {
        let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        let fits = (1..=Self::MAX_CHARS).contains(&text.len()) && text.bytes().all(plain);
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAShadowName) }
    }
}

impl Serialize for ShadowName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ShadowName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::spelling::parsed_from_str(deserializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ShadowName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ShadowName".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9-]{1,64}$" })
    }
}

/// One copy that the server keeps for an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptShadow {
    /// The visit that is being filled in.
    pub visit: VisitId,
    /// Which copy of it.
    pub name: ShadowName,
    /// SHA-256 of the encrypted bytes: also what a replacement must name.
    pub digest: Digest,
    /// In bytes, encrypted.
    pub size_bytes: u64,
    /// When it came.
    pub changed: Instant,
}

/// `GET /api/shadows`: everything that is kept for the account that asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptShadows {
    /// By visit and name.
    pub shadows: Vec<KeptShadow>,
    /// The server's time.
    pub server_time: Instant,
}

/// What became of a copy that was sent: the answer to `PUT /api/shadows/{visit}/{name}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ShadowOutcome {
    /// It is kept.
    Stored {
        /// SHA-256 of the encrypted bytes.
        digest: Digest,
    },
    /// What is kept is not what the request said that it replaces: another phone goes on with the visit. Nothing was
    /// changed.
    Overtaken {
        /// SHA-256 of what is kept; absent when nothing is.
        digest: Option<Digest>,
    },
    /// The visit is on record: some phone has signed it. Nothing is kept of it any more.
    SignedElsewhere,
    /// The account's room is used up. Nothing was changed.
    NoRoom {
        /// All copies of one account together, at most, in bytes.
        limit_bytes: u64,
    },
}

impl ShadowOutcome {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Stored { .. } => 200,
            Self::SignedElsewhere => 409,
            Self::Overtaken { .. } => 412,
            Self::NoRoom { .. } => 507,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_plain() {
        let longest = "a".repeat(64);
        for good in ["draft", "photo-01m360ttgf1354w0k7hrzw0ws2", "0", &longest] {
            assert_eq!(good.parse::<ShadowName>().unwrap().as_str(), good);
        }
        for bad in ["", "Draft", "a.b", "../x", "a/b", "甲", "a b", &"a".repeat(65)] {
            assert_eq!(bad.parse::<ShadowName>(), Err(NotAShadowName), "{bad}");
        }
    }

    #[test]
    fn an_outcome_is_told_under_its_name() {
        let digest = Digest::of(b"x");
        let json = |outcome: &ShadowOutcome| serde_json::to_string(outcome).unwrap();
        assert_eq!(json(&ShadowOutcome::SignedElsewhere), r#""signed_elsewhere""#);
        let stored = ShadowOutcome::Stored { digest };
        assert_eq!(json(&stored), format!(r#"{{"stored":{{"digest":"{digest}"}}}}"#));
        assert_eq!(serde_json::from_str::<ShadowOutcome>(&json(&stored)).unwrap(), stored);
    }
}
