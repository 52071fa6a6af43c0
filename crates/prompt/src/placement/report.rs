//! Counts and warnings for a finished prompt.

use super::trigger::Trigger;
use super::word::words;
use super::{Counts, Warning, WarningCode};

pub(super) fn count(text: &str, trigger: &Trigger) -> Counts {
    let saturated = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Counts {
        triggers: saturated(trigger.mentions(text).len()),
        words: saturated(words(text)),
        characters: saturated(text.chars().count()),
    }
}

pub(super) fn warnings(foreign: Option<&str>, moved: bool) -> Vec<Warning> {
    let foreign = foreign.map(|word| Warning {
        code: WarningCode::ForeignTrigger,
        message: format!(
            "“{word}” is somebody else's trigger word. Take it out: your pictures are made with your own."
        ),
    });
    let moved = moved.then(|| Warning {
        code: WarningCode::TriggerMoved,
        message: String::from(
            "Your trigger word was moved out of your sentences to where it works best.",
        ),
    });
    foreign.into_iter().chain(moved).collect()
}
