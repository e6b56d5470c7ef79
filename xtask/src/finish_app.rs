//! What Trunk does not do, done after each of its builds: the program in parts, hashed names, one style sheet, an external
//! loader, the service worker with its list of hashes, brotli beside everything.
//!
//! Runs as Trunk's post-build hook in its staging folder, so a build that fails here never becomes `dist`.

use crate::build_app::{Mode, Program};
use crate::compress::compress_folder;
use crate::fingerprint::hashed_name;
use crate::page::{PageFiles, render};
use crate::setup::{self, Toolbox};
use crate::split::{self, FirstFiles};
use crate::workspace::{Workspace, files_below};
use crate::{photo_worker, precache, scripts, styles};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Finishes the build that Trunk describes in its environment.
pub(crate) fn finish_from_trunk(workspace: &Workspace) -> Result<()> {
    let staging = PathBuf::from(trunk_variable("TRUNK_STAGING_DIR")?);
    let template = PathBuf::from(trunk_variable("TRUNK_HTML_FILE")?);
    let mode = Mode::from_trunk(&trunk_variable("TRUNK_PROFILE")?);
    let program = match template.file_stem().and_then(|stem| stem.to_str()) {
        Some("field") => Program::Field,
        Some("desk") => Program::Desk,
        _ => bail!("{} is no page of this app", template.display()),
    };
    let toolbox = setup::prepare(workspace)?;
    finish(workspace, &toolbox, mode, program, &template, &staging)
}

fn trunk_variable(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set: Trunk calls this, see Trunk.toml"))
}

fn finish(
    workspace: &Workspace,
    toolbox: &Toolbox,
    mode: Mode,
    program: Program,
    template: &Path,
    staging: &Path,
) -> Result<()> {
    let public = workspace.root.join("public");
    remove_uncut(program, staging)?;
    let first = split::build(workspace, toolbox, mode, program, staging)?;
    let files = write_page_files(workspace, program, &public, first, staging)?;
    let page = render(&std::fs::read_to_string(template)?, program.public_url(), &files)?;
    std::fs::write(staging.join("index.html"), page)?;
    if program == Program::Field {
        copy_folder(&photo_worker::build(workspace, toolbox, mode)?, &staging.join("photo"))?;
        copy_folder(&public.join("icons"), &staging.join("icons"))?;
        std::fs::copy(public.join("manifest.webmanifest"), staging.join("manifest.webmanifest"))?;
    }
    precache::write_service_worker(program, &public.join("sw"), staging)?;
    if mode == Mode::Release {
        compress_folder(staging)?;
    }
    Ok(())
}

/// Removes what Trunk has bound: the whole program in one module.
fn remove_uncut(program: Program, staging: &Path) -> Result<()> {
    for name in [format!("{}.js", program.name()), format!("{}_bg.wasm", program.name())] {
        std::fs::remove_file(staging.join(&name)).with_context(|| format!("Trunk wrote no {name}"))?;
    }
    Ok(())
}

/// Gives every further file that the page loads its hashed name.
fn write_page_files(
    workspace: &Workspace,
    program: Program,
    public: &Path,
    first: FirstFiles,
    staging: &Path,
) -> Result<PageFiles> {
    let write = |name: &str, content: &[u8]| -> Result<String> {
        let name = hashed_name(name, content);
        std::fs::write(staging.join(&name), content)?;
        Ok(name)
    };
    let own_script =
        |name: &str| -> Result<String> { Ok(scripts::strip(&std::fs::read_to_string(public.join(name))?)) };
    let FirstFiles { script, parts_script, module } = first;
    let later = workspace.root.join(format!("app/styles/{}-later.css", program.name()));
    let later = match later.exists() {
        true => {
            format!("{}{}", program.public_url(), write("later.css", styles::bundle(&later)?.as_bytes())?)
        }
        false => String::new(),
    };
    let loader = own_script("loader.js")?
        .replace("./later.css", &later)
        .replace("./program.js", &format!("{}{script}", program.public_url()))
        .replace("./program.wasm", &format!("{}{module}", program.public_url()));
    let styles = styles::bundle(&workspace.root.join(format!("app/styles/{}.css", program.name())))?;
    Ok(PageFiles {
        boot: write("boot.js", own_script("boot.js")?.as_bytes())?,
        loader: write("loader.js", loader.as_bytes())?,
        styles: write("styles.css", styles.as_bytes())?,
        script,
        parts_script,
        module,
    })
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(&file, &target)?;
    }
    Ok(())
}
