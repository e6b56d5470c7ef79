//! Where things are: the checkout, cargo's target folder, what the build writes.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The folders of this checkout.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    /// Top of the checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Finds the checkout from what cargo tells a program that it runs.
    pub(crate) fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(
            || PathBuf::from(env!("CARGO_MANIFEST_DIR")), // the binary was started without cargo
            PathBuf::from,
        );
        let root = manifest.parent().context("xtask lies at the top of the checkout")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder), // an absolute path replaces root
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// What the server embeds: `field/` served at `/`, `desk/` served at `/desk/`.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// What xtask itself remembers between runs: fingerprints, the photo worker, the lock.
    /// It belongs to `dist`, so it stays in the checkout even when cargo's target folder is elsewhere.
    pub(crate) fn build_state(&self) -> PathBuf {
        self.root.join("target").join("web")
    }
}

/// Build tools that outlive a checkout: `$XUNAN_TOOLS`, or `xunan-tools` in the user's cache folder.
pub(crate) fn tools_folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("XUNAN_TOOLS") {
        return Ok(PathBuf::from(folder));
    }
    if let Some(cache) = std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(cache).join("xunan-tools"));
    }
    let home = std::env::home_dir()
        .context("there is no home folder; set XUNAN_TOOLS to where the tools may live")?;
    Ok(home.join(".cache").join("xunan-tools"))
}

/// All files under `folder`, sorted, without hidden ones.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let listing =
            std::fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in listing {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}
