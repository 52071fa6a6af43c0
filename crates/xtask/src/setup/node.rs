//! Node, and the npm packages of the lock files.

use std::fs;
use std::path::PathBuf;

use super::{cache, lock};
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::process::{Program, say};
use crate::workspace::Workspace;

/// The oldest major version of Node that runs everything here.
const OLDEST: u32 = 20;

/// Errs unless Node is installed and new enough.
pub(crate) fn check() -> Result<(), Error> {
    let wanted = || format!("Node {OLDEST} or newer is needed: install it from nodejs.org");
    let version = Program::new("node")
        .arg("--version")
        .output()
        .map_err(|cause| Error::say(format!("{} ({cause})", wanted())))?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(Error::say(format!(
            "{}; this is {}",
            wanted(),
            version.trim()
        )));
    }
    Ok(())
}

/// Installs the packages of `folder` when its lock file has changed since the last installation.
pub(crate) fn packages(workspace: &Workspace, folder: &str) -> Result<(), Error> {
    let home = workspace.path(folder);
    let wanted = Fingerprint::of_files([home.join("package-lock.json")])?;
    let stamp = home.join("node_modules/.selfsame-lock");
    if wanted.is_stamped(&stamp) {
        return Ok(());
    }
    let _turn = lock(&cache()?.join("npm.lock"))?;
    if wanted.is_stamped(&stamp) {
        return Ok(());
    }
    say(&format!("installing the npm packages of {folder}/"));
    Program::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--prefer-offline"])
        .folder(&home)
        .run()?;
    wanted.stamp(&stamp)
}

/// wrangler in the clone's top folder, without metrics and without asking Cloudflare for this machine's location.
pub(crate) fn wrangler(workspace: &Workspace) -> Result<Program, Error> {
    Ok(Program::new(program(workspace, "wrangler")?)
        .folder(workspace.root())
        .env("WRANGLER_SEND_METRICS", "false")
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false"))
}

/// The path of a program in an npm package of `www/`.
pub(crate) fn program(workspace: &Workspace, name: &str) -> Result<PathBuf, Error> {
    let link = workspace.path("www/node_modules/.bin").join(name);
    // Resolved, because a program that is started through another one must find its own package.
    fs::canonicalize(&link).map_err(Error::file("find", link))
}
