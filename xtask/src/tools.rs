//! The build tools, each in one exact version, installed only when missing or of another version.
//!
//! They live outside the checkout (see [`tools_folder`]), so a fresh clone does not compile them again, and never in
//! the user's own cargo folder, where another version may be wanted.

use crate::process::{announce, capture, run};
use crate::wasm_target::Toolchain;
use crate::workspace::{Workspace, tools_folder};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// 0.22 asks for a newer compiler than rustup's stable of this project.
const TRUNK: &str = "0.21.14";

/// wasm-opt comes with it. Debian's own (108) does not know today's wasm features.
const BINARYEN: &str = "132.0.0";

/// Cuts programs into parts. It must understand the marks of the `wasm_split_helpers` in Cargo.lock: same minor version.
const WASM_SPLIT: &str = "0.2.4";

const GECKODRIVER: &str = "0.37.1";

/// Where the tools were found.
#[derive(Debug, Clone)]
pub(crate) struct ToolFolders {
    /// To be put before `PATH`.
    pub(crate) search_path: Vec<PathBuf>,
    /// All versions in one line.
    pub(crate) versions: String,
}

/// Finds or installs every tool.
pub(crate) fn ensure(workspace: &Workspace, toolchain: &Toolchain) -> Result<ToolFolders> {
    let folder = tools_folder()?;
    let wasm_bindgen = locked_version(workspace, "wasm-bindgen")?;
    let mut search_path = Vec::new();
    search_path.extend(ensure_trunk(&folder, toolchain)?);
    search_path.extend(ensure_wasm_bindgen(&folder, toolchain, &wasm_bindgen)?);
    search_path.push(ensure_wasm_split(&folder, toolchain)?);
    search_path.extend(ensure_wasm_opt(&folder)?);
    Ok(ToolFolders {
        search_path,
        versions: format!(
            "trunk {TRUNK}, wasm-bindgen {wasm_bindgen}, wasm-split {WASM_SPLIT}, binaryen {BINARYEN}"
        ),
    })
}

/// Folder of Trunk; nothing when the right one is on the search path already.
fn ensure_trunk(folder: &Path, toolchain: &Toolchain) -> Result<Option<PathBuf>> {
    let wanted = format!("trunk {TRUNK}");
    if says(Path::new("trunk"), &wanted) {
        return Ok(None);
    }
    let home = folder.join(format!("trunk-{TRUNK}"));
    if !says(&home.join("bin/trunk"), &wanted) {
        announce(&format!("compiling Trunk {TRUNK}"), "3 to 5 minutes, once per machine");
        let mut install = cargo_install("trunk", TRUNK, &home, toolchain, Lock::Locked)?;
        // It only starts the others and copies files, and downloads nothing: every tool that it looks for is there.
        run(install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").arg("--no-default-features"))?;
    }
    Ok(Some(home.join("bin")))
}

/// Folder of wasm-bindgen, whose version must be that of the library in Cargo.lock to the last digit.
fn ensure_wasm_bindgen(folder: &Path, toolchain: &Toolchain, version: &str) -> Result<Option<PathBuf>> {
    let wanted = format!("wasm-bindgen {version}");
    if says(Path::new("wasm-bindgen"), &wanted) {
        return Ok(None);
    }
    let home = folder.join(format!("wasm-bindgen-{version}"));
    if !says(&home.join("bin/wasm-bindgen"), &wanted) {
        announce(&format!("compiling wasm-bindgen {version}"), "2 minutes, once per machine");
        // Without the runner of tests in a browser, and so without TLS.
        locked_or_newest(|lock| {
            let mut install = cargo_install("wasm-bindgen-cli", version, &home, toolchain, lock)?;
            run(install.args(["--no-default-features", "--bin", "wasm-bindgen"]))
        })?;
    }
    Ok(Some(home.join("bin")))
}

/// Folder of wasm-split. It tells no version, so only our own copy is trusted.
fn ensure_wasm_split(folder: &Path, toolchain: &Toolchain) -> Result<PathBuf> {
    let home = folder.join(format!("wasm-split-{WASM_SPLIT}"));
    if !home.join("bin/wasm-split-cli").exists() {
        announce(&format!("compiling wasm-split {WASM_SPLIT}"), "1 to 2 minutes, once per machine");
        let name = "wasm_split_cli_support";
        let mut install = cargo_install(name, WASM_SPLIT, &home, toolchain, Lock::Locked)?;
        run(install.args(["--features", "build-binary"]))?;
    }
    Ok(home.join("bin"))
}

/// Folder of wasm-opt, from npm.
fn ensure_wasm_opt(folder: &Path) -> Result<Option<PathBuf>> {
    let major = BINARYEN.split('.').next().unwrap_or(BINARYEN);
    let wanted = format!("wasm-opt version {major}");
    if says(Path::new("wasm-opt"), &wanted) {
        return Ok(None);
    }
    let home = folder.join(format!("binaryen-{BINARYEN}"));
    let bin = home.join("node_modules/.bin");
    if !says(&bin.join("wasm-opt"), &wanted) {
        announce(&format!("getting wasm-opt {major} from npm"), "half a minute");
        std::fs::create_dir_all(&home)?;
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
            .arg(&home)
            .arg(format!("binaryen@{BINARYEN}")))
        .context("wasm-opt comes from npm: Node.js 18 or newer is needed")?;
    }
    Ok(Some(bin))
}

/// Speaks WebDriver with Firefox; found or installed for the journeys alone.
pub(crate) fn ensure_geckodriver() -> Result<PathBuf> {
    let wanted = format!("geckodriver {GECKODRIVER}");
    if says(Path::new("geckodriver"), &wanted) {
        return Ok(PathBuf::from("geckodriver"));
    }
    let home = tools_folder()?.join(format!("geckodriver-{GECKODRIVER}"));
    let program = home.join("bin/geckodriver");
    if !says(&program, &wanted) {
        announce(&format!("compiling geckodriver {GECKODRIVER}"), "1 to 2 minutes, once per machine");
        locked_or_newest(|lock| {
            let mut install = cargo_install("geckodriver", GECKODRIVER, &home, &Toolchain::Current, lock)?;
            run(install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"))
        })?;
    }
    Ok(program)
}

enum Lock {
    Locked,
    Newest,
}

/// With the releases that a tool's own lock file names; a registry mirror may not serve one of them yet.
fn locked_or_newest(install: impl Fn(Lock) -> Result<()>) -> Result<()> {
    install(Lock::Locked).or_else(|refused| {
        println!("   {refused:#}: trying again with the newest releases that fit");
        install(Lock::Newest)
    })
}

/// `cargo install` into a folder of its own. Compiled lightly: these tools run for seconds, their compilation is what
/// people wait for.
fn cargo_install(
    name: &str,
    version: &str,
    home: &Path,
    toolchain: &Toolchain,
    lock: Lock,
) -> Result<Command> {
    std::fs::create_dir_all(home)?;
    let mut command = Command::new("cargo");
    toolchain.apply(&mut command);
    command
        .current_dir(home)
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .args(["install", name, "--version", version, "--root"])
        .arg(home);
    if matches!(lock, Lock::Locked) {
        command.arg("--locked");
    }
    Ok(command)
}

/// Whether `program --version` starts with `wanted` as whole words.
fn says(program: &Path, wanted: &str) -> bool {
    let Ok(answer) = capture(Command::new(program).arg("--version")) else { return false };
    answer.trim().strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))
}

/// Version of a package in Cargo.lock.
pub(crate) fn locked_version(workspace: &Workspace, package: &str) -> Result<String> {
    let lock =
        std::fs::read_to_string(workspace.root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    match version {
        Some(version) => Ok(version.to_owned()),
        None => bail!("{package} is not in Cargo.lock"),
    }
}
