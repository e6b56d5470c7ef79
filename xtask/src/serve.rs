//! `cargo xtask serve`: from a fresh checkout to a running server, in one command.

use crate::build_app::{self, Mode};
use crate::process::{announce, run};
use crate::workspace::Workspace;
use crate::{setup, test_steps};
use anyhow::Result;

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
    run(server.args(["serve", "--demo"]).args(arguments))
}
