//! Cutting a program at the functions marked `#[wasm_split]`: what the first page needs, and parts that are fetched
//! when they are first called. The cut follows the call graph of the linked module, so nothing is twice.
//!
//! ```text
//! cargo ─► program.wasm with its relocations ─► wasm-split ─┬─ main module ─► wasm-bindgen ─► script + module
//!                                                           ├─ parts (one per mark, and what several marks share)
//!                                                           └─ a script that knows which mark needs which parts
//! ```
//!
//! Trunk has bound the uncut module by then; its result is left unused.

use crate::build_app::{Mode, Program};
use crate::fingerprint::{hashed_name, sha256_hex};
use crate::function_order;
use crate::import_names::{Shortened, shorten};
use crate::process::run;
use crate::scripts;
use crate::setup::Toolbox;
use crate::unused_classes;
use crate::wasm_opt::{Goal, Simd, optimize};
use crate::wasm_target::TARGET;
use crate::workspace::{Workspace, files_below};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How the compiler must be called so that its result can be cut, and stays small: the linker keeps its relocations,
/// and Leptos erases the types of views, of which there is one per page otherwise.
pub(crate) const RUSTFLAGS: &str = "-Clink-arg=--emit-relocs --cfg erase_components";

/// What the splitter calls the script between the parts.
const LINK: &str = "__wasm_split.js";

/// What the first page loads of a program; names in the folder that [`build`] was given.
#[derive(Debug)]
pub(crate) struct FirstFiles {
    /// wasm-bindgen's script.
    pub(crate) script: String,
    /// The script that fetches the parts.
    pub(crate) parts_script: String,
    /// The main module.
    pub(crate) module: String,
}

/// Cuts what cargo has built for `program` and writes all of it under hashed names into `folder`.
pub(crate) fn build(
    workspace: &Workspace,
    toolbox: &Toolbox,
    mode: Mode,
    program: Program,
    folder: &Path,
) -> Result<FirstFiles> {
    let (cut, name) = (cut_and_bind(workspace, toolbox, mode, program)?, program.name());
    let write = |name: String, content: &[u8]| -> Result<String> {
        std::fs::write(folder.join(&name), content)?;
        Ok(name)
    };
    let bound = cut.join("bound");
    let module = bound.join(format!("{name}_bg.wasm"));
    let script = scripts::strip(&std::fs::read_to_string(bound.join(format!("{name}.js")))?);
    let content = std::fs::read(&module).context("wasm-bindgen wrote no module")?;
    let (content, script) = unused_classes::remove(&content, &script)?;
    std::fs::write(&module, content)?;
    let parts = parts(&cut, name)?;
    if mode == Mode::Release {
        // The main module is the largest: begun first, it is not what everything waits for.
        shrink_all(workspace, toolbox, std::iter::once(&module).chain(&parts))?;
    }
    let mut link = std::fs::read_to_string(cut.join(LINK)).context("wasm-split wrote no script")?;
    for part in parts {
        let stem = part.file_name().context("a part has a name")?.to_string_lossy().into_owned();
        let content = std::fs::read(&part)?;
        let hashed = write(hashed_name(&stem, &content), &content)?;
        link = replace_once(&link, &format!("\"./{stem}\""), &format!("\"./{hashed}\""))?;
    }
    let (content, link) = (std::fs::read(&module)?, scripts::strip(&link));
    let Shortened { module: content, script } = shorten(&content, &script, &format!("./{name}_bg.js"))?;
    let module = write(hashed_name(&format!("{name}.wasm"), &content), &content)?;
    // The two scripts import each other, so their names come from both contents.
    let both = &sha256_hex(format!("{script}{link}").as_bytes())[..16];
    let (script_name, link_name) = (format!("{name}-{both}.js"), format!("parts-{both}.js"));
    // Only where it is imported from: the module knows it by the name that it had.
    let script = script.replace(&format!("from \"./{LINK}\""), &format!("from \"./{link_name}\""));
    let link = replace_once(&link, &format!("\"./{name}.js\""), &format!("\"./{script_name}\""))?;
    Ok(FirstFiles {
        script: write(script_name, script.as_bytes())?,
        parts_script: write(link_name, link.as_bytes())?,
        module,
    })
}

/// Makes modules as small as they travel, on every processor core at once.
fn shrink_all<'a>(
    workspace: &Workspace,
    toolbox: &Toolbox,
    modules: impl Iterator<Item = &'a PathBuf> + Send,
) -> Result<()> {
    let waiting = Mutex::new(modules);
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || -> Result<()> {
        while let Some(module) = next() {
            shrink(workspace, toolbox, module)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(outcome) => outcome,
            Err(panicked) => std::panic::resume_unwind(panicked),
        })
    })
}

/// Makes a module as small as it travels.
fn shrink(workspace: &Workspace, toolbox: &Toolbox, module: &Path) -> Result<()> {
    optimize(workspace, toolbox, Goal::Small, Simd::Without, module, module)?;
    std::fs::write(module, function_order::alike_together(&std::fs::read(module)?)?)?;
    Ok(())
}

/// Runs the splitter and wasm-bindgen; the folder holds the parts, the script between them, and `bound/`.
fn cut_and_bind(workspace: &Workspace, toolbox: &Toolbox, mode: Mode, program: Program) -> Result<PathBuf> {
    let name = program.name();
    let whole = workspace.target.join(TARGET).join(mode.cargo_profile_folder()).join(format!("{name}.wasm"));
    let cut = workspace.build_state().join(format!("split-{name}"));
    if cut.exists() {
        std::fs::remove_dir_all(&cut)?;
    }
    std::fs::create_dir_all(&cut)?;
    run(toolbox.command("wasm-split-cli", workspace).arg(&whole).arg(&cut).args(["--out-name", name]))?;
    run(toolbox
        .command("wasm-bindgen", workspace)
        // The parts share the table and the memory, which are exports of the linker.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name, "--out-dir"])
        .arg(cut.join("bound"))
        .arg(cut.join(format!("{name}.wasm"))))?;
    Ok(cut)
}

/// The modules beside the main one.
fn parts(cut: &Path, program: &str) -> Result<Vec<PathBuf>> {
    let is_part = |file: &PathBuf| {
        file.parent() == Some(cut)
            && file.extension().is_some_and(|extension| extension == "wasm")
            && file.file_stem().is_some_and(|stem| stem != program)
    };
    Ok(files_below(cut)?.into_iter().filter(is_part).collect())
}

fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    if text.matches(from).count() != 1 {
        bail!("the script between the parts does not name {from} exactly once");
    }
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_the_script_does_not_name_stops_the_build() {
        assert_eq!(replace_once("a(\"./x\")", "\"./x\"", "\"./y\"").unwrap(), "a(\"./y\")");
        assert!(replace_once("a(\"./z\")", "\"./x\"", "\"./y\"").is_err());
    }
}
