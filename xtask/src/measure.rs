//! `cargo xtask bench …` and `faults`: programs of the tests' package, run against the server as shipped.

use crate::build_app::{self, Mode};
use crate::process::run;
use crate::serve::SERVER_PROFILE;
use crate::workspace::Workspace;
use crate::{setup, test_steps, test_tools};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Builds everything as shipped, then runs one measuring program with the rest of the arguments.
pub(crate) fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((what, rest))
            if ["walk", "sync", "photo", "ledger", "snap", "timing"].contains(&what.as_str()) =>
        {
            start(workspace, &format!("bench_{what}"), rest)
        }
        Some((what, rest)) if what == "plaza" => in_process(workspace, "plaza", rest),
        Some((what, rest)) if what == "lighthouse" => {
            let lighthouse = test_tools::ensure_lighthouse(workspace)?;
            start_with(workspace, "bench_lighthouse", rest, &[("XUNAN_LIGHTHOUSE", lighthouse)])
        }
        _ => bail!("bench walk, sync, photo, ledger, snap, timing, plaza, or lighthouse"),
    }
}

/// Every cycle of killing browser and server.
pub(crate) fn faults(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    start(workspace, "faults", arguments)
}

/// A measuring program of the server's package, which fills its store directly: nothing of the app is needed.
fn in_process(workspace: &Workspace, program: &str, arguments: &[String]) -> Result<()> {
    let toolbox = setup::prepare(workspace)?;
    let mut cargo = toolbox.cargo(workspace);
    cargo.args(["bench", "--profile", SERVER_PROFILE, "--package", "xunan-server", "--bench", program, "--"]);
    run(cargo.args(arguments))
}

fn start(workspace: &Workspace, program: &str, arguments: &[String]) -> Result<()> {
    start_with(workspace, program, arguments, &[])
}

/// With further variables in the program's environment.
fn start_with(
    workspace: &Workspace,
    program: &str,
    arguments: &[String],
    environment: &[(&str, PathBuf)],
) -> Result<()> {
    let toolbox = setup::prepare(workspace)?;
    build_app::build(workspace, &toolbox, Mode::Release)?;
    test_steps::build_server(workspace, &toolbox)?;
    let outside = test_tools::ensure(workspace)?;
    let mut cargo = toolbox.cargo(workspace);
    outside.apply(&mut cargo);
    cargo.env("XUNAN_BIN", test_steps::server_binary(workspace));
    cargo.envs(environment.iter().map(|(name, value)| (name, value)));
    cargo.args(["run", "--profile", SERVER_PROFILE, "--package", "xunan-e2e", "--bin", program, "--"]);
    run(cargo.args(arguments))
}
