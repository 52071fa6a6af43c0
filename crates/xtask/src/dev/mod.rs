//! `cargo xtask dev`: the whole studio on this machine, until Ctrl-C.

mod people;
mod ports;
mod service;

use std::thread;
use std::time::Duration;

use crate::build;
use crate::clock::{Stopwatch, human};
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::process::{Program, say};
use crate::setup::{self, node};
use crate::vars::DevVars;
use crate::workspace::Workspace;
use service::Service;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The studio's port.
    #[arg(long, default_value_t = 8787, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// The stand-in's port.
    #[arg(long, default_value_t = 8788, value_parser = clap::value_parser!(u16).range(1..))]
    stand_in_port: u16,
}

/// Time for a server's first response on a busy two-core machine.
const START_UP: Duration = Duration::from_secs(90);

/// Installs what is missing, builds, starts everything and waits for Ctrl-C.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let watch = Stopwatch::start();
    let vars = DevVars::load_or_create(workspace)?;
    let real = vars.replicate_token_origin();
    ports::require_free(args.port, "--port")?;
    if real.is_none() {
        ports::require_free(args.stand_in_port, "--stand-in-port")?;
        ports::require_different(args.port, args.stand_in_port)?;
    }
    prepare(workspace, real.is_none())?;
    migrate(workspace)?;

    let mut services = Vec::new();
    let stand_in = match real {
        Some(origin) => {
            say(&format!(
                "REPLICATE_API_TOKEN is set in {origin}: using the real Replicate, which costs money, instead of the stand-in"
            ));
            None
        }
        None => Some(start_stand_in(
            workspace,
            args.stand_in_port,
            &mut services,
        )?),
    };
    let studio = start_worker(
        workspace,
        args.port,
        &vars,
        stand_in.as_deref(),
        &mut services,
    )?;
    let links = people::create(&studio, &vars.signing_keys()?, stand_in.as_deref())?;

    println!(
        "\nSelfsame is running at {studio} (ready after {})",
        human(watch.elapsed())
    );
    let source = stand_in.map_or_else(
        || "the real Replicate. As the operator, bind each person's model".to_owned(),
        |address| format!("the stand-in at {address}: labelled placeholders, free"),
    );
    println!("Pictures come from {source}.\n");
    for (name, link) in &links {
        println!("  {name:<10} {link}");
    }
    println!(
        "\nEach link works once, within the hour; `cargo xtask sign-in` prints more. Ctrl-C stops everything."
    );
    service::wait(&mut services)?;
    say("stopping");
    Ok(())
}

/// Installs the tools and builds everything. The stand-in needs none of the tools, so it is built while they are
/// installed.
fn prepare(workspace: &Workspace, with_stand_in: bool) -> Result<(), Error> {
    thread::scope(|scope| {
        let setup = scope.spawn(|| setup::for_building(workspace));
        if with_stand_in {
            build::stand_in(workspace)?;
        }
        setup
            .join()
            .unwrap_or_else(|_| Err(Error::say("the set-up panicked")))
    })?;
    build::all(workspace)
}

/// Applies the migrations of the local D1 that are new since the last start.
fn migrate(workspace: &Workspace) -> Result<(), Error> {
    let fingerprint =
        Fingerprint::of_trees([workspace.path("crates/worker/migrations")], |_| false)?;
    // Beside the database, so that deleting the state deletes the stamp.
    let stamp = workspace.path(".wrangler/state/v3/d1/.selfsame-migrations");
    if fingerprint.is_stamped(&stamp) {
        return Ok(());
    }
    node::wrangler(workspace)?
        .args(["d1", "migrations", "apply", "DIRECTORY", "--local"])
        .run()?;
    fingerprint.stamp(&stamp)
}

fn start_stand_in(
    workspace: &Workspace,
    port: u16,
    services: &mut Vec<Service>,
) -> Result<String, Error> {
    let program = build::stand_in(workspace)?;
    let address = format!("http://127.0.0.1:{port}");
    say(&format!("starting the stand-in at {address}"));
    let service = Service::start(
        "the stand-in",
        &Program::new(program).args(["--port", &port.to_string()]),
    )?;
    services.push(service);
    service::wait_for(&format!("{address}/_control/health"), START_UP, services)?;
    Ok(address)
}

fn start_worker(
    workspace: &Workspace,
    port: u16,
    vars: &DevVars,
    stand_in: Option<&str>,
    services: &mut Vec<Service>,
) -> Result<String, Error> {
    let address = format!("http://127.0.0.1:{port}");
    say(&format!("starting the Worker at {address}"));
    let mut wrangler = node::wrangler(workspace)?
        .args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string()])
        .arg("--show-interactive-dev-session=false");
    for file in vars.files() {
        wrangler = wrangler.arg("--env-file").arg(file);
    }
    if !vars.has_public_url() {
        wrangler = wrangler.arg("--var").arg(format!("PUBLIC_URL:{address}"));
    }
    if let Some(stand_in) = stand_in {
        wrangler = wrangler
            .arg("--var")
            .arg(format!("STAND_IN_URL:{stand_in}"));
    }
    services.push(Service::start("the Worker", &wrangler)?);
    service::wait_for(&format!("{address}/api/health"), START_UP, services)?;
    Ok(address)
}
