//! The programs of all native tests, compiled by one call of cargo. A call for each package would compile what they share
//! once for every set of features that somebody asks of it.

use crate::process::{announce, command_line, run};
use crate::setup::Toolbox;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What cargo has made.
#[derive(Debug)]
pub(crate) struct NativeTests(Vec<TestProgram>);

/// A library's own tests, or one of the programs in a package's `tests/`.
#[derive(Debug, PartialEq, Eq)]
struct TestProgram {
    package: String,
    /// Of the package: tests find their files from there.
    folder: PathBuf,
    executable: PathBuf,
}

impl NativeTests {
    /// Compiles what has changed, and with the server's tests the server itself. What the app's programs consist of must
    /// have been built before: the server embeds it.
    pub(crate) fn compile(workspace: &Workspace, toolbox: &Toolbox) -> Result<Self> {
        announce("compiling all native tests", "5 to 8 minutes at first");
        let mut cargo = toolbox.cargo(workspace);
        cargo.args(["test", "--workspace", "--no-run", "--lib", "--bin", "xtask", "--test", "*"]);
        cargo.arg("--message-format=json-render-diagnostics").stdout(Stdio::piped());
        let line = command_line(&cargo);
        println!("  $ {line}");
        let told = cargo.spawn().and_then(std::process::Child::wait_with_output)?;
        if !told.status.success() {
            bail!("`{line}` failed ({})", told.status);
        }
        let told = String::from_utf8(told.stdout).context("cargo's messages are text")?;
        let mut programs = Vec::new();
        for message in told.lines() {
            programs.extend(test_program(&serde_json::from_str(message)?));
        }
        Ok(Self(programs))
    }

    /// Runs all tests of a package.
    pub(crate) fn run(&self, package: &str, toolbox: &Toolbox) -> Result<()> {
        self.run_with(package, toolbox, |_| ())
    }

    /// The same, with what `prepare` adds to each program's arguments and environment.
    pub(crate) fn run_with(
        &self,
        package: &str,
        toolbox: &Toolbox,
        prepare: impl Fn(&mut Command),
    ) -> Result<()> {
        let (mut count, mut failed) = (0, Vec::new());
        for program in self.0.iter().filter(|program| program.package == package) {
            let mut command = toolbox.command_in(&program.executable, &program.folder);
            command.env("CARGO_MANIFEST_DIR", &program.folder);
            prepare(&mut command);
            // All of them, so that one call tells of everything.
            failed.extend(run(&mut command).err().map(|error| error.to_string()));
            count += 1;
        }
        if !failed.is_empty() {
            bail!("{}", failed.join("; "));
        }
        if count == 0 {
            bail!("cargo made no test program of {package}");
        }
        Ok(())
    }
}

/// The test program that one of cargo's messages tells of, if it tells of one
/// (<https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages>).
fn test_program(message: &Value) -> Option<TestProgram> {
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let executable = message["executable"].as_str()?;
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    // `path+file:///…/core#xunan-core@0.1.0`, or `…/xtask#0.1.0` where the folder has the package's name.
    let id = message["package_id"].as_str()?;
    let named = id.rsplit_once('#').and_then(|(_, named)| named.split_once('@')).map(|(name, _)| name);
    let package = named.or_else(|| folder.file_name()?.to_str())?.to_owned();
    Some(TestProgram { package, folder: folder.to_owned(), executable: executable.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_cargos_messages_those_of_test_programs_count() {
        let message = |id: &str, manifest: &str, is_test: bool, executable: Option<&str>| {
            json!({
                "reason": "compiler-artifact",
                "package_id": id,
                "manifest_path": manifest,
                "profile": { "test": is_test },
                "executable": executable,
            })
        };
        let (core, manifest) = ("path+file:///x/core#xunan-core@0.1.0", "/x/core/Cargo.toml");
        let found = |package: &str, folder: &str, executable: &str| {
            Some(TestProgram {
                package: package.into(),
                folder: folder.into(),
                executable: executable.into(),
            })
        };
        for (message, expected) in [
            (message(core, manifest, true, Some("/t/walk-1")), found("xunan-core", "/x/core", "/t/walk-1")),
            (
                message("path+file:///x/xtask#0.1.0", "/x/xtask/Cargo.toml", true, Some("/t/xtask-1")),
                found("xtask", "/x/xtask", "/t/xtask-1"),
            ),
            (message(core, manifest, true, None), None),
            (message(core, manifest, false, Some("/t/xunan")), None),
            (json!({ "reason": "build-finished", "success": true }), None),
        ] {
            assert_eq!(test_program(&message), expected, "{message}");
        }
    }
}
