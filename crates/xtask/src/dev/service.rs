//! Servers that run beside this command and end with it.

use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::clock::Stopwatch;
use crate::error::Error;
use crate::http;
use crate::process::{Program, say};

/// A server in a process group of its own, which is stopped on drop.
#[derive(Debug)]
pub struct Service {
    name: &'static str,
    group: Child,
}

/// Time for a server to end after SIGTERM.
const GRACE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(100);

impl Service {
    /// Starts the server.
    pub fn start(name: &'static str, program: &Program) -> Result<Self, Error> {
        use std::os::unix::process::CommandExt;

        let group = program
            .command()
            .stdin(Stdio::null())
            // So that Ctrl-C reaches this command alone, which then stops its servers in order.
            .process_group(0)
            .spawn()
            .map_err(|source| program.not_started(source))?;
        Ok(Self { name, group })
    }

    fn ended(&mut self) -> bool {
        !matches!(self.group.try_wait(), Ok(None))
    }

    fn signal(&self, signal: Signal) {
        if let Ok(id) = i32::try_from(self.group.id()) {
            // An error means that the group has already ended.
            let _ = killpg(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.signal(Signal::SIGTERM);
        let watch = Stopwatch::start();
        while !self.ended() && watch.elapsed() < GRACE {
            thread::sleep(POLL);
        }
        // Ends what the server has started and left running.
        self.signal(Signal::SIGKILL);
        let _ = self.group.wait();
    }
}

/// Errs when a server has ended.
pub fn all_running(services: &mut [Service]) -> Result<(), Error> {
    for service in services {
        if service.ended() {
            return Err(Error::say(format!(
                "{} has ended; its messages are above",
                service.name
            )));
        }
    }
    Ok(())
}

/// Waits until a GET of `address` succeeds.
pub fn wait_for(
    address: &str,
    at_most: Duration,
    services: &mut [Service],
    interrupted: &mpsc::Receiver<()>,
) -> Result<(), Error> {
    let watch = Stopwatch::start();
    while !http::answers(address) {
        all_running(services)?;
        if interrupted.recv_timeout(POLL).is_ok() {
            say("stopping");
            return Err(Error::say("interrupted"));
        }
        if watch.elapsed() > at_most {
            return Err(Error::say(format!(
                "{address} did not answer within {} seconds",
                at_most.as_secs()
            )));
        }
    }
    Ok(())
}
