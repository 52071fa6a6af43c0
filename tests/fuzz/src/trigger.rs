//! The trigger builder.

use selfsame_prompt::placement::{
    Built, MAX_CHARACTERS, Placement, PromptConfig, QUALITY_SPECS, WarningCode, build,
};

use super::{Target, equal, holds, split, texts, with_choices};

#[path = "../../../crates/prompt/tests/hostile/mod.rs"]
mod hostile;

/// The target.
pub const TARGET: Target = Target {
    name: "trigger",
    fragments,
    known,
    check,
};

fn fragments() -> Vec<Vec<u8>> {
    (0..hostile::FRAGMENTS.len())
        .map(|index| hostile::prompt("user42585527", [index]).into_bytes())
        .collect()
}

fn known() -> Vec<Vec<u8>> {
    let mut known = texts(include_str!("../../corpus/trigger.jsonl"), "input");
    known.extend(texts(include_str!("../../corpus/hostile.jsonl"), "input"));
    with_choices(known)
}

fn config([placement, trigger, class, suffix]: [usize; 4]) -> PromptConfig<'static> {
    let suffixes = [QUALITY_SPECS[0].text, QUALITY_SPECS[1].text];
    PromptConfig {
        trigger: hostile::TRIGGERS[trigger % hostile::TRIGGERS.len()],
        class_word: hostile::CLASSES[class % hostile::CLASSES.len()],
        placement: match placement % 3 {
            0 => Placement::BeginningAndMiddle,
            1 => Placement::Beginning,
            _ => Placement::Natural,
        },
        suffix: match (suffix % (2 + hostile::SUFFIXES.len())).checked_sub(2) {
            Some(hostile) => hostile::SUFFIXES[hostile],
            None => suffixes[suffix % 2],
        },
    }
}

fn check(input: &[u8]) -> Result<(), String> {
    let (choices, text) = split(input);
    let config = config(choices);
    let Ok(built) = build(&text, &config) else {
        return holds(
            "a text within the limit is refused",
            text.chars().count() > MAX_CHARACTERS,
        );
    };
    laws(&built, &config)?;
    // What is longer than the limit now cannot be built again.
    let Ok(again) = build(&built.text, &config) else {
        return Ok(());
    };
    equal("building again changes the text", &again.text, &built.text)?;
    equal(
        "building again changes the counts",
        again.counts,
        built.counts,
    )?;
    equal(
        "building again changes the spans",
        &again.spans,
        &built.spans,
    )?;
    // A disguised trigger stays in the text, which is refused for it.
    holds(
        "building uncovers somebody else's trigger without a warning",
        has_foreign(&built) || !has_foreign(&again),
    )
}

fn has_foreign(built: &Built) -> bool {
    let mut codes = built.warnings.iter().map(|warning| warning.code);
    codes.any(|code| code == WarningCode::ForeignTrigger)
}

fn laws(built: &Built, config: &PromptConfig<'_>) -> Result<(), String> {
    let joined: String = built.spans.iter().map(|span| span.text.as_str()).collect();
    equal("the spans are not the text", &joined, &built.text)?;
    holds(
        "a span is empty",
        built.spans.iter().all(|span| !span.text.is_empty()),
    )?;
    let different = built
        .spans
        .windows(2)
        .all(|pair| pair[0].source != pair[1].source);
    holds("two spans of one source meet", different)?;
    equal(
        "the count of words",
        built.counts.words as usize,
        built.text.split_whitespace().count(),
    )?;
    equal(
        "the count of characters",
        built.counts.characters as usize,
        built.text.chars().count(),
    )?;
    holds(
        "the trigger is not there",
        built.text.contains(config.trigger),
    )?;
    let first = config.placement == Placement::Natural || built.text.starts_with(config.trigger);
    holds("the trigger does not come first", first)?;
    holds(
        "a line break or a double space is left",
        !built.text.contains("  ") && !built.text.contains('\n'),
    )?;
    if built.text.contains(['(', ')', '[', ']', '{', '}', '"'])
        || !config.trigger.chars().all(char::is_alphanumeric)
    {
        return Ok(());
    }
    for wrong in [",,", ", ,", " ,", ";,", ",;"] {
        holds("a separator is left over", !built.text.contains(wrong))?;
    }
    holds(
        "it ends in a separator",
        !built
            .text
            .ends_with([',', ';', ':', '.', '!', '?', '…', '。', '，', '、', ' ']),
    )
}
