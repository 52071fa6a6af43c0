//! Checks that the time an algorithm takes grows about linearly with the length of its text.
//!
//! A text is compared with itself on the same machine, in processor time of the test's own thread, so that neither the
//! machine's speed nor its load decides.

use std::time::Duration;

use cpu_time::ThreadTime;

/// Rounds that are measured at most. Caches and frequency changes can spoil a few; a quadratic algorithm fails in all.
const ROUNDS: usize = 10;

/// Asserts that `run` needs less than twice as long for a text of `characters` as for four texts of a quarter of that
/// length. A quadratic algorithm needs four times as long.
pub(crate) fn check_near_linear(
    name: &str,
    characters: usize,
    make: &dyn Fn(usize) -> String,
    run: &dyn Fn(&str),
) {
    let [short, long] = [characters / 4, characters].map(make);
    let (mut four_short, mut one_long) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        four_short = processor_time(run, &short, 4).min(four_short);
        one_long = processor_time(run, &long, 1).min(one_long);
        if one_long < four_short * 2 {
            break;
        }
    }
    assert!(
        one_long < four_short * 2,
        "{name:?}: four short texts take {four_short:?}, one long text takes {one_long:?}"
    );
}

fn processor_time(run: &dyn Fn(&str), text: &str, runs: usize) -> Duration {
    let start = ThreadTime::now();
    for _ in 0..runs {
        run(text);
    }
    start.elapsed()
}

/// Repeats `piece` up to a number of characters.
pub(crate) fn repeated(piece: &str, characters: usize) -> String {
    piece.chars().cycle().take(characters).collect()
}
