//! Ctrl-C, SIGTERM and SIGHUP: they end the running programs, and the command then unwinds with [`Error::Interrupted`].
//!
//! A program runs in a process group of its own, so that what it has started ends with it. Ctrl-C in a terminal then
//! reaches this command alone, which passes it on. A command that has started no program ends at once, as is usual.
//!
//! [`Error::Interrupted`]: crate::error::Error::Interrupted

use std::io::{self, ErrorKind};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::clock::Stopwatch;

/// Time for a group to end after SIGTERM.
const GRACE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(50);

static REQUESTED: AtomicBool = AtomicBool::new(false);
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// Whether the command has been asked to end.
pub(crate) fn is_requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// A running program and what it has started, in a process group. Ends on drop.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Child,
    id: Pid,
}

impl Group {
    /// Starts a program. Fails with [`ErrorKind::Interrupted`] when the command has been asked to end.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        watch();
        // Held until the group is in the list, so that a signal finds it there or the program is not started.
        let mut running = running();
        if is_requested() {
            return Err(ErrorKind::Interrupted.into());
        }
        let leader = command.process_group(0).spawn()?;
        let id = i32::try_from(leader.id()).map_err(io::Error::other)?;
        let id = Pid::from_raw(id);
        running.push(id);
        Ok(Self { leader, id })
    }

    /// The program, to take its pipes.
    pub(crate) fn leader(&mut self) -> &mut Child {
        &mut self.leader
    }

    /// Waits until the program ends.
    pub(crate) fn wait(mut self) -> io::Result<ExitStatus> {
        self.leader.wait()
    }

    /// Whether the program has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.leader.try_wait(), Ok(None))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if !self.has_ended() {
            signal(self.id, Signal::SIGTERM);
            let watch = Stopwatch::start();
            while !self.has_ended() && watch.elapsed() < GRACE {
                thread::sleep(POLL);
            }
        }
        // Ends what the program has started and left running.
        signal(self.id, Signal::SIGKILL);
        // Fails only when the program has been waited for already.
        let _ = self.leader.wait();
        running().retain(|id| *id != self.id);
    }
}

fn running() -> MutexGuard<'static, Vec<Pid>> {
    // The list is whole after every statement that changes it.
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signal(group: Pid, signal: Signal) {
    // An error means that the group has already ended.
    let _ = killpg(group, signal);
}

/// Installs the handler, which runs in a thread of its own.
fn watch() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        if let Err(cause) = ctrlc::set_handler(end_all) {
            eprintln!("cannot watch for Ctrl-C ({cause}): it will leave programs running");
        }
    });
}

fn end_all() {
    REQUESTED.store(true, Ordering::SeqCst);
    signal_all(Signal::SIGTERM);
    let watch = Stopwatch::start();
    while watch.elapsed() < GRACE {
        if running().is_empty() {
            return;
        }
        thread::sleep(POLL);
    }
    signal_all(Signal::SIGKILL);
}

fn signal_all(kind: Signal) {
    running().iter().for_each(|group| signal(*group, kind));
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Stdio;

    use super::*;

    #[test]
    fn dropping_a_program_ends_what_it_has_started() {
        let note = std::env::temp_dir().join(format!("selfsame-group-{}", std::process::id()));
        let script = format!("sleep 600 & echo $! > {}; wait", note.display());
        let group = Group::start(
            Command::new("sh")
                .args(["-c", &script])
                .stdin(Stdio::null()),
        )
        .expect("sh starts");
        let read = || fs::read_to_string(&note).ok()?.trim().parse::<i32>().ok();
        let sleeper = loop {
            if let Some(id) = read() {
                break Pid::from_raw(id);
            }
            thread::sleep(POLL);
        };
        let id = group.id;
        drop(group);
        fs::remove_file(&note).expect("removed");
        // Whatever adopts it collects it at some time after its death.
        let is_alive = || {
            let stat = fs::read_to_string(format!("/proc/{sleeper}/stat"));
            stat.is_ok_and(|stat| !stat.contains(") Z "))
        };
        let watch = Stopwatch::start();
        while is_alive() && watch.elapsed() < GRACE {
            thread::sleep(POLL);
        }
        assert!(!is_alive());
        assert!(!running().contains(&id));
    }
}
