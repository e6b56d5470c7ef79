//! `dist/`: the photo worker and both programs, as the server embeds them.
//!
//! Trunk builds each program and then calls `cargo xtask finish-app` (see Trunk.toml and `finish_app`).

use crate::fingerprint::Fingerprint;
use crate::process::{announce, run};
use crate::setup::Toolbox;
use crate::wasm_target::TARGET;
use crate::workspace::Workspace;
use crate::{photo_worker, split};
use anyhow::{Context, Result};
use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

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
    let fingerprint = Fingerprint::of(&format!("{mode:?} {}", toolbox.versions()), &inputs(workspace))?;
    let is_changed = |program: &Program| {
        let made = workspace.dist().join(program.name()).join("index.html").exists();
        let is_new = made && fingerprint.is_recorded_in(&record_of(workspace, *program));
        if is_new {
            println!("== {} program: nothing changed", program.name());
        }
        !is_new
    };
    let changed: Vec<Program> = [Program::Field, Program::Desk].into_iter().filter(is_changed).collect();
    if !changed.is_empty() {
        compile(workspace, toolbox, mode)?;
    }
    // Both at once: much of what follows the compiler goes on on one processor core.
    std::thread::scope(|scope| {
        let build = |program| -> Result<()> {
            build_program(workspace, toolbox, mode, program)?;
            fingerprint.record_in(&record_of(workspace, program))
        };
        let builds: Vec<_> = changed.into_iter().map(|program| scope.spawn(move || build(program))).collect();
        builds.into_iter().try_for_each(|built| match built.join() {
            Ok(built) => built,
            Err(panicked) => std::panic::resume_unwind(panicked),
        })
    })
}

/// Where it is noted of what a program was built.
fn record_of(workspace: &Workspace, program: Program) -> PathBuf {
    workspace.build_state().join(format!("{}.fingerprint", program.name()))
}

/// Compiles both programs, and the photo worker beside them. Linking each takes minutes on one processor core; Trunk finds
/// both made.
fn compile(workspace: &Workspace, toolbox: &Toolbox, mode: Mode) -> Result<()> {
    std::thread::scope(|scope| {
        let photo = scope.spawn(|| photo_worker::build(workspace, toolbox, mode));
        compile_programs(workspace, toolbox, mode)?;
        match photo.join() {
            Ok(built) => built.map(|_| ()),
            Err(panicked) => std::panic::resume_unwind(panicked),
        }
    })
}

fn compile_programs(workspace: &Workspace, toolbox: &Toolbox, mode: Mode) -> Result<()> {
    announce("compiling both programs", "3 to 8 minutes at first");
    let mut cargo = toolbox.cargo(workspace);
    for_the_browser(&mut cargo).args(["build", "--package", "xunan-app", "--bins", "--target", TARGET]);
    match mode {
        Mode::Dev => cargo.args(["--profile", mode.cargo_profile_folder()]),
        Mode::Release => cargo.arg("--release"),
    };
    run(&mut cargo)
}

/// The compiler's flags, the same for cargo and for Trunk's cargo: with others, everything would be compiled twice.
fn for_the_browser(command: &mut Command) -> &mut Command {
    command
        .env_remove("RUSTFLAGS") // it would take the place of the next line
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", split::RUSTFLAGS)
}

fn build_program(workspace: &Workspace, toolbox: &Toolbox, mode: Mode, program: Program) -> Result<()> {
    let result = workspace.dist().join(program.name());
    let usually = match mode {
        Mode::Dev => "seconds",
        Mode::Release => "1 to 3 minutes",
    };
    announce(&format!("building the {} program", program.name()), usually);
    let mut trunk = toolbox.command("trunk", workspace);
    for_the_browser(&mut trunk)
        .env_remove("NO_COLOR") // Trunk takes it for a boolean option and refuses "1"
        .arg("build")
        .arg(format!("app/{}.html", program.name()))
        .args(["--skip-version-check", "--public-url", program.public_url(), "--dist"])
        .arg(&result);
    match mode {
        Mode::Dev => trunk.args(["--cargo-profile", mode.cargo_profile_folder()]),
        Mode::Release => trunk.arg("--release"),
    };
    run(&mut trunk)
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
