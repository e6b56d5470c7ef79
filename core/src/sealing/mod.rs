//! How phones encrypt what leaves them before it is signed or sent: the frames around the ciphertext, without the
//! cipher. Browser and server bring PBKDF2 and AES-256-GCM; what they must agree on to the byte is here.
//!
//! * [`shadow`]: copies of drafts on the server, which only the phones of their account can read.
//! * [`mod@file`]: exported files, which anybody opens who knows the password.

pub mod file;
pub mod shadow;

/// Rounds of PBKDF2-HMAC-SHA-256 between a password and a key: what OWASP asks for since 2023.
pub const KDF_ROUNDS: u32 = 600_000;

/// Bytes of an AES-256 key.
pub const KEY_BYTES: usize = 32;

/// Bytes of an initialisation vector of GCM.
pub const IV_BYTES: usize = 12;

/// Bytes by which GCM lengthens what it encrypts.
pub const TAG_BYTES: usize = 16;
