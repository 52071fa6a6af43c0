//! `.dev.vars`: the secrets of local development. Git ignores it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use selfsame_studio::credentials::{KeysError, SigningKeys};

use crate::error::Error;
use crate::fingerprint::hex;
use crate::process::say;
use crate::workspace::Workspace;

const KEYS: &str = "SIGNING_KEYS";
const KEY: &str = "SIGNING_KEY";
const PUBLIC_URL: &str = "PUBLIC_URL";
const TOKEN: &str = "REPLICATE_API_TOKEN";

/// The variables of `.dev.vars`, and the provider's token from the environment.
#[derive(Debug)]
pub(crate) struct DevVars {
    path: PathBuf,
    text: String,
    /// Holds the environment's token while the Worker runs, because a command line can be read by other users.
    token_file: Option<TokenFile>,
}

impl DevVars {
    /// Reads the file, and adds a random signing key when it has none.
    pub(crate) fn load_or_create(workspace: &Workspace) -> Result<Self, Error> {
        let path = workspace.path(".dev.vars");
        let mut text = read_or_empty(&path)?;
        if value(&text, KEYS).is_none() && value(&text, KEY).is_none() {
            say("writing a new signing key to .dev.vars");
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            let key = hex(&random::<32>()?);
            text.extend([KEYS, "=dev:", &key, "\n"]);
            write_private(&path, &text)?;
        }
        let token_file = match env_value(TOKEN) {
            Some(token) if value(&text, TOKEN).is_none() => Some(TokenFile::write(
                workspace.path(".wrangler/token.vars"),
                &token,
            )?),
            _ => None,
        };
        Ok(Self {
            path,
            text,
            token_file,
        })
    }

    /// The files with the Worker's variables.
    pub(crate) fn files(&self) -> Vec<&Path> {
        let mut files = vec![self.path.as_path()];
        files.extend(self.token_file.as_ref().map(|file| file.0.as_path()));
        files
    }

    /// Where the token of the real Replicate is set; `None` without a token.
    pub(crate) fn replicate_token_origin(&self) -> Option<&'static str> {
        if value(&self.text, TOKEN).is_some() {
            Some(".dev.vars")
        } else {
            self.token_file.as_ref().map(|_| "the environment")
        }
    }

    /// The Worker's signing keys.
    pub(crate) fn signing_keys(&self) -> Result<SigningKeys, Error> {
        read_keys(|name| value(&self.text, name))
    }

    /// Whether the file sets `PUBLIC_URL`.
    pub(crate) fn has_public_url(&self) -> bool {
        value(&self.text, PUBLIC_URL).is_some()
    }
}

/// The signing keys for a link: from the environment, or from `.dev.vars`.
pub(crate) fn signing_keys(workspace: &Workspace) -> Result<SigningKeys, Error> {
    if env_value(KEYS).is_some() || env_value(KEY).is_some() {
        return read_keys(env_value);
    }
    let text = read_or_empty(&workspace.path(".dev.vars"))?;
    read_keys(|name| value(&text, name))
}

fn read_keys(setting: impl Fn(&str) -> Option<String>) -> Result<SigningKeys, Error> {
    let (keys, key) = (setting(KEYS), setting(KEY));
    SigningKeys::read(keys.as_deref(), key.as_deref()).map_err(|error| match error {
        KeysError::Missing => Error::say(format!(
            "no {KEYS} or {KEY}: set one to the Worker's, or run `cargo xtask dev` once, which writes a key to .dev.vars"
        )),
        error => Error::say(error.to_string()),
    })
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|cause| {
        Error::say(format!(
            "the operating system's random number generator failed: {cause}"
        ))
    })?;
    Ok(bytes)
}

fn env_value(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The last non-empty value of `name` in a `.env` file.
fn value(text: &str, name: &str) -> Option<String> {
    text.lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(found, _)| found.trim() == name)
        .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
        .rfind(|value| !value.is_empty())
}

fn read_or_empty(path: &Path) -> Result<String, Error> {
    if path.exists() {
        fs::read_to_string(path).map_err(Error::file("read", path))
    } else {
        Ok(String::new())
    }
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, text: &str) -> Result<(), Error> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    }
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(Error::file("write", path))
}

/// A file with the token, removed on drop.
#[derive(Debug)]
struct TokenFile(PathBuf);

impl TokenFile {
    fn write(path: PathBuf, token: &str) -> Result<Self, Error> {
        write_private(&path, &format!("{TOKEN}={token}\n"))?;
        Ok(Self(path))
    }
}

impl Drop for TokenFile {
    fn drop(&mut self) {
        // The command is ending and has no way to handle a failure.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_non_empty_value_is_read_without_quotes() {
        let text = "# SIGNING_KEY=no\nSIGNING_KEY=first\n SIGNING_KEY = \"second\"\nREPLICATE_API_TOKEN=\n";
        assert_eq!(value(text, KEY).as_deref(), Some("second"));
        assert_eq!(value(text, TOKEN), None);
    }

    #[test]
    fn random_bytes_differ_between_calls() {
        let (one, other) = (random::<32>().ok(), random::<32>().ok());
        assert!(one.is_some());
        assert_ne!(one, other);
    }
}
