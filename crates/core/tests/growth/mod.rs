//! How time grows with the length of a text, measured against itself, whatever the machine.

use std::time::{Duration, Instant};

/// The quickest of a few runs: what the code takes, not what else the machine was doing.
#[expect(
    clippy::disallowed_methods,
    reason = "a test on the native target measures time"
)]
fn quickest(run: &dyn Fn(&str), text: &str) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            run(text);
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// A text of `characters` takes about four times as long as one of a quarter; anything quadratic would take sixteen
/// times.
pub fn check_near_linear(
    name: &str,
    characters: usize,
    make: &dyn Fn(usize) -> String,
    run: &dyn Fn(&str),
) {
    let [short, long] = [characters / 4, characters].map(make);
    let (mut quick, mut slow) = (Duration::MAX, Duration::MAX);
    // A busy machine can be slow several times in a row; an algorithm that is too slow always is.
    for _ in 0..30 {
        quick = quickest(run, &short).min(quick);
        slow = quickest(run, &long).min(slow);
        if slow < quick * 8 {
            break;
        }
    }
    assert!(slow < quick * 8, "{name:?}: {quick:?}, then {slow:?}");
}

/// `piece` again and again.
pub fn repeated(piece: &str, characters: usize) -> String {
    piece.chars().cycle().take(characters).collect()
}
