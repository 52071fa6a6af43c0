//! What is refused and what is not: one prompt a line, in `tests/corpus/content`.

use selfsame_assist::content::check;
use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::compose::Composition;

/// The code with which a prompt is refused.
fn refusal(text: &str) -> Option<ErrorCode> {
    let composition = Composition {
        text: text.to_owned(),
        ..Composition::default()
    };
    check(&composition).err().map(|error| error.rule.code())
}

fn prompts(corpus: &'static str) -> Vec<&'static str> {
    let lines = corpus.lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[test]
fn no_ordinary_prompt_is_refused() {
    let prompts = prompts(include_str!("../../../tests/corpus/content/ordinary.txt"));
    assert!(prompts.len() >= 300, "{}", prompts.len());
    let refused: Vec<_> = prompts
        .iter()
        .filter(|text| refusal(text).is_some())
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn every_sexual_prompt_is_refused() {
    let prompts = prompts(include_str!("../../../tests/corpus/content/refused.txt"));
    assert!(prompts.len() >= 100, "{}", prompts.len());
    let passed = |text: &&&str| refusal(text) != Some(ErrorCode::UnsafeContent);
    let passed: Vec<_> = prompts.iter().filter(passed).collect();
    assert!(passed.is_empty(), "{passed:#?}");
}
