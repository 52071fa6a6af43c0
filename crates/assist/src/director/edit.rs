//! The edits that a message is parsed into. Nothing else changes a draft.

use selfsame_prompt::parameters::{Overrides, PresetId};
use selfsame_prompt::slots::Slot;
use serde::{Deserialize, Serialize};

/// One change to a draft, as data that stands on its own: phrases are named by their text, pictures by the number that
/// the person sees.
///
/// ```
/// use selfsame_assist::director::Edit;
///
/// let edit: Edit = serde_json::from_str(
///     r#"{"edit": "replace", "slot": "wardrobe", "old": "red coat", "new": "black coat"}"#,
/// )?;
/// # Ok::<(), serde_json::Error>(())
/// ```
// Variants without fields have braces because serde ignores unknown fields of unit variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Makes `phrases` the content of a slot; without phrases the slot is empty.
    Set {
        /// The slot.
        slot: Slot,
        /// At most 12 phrases; a slot that holds one thing keeps the last.
        phrases: Vec<String>,
    },
    /// Adds a phrase behind the others of its slot. In a slot that holds one thing, it takes the place of the other;
    /// a camera consists of parts, and the phrase becomes one of them.
    Add {
        /// The slot.
        slot: Slot,
        /// The phrase, as it is written into the prompt.
        phrase: String,
    },
    /// Removes a phrase.
    Remove {
        /// The slot.
        slot: Slot,
        /// The whole phrase; of equal ones, the last.
        phrase: String,
    },
    /// Puts one phrase in the place of another.
    Replace {
        /// The slot.
        slot: Slot,
        /// The whole phrase that goes; of equal ones, the last.
        old: String,
        /// What stands there instead.
        new: String,
    },
    /// Appends to the person's own words, behind a comma.
    AddText {
        /// The words.
        text: String,
    },
    /// Replaces whole words among the person's own, in any case.
    ReplaceText {
        /// The words that go.
        old: String,
        /// What stands there instead.
        new: String,
    },
    /// Removes whole words from the person's own, in any case.
    RemoveText {
        /// The words.
        text: String,
    },
    /// Sets how many pictures are made; more than 4 are 4, fewer than 1 is 1.
    Pictures {
        /// 1 to 4.
        count: u32,
    },
    /// Sets the preset.
    Preset {
        /// The preset.
        preset: PresetId,
    },
    /// Sets explicit parameters: aspect ratio, output format and so on. Absent ones stay as they are.
    Override {
        /// The values. If one is out of range, none is set.
        overrides: Overrides,
    },
    /// Takes the seed of a picture that is shown.
    LikePicture {
        /// The picture, from 1.
        picture: u32,
    },
    /// Keeps the seed of the picture that was chosen last, or of the first.
    KeepSeed {},
    /// Gives the seed up.
    NewSeed {},
    /// Goes back to the draft before the last message that changed it.
    Undo {},
    /// Empties slots and text and gives the seed up. Parameters stay.
    StartOver {},
}
