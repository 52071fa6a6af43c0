//! Chrome or Chromium for the tests, with the driver that `wasm-pack` needs.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process::{Program, say};
use crate::workspace::Workspace;

/// What the browser tests run in.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chrome or Chromium.
    pub chrome: PathBuf,
    /// `chromedriver` of the same version; absent, `wasm-pack` fetches one.
    pub driver: Option<PathBuf>,
}

const CHROMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DRIVERS: &[&str] = &[
    "chromedriver",
    "chromium.chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
];

/// Finds a browser, else installs one where that is possible.
pub fn find_or_install(workspace: &Workspace) -> Result<Browser, Error> {
    let debian = is_debian_root();
    if let Some(browser) = find(workspace)
        && (browser.driver.is_some() || !debian)
    {
        return Ok(browser);
    }
    say("no Chrome or Chromium with its chromedriver found; installing one");
    let attempt = if debian {
        install_debian()
    } else {
        playwright(workspace, &["install", "chromium"]).run()
    };
    if let Err(cause) = attempt {
        return Err(missing(&format!(" ({cause})")));
    }
    find(workspace).ok_or_else(|| missing(""))
}

fn missing(cause: &str) -> Error {
    Error::say(format!(
        "the tests need Chrome or Chromium with its chromedriver: install the packages `chromium` and \
         `chromium-driver`, or set CHROME and CHROMEDRIVER to where they are{cause}"
    ))
}

fn find(workspace: &Workspace) -> Option<Browser> {
    let chrome = first("CHROME", CHROMES).or_else(|| playwright_chromium(workspace))?;
    Some(Browser {
        chrome,
        driver: first("CHROMEDRIVER", DRIVERS),
    })
}

/// What the variable names, else the first of `names` that is there.
fn first(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| names.iter().find_map(|name| on_path(name)))
}

fn on_path(name: &str) -> Option<PathBuf> {
    if name.starts_with('/') {
        return Some(PathBuf::from(name)).filter(|path| path.is_file());
    }
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn is_debian_root() -> bool {
    let root = Program::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists() && on_path("apt-get").is_some()
}

fn install_debian() -> Result<(), Error> {
    let apt = || Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive");
    apt().args(["update", "-q"]).run()?;
    apt()
        .args([
            "install",
            "-q",
            "-y",
            "--no-install-recommends",
            "chromium",
            "chromium-driver",
        ])
        .run()
}

fn playwright(workspace: &Workspace, arguments: &[&str]) -> Program {
    Program::new("node")
        .arg(workspace.path("tests/node_modules/playwright-core/cli.js"))
        .args(arguments)
}

/// The Chromium that Playwright installed, if it did.
fn playwright_chromium(workspace: &Workspace) -> Option<PathBuf> {
    let path = Program::new("node")
        .args(["-p", "require('playwright-core').chromium.executablePath()"])
        .folder(workspace.path("tests"))
        .output()
        .ok()?;
    Some(PathBuf::from(path.trim())).filter(|path| path.is_file())
}
