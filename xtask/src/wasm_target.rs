//! A compiler that can build for the browser.
//!
//! On a normal machine that is `rustup target add`. Where Rust's distribution server cannot be reached, Debian's
//! archive carries a current compiler together with the source of its library, and the two build the missing target
//! (`ensure_from_debian`). From then on every cargo call goes through that compiler, native code too: one compiler for
//! everything.

use crate::process::{announce, capture, run, run_within};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The browser's target triple.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Name under which rustup knows Debian's compiler after the fallback.
const DEBIAN_TOOLCHAIN: &str = "web";

/// rustup tries a dead server again and again; a working one needs well under a minute for 20 MB.
const RUSTUP_PATIENCE: Duration = Duration::from_secs(240);

/// Which compiler builds the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that runs xtask.
    Current,
    /// Another one that rustup knows by name.
    Named(&'static str),
}

impl Toolchain {
    /// Makes `command`, and every cargo below it, use this compiler.
    pub(crate) fn apply(&self, command: &mut Command) {
        if let Toolchain::Named(name) = self {
            command.env("RUSTUP_TOOLCHAIN", name);
            // cargo puts the libraries of *its* compiler on this path for the programs it runs; the other
            // compiler must not find them before its own.
            command.env_remove("LD_LIBRARY_PATH");
        }
    }

    /// First line of `rustc -V`, or nothing when it cannot be asked (the build will say why).
    pub(crate) fn version(&self) -> String {
        let mut rustc = Command::new("rustc");
        self.apply(&mut rustc);
        capture(rustc.arg("-V")).unwrap_or_default().trim().to_owned()
    }

    fn has_target(&self) -> bool {
        let mut rustc = Command::new("rustc");
        self.apply(&mut rustc);
        let Ok(folder) = capture(rustc.args(["--print", "target-libdir", "--target", TARGET])) else {
            return false;
        };
        let Ok(mut listing) = std::fs::read_dir(folder.trim()) else { return false };
        listing
            .any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libcore-")))
    }
}

/// The compiler to use, with the browser's target in it.
pub(crate) fn ensure() -> Result<Toolchain> {
    if Toolchain::Current.has_target() {
        return Ok(Toolchain::Current);
    }
    let debian = Toolchain::Named(DEBIAN_TOOLCHAIN);
    if debian.has_target() {
        return Ok(debian);
    }
    announce("getting Rust's library for the browser", "half a minute");
    let refused = match run_within(RUSTUP_PATIENCE, Command::new("rustup").args(["target", "add", TARGET])) {
        Ok(()) if Toolchain::Current.has_target() => return Ok(Toolchain::Current),
        Ok(()) => anyhow::anyhow!("rustup added the target to another compiler than the one in use"),
        Err(error) => error,
    };
    println!("   {refused:#}: trying Debian's compiler instead");
    ensure_from_debian().with_context(|| {
        format!("no compiler for the browser; `rustup target add {TARGET}` is what is needed on a machine with network")
    })?;
    if debian.has_target() {
        return Ok(debian);
    }
    bail!("Debian's compiler is installed, yet it has no library for {TARGET}")
}

/// Installs Debian's compiler, builds the browser's library from its source and makes both known to rustup.
fn ensure_from_debian() -> Result<()> {
    if !Path::new("/etc/debian_version").exists() {
        bail!("this is not a Debian machine");
    }
    if capture(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("installing Debian's compiler needs root: run `cargo xtask setup` once as root");
    }
    announce("installing Debian's Rust compiler", "two minutes");
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args([
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "rustc-web",
        "cargo-web",
        "rust-web-src",
        "rust-web-clippy",
        "rustfmt-web",
        "lld-22",
    ]))?;
    announce("building Rust's library for the browser", "a minute");
    let version = capture(Command::new("/usr/bin/rustc").arg("-V"))?;
    let number = version.split_whitespace().nth(1).context("rustc told no version")?;
    let built = build_library(Path::new(&format!("/usr/src/rustc-{number}/library")))?;
    install_library(&built)?;
    run(Command::new("rustup").args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"]))
}

/// Builds the library in a copy of its source (cargo writes beside it) and returns the folder of the results.
fn build_library(source: &Path) -> Result<PathBuf> {
    let scratch = crate::workspace::tools_folder()?.join("rust-library");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    std::fs::create_dir_all(scratch.parent().context("the tools folder has a parent")?)?;
    run(Command::new("cp").arg("-r").arg(source).arg(&scratch))?;
    run(Command::new("/usr/bin/cargo")
        .current_dir(&scratch)
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("LD_LIBRARY_PATH")
        .args(["build", "--release", "--manifest-path", "sysroot/Cargo.toml", "--target", TARGET]))?;
    Ok(scratch.join("target").join(TARGET).join("release").join("deps"))
}

/// Puts the library beside the compiler's own, all files at once: half a library would pass for a whole one.
fn install_library(built: &Path) -> Result<()> {
    let home = Path::new("/usr/lib/rustlib").join(TARGET);
    let (fresh, library) = (home.join("lib.new"), home.join("lib"));
    for folder in [&fresh, &library] {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
    }
    std::fs::create_dir_all(&fresh)?;
    for entry in std::fs::read_dir(built)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "rlib") {
            std::fs::copy(entry.path(), fresh.join(entry.file_name()))?;
        }
    }
    std::fs::rename(fresh, library)?;
    // The linker's name and place are what rustc looks for; Debian ships it as lld-NN.
    let host = capture(Command::new("/usr/bin/rustc").args(["--print", "host-tuple"]))?;
    let linkers = Path::new("/usr/lib/rustlib").join(host.trim()).join("bin");
    std::fs::create_dir_all(&linkers)?;
    run(Command::new("ln").args(["-sf", "/usr/bin/lld-22"]).arg(linkers.join("rust-lld")))
}
