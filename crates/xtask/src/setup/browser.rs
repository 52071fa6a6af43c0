//! Chrome or Chromium for the tests, with chromedriver.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process::{Program, say};

/// A browser and its driver.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chrome or Chromium.
    pub chrome: PathBuf,
    /// `chromedriver` of the same version.
    pub driver: PathBuf,
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

/// Finds a browser, or installs one where that is possible.
pub fn find_or_install() -> Result<Browser, Error> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !is_debian_root() {
        return Err(missing(""));
    }
    say("installing Chromium with its chromedriver");
    install_debian().map_err(|cause| missing(&format!(" ({cause})")))?;
    find().ok_or_else(|| missing(""))
}

fn missing(cause: &str) -> Error {
    Error::say(format!(
        "the tests need Chrome or Chromium with its chromedriver: install the packages `chromium` and \
         `chromium-driver`, or set CHROME and CHROMEDRIVER to where they are{cause}"
    ))
}

fn find() -> Option<Browser> {
    Some(Browser {
        chrome: first("CHROME", CHROMES)?,
        driver: first("CHROMEDRIVER", DRIVERS)?,
    })
}

/// The file that the environment variable names, or the first of `names` that exists.
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
