//! Doing no work twice: a hash over all inputs of a build step, kept beside its result.

use crate::workspace::files_below;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A step's inputs as one hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint(String);

impl Fingerprint {
    /// Hashes `settings` and the content of every file and folder in `inputs`; what does not exist counts as empty.
    pub(crate) fn of(settings: &str, inputs: &[PathBuf]) -> Result<Self> {
        let mut hasher = Sha256::new();
        hasher.update(settings.as_bytes());
        for input in inputs {
            let files = if input.is_dir() { files_below(input)? } else { vec![input.clone()] };
            for file in files {
                hasher.update([0]);
                hasher.update(file.to_string_lossy().as_bytes());
                hasher.update([0]);
                if file.exists() {
                    hasher.update(Sha256::digest(std::fs::read(&file)?));
                }
            }
        }
        Ok(Self(hex(&hasher.finalize())))
    }

    /// Whether the step that wrote `record` had these very inputs.
    pub(crate) fn is_recorded_in(&self, record: &Path) -> bool {
        std::fs::read_to_string(record).is_ok_and(|recorded| recorded == self.0)
    }

    /// Remembers that the step was done.
    pub(crate) fn record_in(&self, record: &Path) -> Result<()> {
        if let Some(folder) = record.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(record, &self.0)?)
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing into a String cannot fail
        text
    })
}

/// SHA-256 of `bytes` as 64 hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A file name that changes with its content: `field.js` becomes `field-0123456789abcdef.js`.
/// 64 bits of SHA-256: enough to tell the versions of one file apart, for ever cacheable.
pub(crate) fn hashed_name(name: &str, content: &[u8]) -> String {
    let hash = &sha256_hex(content)[..16];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}
