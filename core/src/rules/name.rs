//! Names that packs give to their parts. They are written by people (`fire.exit.locked`), stay the same from
//! edition to edition, and appear in signed records, so each has one spelling.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest name in bytes: generous beside today's longest of 28.
const MAX_BYTES: usize = 64;

/// A text that is not a name in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name: 1 to 64 ASCII letters, digits, dots, hyphens and underscores are needed")]
pub struct NotAName;

fn check(text: &str) -> Result<Box<str>, NotAName> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let right = (1..=MAX_BYTES).contains(&text.len()) && text.bytes().all(plain);
    if right { Ok(text.into()) } else { Err(NotAName) }
}

macro_rules! name {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// 1 to 64 ASCII letters, digits, `.`, `-` and `_`; compared and ordered byte by byte.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAName;

            fn from_str(text: &str) -> Result<Self, NotAName> {
                check(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::spelling::parsed_from_str(deserializer)
            }
        }
    )*};
}

name! {
    /// A rule pack over all its editions, such as `civil-affairs`.
    PackId;
    /// One edition of a pack, such as `2026.1`.
    Edition;
    /// A section of a checklist, such as `fire`.
    SectionId;
    /// An item of a checklist, such as `fire.exit.locked`.
    ItemId;
    /// A legal text in a pack's table of sources, such as `AQSC`.
    CiteId;
    /// An element of the comprehensive fire judgement 综合判定要素, such as `evac.exit_sealed`.
    ElementId;
    /// A department to which a finding may be referred 移送部门, such as `fire_rescue`.
    AuthorityId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain_ascii_of_1_to_64_bytes() {
        for good in ["a", "fire.exit.locked", "2026.1", "GB35181L", &"x".repeat(64)] {
            assert_eq!(good.parse::<ItemId>().unwrap().as_str(), good);
        }
        for bad in ["", "a b", "消防", "a/b", &"x".repeat(65)] {
            assert_eq!(bad.parse::<ItemId>(), Err(NotAName), "{bad}");
        }
    }
}
