//! Everything a build needs, got only when missing: the wasm target, Trunk, wasm-bindgen, wasm-opt.

use crate::tools::{self, ToolFolders};
use crate::wasm_target::{self, Toolchain};
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A machine that is ready to build: which compiler, and where the tools are.
#[derive(Debug, Clone)]
pub(crate) struct Toolbox {
    toolchain: Toolchain,
    folders: ToolFolders,
}

/// Gets what is missing. A second call finds everything there and returns at once.
pub(crate) fn prepare(workspace: &Workspace) -> Result<Toolbox> {
    let toolchain = wasm_target::ensure()?;
    let folders = tools::ensure(workspace, &toolchain)?;
    Ok(Toolbox { toolchain, folders })
}

impl Toolbox {
    /// Cargo of the compiler that can build for the browser, at the top of the checkout.
    pub(crate) fn cargo(&self, workspace: &Workspace) -> Command {
        self.command("cargo", workspace)
    }

    /// Any program, with our tools first on its search path.
    pub(crate) fn command(&self, program: &str, workspace: &Workspace) -> Command {
        self.command_in(Path::new(program), &workspace.root)
    }

    /// The same in another folder.
    pub(crate) fn command_in(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder);
        self.toolchain.apply(&mut command);
        let mut search: Vec<PathBuf> = self.folders.search_path.clone();
        if let Some(path) = std::env::var_os("PATH") {
            search.extend(std::env::split_paths(&path));
        }
        if let Ok(joined) = std::env::join_paths(search) {
            command.env("PATH", joined);
        }
        command
    }

    /// One line that changes whenever the compiler or a tool does: part of every fingerprint.
    pub(crate) fn versions(&self) -> String {
        format!("{} {}", self.toolchain.version(), self.folders.versions)
    }
}
