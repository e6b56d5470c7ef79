//! Where a connector sends to.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;
use serde::{Deserialize, Serialize};
use xunan_core::digest::Digest;

/// An `http` or `https` URL with a host. Its path and query may hold a secret: only [`Address::host`] is for logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(Uri);

/// A text that is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an http:// or https:// URL is needed, without a login in it")]
pub struct NotAnAddress;

/// An address that what is sent to is encrypted on its way: an `https` URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Address", into = "Address")]
pub struct SecureAddress(Address);

/// A text that is no address with TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an https:// URL is needed, without a login in it")]
pub struct NotSecure;

/// Whether what is sent is encrypted on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

impl Address {
    /// The host as it stands in the URL.
    pub fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    /// Scheme, host and port: what a push service is told that a token is for.
    pub(super) fn origin(&self) -> String {
        let scheme = match self.scheme() {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        format!("{scheme}://{}", self.authority())
    }

    /// What the store knows it by: the SHA-256 of the URL.
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.to_string().as_bytes())
    }

    pub(super) fn scheme(&self) -> Scheme {
        if self.0.scheme_str() == Some("https") { Scheme::Https } else { Scheme::Http }
    }

    pub(super) fn port(&self) -> u16 {
        self.0.port_u16().unwrap_or(match self.scheme() {
            Scheme::Http => 80,
            Scheme::Https => 443,
        })
    }

    /// For the `Host` header.
    pub(super) fn authority(&self) -> &str {
        self.0.authority().map_or("", |authority| authority.as_str())
    }

    /// For the first line of a request.
    pub(super) fn path_and_query(&self) -> &str {
        self.0.path_and_query().map_or("/", |path| path.as_str())
    }
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let uri: Uri = text.parse().map_err(|_| NotAnAddress)?;
        let host = uri.authority().map_or("", |authority| authority.as_str());
        let is_known = matches!(uri.scheme_str(), Some("http" | "https"));
        (is_known && !host.is_empty() && !host.contains('@')).then_some(Self(uri)).ok_or(NotAnAddress)
    }
}

impl SecureAddress {
    /// The address.
    pub const fn address(&self) -> &Address {
        &self.0
    }
}

impl FromStr for SecureAddress {
    type Err = NotSecure;

    fn from_str(text: &str) -> Result<Self, NotSecure> {
        text.parse::<Address>().map_err(|_| NotSecure)?.try_into()
    }
}

impl TryFrom<Address> for SecureAddress {
    type Error = NotSecure;

    fn try_from(address: Address) -> Result<Self, NotSecure> {
        (address.scheme() == Scheme::Https).then_some(Self(address)).ok_or(NotSecure)
    }
}

impl From<SecureAddress> for Address {
    fn from(address: SecureAddress) -> Self {
        address.0
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.to_string()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({}…)", self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_url_of_the_web_without_a_login() {
        let address: Address = "https://tsa.example/stamp?token=secret".parse().unwrap();
        assert_eq!((address.host(), address.port(), address.scheme()), ("tsa.example", 443, Scheme::Https));
        assert_eq!(address.path_and_query(), "/stamp?token=secret");
        let local: Address = "http://[::1]:8318".parse().unwrap();
        assert_eq!((local.authority(), local.port(), local.path_and_query()), ("[::1]:8318", 8318, "/"));
        for bad in
            ["", "tsa.example", "/stamp", "ftp://tsa.example/", "https://", "http://me:pw@tsa.example/"]
        {
            assert_eq!(bad.parse::<Address>(), Err(NotAnAddress), "{bad}");
        }
    }

    #[test]
    fn a_secure_address_is_one_with_tls() {
        let address: SecureAddress = "https://pay.example/take?token=secret".parse().unwrap();
        assert_eq!(address.address().host(), "pay.example");
        assert!(!format!("{address:?}").contains("secret"));
        for bad in ["", "http://pay.example/", "https://me:pw@pay.example/"] {
            assert_eq!(bad.parse::<SecureAddress>(), Err(NotSecure), "{bad}");
            assert!(serde_json::from_value::<SecureAddress>(bad.into()).is_err(), "{bad}");
        }
        let kept = serde_json::to_value(&address).unwrap();
        assert_eq!(serde_json::from_value::<SecureAddress>(kept).unwrap(), address);
    }

    #[test]
    fn nothing_that_may_be_secret_is_shown() {
        let address: Address = "https://tsa.example/stamp?token=secret".parse().unwrap();
        assert_eq!(format!("{address:?}"), "Address(tsa.example…)");
    }
}
