//! Running other programs.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::Error;

/// Prints a step to standard error.
pub fn say(what: &str) {
    eprintln!("» {what}");
}

/// A program to run, with its arguments, folder and environment.
#[derive(Debug, Clone)]
pub struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    folder: Option<PathBuf>,
    environment: Vec<(OsString, OsString)>,
}

impl Program {
    /// A program by name or path.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            name: program.as_ref().to_owned(),
            arguments: Vec::new(),
            folder: None,
            environment: Vec::new(),
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments
            .extend(arguments.into_iter().map(|a| a.as_ref().to_owned()));
        self
    }

    /// Runs in this folder.
    pub fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_owned());
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.environment
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// The command line, for messages.
    pub fn line(&self) -> String {
        let mut line = self.name.to_string_lossy().into_owned();
        for argument in &self.arguments {
            line.push(' ');
            line.push_str(&argument.to_string_lossy());
        }
        line
    }

    /// The standard library's command.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments);
        command.envs(self.environment.iter().map(|(n, v)| (n, v)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// Prints the command line and runs the program without input. Its output goes to this command's own.
    pub fn run(&self) -> Result<(), Error> {
        self.run_with(Stdio::null())
    }

    /// As [`run`](Self::run), with this command's standard input, for programs that ask questions.
    pub fn run_asking(&self) -> Result<(), Error> {
        self.run_with(Stdio::inherit())
    }

    fn run_with(&self, input: Stdio) -> Result<(), Error> {
        say(&self.line());
        let status = self
            .command()
            .stdin(input)
            .status()
            .map_err(|source| self.not_started(source))?;
        self.ended(status)
    }

    /// As [`run`](Self::run), and passes each line of standard output to `read`.
    pub fn run_reading(&self, mut read: impl FnMut(&str)) -> Result<(), Error> {
        say(&self.line());
        let mut child = self
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| self.not_started(source))?;
        if let Some(output) = child.stdout.take() {
            let mut lines = BufReader::new(output);
            let mut line = Vec::new();
            while lines.read_until(b'\n', &mut line)? > 0 {
                let text = String::from_utf8_lossy(&line);
                print!("{text}");
                read(text.trim_end_matches(['\r', '\n']));
                line.clear();
            }
        }
        let status = child.wait()?;
        self.ended(status)
    }

    /// Runs the program and returns its standard output. Does not print the command line.
    pub fn output(&self) -> Result<String, Error> {
        let output = self
            .command()
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|source| self.not_started(source))?;
        self.ended(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs the program with `input` on its standard input and returns its standard output.
    pub fn filter(&self, input: &str) -> Result<String, Error> {
        let mut child = self
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| self.not_started(source))?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        self.ended(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn ended(&self, status: std::process::ExitStatus) -> Result<(), Error> {
        if status.success() {
            return Ok(());
        }
        Err(Error::Command {
            command: self.line(),
            status,
        })
    }

    /// The error of a program that could not be started.
    pub fn not_started(&self, source: std::io::Error) -> Error {
        Error::Start {
            program: self.name.to_string_lossy().into_owned(),
            source,
        }
    }
}
