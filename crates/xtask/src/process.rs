//! Running other programs.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::error::Error;
use crate::interrupt::{self, Group};

/// Prints a step to standard error.
pub(crate) fn say(what: &str) {
    eprintln!("» {what}");
}

/// A program to run, with its arguments, folder and environment.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    folder: Option<PathBuf>,
    environment: Vec<(OsString, OsString)>,
}

impl Program {
    /// A program by name or path.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            name: program.as_ref().to_owned(),
            arguments: Vec::new(),
            folder: None,
            environment: Vec::new(),
        }
    }

    /// Adds an argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub(crate) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments
            .extend(arguments.into_iter().map(|a| a.as_ref().to_owned()));
        self
    }

    /// Runs in this folder.
    pub(crate) fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_owned());
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.environment
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// The command line, for messages.
    pub(crate) fn line(&self) -> String {
        let mut line = self.name.to_string_lossy().into_owned();
        for argument in &self.arguments {
            line.push(' ');
            line.push_str(&argument.to_string_lossy());
        }
        line
    }

    /// The standard library's command.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments);
        command.envs(self.environment.iter().map(|(n, v)| (n, v)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// Prints the command line and runs the program without input. Its output goes to this command's own.
    pub(crate) fn run(&self) -> Result<(), Error> {
        say(&self.line());
        let group = self.start(self.command().stdin(Stdio::null()))?;
        self.ended(group.wait()?)
    }

    /// As [`run`](Self::run), with this command's standard input, for programs that ask questions. Shares this command's
    /// process group, because a terminal is read by one group alone.
    pub(crate) fn run_asking(&self) -> Result<(), Error> {
        say(&self.line());
        let status = self.command().status();
        self.ended(status.map_err(|source| self.not_started(source))?)
    }

    /// As [`run`](Self::run), and passes each line of standard output to `read`.
    pub(crate) fn run_reading(&self, mut read: impl FnMut(&str)) -> Result<(), Error> {
        say(&self.line());
        let mut group = self.start(self.command().stdin(Stdio::null()).stdout(Stdio::piped()))?;
        if let Some(output) = group.leader().stdout.take() {
            let mut lines = BufReader::new(output);
            let mut line = Vec::new();
            while lines.read_until(b'\n', &mut line)? > 0 {
                let text = String::from_utf8_lossy(&line);
                print!("{text}");
                read(text.trim_end_matches(['\r', '\n']));
                line.clear();
            }
        }
        self.ended(group.wait()?)
    }

    /// Runs the program without input and writes its output and errors to `log`. Its exit status is no error.
    pub(crate) fn run_into(&self, log: &Path) -> Result<(), Error> {
        let output = File::create(log).map_err(Error::file("write", log))?;
        let errors = output.try_clone().map_err(Error::file("write", log))?;
        let mut command = self.command();
        let group = self.start(command.stdin(Stdio::null()).stdout(output).stderr(errors))?;
        group.wait()?;
        if interrupt::is_requested() {
            return Err(Error::Interrupted);
        }
        Ok(())
    }

    /// Starts the program without input, to run beside this command.
    pub(crate) fn start_beside(&self) -> Result<Group, Error> {
        self.start(self.command().stdin(Stdio::null()))
    }

    fn start(&self, command: &mut Command) -> Result<Group, Error> {
        Group::start(command).map_err(|source| self.not_started(source))
    }

    /// Runs the program and returns its standard output. Does not print the command line.
    pub(crate) fn output(&self) -> Result<String, Error> {
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
    pub(crate) fn filter(&self, input: &str) -> Result<String, Error> {
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

    fn ended(&self, status: ExitStatus) -> Result<(), Error> {
        if status.success() {
            return Ok(());
        }
        if interrupt::is_requested() {
            return Err(Error::Interrupted);
        }
        Err(Error::Command {
            command: self.line(),
            status,
        })
    }

    fn not_started(&self, source: io::Error) -> Error {
        if source.kind() == ErrorKind::Interrupted {
            return Error::Interrupted;
        }
        Error::Start {
            program: self.name.to_string_lossy().into_owned(),
            source,
        }
    }
}
