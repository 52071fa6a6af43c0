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
