//! The names that files of a package can have, and their order. No other name is read.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::digest::Digest;
use crate::ids::{DeviceId, EntryId};

/// A file of a package. The order of the variants, and of what they hold, is the order of the files: whoever reads
/// from front to back knows the keys before the entries, and the entries before the photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileName {
    /// `README.txt`: how to check the package by hand.
    Readme,
    /// `contents.jws`: the server's word on what is in it.
    Contents,
    /// `server-keys.json`: the server's public keys, as the server that made the package gave them.
    ServerKeys,
    /// `devices/<device>.jws`: the server's word on a device.
    Device(DeviceId),
    /// `devices/<device>.jwk.json`: a device's public key that nobody vouches for.
    DeviceKey(DeviceId),
    /// `entries/<entry>.jws`, exactly as signed.
    Entry(EntryId),
    /// `receipts/<entry>.jws`, exactly as signed.
    Receipt(EntryId),
    /// `rules/<sha256>.json`: a rule pack by which a record was graded.
    Rules(Digest),
    /// `roots/<size>.jws`: the signed root of the log of receipts at that size.
    Root(u64),
    /// `proofs/<entry>.json`: the proof that the entry's receipt is under a root.
    Proof(EntryId),
    /// `photos/<sha256>.jpg`, as stored.
    Photo(Digest),
    /// `originals/<sha256>.bin`: a photo's bytes as the camera gave them.
    Original(Digest),
}

/// A text that is not the name of a file of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a file of a package")]
pub struct NotAFileName;

impl FileName {
    /// The longest name, in bytes.
    pub const MAX_LEN: usize = "originals/.bin".len() + 64;

    /// Bytes of such a file, at most; what is larger is not read.
    pub const fn max_bytes(&self) -> u64 {
        const KIB: u64 = 1024;
        const MIB: u64 = 1024 * KIB;
        match self {
            Self::Readme | Self::ServerKeys | Self::Device(_) | Self::Root(_) => 64 * KIB,
            Self::DeviceKey(_) => KIB,
            Self::Receipt(_) | Self::Proof(_) => 256 * KIB,
            Self::Entry(_) => MIB,
            Self::Rules(_) => 2 * MIB,
            Self::Contents => 8 * MIB,
            Self::Photo(_) => 16 * MIB,
            Self::Original(_) => 256 * MIB,
        }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Readme => f.write_str("README.txt"),
            Self::Contents => f.write_str("contents.jws"),
            Self::ServerKeys => f.write_str("server-keys.json"),
            Self::Device(device) => write!(f, "devices/{device}.jws"),
            Self::DeviceKey(device) => write!(f, "devices/{device}.jwk.json"),
            Self::Entry(entry) => write!(f, "entries/{entry}.jws"),
            Self::Receipt(entry) => write!(f, "receipts/{entry}.jws"),
            Self::Rules(digest) => write!(f, "rules/{}.json", digest.hex()),
            Self::Root(size) => write!(f, "roots/{size}.jws"),
            Self::Proof(entry) => write!(f, "proofs/{entry}.json"),
            Self::Photo(digest) => write!(f, "photos/{}.jpg", digest.hex()),
            Self::Original(digest) => write!(f, "originals/{}.bin", digest.hex()),
        }
    }
}

impl FromStr for FileName {
    type Err = NotAFileName;

    fn from_str(text: &str) -> Result<Self, NotAFileName> {
        fn part<T: FromStr>(rest: &str, extension: &str) -> Result<T, NotAFileName> {
            rest.strip_suffix(extension).and_then(|stem| stem.parse().ok()).ok_or(NotAFileName)
        }
        let hex = |rest: &str, extension: &str| {
            let stem = rest.strip_suffix(extension).ok_or(NotAFileName)?;
            Digest::from_hex(stem).map_err(|_| NotAFileName)
        };
        let name = match text.split_once('/') {
            None if text == "README.txt" => Self::Readme,
            None if text == "contents.jws" => Self::Contents,
            None if text == "server-keys.json" => Self::ServerKeys,
            Some(("devices", rest)) if rest.ends_with(".jws") => Self::Device(part(rest, ".jws")?),
            Some(("devices", rest)) => Self::DeviceKey(part(rest, ".jwk.json")?),
            Some(("entries", rest)) => Self::Entry(part(rest, ".jws")?),
            Some(("receipts", rest)) => Self::Receipt(part(rest, ".jws")?),
            Some(("rules", rest)) => Self::Rules(hex(rest, ".json")?),
            Some(("roots", rest)) => Self::Root(part(rest, ".jws")?),
            Some(("proofs", rest)) => Self::Proof(part(rest, ".json")?),
            Some(("photos", rest)) => Self::Photo(hex(rest, ".jpg")?),
            Some(("originals", rest)) => Self::Original(hex(rest, ".bin")?),
            _ => return Err(NotAFileName),
        };
        // A number has many spellings ("+7", "007"): only ours is a name.
        if name.to_string() == text { Ok(name) } else { Err(NotAFileName) }
    }
}

impl Serialize for FileName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again_and_stays_below_the_longest() {
        let digest = Digest::of(b"x");
        let id = "01KAFMSM00VECTVECTVECTVECT";
        for name in [
            FileName::Readme,
            FileName::Contents,
            FileName::ServerKeys,
            FileName::Device(id.parse().unwrap()),
            FileName::DeviceKey(id.parse().unwrap()),
            FileName::Entry(id.parse().unwrap()),
            FileName::Receipt(id.parse().unwrap()),
            FileName::Rules(digest),
            FileName::Root(u64::MAX),
            FileName::Proof(id.parse().unwrap()),
            FileName::Photo(digest),
            FileName::Original(digest),
        ] {
            let text = name.to_string();
            assert_eq!(text.parse(), Ok(name), "{text}");
            assert!(text.len() <= FileName::MAX_LEN, "{text}");
        }
    }

    #[test]
    fn other_names_are_refused() {
        let hex = Digest::of(b"x").hex();
        for bad in [
            String::new(),
            "readme.txt".to_owned(),
            "entries/../../etc/passwd".to_owned(),
            "entries/01kafmsm00vectvectvectvect.jws".to_owned(),
            format!("photos/{}.jpg", hex.to_uppercase()),
            format!("photos/{hex}.png"),
            format!("/photos/{hex}.jpg"),
            format!("photos/x/{hex}.jpg"),
            "roots/+7.jws".to_owned(),
            "roots/07.jws".to_owned(),
            "entries/".to_owned(),
        ] {
            assert_eq!(bad.parse::<FileName>(), Err(NotAFileName), "{bad}");
        }
    }
}
