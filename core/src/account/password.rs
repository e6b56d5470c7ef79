//! What a password must be. Length is what makes one hard to guess, so there is no rule about kinds of characters; what
//! everybody tries first is refused.

use crate::problem::PasswordRefusal;

/// Characters of a password, at least: NIST SP 800-63B, 5.1.1.2.
pub const MIN_PASSWORD_CHARS: usize = 8;
/// Bytes of a password, at most: more is refused before it costs anything.
pub const MAX_PASSWORD_BYTES: usize = 1024;
/// Different characters of a password, at least: `aabbaabb` is as good as none.
const MIN_DIFFERENT_CHARS: usize = 5;

/// Those of the passwords found most often in leaks that the other rules let through, in small letters.
const COMMON: [&str; 30] = [
    "password",
    "password1",
    "password123",
    "passw0rd",
    "p@ssw0rd",
    "qwertyui",
    "qwertyuiop",
    "qwerty123",
    "qwer1234",
    "asdfghjk",
    "asdfghjkl",
    "asdf1234",
    "zxcvbnm123",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz@wsx",
    "q1w2e3r4",
    "abcd1234",
    "abcdefgh",
    "a1234567",
    "a12345678",
    "a123456789",
    "123456789a",
    "aa123456",
    "aa123456789",
    "iloveyou",
    "woaini1314",
    "woaini520",
    "admin123",
];

/// Whether a text can be a password, as far as it can be told from itself.
///
/// # Errors
/// [`PasswordRefusal`].
pub fn check_password(password: &str) -> Result<(), PasswordRefusal> {
    if password.chars().count() < MIN_PASSWORD_CHARS {
        return Err(PasswordRefusal::TooShort);
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(PasswordRefusal::TooLong);
    }
    let digits_alone = password.chars().all(|it| it.is_ascii_digit());
    let small = password.to_lowercase();
    if digits_alone || !has_different_characters(password) || COMMON.contains(&small.as_str()) {
        return Err(PasswordRefusal::Guessable);
    }
    Ok(())
}

/// Whether a person may change `before` into `chosen`.
///
/// # Errors
/// [`PasswordRefusal`].
pub fn check_chosen_password(chosen: &str, before: &str) -> Result<(), PasswordRefusal> {
    check_password(chosen)?;
    if chosen == before { Err(PasswordRefusal::SameAsBefore) } else { Ok(()) }
}

/// Whether a password is not its login name over again: asked where the login name is known.
///
/// # Errors
/// [`PasswordRefusal::Guessable`].
pub fn check_password_of(login: &str, password: &str) -> Result<(), PasswordRefusal> {
    let (login, password) = (login.to_lowercase(), password.to_lowercase());
    let rest = password.replace(&login, "");
    let little_else = rest.len() < password.len() && rest.chars().count() < MIN_DIFFERENT_CHARS;
    if little_else { Err(PasswordRefusal::Guessable) } else { Ok(()) }
}

fn has_different_characters(password: &str) -> bool {
    let mut seen = Vec::with_capacity(MIN_DIFFERENT_CHARS);
    for character in password.chars() {
        if !seen.contains(&character) {
            seen.push(character);
        }
        if seen.len() >= MIN_DIFFERENT_CHARS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_enough_and_not_what_everybody_tries_first() {
        use PasswordRefusal::{Guessable, TooLong, TooShort};
        for (password, expected) in [
            ("", Err(TooShort)),
            ("sieben7", Err(TooShort)),
            ("七个字的密码啊", Err(TooShort)),
            ("八个字的密码就够", Ok(())),
            ("yunxi-demo-2026", Ok(())),
            ("correct horse battery staple", Ok(())),
            ("9f3kd7w2", Ok(())),
            ("13800138000", Err(Guessable)),
            ("19800101", Err(Guessable)),
            ("aaaabbbb", Err(Guessable)),
            ("PASSWORD", Err(Guessable)),
            ("1qaz2wsx", Err(Guessable)),
            ("1qaz2wsx3edc", Ok(())),
        ] {
            assert_eq!(check_password(password), expected, "{password}");
        }
        assert_eq!(check_password(&"密码".repeat(170)), Err(Guessable));
        assert_eq!(check_password(&"abcdef".repeat(171)), Err(TooLong), "1026 bytes");
    }

    #[test]
    fn each_common_password_would_pass_without_the_list() {
        for common in COMMON {
            assert!(common.len() >= MIN_PASSWORD_CHARS && has_different_characters(common), "{common}");
            assert!(common.chars().any(|it| !it.is_ascii_digit()), "{common}");
            assert_eq!(common.to_lowercase(), common);
        }
    }

    #[test]
    fn a_new_password_is_another_than_before_and_more_than_the_login_name() {
        assert_eq!(check_chosen_password("vier Wörter", "yunxi-demo-2026"), Ok(()));
        let same = check_chosen_password("vier Wörter", "vier Wörter");
        assert_eq!(same, Err(PasswordRefusal::SameAsBefore));
        assert_eq!(check_chosen_password("kurz", "kurz"), Err(PasswordRefusal::TooShort));
        for (login, password, expected) in [
            ("inspector1", "Inspector1", Err(PasswordRefusal::Guessable)),
            ("inspector1", "inspector1123", Err(PasswordRefusal::Guessable)),
            ("inspector1", "inspector1 九月的早晨", Ok(())),
            ("inspector1", "yunxi-demo-2026", Ok(())),
            ("li", "linglongdeta", Ok(())),
        ] {
            assert_eq!(check_password_of(login, password), expected, "{password}");
        }
    }
}
