//! Node and the npm packages, from the lock files.

use std::fs;
use std::path::PathBuf;

use super::cache;
use crate::error::Error;
use crate::fingerprint::Fingerprint;
use crate::process::{Program, say};
use crate::workspace::Workspace;

/// The oldest Node that everything here runs on.
const OLDEST: u32 = 20;

/// Node is there and new enough, and so is npm.
pub fn check() -> Result<(), Error> {
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

/// Installs the packages of `folder` when its lock file has changed since the last time.
pub fn packages(workspace: &Workspace, folder: &str) -> Result<(), Error> {
    let home = workspace.path(folder);
    let lock = home.join("package-lock.json");
    let wanted = Fingerprint::of_files([&lock])?;
    let stamp = home.join("node_modules/.selfsame-lock");
    if wanted.is_stamped(&stamp) {
        return Ok(());
    }
    let _turn = cache::lock(&cache::folder()?.join("npm.lock"))?;
    if wanted.is_stamped(&stamp) {
        return Ok(());
    }
    say(&format!(
        "installing the npm packages of {folder}/ from its lock file"
    ));
    Program::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--prefer-offline"])
        .folder(&home)
        .run()?;
    wanted.stamp(&stamp)
}

/// wrangler in the clone's top folder, telling nobody about it and asking nobody where this machine is.
pub fn wrangler(workspace: &Workspace) -> Result<Program, Error> {
    Ok(Program::new(program(workspace, "wrangler")?)
        .folder(workspace.root())
        .env("WRANGLER_SEND_METRICS", "false")
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false"))
}

/// A program that an npm package of `www/` brings.
pub fn program(workspace: &Workspace, name: &str) -> Result<PathBuf, Error> {
    let link = workspace.path("www/node_modules/.bin").join(name);
    // The real path: a program that is handed on by its path must find its own package.
    fs::canonicalize(&link).map_err(Error::file("find", link))
}
