//! The command line of the server: see [`xunan_server`].

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;
use xunan_server::command_line::{Command, CommandLine};

fn main() -> ExitCode {
    let done = match CommandLine::parse().command {
        Command::Serve(options) => xunan_server::serve::run(&options).map_err(|error| error.to_string()),
        Command::Decrypt(options) => xunan_server::decrypt::run(&options).map_err(|error| error.to_string()),
        Command::Admin(options) => xunan_server::admin::run(options).map_err(|error| error.to_string()),
        Command::Export(options) => {
            xunan_server::export_file::run(options).map_err(|error| error.to_string())
        }
        Command::Verify(options) => return xunan_server::verify::run(&options).into(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xunan: {error}");
            ExitCode::FAILURE
        }
    }
}
