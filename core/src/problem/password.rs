//! Why a text cannot be a password.

use super::refusals::refusals;

refusals! {
    /// Why a text cannot be a password.
    PasswordRefusal;

    /// 太短.
    TooShort = "too_short";
    /// 太长.
    TooLong = "too_long";
    /// 太容易猜到: digits alone, a few characters over and over, one of those that everybody tries, or the login name.
    Guessable = "guessable";
    /// 与原密码相同.
    SameAsBefore = "same_as_before";
}
