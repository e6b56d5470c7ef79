//! By what a reporter asks after a report: a link that nobody can guess, and a short code for the telephone.
//!
//! Both follow from the token of the form and from a key that only a file holds. So the same form gives the same secret
//! again, though the database knows no more than a keyed hash of it, and a copy of the database cannot even be tried.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use xunan_core::digest::Digest;
use xunan_core::ids::SnapId;

use super::SnapError;
use crate::clock::{NoEntropy, random};
use crate::photo_store::{PhotoFolder, SecretFile};

/// Digits of a short code: of 100,000 reports a guess hits one in 100,000 times, and guesses are counted.
const CODE_DIGITS: usize = 10;

/// Codes that a form can have. The second one is needed once in 100,000 forms.
const CODES: u8 = 8;

/// A text that is not what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of ours")]
pub struct NotASecret;

/// 128 random bits as 22 characters of base64url. Never logged.
macro_rules! secret_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The text.
            pub fn text(&self) -> String {
                URL_SAFE_NO_PAD.encode(self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotASecret;

            fn from_str(text: &str) -> Result<Self, NotASecret> {
                let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotASecret)?;
                bytes.try_into().map(Self).map_err(|_| NotASecret)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

/// A secret text that is made without a key.
macro_rules! random_text {
    ($(#[$doc:meta])* $name:ident) => {
        secret_text! { $(#[$doc])* $name }

        impl $name {
            /// A fresh one.
            ///
            /// # Errors
            /// [`NoEntropy`] when the system has none.
            pub fn fresh() -> Result<Self, NoEntropy> {
                random().map(Self)
            }
        }
    };
}

random_text! {
    /// What a form is known by: it makes sending it twice harmless.
    FormToken
}
secret_text! {
    /// What a reporter asks by: the last part of the link.
    Secret
}
random_text! {
    /// What a browser that met something too is known by, in a cookie of its own: it has nothing to do with any report.
    DeviceToken
}
random_text! {
    /// What a browser that reports is counted by, in a cookie that lasts as long as the count. It is written down nowhere, so it
    /// joins no two reports.
    #[derive(Copy, Hash)]
    SenderToken
}

impl Secret {
    /// One that no report has: secrets are made with a key.
    pub const fn nobodys() -> Self {
        Self([0; 16])
    }
}

impl FormToken {
    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// What a reporter says on the telephone: ten digits, written as `123 456 7890`.
#[derive(Clone, PartialEq, Eq)]
pub struct ShortCode(String);

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

impl fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShortCode(..)")
    }
}

impl FromStr for ShortCode {
    type Err = NotASecret;

    /// As people type it: spaces and dashes do not matter.
    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let digits: String = text.chars().filter(|it| !it.is_whitespace() && *it != '-').collect();
        let fits = digits.len() == CODE_DIGITS && digits.bytes().all(|it| it.is_ascii_digit());
        if fits { Ok(Self(digits)) } else { Err(NotASecret) }
    }
}

/// The key of all secrets of this server.
pub struct FollowKey(hmac::Key);

impl FollowKey {
    /// Reads the key, and makes it at the first start.
    ///
    /// # Errors
    /// When the folder of keys failed, or there is no randomness.
    pub fn load(folder: &PhotoFolder) -> Result<Self, SnapError> {
        let bytes = match folder.read_secret(SecretFile::Follows)? {
            Some(bytes) => bytes,
            None => {
                let bytes = random()?;
                folder.write_secret(SecretFile::Follows, &bytes)?;
                bytes
            }
        };
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    /// What `bytes` are in one of the uses of the key.
    pub(super) fn mac(&self, used_as: &str, bytes: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(used_as.as_bytes());
        context.update(&[0]);
        context.update(bytes);
        let mut mac = [0; 32];
        mac.copy_from_slice(context.sign().as_ref());
        mac
    }

    /// The secret of a form.
    pub fn secret_of(&self, token: &FormToken) -> Secret {
        let mac = self.mac("secret", &token.0);
        let mut secret = [0; 16];
        secret.copy_from_slice(&mac[..16]);
        Secret(secret)
    }

    /// The codes that a form can have, the first one before the others.
    pub fn codes_of(&self, token: &FormToken) -> impl Iterator<Item = ShortCode> {
        (0..CODES).map(|number| {
            let mac = self.mac(&format!("code {number}"), &token.0);
            let mut low = [0; 8];
            low.copy_from_slice(&mac[..8]);
            ShortCode(format!("{:010}", u64::from_be_bytes(low) % 10_000_000_000))
        })
    }

    /// What the database knows a secret by.
    pub fn hash_of_secret(&self, secret: &Secret) -> Digest {
        Digest::from_bytes(self.mac("hash of a secret", &secret.0))
    }

    /// What the database knows a device by that met a case too: another value for each case, so that two of one device have
    /// nothing in common.
    pub fn hash_of_device(&self, device: &DeviceToken, snap: SnapId) -> Digest {
        let bytes = [&device.0, snap.to_string().as_bytes()].concat();
        Digest::from_bytes(self.mac("hash of a device at a case", &bytes))
    }

    /// What the database knows a code by.
    pub fn hash_of_code(&self, code: &ShortCode) -> Digest {
        Digest::from_bytes(self.mac("hash of a code", code.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_one_secret_and_codes_that_read_back_under_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let folder = PhotoFolder::open(folder.path()).unwrap();
        let (key, again) = (FollowKey::load(&folder).unwrap(), FollowKey::load(&folder).unwrap());
        let token = FormToken::fresh().unwrap();
        let secret = key.secret_of(&token);
        assert_eq!(secret, again.secret_of(&token.text().parse().unwrap()));
        assert_eq!(secret, secret.text().parse().unwrap());
        assert_ne!(secret.text(), token.text());
        let code = key.codes_of(&token).next().unwrap();
        assert_eq!(code.to_string().parse(), Ok(code.clone()));
        assert_eq!(key.hash_of_code(&code), again.hash_of_code(&code));
        for bad in ["", "12345", "123 456 789x", "12345678901"] {
            assert_eq!(bad.parse::<ShortCode>(), Err(NotASecret), "{bad}");
        }
        assert!("../../etc/passwd".parse::<Secret>().is_err());
        assert_eq!(format!("{token:?} {secret:?} {code:?}"), "FormToken(..) Secret(..) ShortCode(..)");
    }
}
