//! The command line: which word runs what.

use clap::{Parser, Subcommand};

use crate::error::Error;
use crate::workspace::Workspace;
use crate::{bench, corpus, prompt, types};

/// Selfsame's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a corpus file through core and print each mismatch.
    Corpus(corpus::Args),
    /// Build prompts: one JSON request a line on standard input, one JSON result a line on standard output.
    Prompt(prompt::Args),
    /// Write the TypeScript types that the page uses, from the Rust types.
    Types(types::Args),
    /// Measure.
    Bench(bench::Args),
}

impl Cli {
    /// Runs the command.
    pub fn run(&self) -> Result<(), Error> {
        let workspace = Workspace::find()?;
        match &self.command {
            Command::Corpus(args) => corpus::run(&workspace, args),
            Command::Prompt(args) => prompt::run(&workspace, args),
            Command::Types(args) => types::run(&workspace, args),
            Command::Bench(args) => bench::run(&workspace, args),
        }
    }
}
