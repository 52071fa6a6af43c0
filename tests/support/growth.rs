//! How time grows with the length of a text, measured against itself, whatever the machine.

use std::time::{Duration, Instant};

#[expect(
    clippy::disallowed_methods,
    reason = "a test on the native target measures time"
)]
fn time(run: &dyn Fn(&str), text: &str, runs: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..runs {
        run(text);
    }
    start.elapsed()
}

/// A text of `characters` takes about as long as four of a quarter, one after the other; anything quadratic would take
/// four times as long. On a busy machine, what takes equally long is interrupted equally often.
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
        quick = time(run, &short, 4).min(quick);
        slow = time(run, &long, 1).min(slow);
        if slow < quick * 2 {
            break;
        }
    }
    assert!(slow < quick * 2, "{name:?}: {quick:?}, then {slow:?}");
}

/// `piece` again and again.
pub fn repeated(piece: &str, characters: usize) -> String {
    piece.chars().cycle().take(characters).collect()
}
