//! `xunan decrypt`: opens an encrypted export, chunk by chunk, without a server or a data folder.
//!
//! The result has its name only once the last chunk has been opened: a file that was cut off never looks whole.

use std::fs::{self, File};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::pbkdf2;
use xunan_core::sealing::KEY_BYTES;
use xunan_core::sealing::file::{CHUNK_BYTES, HEADER_BYTES, Header, NotASealedFile, sealed_chunks};

use crate::command_line::DecryptOptions;

/// Why a file was not opened. Nothing of it was written then.
#[derive(Debug, thiserror::Error)]
pub enum DecryptError {
    /// The file cannot be read, or the result cannot be written.
    #[error("{file}: {cause}")]
    File {
        /// Which.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// No password.
    #[error("no password was given on standard input")]
    NoPassword,
    /// It is none of our encrypted exports.
    #[error(transparent)]
    NotSealed(#[from] NotASealedFile),
    /// The first chunk does not open.
    #[error("the password is another one, or the file was changed")]
    WrongPassword,
    /// A later chunk does not open, though the first did.
    #[error("the file was changed or cut off {at} bytes from its beginning; nothing was written")]
    Damaged {
        /// Where the chunk begins, in bytes.
        at: u64,
    },
}

/// Opens the file with the password on standard input, and says where the result is.
///
/// # Errors
/// [`DecryptError`].
pub fn run(options: &DecryptOptions) -> Result<(), DecryptError> {
    let out = options.out.clone().unwrap_or_else(|| options.file.with_extension(""));
    let mut password = String::new();
    let read = io::stdin().lock().read_line(&mut password);
    read.map_err(|cause| DecryptError::File { file: "standard input".into(), cause })?;
    open(&options.file, &out, password.trim_end_matches(['\r', '\n']))?;
    _ = writeln!(io::stdout(), "{}", out.display());
    Ok(())
}

fn open(file: &Path, out: &Path, password: &str) -> Result<(), DecryptError> {
    if password.is_empty() {
        return Err(DecryptError::NoPassword);
    }
    let of_out = |cause| DecryptError::File { file: out.to_owned(), cause };
    if out.exists() {
        return Err(of_out(io::ErrorKind::AlreadyExists.into()));
    }
    let mut unfinished = out.as_os_str().to_owned();
    unfinished.push(".part");
    let unfinished = PathBuf::from(unfinished);
    let written = write_plain(file, &unfinished, password);
    if written.is_err() {
        // What could not be opened to its end is no file; one that was never made cannot be removed.
        _ = fs::remove_file(&unfinished);
    }
    written?;
    fs::rename(&unfinished, out).map_err(of_out)
}

fn write_plain(file: &Path, plain: &Path, password: &str) -> Result<(), DecryptError> {
    let of_file = |cause| DecryptError::File { file: file.to_owned(), cause };
    let of_plain = |cause| DecryptError::File { file: plain.to_owned(), cause };
    let mut sealed = File::open(file).map_err(of_file)?;
    let size = sealed.metadata().map_err(of_file)?.len();
    let mut head = Vec::with_capacity(HEADER_BYTES);
    (&mut sealed).take(HEADER_BYTES as u64).read_to_end(&mut head).map_err(of_file)?;
    let header = Header::read(&head)?;
    let (key, chunks) = (key(password, &header), sealed_chunks(size)?);
    let mut plain = File::create_new(plain).map_err(of_plain)?;
    let mut bytes = Vec::with_capacity(CHUNK_BYTES as usize + 16);
    for chunk in chunks {
        bytes.clear();
        (&mut sealed).take(chunk.end - chunk.start).read_to_end(&mut bytes).map_err(of_file)?;
        let nonce = Nonce::assume_unique_for_key(chunk.iv);
        let opened = key.open_in_place(nonce, Aad::from(header.bytes()), &mut bytes);
        let opened = opened.map_err(|_| match chunk.start {
            start if start == HEADER_BYTES as u64 => DecryptError::WrongPassword,
            at => DecryptError::Damaged { at },
        })?;
        plain.write_all(opened).map_err(of_plain)?;
    }
    plain.sync_all().map_err(of_plain)
}

fn key(password: &str, header: &Header) -> LessSafeKey {
    let mut key = [0; KEY_BYTES];
    let rounds = NonZeroU32::new(header.rounds).unwrap_or(NonZeroU32::MIN);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, &header.salt, password.as_bytes(), &mut key);
    match UnboundKey::new(&AES_256_GCM, &key) {
        Ok(key) => LessSafeKey::new(key),
        Err(_) => unreachable!("AES-256 takes every key of 32 bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunan_core::sealing::file::{SALT_BYTES, plain_chunks};

    const PASSWORD: &str = "九月的第一个早晨";

    /// Encrypts as a phone does. One round: what is tested here is not how slow it is.
    fn sealed(plain: &[u8]) -> Vec<u8> {
        let header = Header { rounds: 1, salt: [7; SALT_BYTES] };
        let (key, mut file) = (key(PASSWORD, &header), header.bytes().to_vec());
        for chunk in plain_chunks(plain.len() as u64).unwrap() {
            let mut bytes = plain[chunk.start as usize..chunk.end as usize].to_vec();
            let nonce = Nonce::assume_unique_for_key(chunk.iv);
            key.seal_in_place_append_tag(nonce, Aad::from(header.bytes()), &mut bytes).unwrap();
            file.extend(bytes);
        }
        file
    }

    fn opened(file: &[u8], password: &str) -> Result<Vec<u8>, DecryptError> {
        let folder = tempfile::tempdir().unwrap();
        let (input, out) = (folder.path().join("a.zip.xunan"), folder.path().join("a.zip"));
        fs::write(&input, file).unwrap();
        let done = open(&input, &out, password);
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1 + usize::from(done.is_ok()), "nothing half is left behind");
        done.map(|()| fs::read(&out).unwrap())
    }

    #[test]
    fn what_was_encrypted_is_opened_whole_or_not_at_all() {
        let chunk = CHUNK_BYTES as usize;
        for size in [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk + 5] {
            let plain: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            let file = sealed(&plain);
            assert_eq!(opened(&file, PASSWORD).unwrap(), plain);
            assert!(matches!(opened(&file, "another one"), Err(DecryptError::WrongPassword)));
            let mut changed = file.clone();
            *changed.last_mut().unwrap() ^= 1;
            assert!(opened(&changed, PASSWORD).is_err());
            assert!(opened(&file[..file.len() - 1], PASSWORD).is_err());
        }
    }

    #[test]
    fn chunks_that_are_cut_off_swapped_or_repeated_are_noticed() {
        let chunk = CHUNK_BYTES as usize + 16;
        let file = sealed(&vec![3; 2 * CHUNK_BYTES as usize + 5]);
        let part = |number: usize| &file[40 + number * chunk..(40 + (number + 1) * chunk).min(file.len())];
        let made_of = |parts: &[&[u8]]| [&file[..40], &parts.concat()].concat();
        assert!(opened(&made_of(&[part(0), part(1), part(2)]), PASSWORD).is_ok());
        // Cut off where a chunk ends: only the flag of the last one tells.
        assert!(opened(&made_of(&[part(0), part(1)]), PASSWORD).is_err());
        assert!(opened(&made_of(&[part(0)]), PASSWORD).is_err());
        assert!(opened(&made_of(&[part(1), part(0), part(2)]), PASSWORD).is_err());
        assert!(opened(&made_of(&[part(0), part(0), part(2)]), PASSWORD).is_err());
        assert!(opened(&made_of(&[]), PASSWORD).is_err());
        let damaged = opened(&made_of(&[part(0), part(0), part(2)]), PASSWORD).unwrap_err();
        assert!(matches!(damaged, DecryptError::Damaged { at } if at == 40 + chunk as u64), "{damaged}");
    }

    #[test]
    fn nothing_that_is_there_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (input, out) = (folder.path().join("a.zip.xunan"), folder.path().join("a.zip"));
        fs::write(&input, sealed(b"x")).unwrap();
        fs::write(&out, "mine").unwrap();
        assert!(open(&input, &out, PASSWORD).is_err());
        assert_eq!(fs::read(&out).unwrap(), b"mine");
    }
}
