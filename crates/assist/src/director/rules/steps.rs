//! Steps on a ladder: closer and wider, warmer and cooler, brighter and darker.

use selfsame_prompt::slots::Slot;

use crate::director::edit::Edit;
use crate::director::reading::Outcome;
use crate::director::scene::Scene;

/// `by` steps; `code` is the ladder's number with the direction, as in `0+`.
pub(super) fn step(scene: Scene, code: &str, by: usize) -> Option<Outcome> {
    let (ladder, sign) = code.split_at_checked(1)?;
    let ladder: usize = ladder.parse().unwrap_or(0);
    let is_down = sign == "-";
    let list = scene.lexicon.lists("ladder").nth(ladder)?;
    let slot = if ladder == 0 { Slot::Shot } else { Slot::Mood };
    let items = scene.phrases(slot);
    let mut now = None;
    let (mut lowest, mut highest, mut count) = (None, 0, 0);
    for (rung, names) in list.split(", ").enumerate() {
        count = rung + 1;
        if names.starts_with('*') {
            lowest = lowest.or(Some(rung));
            highest = rung;
        }
        for name in names.trim_start_matches('*').split('/') {
            if let Some(index) = items.iter().position(|item| *item == name)
                && now.is_none_or(|(earliest, _)| index < earliest)
            {
                now = Some((index, rung));
            }
        }
    }
    let to = match now {
        Some((_, rung)) if is_down => rung.saturating_sub(by),
        Some((_, rung)) => (rung + by).min(count - 1),
        None if is_down => lowest.unwrap_or(0),
        None => highest,
    };
    let names = list.split(", ").nth(to).unwrap_or_default();
    let names = names.trim_start_matches('*');
    let name = names.split('/').next().unwrap_or_default().to_owned();
    let edit = match now.and_then(|(index, _)| items.get(index)) {
        Some(old) => Edit::Replace {
            slot,
            old: (*old).to_owned(),
            new: name,
        },
        None => Edit::Add { slot, phrase: name },
    };
    Some(Outcome::of([edit]))
}
