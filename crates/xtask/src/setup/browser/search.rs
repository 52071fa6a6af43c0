//! The search for an installed browser and its driver.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::Browser;
use crate::error::Error;
use crate::process::Program;

/// A program that is looked for.
struct Wanted {
    /// The environment variable that names it.
    variable: &'static str,
    /// File names, looked for in the folders of `PATH` and below the caches.
    names: &'static [&'static str],
    /// Places of installations that `PATH` does not contain.
    places: &'static [&'static str],
}

const CHROME: Wanted = Wanted {
    variable: "CHROME",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "chrome-headless-shell",
        "Google Chrome for Testing",
    ],
    places: &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
};
const DRIVER: Wanted = Wanted {
    variable: "CHROMEDRIVER",
    names: &["chromedriver", "chromium.chromedriver"],
    places: &[
        "/usr/lib/chromium/chromedriver",
        "/usr/lib/chromium-browser/chromedriver",
    ],
};

/// What a search asks of the machine.
pub(super) trait Machine {
    /// An environment variable.
    fn variable(&self, name: &str) -> Option<OsString>;
    /// Every file below a folder; none when it does not exist.
    fn files_below(&self, folder: &Path) -> Vec<PathBuf>;
    /// The major version that a program prints; `None` unless it exists and runs.
    fn major_version(&self, program: &Path) -> Option<u32>;
}

/// The first browser that has a driver of its version. An error when a variable names a program that cannot be used.
pub(super) fn find(machine: &impl Machine, downloads: &Path) -> Result<Option<Browser>, Error> {
    let caches = caches(machine, downloads);
    let drivers = DRIVER.installed(machine, &caches)?;
    let chromes = CHROME.installed(machine, &caches)?;
    for (chrome, version) in &chromes {
        if let Some((driver, _)) = drivers.iter().find(|(_, of)| of == version) {
            return Ok(Some(Browser {
                chrome: chrome.clone(),
                driver: driver.clone(),
            }));
        }
    }
    for wanted in [&CHROME, &DRIVER] {
        if let Some(path) = wanted.named(machine) {
            return Err(Error::say(format!(
                "{} is {}, and no {} of the same major version is installed: set both CHROME and CHROMEDRIVER, or neither",
                wanted.variable,
                path.display(),
                if wanted.variable == CHROME.variable {
                    "chromedriver"
                } else {
                    "browser"
                },
            )));
        }
    }
    Ok(None)
}

/// The folders that hold browsers of this command and of Playwright.
fn caches(machine: &impl Machine, downloads: &Path) -> Vec<PathBuf> {
    let mut caches = vec![downloads.to_owned()];
    caches.extend(
        machine
            .variable("PLAYWRIGHT_BROWSERS_PATH")
            .map(PathBuf::from),
    );
    if let Some(home) = machine.variable("HOME").map(PathBuf::from) {
        caches.extend(
            [".cache/ms-playwright", "Library/Caches/ms-playwright"].map(|cache| home.join(cache)),
        );
    }
    caches
}

impl Wanted {
    /// The programs that run, with their major versions, best first. Only the named one when the variable is set.
    fn installed(
        &self,
        machine: &impl Machine,
        caches: &[PathBuf],
    ) -> Result<Vec<(PathBuf, u32)>, Error> {
        if let Some(path) = self.named(machine) {
            let version = machine.major_version(&path).ok_or_else(|| {
                Error::say(format!(
                    "{} is {}, which does not run: set it to the path of a working program, or unset it",
                    self.variable,
                    path.display()
                ))
            })?;
            return Ok(vec![(path, version)]);
        }
        let path = machine.variable("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let on_path = self
            .names
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let placed = self.places.iter().map(PathBuf::from);
        let mut downloaded: Vec<PathBuf> = caches
            .iter()
            .flat_map(|cache| machine.files_below(cache))
            .collect();
        downloaded.retain(|file| {
            file.file_name()
                .is_some_and(|name| self.names.iter().any(|wanted| name == *wanted))
        });
        Ok(on_path
            .chain(placed)
            .chain(downloaded)
            .filter_map(|program| {
                machine
                    .major_version(&program)
                    .map(|version| (program, version))
            })
            .collect())
    }

    /// The path in the environment variable.
    fn named(&self, machine: &impl Machine) -> Option<PathBuf> {
        machine
            .variable(self.variable)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    }
}

/// The machine that the command runs on.
pub(super) struct ThisMachine;

impl Machine for ThisMachine {
    fn variable(&self, name: &str) -> Option<OsString> {
        env::var_os(name)
    }

    fn files_below(&self, folder: &Path) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(folder) else {
            return Vec::new();
        };
        entries
            .flatten()
            .flat_map(|entry| match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.files_below(&entry.path()),
                _ => vec![entry.path()],
            })
            .collect()
    }

    fn major_version(&self, program: &Path) -> Option<u32> {
        if !program.is_file() {
            return None;
        }
        let output = Program::new(program)
            .arg("--version")
            .command()
            .output()
            .ok()?;
        major(&String::from_utf8_lossy(&output.stdout))
    }
}

/// The major version in `Chromium 156.0.8078.108 built on …` or `ChromeDriver 156.0.…`.
fn major(text: &str) -> Option<u32> {
    text.split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A machine with these variables and programs, each with its major version.
    struct Fake {
        variables: BTreeMap<&'static str, &'static str>,
        programs: BTreeMap<&'static str, u32>,
    }

    impl Machine for Fake {
        fn variable(&self, name: &str) -> Option<OsString> {
            self.variables.get(name).map(OsString::from)
        }

        fn files_below(&self, folder: &Path) -> Vec<PathBuf> {
            let files = self.programs.keys().map(PathBuf::from);
            files.filter(|file| file.starts_with(folder)).collect()
        }

        fn major_version(&self, program: &Path) -> Option<u32> {
            self.programs.get(program.to_str()?).copied()
        }
    }

    type Found = Result<Option<(String, String)>, String>;

    fn found(
        variables: impl IntoIterator<Item = (&'static str, &'static str)>,
        programs: impl IntoIterator<Item = (&'static str, u32)>,
    ) -> Found {
        let machine = Fake {
            variables: variables.into_iter().collect(),
            programs: programs.into_iter().collect(),
        };
        let text = |path: PathBuf| path.display().to_string();
        find(&machine, Path::new("/cache/browsers"))
            .map(|found| found.map(|browser| (text(browser.chrome), text(browser.driver))))
            .map_err(|error| error.to_string())
    }

    fn pair(chrome: &str, driver: &str) -> (String, String) {
        (chrome.to_owned(), driver.to_owned())
    }

    const SHELL: &str = "/cache/browsers/chrome-headless-shell/linux-159/chrome-headless-shell";
    const SHELL_DRIVER: &str = "/cache/browsers/chromedriver/linux-159/chromedriver";

    #[test]
    fn installed_browser_is_preferred_to_a_downloaded_one() {
        let programs = [
            ("/usr/bin/chromium", 156),
            ("/usr/bin/chromedriver", 156),
            (SHELL, 159),
            (SHELL_DRIVER, 159),
        ];
        assert_eq!(
            found([("PATH", "/bin:/usr/bin")], programs),
            Ok(Some(pair("/usr/bin/chromium", "/usr/bin/chromedriver")))
        );
        assert_eq!(
            found([("PATH", "/bin")], programs),
            Ok(Some(pair(SHELL, SHELL_DRIVER)))
        );
    }

    #[test]
    fn browser_without_a_driver_of_its_version_is_passed_over() {
        let programs = [
            ("/usr/bin/google-chrome", 160),
            ("/usr/bin/chromedriver", 156),
            (SHELL, 159),
        ];
        let path = ("PATH", "/usr/bin");
        assert_eq!(found([path], programs), Ok(None));
        let with_driver = programs.into_iter().chain([(SHELL_DRIVER, 159)]);
        assert_eq!(
            found([path], with_driver),
            Ok(Some(pair(SHELL, SHELL_DRIVER)))
        );
    }

    #[test]
    fn playwrights_browser_is_found_in_its_cache() {
        let chrome = "/home/ada/.cache/ms-playwright/chromium-1255/chrome-linux/chrome";
        let moved = "/browsers/chromium-1255/chrome-linux/chrome";
        let driver = ("/usr/bin/chromedriver", 159);
        let places = [("HOME", "/home/ada"), ("PATH", "/usr/bin")];
        assert_eq!(
            found(places, [(chrome, 159), driver]),
            Ok(Some(pair(chrome, driver.0)))
        );
        let places = places
            .into_iter()
            .chain([("PLAYWRIGHT_BROWSERS_PATH", "/browsers")]);
        assert_eq!(
            found(places, [(moved, 159), driver]),
            Ok(Some(pair(moved, driver.0)))
        );
    }

    #[test]
    fn variables_are_obeyed_or_refused() {
        let programs = [
            ("/usr/bin/chromium", 156),
            ("/usr/bin/chromedriver", 156),
            ("/opt/chrome", 140),
            ("/opt/chromedriver", 140),
        ];
        let path = ("PATH", "/usr/bin");
        let chrome = ("CHROME", "/opt/chrome");
        let driver = ("CHROMEDRIVER", "/opt/chromedriver");
        assert_eq!(
            found([path, chrome, driver], programs),
            Ok(Some(pair(chrome.1, driver.1)))
        );
        let alone = found([path, chrome], programs).expect_err("no driver of version 140");
        assert!(
            alone.contains("CHROME is /opt/chrome") && alone.contains("chromedriver"),
            "{alone}"
        );
        let gone = found([path, ("CHROME", "/gone")], programs).expect_err("nothing there");
        assert!(gone.contains("/gone, which does not run"), "{gone}");
    }

    #[test]
    fn version_is_read_from_what_programs_print() {
        assert_eq!(
            major("Chromium 156.0.8078.108 built on Debian GNU/Linux 12"),
            Some(156)
        );
        assert_eq!(
            major("ChromeDriver 159.0.8154.6 (730482a9-refs/heads/8078@{#2244})"),
            Some(159)
        );
        assert_eq!(major("Google Chrome for Testing 159.0.8154.6"), Some(159));
        assert_eq!(major(""), None);
    }
}
