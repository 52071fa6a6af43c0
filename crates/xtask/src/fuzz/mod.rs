//! `cargo xtask fuzz [TARGET…] [--runs N] [--seed S]`: throws drawn and mutated inputs at core's parts, and holds
//! each result against what must be true of any.
//!
//! A run fails when it panics, takes more than [`LIMIT`] of processor time, or breaks one of its target's laws. The
//! input is made smaller, kept in `tests/fuzz/<target>/`, and checked by the native tests from then on. Equal seeds
//! draw equal inputs. Where cargo-fuzz is installed, with a nightly compiler, it goes first; the inputs with which it
//! reached something new are among those that are changed.

mod draw;
mod guided;
mod keep;
mod run;
mod targets;

use std::time::Duration;

use crate::clock::{self, Stopwatch};
use crate::error::Error;
use crate::process::{Program, say};
use crate::workspace::Workspace;

use run::Score;
use targets::Target;

/// The longest that one run may take.
const LIMIT: Duration = Duration::from_millis(50);

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to test; everything when none is named.
    targets: Vec<String>,
    /// Runs of each target.
    #[arg(long, default_value_t = 20_000)]
    runs: u64,
    /// Where the inputs are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Run in this very process, as it was built.
    #[arg(long, hide = true)]
    here: bool,
}

/// Runs the command.
pub fn run(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    let chosen = chosen(&args.targets)?;
    if !args.here {
        if guided::is_there() {
            for target in chosen {
                guided::run(workspace, target, args.runs, args.seed)?;
            }
        } else {
            say("cargo-fuzz on a nightly compiler is not installed; drawn inputs alone");
        }
        return again_and_fast(workspace, args);
    }
    let whole = Stopwatch::start();
    println!(
        "{:<10} {:>9} {:>9} {:>11} {:>9}",
        "target", "runs", "runs/s", "slowest", "failures"
    );
    let mut failures = 0;
    for target in chosen {
        let score = run::target(workspace, target, args.runs, args.seed)?;
        print(target.name, &score);
        failures += score.failures.len();
        for failure in &score.failures {
            println!("  {failure}");
        }
    }
    println!("in {}, seed {}", clock::human(whole.elapsed()), args.seed);
    match failures {
        0 => Ok(()),
        count => Err(Error::say(format!(
            "{count} inputs failed; they are kept in tests/fuzz"
        ))),
    }
}

fn chosen(names: &[String]) -> Result<Vec<&'static Target>, Error> {
    if names.is_empty() {
        return Ok(targets::ALL.iter().collect());
    }
    let find = |name: &String| {
        let known = targets::ALL.iter().find(|target| target.name == name);
        known.ok_or_else(|| {
            let all: Vec<&str> = targets::ALL.iter().map(|target| target.name).collect();
            Error::say(format!(
                "there is no target called {name}, only {}",
                all.join(", ")
            ))
        })
    };
    names.iter().map(find).collect()
}

/// The same command, built as fast as what it tests runs in use, but with every check of the compiler's.
fn again_and_fast(workspace: &Workspace, args: &Args) -> Result<(), Error> {
    Program::new("cargo")
        .args([
            "run",
            "--quiet",
            "--profile",
            "fuzz",
            "--package",
            "xtask",
            "--",
            "fuzz",
            "--here",
        ])
        .args([
            "--runs",
            &args.runs.to_string(),
            "--seed",
            &args.seed.to_string(),
        ])
        .args(&args.targets)
        .folder(workspace.root())
        .run()
}

fn print(name: &str, score: &Score) {
    let rate = u128::from(score.runs) * 1_000_000 / score.took.as_micros().max(1);
    let slowest = score.slowest.as_secs_f64() * 1000.0;
    let failures = score.failures.len();
    println!(
        "{name:<10} {:>9} {rate:>9} {slowest:>8.2} ms {failures:>9}",
        score.runs
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_once_holds_now() {
        let workspace = Workspace::find().unwrap();
        for target in targets::ALL {
            for (path, input) in keep::inputs(&keep::failed(&workspace, target)).unwrap() {
                if let Err(broken) = (target.check)(&input) {
                    panic!("{}: {broken}", path.display());
                }
            }
        }
    }

    #[test]
    fn drawn_inputs_hold() {
        for target in targets::ALL {
            let mut draw = draw::Draw::of(target, &[], 7);
            for _ in 0..50 {
                let input = draw.input();
                if let Err(broken) = (target.check)(&input) {
                    panic!(
                        "{}: {broken}: {:?}",
                        target.name,
                        String::from_utf8_lossy(&input)
                    );
                }
            }
        }
    }

    #[test]
    fn equal_seeds_draw_equal_inputs() {
        for target in targets::ALL {
            let draw = |seed| {
                let mut draw = draw::Draw::of(target, &[], seed);
                (0..20).map(|_| draw.input()).collect::<Vec<_>>()
            };
            assert_eq!(draw(1), draw(1));
            assert_ne!(draw(1), draw(2));
        }
    }
}
