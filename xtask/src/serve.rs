//! `cargo xtask serve`: from a fresh checkout to a running server, in one command.

use crate::build_app::{self, Mode};
use crate::process::announce;
#[cfg(not(unix))]
use crate::process::run;
use crate::workspace::Workspace;
use crate::{setup, test_steps};
use anyhow::{Context, Result};
use std::process::Command;

/// Cargo's profile for the server binary.
pub(crate) const SERVER_PROFILE: &str = "server";

/// Builds what has changed, then runs the server until it is stopped. `arguments` go to the server.
pub(crate) fn serve(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    let toolbox = setup::prepare(workspace)?;
    build_app::build(workspace, &toolbox, Mode::Release)?;
    announce("building the server", "3 minutes at first, then seconds");
    test_steps::build_server(workspace, &toolbox)?;
    let mut server = toolbox.command(&test_steps::server_binary(workspace).to_string_lossy(), workspace);
    become_program(server.args(["serve", "--demo"]).args(arguments))
}

/// Runs a program in our own place, so that whoever stops this command stops the server and leaves nothing behind.
fn become_program(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    return Err(std::os::unix::process::CommandExt::exec(command)).context("cannot start the server");
    #[cfg(not(unix))]
    run(command)
}
