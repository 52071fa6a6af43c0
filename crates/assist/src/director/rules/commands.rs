//! Commands of one piece: another light, another format, a seed, undo, start over.

use selfsame_prompt::parameters::{AspectRatio, OutputFormat, Overrides};
use selfsame_prompt::slots::Slot;

use super::counts::{like_picture, number};
use super::excess::less;
use super::removals::removals;
use super::steps::step;
use crate::director::edit::Edit;
use crate::director::lexicon::Kind;
use crate::director::ratios::ratio;
use crate::director::reading::Reading;
use crate::director::scene::Scene;

/// Does what the piece at `at` commands; gives the index behind it. None: it is not a command.
pub(super) fn command(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
    let message = reading.message;
    let text = message.word(at);
    let kind = message.kind(at)?;
    let next = message.kind(at + 1).filter(|_| at + 1 < end);
    match kind {
        Kind::Step(direction) => {
            let is_big = at > 0 && message.kind(at - 1) == Some(Kind::Much);
            let by = if is_big { 2 } else { 1 };
            reading.take(step(reading.scene(), direction, by));
        }
        Kind::InColour => {
            if let Some(edit) = in_colour(reading.scene()) {
                reading.edit(edit);
            }
        }
        Kind::OtherLight => {
            if !reading.named.has_any(Slot::Lighting)
                && let Some(edit) = other_light(reading.scene())
            {
                reading.edit(edit);
            }
        }
        Kind::OtherFormat => {
            let now = reading.draft().composition.overrides.aspect_ratio;
            let now = now.map_or("", AspectRatio::as_str);
            let next = next_in(message.lexicon.ratios, now);
            set_ratio(reading, next.and_then(AspectRatio::named));
        }
        Kind::More | Kind::Fewer
            if next == Some(Kind::Pictures)
                || (at + 1..end).all(|at| message.kind(at) == Some(Kind::Filler)) =>
        {
            let pictures = reading.draft().composition.pictures;
            let count = if kind == Kind::More {
                pictures.saturating_add(1)
            } else {
                pictures.max(2) - 1
            };
            reading.edit(Edit::Pictures { count });
        }
        Kind::Fewer => return Some(less(reading, at, end)),
        Kind::Number => return number(reading, at, end),
        Kind::Ordinal => {
            like_picture(reading, text);
            let names_one = matches!(next, Some(Kind::Pronoun | Kind::Pictures | Kind::Number));
            return Some(at + 1 + usize::from(names_one));
        }
        Kind::KeepSeed => reading.edit(Edit::KeepSeed {}),
        Kind::NewSeed => reading.edit(Edit::NewSeed {}),
        Kind::Again => {
            reading.edit(Edit::NewSeed {});
            reading.ready = true;
        }
        Kind::Go => reading.ready = true,
        Kind::Undo => {
            // "undo the hat"
            let to = message.skip_articles(at + 1, end);
            if to < end && !message.breaks(at + 1) && message.head_slot(to).is_some() {
                return Some(removals(reading, at + 1, end));
            }
            reading.edit(Edit::Undo {});
        }
        Kind::StartOver => reading.edit(Edit::StartOver {}),
        Kind::Ratio => set_ratio(reading, ratio(text)),
        Kind::File => {
            let overrides = Overrides {
                output_format: OutputFormat::named(text),
                ..Overrides::default()
            };
            reading.edit(Edit::Override { overrides });
        }
        // Words that only other rules give a meaning to.
        Kind::Filler
        | Kind::But
        | Kind::Pictures
        | Kind::Instead
        | Kind::Much
        | Kind::More
        | Kind::Pronoun => {}
        _ => return None,
    }
    Some(at + 1)
}

/// Removes what makes the picture black and white.
fn in_colour(scene: Scene) -> Option<Edit> {
    let slot = Slot::Mood;
    let group = scene.lexicon.group_of("black and white");
    let all = scene.phrases(slot);
    let is_coloured = |mood: &&str| scene.group_of(mood, slot) != group;
    let coloured: Vec<&str> = all.iter().copied().filter(is_coloured).collect();
    let phrases = coloured.iter().map(|&mood| mood.to_owned()).collect();
    (coloured.len() < all.len()).then_some(Edit::Set { slot, phrases })
}

fn other_light(scene: Scene) -> Option<Edit> {
    let slot = Slot::Lighting;
    let now = scene.phrases(slot).pop().unwrap_or_default();
    let light = next_in(scene.lexicon.lights, now)?.to_owned();
    let phrases = vec![light];
    Some(Edit::Set { slot, phrases })
}

fn set_ratio(reading: &mut Reading, ratio: Option<AspectRatio>) {
    let overrides = Overrides {
        aspect_ratio: ratio,
        ..Overrides::default()
    };
    reading.edit(Edit::Override { overrides });
}

/// The item behind `now` in a list; behind the last and behind an unknown one, the first.
fn next_in(list: &[&'static str], now: &str) -> Option<&'static str> {
    let mut items = list.iter();
    items.find(|item| **item == now);
    items.next().or(list.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::rules::testing::{edits, run};

    fn at_start(reading: &mut Reading, at: usize, end: usize) -> Option<usize> {
        command(reading, at, end)
    }

    #[track_caller]
    fn check(before: &str, say: &str, expected: &[&str]) {
        assert_eq!(
            edits(at_start, before, say).unwrap_or_default(),
            expected,
            "{say}"
        );
    }

    #[test]
    fn a_command_is_an_edit() {
        let before = "me in Rome, black and white, moody";
        check(before, "closer", &["add shot: close-up"]);
        check(before, "in colour", &["set mood: moody"]);
        check(
            before,
            "different light",
            &["set lighting: soft window light"],
        );
        check(before, "other format", &["override: 4:5"]);
        check(before, "16:9", &["override: 16:9"]);
        check(before, "as a png", &["override: png"]);
        check(before, "same seed", &["keep seed"]);
        check(before, "new seed", &["new seed"]);
        check(before, "again", &["new seed"]);
        check(before, "undo", &["undo"]);
        check(before, "start over", &["start over"]);
        check(before, "the second one", &[]);
        check(before, "second one", &["like picture: 2"]);
        check(before, "more pictures", &["pictures: 2"]);
        check(before, "please", &[]);
    }

    #[test]
    fn undo_of_a_thing_removes_it() {
        check(
            "me wearing a hat and a coat",
            "undo the hat",
            &["remove wardrobe: hat"],
        );
    }

    #[test]
    fn another_light_and_format_go_round() {
        check(
            "candlelight",
            "different light",
            &["set lighting: soft window light"],
        );
        check(
            "soft window light",
            "different light",
            &["set lighting: golden evening light"],
        );
        check("16:9", "other format", &["override: 4:5"]);
        check("1:1", "other format", &["override: 3:2"]);
    }

    #[test]
    fn again_and_go_ask_for_pictures_now() {
        for say in ["again", "go"] {
            let (ready, _) = run("me in Rome", say, |reading, end| {
                command(reading, 0, end);
                reading.ready
            });
            assert!(ready, "{say}");
        }
    }

    #[test]
    fn a_description_is_not_a_command() {
        assert_eq!(edits(at_start, "", "red coat"), None);
    }
}
