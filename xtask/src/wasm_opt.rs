//! Making wasm smaller or faster, and keeping it inside what the oldest supported browsers understand.

use crate::process::{capture, run};
use crate::setup::Toolbox;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::path::Path;

/// What a module may use. The floor is Chromium 100, Safari 16.4, Firefox 115; all of these are older than that.
///
/// The list is written out because `--all-features` makes modules that Chromium refuses.
const FLOOR: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What a module is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goal {
    /// Fewest bytes over a slow network.
    Small,
    /// Fastest pixels.
    Fast,
}

/// Whether a module may use 128-bit SIMD. Every browser of the floor can, but not every processor under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Simd {
    /// Plain instructions only.
    Without,
    /// `simd128` too.
    With,
}

/// Optimizes `input` into `output`.
pub(crate) fn optimize(
    workspace: &Workspace,
    toolbox: &Toolbox,
    goal: Goal,
    simd: Simd,
    input: &Path,
    output: &Path,
) -> Result<()> {
    let mut command = toolbox.command("wasm-opt", workspace);
    command.args(match goal {
        // -Oz is smaller before brotli and larger after it. Rust puts its stack first, so nothing lies at the lowest
        // addresses, and sums with small constants can become offsets.
        Goal::Small => ["-Os", "--low-memory-unused"].as_slice(),
        Goal::Fast => &["-O3"],
    });
    command.args(features(simd)).args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    run(command.arg(input).arg("-o").arg(output))
}

/// Refuses a module that uses an instruction outside the floor. The validator sees every instruction: a section that
/// merely claims features is not believed, so the module must have come without one (see [`optimize`]).
pub(crate) fn scan(workspace: &Workspace, toolbox: &Toolbox, simd: Simd, module: &Path) -> Result<()> {
    let mut command = toolbox.command("wasm-opt", workspace);
    command.args(features(simd)).arg(module).args(["-o", "/dev/null"]);
    if let Err(error) = capture(&mut command) {
        bail!("{} needs more than the oldest supported browsers have: {error:#}", module.display());
    }
    Ok(())
}

fn features(simd: Simd) -> Vec<&'static str> {
    let mut features = vec!["--mvp-features"];
    features.extend(FLOOR);
    if simd == Simd::With {
        features.push("--enable-simd");
    }
    features
}
