//! `cargo xtask serve`: from a fresh checkout to a running server, in one command.

use crate::build_app::{self, Mode};
use crate::process::{announce, run};
use crate::setup;
use crate::workspace::Workspace;
use anyhow::Result;

/// Cargo's profile for the server binary.
const SERVER_PROFILE: &str = "server";

/// Builds what has changed, then runs the server until it is stopped. `arguments` go to the server.
pub(crate) fn serve(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    let toolbox = setup::prepare(workspace)?;
    build_app::build(workspace, &toolbox, Mode::Release)?;
    announce("building the server", "3 minutes at first, then seconds");
    run(toolbox.cargo(workspace).args(["build", "--package", "xunan-server", "--profile", SERVER_PROFILE]))?;
    let mut server =
        toolbox.command(&workspace.target.join(SERVER_PROFILE).join("xunan").to_string_lossy(), workspace);
    run(server.args(["serve", "--demo"]).args(arguments))
}
