//! Compact JWS with ES256 (RFC 7515, RFC 7518 3.4), as far as entries and the server's statements need it.
//!
//! Of everything that a JWS could be, exactly one spelling is read: the header has three members in this order
//! and no other, base64url has no padding and no stray bits. So two texts that differ are two entries, no header
//! can choose another algorithm, and the hash of the text is the hash of the entry.
//!
//! Signing and verifying themselves are done by whoever calls: WebCrypto in a browser, an assembly-backed
//! library on the server ([`Es256`]).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// A P-256 public key as a JWK (RFC 7517): `kty` "EC", `crv` "P-256", coordinates in base64url.
///
/// A key that came from elsewhere may be no key at all: [`PublicKey::to_sec1`] says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl PublicKey {
    /// From its two coordinates, big-endian.
    pub fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Self {
        Self { kty: "EC".to_owned(), crv: "P-256".to_owned(), x: to_base64url(x), y: to_base64url(y) }
    }

    /// From the uncompressed point (SEC 1, 2.3.3): 4, x, y. WebCrypto's `exportKey("raw")` and native libraries
    /// give this. `None` for anything else.
    pub fn from_sec1(point: &[u8]) -> Option<Self> {
        let (tag, coordinates) = point.split_first()?;
        let (x, y) = coordinates.split_first_chunk()?;
        (*tag == 4).then_some(())?;
        Some(Self::from_coordinates(x, y.try_into().ok()?))
    }

    /// The uncompressed point (SEC 1, 2.3.3): 4, x, y, as native libraries take it. `None` when this is not a
    /// P-256 key in the spelling that we write. Whether the point lies on the curve is for them to check.
    pub fn to_sec1(&self) -> Option<[u8; 65]> {
        if self.kty != "EC" || self.crv != "P-256" {
            return None;
        }
        let mut point = [4; 65];
        point[1..33].copy_from_slice(&coordinate(&self.x)?);
        point[33..].copy_from_slice(&coordinate(&self.y)?);
        Some(point)
    }

    /// The key's thumbprint (RFC 7638, SHA-256, base64url): the `kid` of a server's key.
    pub fn thumbprint(&self) -> String {
        // The members in lexicographic order, without spaces, as RFC 7638 3 wants them.
        let Self { kty, crv, x, y } = self;
        to_base64url(
            Digest::of(format!(r#"{{"crv":"{crv}","kty":"{kty}","x":"{x}","y":"{y}"}}"#).as_bytes()).bytes(),
        )
    }
}

fn coordinate(text: &str) -> Option<[u8; 32]> {
    from_base64url(text)?.try_into().ok()
}

/// An ES256 signature: 32 bytes r, 32 bytes s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

/// The ASCII bytes that are signed: protected header, a dot, payload, both in base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningInput(String);

impl SigningInput {
    /// The bytes to sign.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// How long the compact JWS will be: input, a dot, 64 bytes in base64url.
    pub(super) fn compact_len(&self) -> usize {
        self.0.len() + 1 + SIGNATURE_CHARS
    }

    pub(super) fn new(content: Content, kid: &str, payload: &[u8]) -> Self {
        let mut text = to_base64url(content.header(kid).as_bytes());
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(payload, &mut text);
        Self(text)
    }

    pub(super) fn signed(self, signature: &Signature) -> String {
        let mut compact = self.0;
        compact.push('.');
        URL_SAFE_NO_PAD.encode_string(signature.0, &mut compact);
        compact
    }
}

/// 64 bytes in base64url.
const SIGNATURE_CHARS: usize = 86;

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

impl<T: Es256> Es256 for &T {
    fn verify(&self, key: &PublicKey, input: &[u8], signature: &Signature) -> SignatureVerdict {
        (**self).verify(key, input, signature)
    }
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

/// What a JWS of ours can hold: the `typ` of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// What a device did.
    Entry,
    /// The server has an entry.
    Receipt,
    /// How the transparency log stood.
    Root,
    /// What time it was.
    Time,
    /// Whose key a device's is.
    Device,
    /// What was put into a package.
    Package,
}

impl Content {
    const fn typ(self) -> &'static str {
        match self {
            Self::Entry => "xunan-entry+jws",
            Self::Receipt => "xunan-receipt+jws",
            Self::Root => "xunan-root+jws",
            Self::Time => "xunan-time+jws",
            Self::Device => "xunan-device+jws",
            Self::Package => "xunan-package+jws",
        }
    }

    fn header(self, kid: &str) -> String {
        format!(r#"{{"alg":"ES256","kid":"{kid}","typ":"{}"}}"#, self.typ())
    }
}

/// A compact JWS taken apart.
pub(super) struct Parts {
    pub(super) kid: String,
    pub(super) payload: String,
    pub(super) signature: Signature,
}

pub(super) fn take_apart(compact: &str, content: Content) -> Result<Parts, NotAJws> {
    let mut parts = compact.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(NotAJws::Shape);
    };
    let header = from_base64url(header).ok_or(NotAJws::Shape)?;
    let payload = from_base64url(payload).ok_or(NotAJws::Shape)?;
    let payload = String::from_utf8(payload).map_err(|error| NotAJws::Payload(error.to_string()))?;
    let signature = from_base64url(signature).ok_or(NotAJws::Shape)?;
    let kid = kid_of(&header, content).ok_or_else(|| {
        let start: String = String::from_utf8_lossy(&header).chars().take(200).collect();
        NotAJws::Header(start)
    })?;
    let signature = Signature(signature.try_into().map_err(|_| NotAJws::SignatureLength)?);
    Ok(Parts { kid, payload, signature })
}

/// The part of a compact JWS that is signed: everything before the last dot.
pub(super) fn signed_part(compact: &str) -> &[u8] {
    compact.rsplit_once('.').map_or(&[], |(input, _)| input.as_bytes())
}

/// The `kid` of a header that is spelled exactly as ours; so `crit`, `alg: none` and an embedded key have no way in.
fn kid_of(header: &[u8], content: Content) -> Option<String> {
    let header = std::str::from_utf8(header).ok()?;
    let kid = header.strip_prefix(r#"{"alg":"ES256","kid":""#)?;
    let kid = &kid[..kid.find('"')?];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!kid.is_empty() && kid.bytes().all(plain) && content.header(kid) == header).then(|| kid.to_owned())
}

pub(super) fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Refuses padding, other alphabets and stray bits in the last character.
pub(super) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_of_base64url_is_read() {
        assert_eq!(from_base64url("_-8").unwrap(), [0xff, 0xef]);
        for bad in ["_-8=", "/+8", "_-9", "_-8\n", "_", "_-8 "] {
            assert_eq!(from_base64url(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_our_own_header_is_read() {
        assert_eq!(kid_of(Content::Entry.header("K-1_a").as_bytes(), Content::Entry).unwrap(), "K-1_a");
        for bad in [
            r#"{"alg":"none","kid":"k","typ":"xunan-entry+jws"}"#,
            r#"{"alg":"HS256","kid":"k","typ":"xunan-entry+jws"}"#,
            r#"{"alg":"ES256","kid":"k","typ":"xunan-receipt+jws"}"#,
            r#"{"alg":"ES256","kid":"","typ":"xunan-entry+jws"}"#,
            r#"{"alg":"ES256","kid":"k\u0041","typ":"xunan-entry+jws"}"#,
            r#"{"alg":"ES256","kid":"k","typ":"xunan-entry+jws","crit":["b64"]}"#,
            r#"{"alg":"ES256", "kid":"k","typ":"xunan-entry+jws"}"#,
            r#"{"kid":"k","alg":"ES256","typ":"xunan-entry+jws"}"#,
            "",
        ] {
            assert_eq!(kid_of(bad.as_bytes(), Content::Entry), None, "{bad}");
        }
    }

    #[test]
    fn the_thumbprint_and_the_point_follow_their_standards() {
        // The key of RFC 7515 A.3; its thumbprint by a program that is not ours.
        let key = PublicKey {
            kty: "EC".to_owned(),
            crv: "P-256".to_owned(),
            x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU".to_owned(),
            y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0".to_owned(),
        };
        assert_eq!(key.thumbprint(), "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
        let point = key.to_sec1().unwrap();
        assert_eq!(PublicKey::from_sec1(&point), Some(key.clone()));
        assert_eq!(PublicKey::from_sec1(&point[..64]), None);
        assert_eq!(PublicKey { crv: "P-384".to_owned(), ..key.clone() }.to_sec1(), None);
        assert_eq!(PublicKey { x: key.x[1..].to_owned(), ..key }.to_sec1(), None);
    }
}
