//! For the tests of the rules: one rule on one message.

use selfsame_prompt::parameters::{AspectRatio, OutputFormat};

use crate::director::edit::Edit;
use crate::director::message::Message;
use crate::director::reading::Reading;
use crate::director::{Context, Director, PictureDraft};

/// What `rule` gives for a message behind `before`, and its edits. `rule` gets the number of pieces.
pub(super) fn run<R>(
    before: &str,
    say: &str,
    rule: impl FnOnce(&mut Reading, usize) -> R,
) -> (R, Vec<String>) {
    let director = Director::english();
    let context = Context {
        shown: vec![11, 22, 33],
    };
    let draft = director
        .direct(&PictureDraft::default(), before, &context)
        .draft;
    let message = Message::new(say, director.0);
    let mut reading = Reading::new(&message, &draft, &context);
    let result = rule(&mut reading, message.len());
    (result, reading.edits.iter().map(line).collect())
}

/// The edits of a rule that reads from the first piece on; None: it does not match.
pub(super) fn edits(
    rule: fn(&mut Reading, usize, usize) -> Option<usize>,
    before: &str,
    say: &str,
) -> Option<Vec<String>> {
    let (read, edits) = run(before, say, |reading, end| rule(reading, 0, end));
    read.map(|_| edits)
}

/// An edit in a line.
fn line(edit: &Edit) -> String {
    match edit {
        Edit::Set { slot, phrases } => format!("set {}: {}", slot.as_str(), phrases.join(", ")),
        Edit::Add { slot, phrase } => format!("add {}: {phrase}", slot.as_str()),
        Edit::Remove { slot, phrase } => format!("remove {}: {phrase}", slot.as_str()),
        Edit::Replace { slot, old, new } => format!("replace {}: {old} > {new}", slot.as_str()),
        Edit::AddText { text } => format!("add text: {text}"),
        Edit::ReplaceText { old, new } => format!("replace text: {old} > {new}"),
        Edit::RemoveText { text } => format!("remove text: {text}"),
        Edit::Pictures { count } => format!("pictures: {count}"),
        Edit::LikePicture { picture } => format!("like picture: {picture}"),
        Edit::Override { overrides } => {
            let ratio = overrides.aspect_ratio.map(AspectRatio::as_str);
            let file = overrides.output_format.map(OutputFormat::as_str);
            format!("override: {}", ratio.or(file).unwrap_or_default())
        }
        Edit::KeepSeed {} => "keep seed".to_owned(),
        Edit::NewSeed {} => "new seed".to_owned(),
        Edit::Undo {} => "undo".to_owned(),
        Edit::StartOver {} => "start over".to_owned(),
        Edit::Preset { preset } => format!("preset: {preset:?}"),
    }
}
