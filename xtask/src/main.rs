//! The project's own commands, run as `cargo xtask …`.
//!
//! `serve` and `test` are the two commands of the README: each starts from nothing but cargo, gets what is missing,
//! says what takes long, and does no work twice. The rest are parts of these two, callable alone.

mod build_app;
mod compress;
mod finish_app;
mod fingerprint;
mod function_order;
mod import_names;
mod measure;
mod native_tests;
mod page;
mod photo_worker;
mod precache;
mod process;
mod scripts;
mod serve;
mod setup;
mod size;
mod split;
mod styles;
mod test;
mod test_steps;
mod test_tools;
mod tidy;
mod tools;
mod unused_classes;
mod wasm_bytes;
mod wasm_floor;
mod wasm_opt;
mod wasm_target;
mod workspace;

use anyhow::{Result, bail};
use build_app::Mode;
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <command>

  setup                 get the wasm target and the build tools, each only when missing
  serve [-- ARGS]       set up, build everything, start the server with the demo county on http://localhost:8080
  test [--only NAME] [--fix] [--list]
                        everything CI runs, real browsers included
  tidy                  the project's own style rules
  build-app [--dev]     build the photo worker and both programs into dist/ (--dev: quick to build, large)
  size [--record]       bytes of a cold visit against the gate (--record: lower the gate to what was measured)
  bench walk|sync|photo|ledger|snap|timing|plaza|lighthouse
                        what docs and targets say, measured on this machine
  faults                kill -9 of browser and server, damaged databases: all cycles
";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Err(error) = dispatch(&arguments) {
        eprintln!("\nxtask: {error:#}");
        std::process::exit(1);
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let workspace = Workspace::find()?;
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => {
            print!("{USAGE}");
            return Ok(());
        }
    };
    match command {
        "setup" => setup::prepare(&workspace).map(|_| ()),
        "serve" => serve::serve(&workspace, rest),
        "build-app" => {
            let mode = match rest {
                [] => Mode::Release,
                [flag] if flag == "--dev" => Mode::Dev,
                _ => bail!("build-app knows only --dev"),
            };
            let toolbox = setup::prepare(&workspace)?;
            build_app::build(&workspace, &toolbox, mode)
        }
        "test" => test::test(&workspace, rest),
        "tidy" => tidy::tidy(&workspace),
        "size" => match rest {
            [] => size::check(&workspace),
            [flag] if flag == "--record" => size::record(&workspace),
            _ => bail!("size knows only --record"),
        },
        "bench" => measure::bench(&workspace, rest),
        "faults" => measure::faults(&workspace, rest),
        // Called by Trunk after each build (see Trunk.toml), never by hand.
        "finish-app" => finish_app::finish_from_trunk(&workspace),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => bail!("no command `{other}`\n\n{USAGE}"),
    }
}
