//! `cargo xtask`: the project's own commands, one module each.
//!
//! A command prints each step as it takes it, and exits with status 0 or with one sentence on standard error.

mod bench;
mod build;
mod campaign;
mod cli;
mod clock;
mod corpus;
mod deploy;
mod dev;
mod error;
mod fingerprint;
mod fuzz;
mod http;
mod interrupt;
mod package;
mod process;
mod prompt;
mod setup;
mod sign_in;
mod test;
mod types;
mod vars;
mod vocab;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
