//! Passwords: argon2id, one at a time, and the same work whether or not the login exists.
//!
//! The memory of the hash is set aside once and used again. Taken anew each time it would stay with whichever thread
//! took it, 19 MiB per thread; and a flood of sign-ins keeps one core busy, not all.

use std::sync::Arc;

use argon2::password_hash::{Output, PasswordHash, PasswordHasher as _, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Mutex;
use xunan_core::account::{MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARS, check_password};
use xunan_core::problem::PasswordRefusal;

use crate::clock::random;

/// Memory of one hash in KiB, passes and lanes: OWASP's first choice for argon2id (19 MiB, 2, 1).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// In the place of a hash: an account that no password opens.
pub(crate) const NO_PASSWORD: &str = "none";

/// Why a password could not be hashed or compared.
#[derive(Clone, Debug, thiserror::Error)]
pub enum PasswordError {
    /// It cannot be a password.
    #[error(
        "a password has {MIN_PASSWORD_CHARS} characters at least and {MAX_PASSWORD_BYTES} bytes at most, is not of digits \
         alone, and is none that everybody tries first ({0})"
    )]
    Refused(PasswordRefusal),
    /// The hasher failed.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// What a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightOrWrong {
    /// It is the account's password.
    Right,
    /// It is not, or there is no such account.
    Wrong,
}

/// Hashes and compares passwords.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    /// The memory of one hash: whoever holds it compares.
    memory: Arc<Mutex<Vec<Block>>>,
    /// Compared when the login does not exist, so that both answers take as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// Ready to hash.
    ///
    /// # Errors
    /// [`PasswordError::Failed`] when the system gives no randomness.
    pub fn new() -> Result<Self, PasswordError> {
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, "the password of nobody")?.into();
        Ok(Self { argon2, memory: Arc::default(), nobody })
    }

    /// Hashes a new password, as a PHC string. Takes some 20 ms of the calling thread.
    ///
    /// # Errors
    /// [`PasswordError::Refused`] when it cannot be one.
    pub fn hash(&self, password: &str) -> Result<String, PasswordError> {
        check_password(password).map_err(PasswordError::Refused)?;
        hash(&self.argon2, password)
    }

    /// Compares a password with the hash of an account, or with nobody's when there is no account, or none that a password opens.
    ///
    /// # Errors
    /// [`PasswordError::Failed`] when the comparison could not run.
    pub async fn compare(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<RightOrWrong, PasswordError> {
        if password.len() > MAX_PASSWORD_BYTES {
            return Ok(RightOrWrong::Wrong);
        }
        let hash = hash.filter(|it| it != NO_PASSWORD);
        let mut memory = Arc::clone(&self.memory).lock_owned().await;
        let nobody = Arc::clone(&self.nobody);
        let compare = move || {
            let known = PasswordHash::new(hash.as_deref().unwrap_or(&nobody)).map_err(failed)?;
            let same = hash_again(&known, password.as_bytes(), &mut memory)? == known.hash;
            Ok(if same && hash.is_some() { RightOrWrong::Right } else { RightOrWrong::Wrong })
        };
        tokio::task::spawn_blocking(compare).await.map_err(failed)?
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<String, PasswordError> {
    let salt = SaltString::encode_b64(&random::<16>().map_err(failed)?).map_err(failed)?;
    Ok(argon2.hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

/// Hashes a password as a known hash was made, with the cost that stands in it.
fn hash_again(
    known: &PasswordHash<'_>,
    password: &[u8],
    memory: &mut Vec<Block>,
) -> Result<Option<Output>, PasswordError> {
    let params = Params::try_from(known).map_err(failed)?;
    let version = known.version.map_or(Ok(Version::V0x13), Version::try_from).map_err(failed)?;
    let mut salt = [0; 64];
    let salt = known.salt.ok_or_else(|| failed("no salt"))?.decode_b64(&mut salt).map_err(failed)?;
    memory.resize(params.block_count(), Block::default());
    let mut hash = [0; Params::DEFAULT_OUTPUT_LEN];
    Argon2::new(Algorithm::Argon2id, version, params)
        .hash_password_into_with_memory(password, salt, &mut hash, memory)
        .map_err(failed)?;
    // Compares in constant time.
    Output::new(&hash).map(Some).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> PasswordError {
    PasswordError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_an_account_that_exists_is_right() {
        let passwords = Passwords::new().unwrap();
        let known = passwords.hash("九月的第一个早晨").unwrap();
        assert!(known.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let sealed = NO_PASSWORD.to_owned();
        for (password, hash, expected) in [
            (NO_PASSWORD, Some(&sealed), RightOrWrong::Wrong),
            ("the password of nobody", Some(&sealed), RightOrWrong::Wrong),
            ("九月的第一个早晨", Some(&known), RightOrWrong::Right),
            ("九月的第二个早晨", Some(&known), RightOrWrong::Wrong),
            ("the password of nobody", None, RightOrWrong::Wrong),
        ] {
            assert_eq!(
                passwords.compare(password.to_owned(), hash.cloned()).await.unwrap(),
                expected,
                "{password}"
            );
        }
    }

    #[test]
    fn what_cannot_be_a_password_is_not_hashed() {
        let passwords = Passwords::new().unwrap();
        for (password, why) in [
            ("sieben7".to_owned(), PasswordRefusal::TooShort),
            ("x".repeat(1025), PasswordRefusal::TooLong),
            ("1234567890".to_owned(), PasswordRefusal::Guessable),
        ] {
            assert!(matches!(passwords.hash(&password), Err(PasswordError::Refused(it)) if it == why));
        }
    }
}
