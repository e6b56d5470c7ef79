//! The photo worker: its own wasm, built twice (with SIMD and without), loaded when the first photo is taken.
//!
//! `RUSTFLAGS` hold for a whole cargo invocation, so each of the two has one of its own. They share a target folder: cargo
//! tells apart what was made with other flags, and what runs while they are built is compiled once.

use crate::build_app::Mode;
use crate::fingerprint::{Fingerprint, hashed_name};
use crate::process::{announce, run};
use crate::scripts;
use crate::setup::Toolbox;
use crate::wasm_opt::{Goal, Simd, optimize};
use crate::wasm_target::TARGET;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// What `public/photo_worker.js` calls the two builds, until their hashed names stand in its place.
const BUILDS: [(Simd, &str); 2] = [(Simd::With, "simd"), (Simd::Without, "plain")];

/// Folder with `worker.js` and the hashed files it loads, for `/photo/`. Built only when something changed.
pub(crate) fn build(workspace: &Workspace, toolbox: &Toolbox, mode: Mode) -> Result<PathBuf> {
    let result = workspace.build_state().join("photo");
    let record = workspace.build_state().join("photo.fingerprint");
    // Of core the worker has the digests and what evidence says of a picture.
    let inputs = [
        "Cargo.toml",
        "Cargo.lock",
        "app/photo",
        "core/src/digest.rs",
        "core/src/clock.rs",
        "core/src/place.rs",
        "core/src/evidence",
        "public/photo_worker.js",
        "xtask/src",
    ]
    .map(|input| workspace.root.join(input));
    let fingerprint = Fingerprint::of(&format!("{mode:?} {}", toolbox.versions()), &inputs)?;
    if fingerprint.is_recorded_in(&record) && result.join("worker.js").exists() {
        return Ok(result);
    }
    announce("building the photo worker", "1 minute");
    if result.exists() {
        std::fs::remove_dir_all(&result)?;
    }
    std::fs::create_dir_all(&result)?;
    let mut worker = std::fs::read_to_string(workspace.root.join("public/photo_worker.js"))?;
    for (simd, name) in BUILDS {
        let (script, module) = build_one(workspace, toolbox, simd, name, mode, &result)?;
        worker = worker.replace(&format!("./{name}.js"), &format!("./{script}"));
        worker = worker.replace(&format!("./{name}.wasm"), &format!("./{module}"));
    }
    std::fs::write(result.join("worker.js"), scripts::strip(&worker))?;
    fingerprint.record_in(&record)?;
    Ok(result)
}

/// Builds one of the two into `result` and returns the names of its script and its module.
fn build_one(
    workspace: &Workspace,
    toolbox: &Toolbox,
    simd: Simd,
    name: &str,
    mode: Mode,
    result: &Path,
) -> Result<(String, String)> {
    let target = workspace.target.join("photo");
    let mut cargo = toolbox.cargo(workspace);
    cargo
        // As a cdylib alone: cargo leaves link-time optimization out when the same build makes a Rust library too.
        .args(["rustc", "--package", "xunan-photo", "--lib", "--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", "photo", "--target-dir"])
        .arg(&target);
    cargo.env(
        "RUSTFLAGS",
        match simd {
            Simd::With => "-Ctarget-feature=+simd128",
            Simd::Without => "",
        },
    );
    run(&mut cargo)?;
    let module = target.join(TARGET).join("photo").join("xunan_photo.wasm");
    let bound = target.join(name);
    run(toolbox
        .command("wasm-bindgen", workspace)
        .args(["--target", "web", "--no-typescript", "--out-name", name, "--out-dir"])
        .arg(&bound)
        .arg(&module))?;
    let module = bound.join(format!("{name}_bg.wasm"));
    if mode == Mode::Release {
        optimize(workspace, toolbox, Goal::Fast, simd, &module, &module)?;
    }
    let module_bytes = std::fs::read(&module).context("wasm-bindgen wrote no module")?;
    let script_bytes =
        std::fs::read(bound.join(format!("{name}.js"))).context("wasm-bindgen wrote no script")?;
    let module_name = hashed_name(&format!("{name}.wasm"), &module_bytes);
    let script_name = hashed_name(&format!("{name}.js"), &script_bytes);
    std::fs::write(result.join(&module_name), module_bytes)?;
    std::fs::write(result.join(&script_name), script_bytes)?;
    Ok((script_name, module_name))
}
