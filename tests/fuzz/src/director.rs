//! The director: conversations, a line for each message.

use selfsame_assist::director::{Context, Director, PictureDraft};
use selfsame_prompt::parameters::Parameters;
use selfsame_prompt::placement::MAX_CHARACTERS;
use selfsame_prompt::slots::Slot;
use serde_json::Value;

use super::{Target, bytes, equal, holds};

/// The target.
pub const TARGET: Target = Target {
    name: "director",
    fragments,
    known,
    check,
};

const DIRECTOR: Director = Director::english();

/// So many lines of an input are said.
const MESSAGES: usize = 6;

fn fragments() -> Vec<Vec<u8>> {
    let lexicon = include_str!("../../../crates/assist/data/lexicon/en.toml");
    let rows = lexicon.lines().filter(|row| !row.starts_with('#'));
    let phrases = rows.flat_map(|row| row.split('"').skip(1).step_by(2));
    let mut fragments: Vec<Vec<u8>> = phrases
        .map(|phrase| format!("{phrase} ").into_bytes())
        .collect();
    for _ in 0..20 {
        fragments.extend(bytes(&[
            "\n", ", ", ". ", " ", " and ", "zorb ", "4:5 ", "7:30 ", "24/7 ", "#2 ", "f/1.4 ",
            "’", "\"", "(", "🙂", "é", "undo\n", "again\n",
        ]));
    }
    fragments
}

fn known() -> Vec<Vec<u8>> {
    let corpus = include_str!("../../corpus/director.jsonl");
    let said = |line| -> Option<Vec<u8>> {
        let case: Value = serde_json::from_str(line).ok()?;
        let turns = case.get("turns")?.as_array()?.iter();
        let said: Vec<&str> = turns.filter_map(|turn| turn.get("say")?.as_str()).collect();
        Some(said.join("\n").into_bytes())
    };
    corpus.lines().filter_map(said).collect()
}

/// Words of letters and digits, in lower case and sorted.
fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let words = texts
        .into_iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.sort();
    words
}

fn check(input: &[u8]) -> Result<(), String> {
    let context = Context {
        shown: vec![11, 22, 33],
    };
    let mut draft = PictureDraft::default();
    for say in String::from_utf8_lossy(input).lines().take(MESSAGES) {
        let turn = DIRECTOR.direct(&draft, say, &context);
        equal(
            "another answer to the same message",
            &DIRECTOR.direct(&draft, say, &context),
            &turn,
        )?;
        if say.chars().count() > MAX_CHARACTERS {
            equal(
                "a message that is too long changes the draft",
                &turn.draft,
                &draft,
            )?;
            continue;
        }
        let heard = turn
            .understood
            .iter()
            .chain(&turn.not_understood)
            .map(String::as_str);
        equal("not every word was heard once", words(heard), words([say]))?;
        let composition = &turn.draft.composition;
        for kept in &turn.not_understood {
            holds(
                "what was not understood is not kept",
                composition.text.contains(kept),
            )?;
            holds(
                "what was not understood is not named",
                turn.reply.contains(kept),
            )?;
        }
        for slot in Slot::ALL {
            for word in composition
                .slots
                .get(slot)
                .iter()
                .flat_map(|item| item.split(' '))
            {
                let is_code = matches!(word.as_bytes(), [b'0'..=b'9', b'+' | b'-']);
                holds(
                    "the code of a step is in a phrase",
                    !is_code || input.windows(2).any(|pair| pair == word.as_bytes()),
                )?;
            }
        }
        let settings = Parameters::resolve(
            composition.preset,
            &composition.overrides,
            composition.pictures,
        );
        holds("a setting is out of range", settings.is_ok())?;
        holds("too many suggestions", turn.suggestions.len() <= 3)?;
        holds("too long a past", turn.draft.past.len() <= 20)?;
        let undone = DIRECTOR.direct(&turn.draft, "undo", &context).draft;
        if turn.draft.past.len() == draft.past.len() + 1 {
            equal(
                "undo does not give back what was",
                &undone.composition,
                &draft.composition,
            )?;
        }
        draft = turn.draft;
    }
    Ok(())
}
