//! Chrome or Chromium for the tests, with a chromedriver of the same version.

mod install;
mod search;

use std::path::PathBuf;

use super::{cache, lock};
use crate::error::Error;
use crate::process::say;
use crate::workspace::Workspace;
use search::{ThisMachine, find};

/// A browser and its driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Browser {
    /// Chrome, Chromium or Chrome's headless shell.
    pub(crate) chrome: PathBuf,
    /// `chromedriver` of the same major version.
    pub(crate) driver: PathBuf,
}

/// Finds a browser, or installs one: Chrome for Testing into the cache, or with Debian's apt.
pub(crate) fn find_or_install(workspace: &Workspace) -> Result<Browser, Error> {
    let downloads = cache()?.join("browsers");
    if let Some(browser) = find(&ThisMachine, &downloads)? {
        return Ok(browser);
    }
    let _turn = lock(&cache()?.join("browser.lock"))?;
    for install in [install::download, install::with_apt] {
        // What another command has installed meanwhile, or the step before.
        if let Some(browser) = find(&ThisMachine, &downloads)? {
            return Ok(browser);
        }
        match install(workspace, &downloads) {
            Err(Error::Interrupted) => return Err(Error::Interrupted),
            Err(cause) => say(&format!("could not install a browser that way: {cause}")),
            Ok(()) => {}
        }
    }
    find(&ThisMachine, &downloads)?.ok_or_else(|| {
        Error::say(
            "the tests need Chrome or Chromium with a chromedriver of the same version: install them (on Debian the \
             packages `chromium` and `chromium-driver`), or set CHROME and CHROMEDRIVER to their paths",
        )
    })
}
