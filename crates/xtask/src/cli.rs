//! The command line.

use clap::{Parser, Subcommand};

use crate::error::Error;
use crate::workspace::Workspace;
use crate::{
    bench, build, campaign, corpus, deploy, dev, fuzz, package, prompt, setup, sign_in, test,
    types, vocab,
};

/// Selfsame's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole studio on this machine, with the stand-in and two demo people, until Ctrl-C.
    Dev(dev::Args),
    /// Run every check, or the named suites.
    Test(test::Args),
    /// Build what is deployed, or one part of it.
    Build(build::Args),
    /// Build everything that is deployed and print each size against its budget.
    Size,
    /// Run a corpus file through the engine and print each mismatch.
    Corpus(corpus::Args),
    /// Build prompts: reads one JSON request per line on standard input, writes one JSON result per line.
    Prompt(prompt::Args),
    /// Write the TypeScript types that the page uses, from the Rust types.
    Types(types::Args),
    /// Pack the vocabularies of CLIP and T5 again from their sources.
    Vocab(vocab::Args),
    /// Measure the Worker, the page or the browser module.
    Bench(bench::Args),
    /// Fuzz the parts that read what people and providers write.
    Fuzz(fuzz::Args),
    /// Kill the Worker over and over while people work and the provider misbehaves.
    Soak(campaign::Soak),
    /// Try what must not work: foreign ids, forged credentials and webhooks, addresses of this machine.
    Attack(campaign::Attack),
    /// Mint a one-time sign-in link.
    SignIn(sign_in::Args),
    /// Pack the browser module into a tarball that npm installs.
    Package,
    /// Build everything and deploy it to Cloudflare.
    Deploy(deploy::Args),
}

impl Cli {
    /// Runs the command.
    pub(crate) fn run(&self) -> Result<(), Error> {
        let workspace = Workspace::find()?;
        match &self.command {
            Command::Dev(args) => dev::run(&workspace, args),
            Command::Test(args) => test::run(&workspace, args),
            Command::Build(args) => build::run(&workspace, args),
            Command::Size => {
                setup::for_building(&workspace)?;
                build::all(&workspace)?;
                build::size::run(&workspace)
            }
            Command::Corpus(args) => corpus::run(&workspace, args),
            Command::Prompt(args) => prompt::run(&workspace, args),
            Command::Types(args) => types::run(&workspace, args),
            Command::Vocab(args) => vocab::run(&workspace, args),
            Command::Bench(args) => bench::run(&workspace, args),
            Command::Fuzz(args) => fuzz::run(&workspace, args),
            Command::Soak(args) => campaign::soak(&workspace, args),
            Command::Attack(args) => campaign::attack(&workspace, args),
            Command::SignIn(args) => sign_in::run(&workspace, args),
            Command::Package => package::run(&workspace),
            Command::Deploy(args) => deploy::run(&workspace, args),
        }
    }
}
