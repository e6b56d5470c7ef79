//! Passwords that the server makes up: told once, kept nowhere.

use crate::clock::{NoEntropy, random};

/// 32 letters and digits that are not mistaken for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Makes one up: 80 random bits in 16 characters.
///
/// # Errors
/// [`NoEntropy`] when the system has none.
pub fn make_up_password() -> Result<String, NoEntropy> {
    let characters = random::<16>()?.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    Ok(characters.iter().collect())
}
