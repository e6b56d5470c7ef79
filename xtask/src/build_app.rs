//! `dist/`: the photo worker and both programs, as the server embeds them.
//!
//! Trunk builds each program and then calls `cargo xtask finish-app` (see Trunk.toml and `finish_app`).

use crate::fingerprint::Fingerprint;
use crate::process::{announce, run};
use crate::setup::Toolbox;
use crate::split;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs::File;
use std::path::PathBuf;

/// How much is done for the phone that downloads the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build, several megabytes, not compressed.
    Dev,
    /// What is shipped.
    Release,
}

impl Mode {
    /// As Trunk calls it in `TRUNK_PROFILE`.
    pub(crate) fn from_trunk(profile: &str) -> Self {
        if profile == "release" { Mode::Release } else { Mode::Dev }
    }

    /// Where cargo puts what it builds in this mode.
    pub(crate) fn cargo_profile_folder(self) -> &'static str {
        match self {
            Mode::Dev => "quick",
            Mode::Release => "release",
        }
    }
}

/// One of the two programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// For phones, at `/`.
    Field,
    /// For the office, at `/desk/`.
    Desk,
}

impl Program {
    /// Its binary, its folder in `dist`, and the stem of its page in `app/`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Program::Field => "field",
            Program::Desk => "desk",
        }
    }

    /// Where the server serves it, with a slash at both ends.
    pub(crate) fn public_url(self) -> &'static str {
        match self {
            Program::Field => "/",
            Program::Desk => "/desk/",
        }
    }
}

/// Builds what has changed since the last call.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox, mode: Mode) -> Result<()> {
    let state = workspace.build_state();
    std::fs::create_dir_all(&state)?;
    let lock = File::create(state.join("lock"))?;
    lock.lock().context("another build of this checkout holds the lock")?;
    for program in [Program::Field, Program::Desk] {
        build_program(workspace, toolbox, mode, program)?;
    }
    Ok(())
}

fn build_program(workspace: &Workspace, toolbox: &Toolbox, mode: Mode, program: Program) -> Result<()> {
    let record = workspace.build_state().join(format!("{}.fingerprint", program.name()));
    let fingerprint = Fingerprint::of(&format!("{mode:?} {}", toolbox.versions()), &inputs(workspace))?;
    let result = workspace.dist().join(program.name());
    if fingerprint.is_recorded_in(&record) && result.join("index.html").exists() {
        println!("== {} program: nothing changed", program.name());
        return Ok(());
    }
    let usually = match mode {
        Mode::Dev => "1 to 2 minutes at first, then seconds",
        Mode::Release => "2 to 5 minutes",
    };
    announce(&format!("building the {} program", program.name()), usually);
    let mut trunk = toolbox.command("trunk", workspace);
    trunk
        .env_remove("NO_COLOR") // Trunk takes it for a boolean option and refuses "1"
        .env_remove("RUSTFLAGS") // it would take the place of the next line
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", split::RUSTFLAGS)
        .arg("build")
        .arg(format!("app/{}.html", program.name()))
        .args(["--skip-version-check", "--public-url", program.public_url(), "--dist"])
        .arg(&result);
    match mode {
        Mode::Dev => trunk.args(["--cargo-profile", mode.cargo_profile_folder()]),
        Mode::Release => trunk.arg("--release"),
    };
    run(&mut trunk)?;
    fingerprint.record_in(&record)
}

/// Everything that can change the result. Both programs come from one library, so they share the list.
fn inputs(workspace: &Workspace) -> Vec<PathBuf> {
    [
        "Cargo.toml",
        "Cargo.lock",
        "Trunk.toml",
        "app",
        "core/Cargo.toml",
        "core/src",
        "core/rules",
        "public",
        "xtask/src",
    ]
    .map(|input| workspace.root.join(input))
    .into()
}
