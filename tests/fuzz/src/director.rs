//! The director, in conversations: each line of the input is a message.

use selfsame_assist::director::{Context, Director, PictureDraft, apply};
use selfsame_prompt::parameters::Parameters;
use selfsame_prompt::placement::MAX_CHARACTERS;
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

/// Lines of an input that are used.
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
            "the same message has two answers",
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
        equal(
            "a word is reported not exactly once",
            words(heard),
            words([say]),
        )?;
        let composition = &turn.draft.composition;
        for kept in &turn.not_understood {
            holds(
                "words that were not understood are not kept",
                composition.text.contains(kept),
            )?;
            holds(
                "words that were not understood are not in the reply",
                turn.reply.contains(kept),
            )?;
        }
        let parsed = DIRECTOR.parse(&draft, say, &context);
        equal(
            "the edits of the message lead to another draft",
            &apply(&draft, &parsed.edits, &context).draft,
            &turn.draft,
        )?;
        let settings = Parameters::resolve(
            composition.preset,
            &composition.overrides,
            composition.pictures,
        );
        holds("a parameter is out of range", settings.is_ok())?;
        holds("too many suggestions", turn.suggestions.len() <= 3)?;
        holds(
            "more than 20 earlier states are kept",
            turn.draft.past.len() <= 20,
        )?;
        let undone = DIRECTOR.direct(&turn.draft, "undo", &context).draft;
        if turn.draft.past.len() == draft.past.len() + 1 {
            equal(
                "undo does not restore the draft before",
                &undone.composition,
                &draft.composition,
            )?;
        }
        draft = turn.draft;
    }
    Ok(())
}
