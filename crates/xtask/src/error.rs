//! The error of a command: one sentence for the person at the keyboard.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file or folder could not be read, written or created.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// The action as a verb: `read`, `write`, `create`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot start `{program}`: {source}")]
    Start {
        /// Its name or path.
        program: String,
        /// The operating system's error.
        source: io::Error,
    },
    /// A program ran and failed, after printing its own messages.
    #[error("`{command}` failed ({status})")]
    Command {
        /// Its command line.
        command: String,
        /// Its exit status.
        status: ExitStatus,
    },
    /// Standard input or output failed.
    #[error("cannot use standard input or output: {0}")]
    Stream(#[from] io::Error),
    /// JSON could not be read as the expected type.
    #[error("unexpected JSON from {origin}: {source}")]
    Json {
        /// The file or address it came from.
        origin: String,
        /// The parser's error.
        source: serde_json::Error,
    },
    /// The command was asked to end.
    #[error("interrupted")]
    Interrupted,
    /// Anything else, in a sentence that says what to do.
    #[error("{0}")]
    Sentence(String),
}

impl Error {
    /// An error that is its own sentence.
    pub(crate) fn say(sentence: impl Into<String>) -> Self {
        Self::Sentence(sentence.into())
    }

    /// Gives the conversion of an [`io::Error`] for `map_err`.
    pub(crate) fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
