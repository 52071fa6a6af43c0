//! Why a command stopped, in one sentence for the person at the keyboard.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read, written or made.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was tried, as a verb: `read`, `write`, `make`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A program could not be started at all.
    #[error("cannot start `{program}`: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// A program ran and failed; what it printed stands above.
    #[error("`{command}` failed ({status})")]
    Command {
        /// The command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// Standard input or output failed.
    #[error("cannot use standard input or output: {0}")]
    Stream(#[from] io::Error),
    /// JSON from `origin` is not what was expected.
    #[error("{origin} is not the JSON that was expected: {source}")]
    Json {
        /// Where it came from.
        origin: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Something is missing or wrong, and the sentence says what to do.
    #[error("{0}")]
    Sentence(String),
}

impl Error {
    /// A sentence of the command's own.
    pub fn say(sentence: impl Into<String>) -> Self {
        Self::Sentence(sentence.into())
    }

    /// For `map_err`: `action` on `path` failed.
    pub fn file(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
