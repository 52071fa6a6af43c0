//! One target's runs.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

use super::draw::Draw;
use super::targets::Target;
use super::{LIMIT, guided, keep};
use crate::clock::Stopwatch;
use crate::error::Error;
use crate::workspace::Workspace;

/// So many failures are enough to begin with.
const ENOUGH: usize = 8;

/// A run that has not ended after so long never will.
const HUNG: Duration = Duration::from_secs(20);

/// What came of a target's runs.
#[derive(Default)]
pub struct Score {
    pub runs: u64,
    pub took: Duration,
    pub slowest: Duration,
    /// Where the input is kept, and what was wrong.
    pub failures: Vec<String>,
}

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `target` so many times.
pub fn target(
    workspace: &Workspace,
    target: &'static Target,
    runs: u64,
    seed: u64,
) -> Result<Score, Error> {
    let failed = keep::failed(workspace, target);
    let mut kept = keep::inputs(&failed)?;
    kept.extend(keep::inputs(&guided::found(workspace, target))?);
    let kept: Vec<Vec<u8>> = kept.into_iter().map(|(_, input)| input).collect();
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|info| PANIC.set(info.to_string())));
    let begun = Arc::new((AtomicU64::new(0), Mutex::new(Vec::new())));
    let worker = {
        let begun = Arc::clone(&begun);
        thread::spawn(move || runs_of(target, &kept, runs, seed, &begun))
    };
    let waited = wait(&failed, target, &worker, &begun);
    let (mut score, broken) = match waited {
        Ok(()) => worker
            .join()
            .map_err(|_| Error::say("the runs themselves panicked"))?,
        Err(hung) => return Err(hung),
    };
    panic::set_hook(usual);
    for (input, broken) in broken {
        let path = keep::keep(&failed, &input)?;
        let path = path.strip_prefix(workspace.root()).unwrap_or(&path);
        score.failures.push(format!("{}: {broken}", path.display()));
    }
    Ok(score)
}

/// Until the worker is done, or hangs.
fn wait<T>(
    failed: &Path,
    target: &Target,
    worker: &thread::JoinHandle<T>,
    begun: &(AtomicU64, Mutex<Vec<u8>>),
) -> Result<(), Error> {
    let (mut seen, mut since) = (0, Stopwatch::start());
    while !worker.is_finished() {
        thread::sleep(Duration::from_millis(20));
        let now = begun.0.load(Ordering::Relaxed);
        if now != seen {
            (seen, since) = (now, Stopwatch::start());
        } else if since.elapsed() > HUNG {
            let input = begun
                .1
                .lock()
                .map(|input| input.clone())
                .unwrap_or_default();
            let path = keep::keep(failed, &input)?;
            let path = path.display();
            return Err(Error::say(format!("{} hangs on {path}", target.name)));
        }
    }
    Ok(())
}

type Failed = Vec<(Vec<u8>, String)>;

fn runs_of(
    target: &Target,
    kept: &[Vec<u8>],
    runs: u64,
    seed: u64,
    begun: &(AtomicU64, Mutex<Vec<u8>>),
) -> (Score, Failed) {
    let mut draw = Draw::of(target, kept, seed);
    let mut kept = kept.iter();
    let mut score = Score::default();
    let mut failed = Failed::new();
    let whole = Stopwatch::start();
    // What is built once is built before the first run is timed.
    let _ = once(target, b"");
    while score.runs < runs && failed.len() < ENOUGH {
        let input = kept.next().cloned().unwrap_or_else(|| draw.input());
        if let Ok(mut current) = begun.1.lock() {
            current.clone_from(&input);
        }
        begun.0.fetch_add(1, Ordering::Relaxed);
        score.runs += 1;
        let (result, took) = once(target, &input);
        let took = if took > LIMIT {
            confirmed(target, &input, took)
        } else {
            took
        };
        score.slowest = score.slowest.max(took);
        let broken = match result {
            Err(broken) => broken,
            Ok(()) if took > LIMIT => format!("took {} ms", took.as_millis()),
            Ok(()) => continue,
        };
        begun.0.fetch_add(1, Ordering::Relaxed);
        let input = if took > LIMIT {
            input
        } else {
            smaller(target, input)
        };
        failed.push((input, broken));
    }
    score.took = whole.elapsed();
    (score, failed)
}

/// The shortest of three more: another program may have emptied the caches.
fn confirmed(target: &Target, input: &[u8], took: Duration) -> Duration {
    (0..3)
        .map(|_| once(target, input).1)
        .fold(took, Duration::min)
}

/// One run, and the processor time that it took.
fn once(target: &Target, input: &[u8]) -> (Result<(), String>, Duration) {
    let before = processor_time();
    let result = panic::catch_unwind(AssertUnwindSafe(|| (target.check)(input)));
    let took = processor_time().saturating_sub(before);
    (result.unwrap_or_else(|_| Err(PANIC.take())), took)
}

fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// The input with whatever can be left out of it left out, as long as it still fails.
fn smaller(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let mut piece = input.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at + piece <= input.len() {
            let shorter = [&input[..at], &input[at + piece..]].concat();
            if once(target, &shorter).0.is_err() {
                input = shorter;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    input
}
