//! Making wasm smaller or faster, and keeping it inside what the oldest supported browsers understand.

use crate::process::run;
use crate::setup::Toolbox;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;

/// What a module may use ([`crate::wasm_floor`] checks that it kept to it).
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

fn features(simd: Simd) -> Vec<&'static str> {
    let mut features = vec!["--mvp-features"];
    features.extend(FLOOR);
    if simd == Simd::With {
        features.push("--enable-simd");
    }
    features
}
