//! Exported files that a password opens: `docs/export-encryption.md`.
//!
//! ```text
//! header, 40 bytes │ chunk 0, 1 MiB + tag │ chunk 1 │ … │ last chunk, 0 to 1 MiB + tag
//! ```
//!
//! Each chunk is encrypted with AES-256-GCM under an IV that counts the chunks and says of the last that it is the
//! last, with the whole header as additional data (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár).
//! So chunks cannot be swapped, left out or cut off, and no other header fits.

use super::{IV_BYTES, KDF_ROUNDS, TAG_BYTES};

/// The first bytes of such a file.
pub const MAGIC: [u8; 8] = *b"XUNANENC";

/// Bytes of the header.
pub const HEADER_BYTES: usize = 40;

/// Bytes of a file that are encrypted together; only the last chunk has fewer.
pub const CHUNK_BYTES: u32 = 1024 * 1024;

/// Bytes of the salt.
pub const SALT_BYTES: usize = 16;

/// The version of this format.
const FORMAT: u8 = 1;

/// PBKDF2-HMAC-SHA-256.
const KDF: u8 = 1;

/// AES-256-GCM.
const CIPHER: u8 = 1;

/// More rounds than this are not worked off for anybody: a forged header must not keep a computer busy for hours.
const MOST_ROUNDS: u32 = 10_000_000;

/// Why a file is none of these. What is wrong with a chunk only the cipher can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASealedFile {
    /// It begins with other bytes.
    #[error("this is not an encrypted export of Xun'an")]
    OtherFile,
    /// A later version, another cipher, or numbers out of their bounds.
    #[error("the file is of a kind that this version does not know")]
    OtherFormat,
    /// It ends within the header.
    #[error("the file is cut off")]
    CutOff,
    /// It has more chunks than can be counted.
    #[error("the file is too long")]
    TooLong,
}

/// What stands before the first chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Rounds of PBKDF2-HMAC-SHA-256, from 1 to ten million.
    pub rounds: u32,
    /// Drawn anew for each file: no two files have the same key.
    pub salt: [u8; SALT_BYTES],
}

impl Header {
    /// A header for a new file, with a salt that was just drawn.
    pub const fn new(salt: [u8; SALT_BYTES]) -> Self {
        Self { rounds: KDF_ROUNDS, salt }
    }

    /// As bytes: also the additional data of every chunk.
    pub fn bytes(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&[FORMAT, KDF, CIPHER, 0]);
        bytes[12..16].copy_from_slice(&self.rounds.to_le_bytes());
        bytes[16..32].copy_from_slice(&self.salt);
        bytes[32..36].copy_from_slice(&CHUNK_BYTES.to_le_bytes());
        bytes
    }

    /// Reads the header at the beginning of a file.
    ///
    /// # Errors
    /// [`NotASealedFile`].
    pub fn read(file: &[u8]) -> Result<Self, NotASealedFile> {
        if !file.starts_with(&MAGIC) {
            return Err(NotASealedFile::OtherFile);
        }
        let bytes: &[u8; HEADER_BYTES] = file.first_chunk().ok_or(NotASealedFile::CutOff)?;
        let (mut rounds, mut salt) = ([0; 4], [0; SALT_BYTES]);
        rounds.copy_from_slice(&bytes[12..16]);
        salt.copy_from_slice(&bytes[16..32]);
        let header = Self { rounds: u32::from_le_bytes(rounds), salt };
        // One spelling for each header: whatever else stands in it is of a later version.
        let known = (1..=MOST_ROUNDS).contains(&header.rounds) && header.bytes() == *bytes;
        if known { Ok(header) } else { Err(NotASealedFile::OtherFormat) }
    }
}

/// Whether more chunks follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// At least one.
    More,
    /// None.
    Nothing,
}

/// One chunk: where its bytes are, and under which IV they are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Where it begins, in bytes.
    pub start: u64,
    /// Where the next one would begin, in bytes.
    pub end: u64,
    /// The initialisation vector.
    pub iv: [u8; IV_BYTES],
}

/// The chunks of a file that is to be encrypted. An empty file has one, of no bytes.
///
/// # Errors
/// [`NotASealedFile::TooLong`] from 4 PiB on.
pub fn plain_chunks(size_bytes: u64) -> Result<Vec<Chunk>, NotASealedFile> {
    chunks(0, size_bytes, u64::from(CHUNK_BYTES))
}

/// The chunks of an encrypted file of so many bytes, header included.
///
/// # Errors
/// [`NotASealedFile::CutOff`] when a chunk would be shorter than its tag; [`NotASealedFile::TooLong`].
pub fn sealed_chunks(size_bytes: u64) -> Result<Vec<Chunk>, NotASealedFile> {
    let (start, tag) = (HEADER_BYTES as u64, TAG_BYTES as u64);
    let all = chunks(start, size_bytes, u64::from(CHUNK_BYTES) + tag)?;
    let whole = all.last().is_some_and(|last| last.end >= last.start + tag);
    if whole { Ok(all) } else { Err(NotASealedFile::CutOff) }
}

fn chunks(start: u64, end: u64, each: u64) -> Result<Vec<Chunk>, NotASealedFile> {
    let long = end.checked_sub(start).ok_or(NotASealedFile::CutOff)?;
    let count = u32::try_from(long.div_ceil(each).max(1)).map_err(|_| NotASealedFile::TooLong)?;
    let chunk = |number: u32| {
        let from = start + u64::from(number) * each;
        let follows = if number + 1 == count { Follows::Nothing } else { Follows::More };
        Chunk { start: from, end: end.min(from + each), iv: iv(number, follows) }
    };
    Ok((0..count).map(chunk).collect())
}

/// Seven zeros, the chunk's number from 0 (big endian), and 1 for the last chunk.
fn iv(number: u32, follows: Follows) -> [u8; IV_BYTES] {
    let mut iv = [0; IV_BYTES];
    iv[7..11].copy_from_slice(&number.to_be_bytes());
    iv[11] = u8::from(follows == Follows::Nothing);
    iv
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_it_was_written_and_any_other_byte_is_not_ours() {
        let header = Header::new([7; SALT_BYTES]);
        let bytes = header.bytes();
        assert_eq!(Header::read(&bytes), Ok(header));
        assert_eq!(Header::read(&bytes[..39]), Err(NotASealedFile::CutOff));
        assert_eq!(Header::read(b"PK"), Err(NotASealedFile::OtherFile));
        for at in (8..12).chain(32..HEADER_BYTES) {
            let mut other = bytes;
            other[at] ^= 1;
            assert_eq!(Header::read(&other), Err(NotASealedFile::OtherFormat), "{at}");
        }
        for rounds in [0, MOST_ROUNDS + 1] {
            let forged = Header { rounds, salt: header.salt }.bytes();
            assert_eq!(Header::read(&forged), Err(NotASealedFile::OtherFormat));
        }
    }

    #[test]
    fn chunks_cover_a_file_without_gaps_and_only_the_last_says_so() {
        let chunk = u64::from(CHUNK_BYTES);
        for (size, count) in [(0, 1), (1, 1), (chunk, 1), (chunk + 1, 2), (5 * chunk, 5)] {
            let plain = plain_chunks(size).unwrap();
            assert_eq!(plain.len(), count, "{size}");
            assert_eq!((plain[0].start, plain[count - 1].end), (0, size));
            assert!(plain.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert_eq!(plain.iter().filter(|it| it.iv[11] == 1).count(), 1);
            assert_eq!(plain[count - 1].iv[11], 1);
            // The encrypted file has the same chunks, each by a tag longer.
            let tags = (TAG_BYTES * count) as u64;
            let sealed = sealed_chunks(HEADER_BYTES as u64 + size + tags).unwrap();
            let long = |all: &[Chunk]| all.iter().map(|it| it.end - it.start).collect::<Vec<_>>();
            let longer: Vec<_> = long(&plain).iter().map(|it| it + TAG_BYTES as u64).collect();
            assert_eq!(long(&sealed), longer);
            assert!(plain.iter().zip(&sealed).all(|(plain, sealed)| plain.iv == sealed.iv));
        }
        assert_eq!(sealed_chunks(HEADER_BYTES as u64 + 15), Err(NotASealedFile::CutOff));
        assert_eq!(sealed_chunks(3), Err(NotASealedFile::CutOff));
        assert_eq!(plain_chunks(u64::MAX), Err(NotASealedFile::TooLong));
    }
}
