//! Who claims a reward. It is part of no entry: the server keeps it sealed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who claims 领奖人, with what a bank needs to pay.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claimant {
    /// 姓名
    pub name: String,
    /// 身份证号
    pub identity_card: String,
    /// 联系电话
    pub telephone: String,
    /// 开户银行
    pub bank: String,
    /// 银行账号
    pub account: String,
}

/// Claimants stay out of logs.
impl fmt::Debug for Claimant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claimant(..)")
    }
}

/// What is wrong with a claim as it was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimFault {
    /// A part is empty.
    #[error("a part is empty")]
    Missing,
    /// A part is longer than [`Claimant::MAX_CHARS`] characters.
    #[error("more than {} characters", Claimant::MAX_CHARS)]
    TooLong,
}

impl Claimant {
    /// Characters of each part, at most.
    pub const MAX_CHARS: usize = 60;

    /// The same without blanks around its parts, each of which says something.
    ///
    /// # Errors
    /// The first [`ClaimFault`].
    pub fn filled_in(mut self) -> Result<Self, ClaimFault> {
        let Self { name, identity_card, telephone, bank, account } = &mut self;
        for text in [name, identity_card, telephone, bank, account] {
            *text = text.trim().to_owned();
            match text.chars().count() {
                0 => return Err(ClaimFault::Missing),
                1..=Self::MAX_CHARS => {}
                _ => return Err(ClaimFault::TooLong),
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimant(name: &str) -> Claimant {
        let text = |text: &str| text.to_owned();
        Claimant {
            name: text(name),
            identity_card: text("110101199003070000"),
            telephone: text("13800000000"),
            bank: text("演示银行"),
            account: text(" 6222000000000000000 "),
        }
    }

    #[test]
    fn every_part_says_something_and_none_too_much() {
        let filled = claimant(" 王小明").filled_in().unwrap();
        assert_eq!((filled.name.as_str(), filled.account.as_str()), ("王小明", "6222000000000000000"));
        assert_eq!(format!("{filled:?}"), "Claimant(..)");
        assert_eq!(claimant(" ").filled_in(), Err(ClaimFault::Missing));
        assert_eq!(claimant(&"字".repeat(61)).filled_in(), Err(ClaimFault::TooLong));
    }
}
