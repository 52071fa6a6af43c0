//! Servers that run beside this command and end with it.

use std::thread;
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::error::Error;
use crate::http;
use crate::interrupt::{self, Group};
use crate::process::Program;

/// A server, which is stopped on drop.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    group: Group,
}

const POLL: Duration = Duration::from_millis(100);

impl Service {
    /// Starts the server.
    pub(crate) fn start(name: &'static str, program: &Program) -> Result<Self, Error> {
        let group = program.start_beside()?;
        Ok(Self { name, group })
    }
}

/// Waits until the command is interrupted; an error when a server ends before.
pub(crate) fn wait(services: &mut [Service]) -> Result<(), Error> {
    loop {
        match all_running(services) {
            Err(Error::Interrupted) => return Ok(()),
            running => running?,
        }
        thread::sleep(POLL);
    }
}

/// Errs when a server has ended.
fn all_running(services: &mut [Service]) -> Result<(), Error> {
    let ended = services
        .iter_mut()
        .find_map(|service| service.group.has_ended().then_some(service.name));
    // Read after the servers, because an interrupt ends them.
    if interrupt::is_requested() {
        return Err(Error::Interrupted);
    }
    ended.map_or(Ok(()), |name| {
        Err(Error::say(format!(
            "{name} has ended; its messages are above"
        )))
    })
}

/// Waits until a GET of `address` succeeds.
pub(crate) fn wait_for(
    address: &str,
    at_most: Duration,
    services: &mut [Service],
) -> Result<(), Error> {
    let watch = Stopwatch::start();
    while !http::answers(address) {
        all_running(services)?;
        if watch.elapsed() > at_most {
            return Err(Error::say(format!(
                "{address} did not answer within {} seconds",
                at_most.as_secs()
            )));
        }
        thread::sleep(POLL);
    }
    Ok(())
}
