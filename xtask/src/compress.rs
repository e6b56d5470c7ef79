//! Brotli beside every file that gains by it, at the highest level: done once here, served a million times.

use crate::workspace::files_below;
use anyhow::Result;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Kinds of files that are not compressed already.
const COMPRESSIBLE: &[&str] = &["html", "js", "css", "wasm", "json", "svg", "webmanifest", "txt"];

/// Writes `name.br` beside each compressible file under `folder`.
pub(crate) fn compress_folder(folder: &Path) -> Result<()> {
    for file in files_below(folder)? {
        if is_compressible(&file) {
            let compressed = brotli(&std::fs::read(&file)?)?;
            std::fs::write(sibling(&file), compressed)?;
        }
    }
    Ok(())
}

/// Where the compressed form of `file` stands.
pub(crate) fn sibling(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

fn is_compressible(file: &Path) -> bool {
    file.extension().is_some_and(|extension| COMPRESSIBLE.iter().any(|known| extension == *known))
}

/// Brotli, level 11, window 2^22.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressor = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 22);
    compressor.write_all(bytes)?;
    compressor.flush()?;
    Ok(compressor.into_inner())
}
