//! The installation of a browser and its driver.

use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::process::{Program, say};
use crate::setup::node;
use crate::workspace::Workspace;

/// Downloads Chrome for Testing and its driver, at the version that Playwright is made for.
pub(super) fn download(workspace: &Workspace, downloads: &Path) -> Result<(), Error> {
    node::packages(workspace, "tests")?;
    let file = "tests/node_modules/playwright-core/browsers.json";
    let list: Value =
        serde_json::from_str(&workspace.read(file)?).map_err(|source| Error::Json {
            origin: file.to_owned(),
            source,
        })?;
    let version = list["browsers"]
        .as_array()
        .and_then(|browsers| {
            browsers
                .iter()
                .find(|browser| browser["name"] == "chromium")
        })
        .and_then(|chromium| chromium["browserVersion"].as_str())
        .ok_or_else(|| Error::say(format!("{file} names no version of Chromium")))?;
    say(&format!(
        "downloading Chrome for Testing {version} and its chromedriver into {}",
        downloads.display()
    ));
    for program in ["chrome-headless-shell", "chromedriver"] {
        Program::new(workspace.path("tests/node_modules/.bin/browsers"))
            .args(["install", &format!("{program}@{version}"), "--path"])
            .arg(downloads)
            .run()?;
    }
    Ok(())
}

/// Installs Debian's Chromium, when this user may without being asked for a password.
pub(super) fn with_apt(_: &Workspace, _: &Path) -> Result<(), Error> {
    let succeeds = |program: &Program| {
        program
            .command()
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if !succeeds(&Program::new("apt-get").arg("--version")) {
        return Err(Error::say("this machine has no apt-get"));
    }
    let is_root = Program::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.trim() == "0");
    let apt = if is_root {
        Program::new("apt-get")
    } else if succeeds(&Program::new("sudo").args(["-n", "true"])) {
        Program::new("sudo").args(["-n", "apt-get"])
    } else {
        return Err(Error::say("installing with apt-get needs root"));
    };
    say("installing Debian's packages chromium and chromium-driver with apt-get");
    let apt = apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt.clone().args(["update", "-q"]).run()?;
    apt.args([
        "install",
        "-q",
        "-y",
        "--no-install-recommends",
        "chromium",
        "chromium-driver",
    ])
    .run()
}
