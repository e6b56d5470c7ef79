//! Money.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in whole yuan 元, from 1 to [`Yuan::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u32")]
pub struct Yuan(u32);

/// A number that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not whole yuan from 1 to {}", Yuan::MOST)]
pub struct NotAnAmount;

impl Yuan {
    /// The most that any rule of the country allows for one report (2018 reward measures, secondary source).
    pub const MOST: u32 = 300_000;

    /// So many yuan.
    ///
    /// # Errors
    /// [`NotAnAmount`].
    pub const fn of(yuan: u32) -> Result<Self, NotAnAmount> {
        match yuan {
            1..=Self::MOST => Ok(Self(yuan)),
            _ => Err(NotAnAmount),
        }
    }

    /// How many yuan.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Yuan {
    type Error = NotAnAmount;

    fn try_from(yuan: u32) -> Result<Self, NotAnAmount> {
        Self::of(yuan)
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// As people type it: digits alone.
impl FromStr for Yuan {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_plain {
            return Err(NotAnAmount);
        }
        Self::of(text.parse().map_err(|_| NotAnAmount)?)
    }
}
