//! Steps on a ladder: closer and wider, warmer and cooler, brighter and darker.

use crate::director::edit::Edit;
use crate::director::lexicon::Step;
use crate::director::reading::Outcome;
use crate::director::scene::Scene;

/// Goes `by` rungs from the first phrase that stands on the ladder, at most to its end.
pub(super) fn step(scene: Scene, step: Step, by: usize) -> Outcome {
    let (ladder, slot, is_down) = scene.lexicon.ladder(step);
    let rung_of = |item: &str| {
        let mut rungs = ladder.rungs.iter();
        rungs.position(|names| names.contains(&item))
    };
    let mut items = scene.phrases(slot).into_iter();
    let now = items.find_map(|item| Some((item, rung_of(item)?)));
    let to = match now {
        Some((_, rung)) if is_down => rung.saturating_sub(by),
        Some((_, rung)) => (rung + by).min(ladder.rungs.len() - 1),
        None if is_down => ladder.first_down,
        None => ladder.first_up,
    };
    let names = ladder.rungs.get(to).copied().unwrap_or_default();
    let name = names.first().copied().unwrap_or_default().to_owned();
    Outcome::of([match now {
        Some((old, _)) => Edit::Replace {
            slot,
            old: old.to_owned(),
            new: name,
        },
        None => Edit::Add { slot, phrase: name },
    }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::run;

    #[track_caller]
    fn check(before: &str, direction: Step, by: usize, expected: &str) {
        let ((), edits) = run(before, "", |reading, _| {
            reading.take(step(reading.scene(), direction, by));
        });
        assert_eq!(edits, [expected]);
    }

    #[test]
    fn a_step_goes_to_the_next_rung() {
        check(
            "full body",
            Step::Closer,
            1,
            "replace shot: full body > waist-up",
        );
        check(
            "headshot",
            Step::Closer,
            1,
            "replace shot: headshot > close-up",
        );
        check(
            "full body",
            Step::Closer,
            2,
            "replace shot: full body > head and shoulders",
        );
        check(
            "warm tones",
            Step::Cooler,
            1,
            "replace mood: warm tones > cool tones",
        );
    }

    #[test]
    fn the_ends_of_a_ladder_hold() {
        check(
            "extreme close-up",
            Step::Closer,
            2,
            "replace shot: extreme close-up > extreme close-up",
        );
        check(
            "very wide shot",
            Step::Wider,
            1,
            "replace shot: very wide shot > very wide shot",
        );
    }

    #[test]
    fn a_step_from_nowhere_has_a_fixed_end() {
        check("me in Rome", Step::Closer, 1, "add shot: close-up");
        check("me in Rome", Step::Wider, 1, "add shot: wide shot");
        check("me in Rome", Step::Darker, 1, "add mood: dark and low-key");
    }
}
