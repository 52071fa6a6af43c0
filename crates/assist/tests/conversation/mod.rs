//! Compares a conversation of the corpus with what the director makes of it. Native tests, `cargo xtask corpus` and the
//! browser module's tests share it, so it sees the director as JSON.

use serde_json::{Map, Value, json};

/// Slots whose expected phrases may lack their preposition.
const LED: [&str; 2] = ["setting", "time"];
const PREPOSITIONS: [&str; 8] = ["in", "at", "on", "of", "by", "through", "with", "around"];

/// The mismatch of each turn, if any. `direct` takes a draft, a message and a context, and returns a turn.
pub(crate) fn run(
    case: &Value,
    mut direct: impl FnMut(Value, &str, Value) -> Value,
) -> Vec<Option<String>> {
    let mut draft = json!({});
    let mut out = Vec::new();
    for turn in case["turns"].as_array().into_iter().flatten() {
        let say = turn["say"].as_str().unwrap_or_default();
        let shown = turn.get("shown").cloned().unwrap_or_else(|| json!([]));
        let answer = direct(draft.clone(), say, json!({ "shown": shown }));
        out.push(
            mismatch(turn, &draft["composition"], &answer).map(|what| format!("{say:?}: {what}")),
        );
        draft = answer["draft"].clone();
    }
    out
}

fn mismatch(expected: &Value, before: &Value, answer: &Value) -> Option<String> {
    let empty = Map::new();
    let got = &answer["draft"]["composition"];
    let wanted = expected["slots"].as_object().unwrap_or(&empty);
    let slots = got
        .get("slots")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    for name in wanted.keys().chain(slots.keys()) {
        let want = phrases(name, wanted.get(name));
        let have = phrases(name, slots.get(name));
        let another = || !have.is_empty() && have != phrases(name, before["slots"].get(name));
        if want != have && !(want == ["*"] && another()) {
            return Some(format!("{name} is {have:?}, not {want:?}"));
        }
    }
    let params = &expected["params"];
    for name in ["aspect_ratio", "seed", "output_format"] {
        let (want, have) = (&params[name], &got["overrides"][name]);
        let another = || !have.is_null() && *have != before["overrides"][name];
        if want != have && !(want == "*" && another()) {
            return Some(format!("{name} is {have}, not {want}"));
        }
    }
    let pictures = params.get("pictures").unwrap_or(&json!(1)).clone();
    if got["pictures"] != pictures {
        return Some(format!("pictures is {}, not {pictures}", got["pictures"]));
    }
    let want = phrases("text", expected.get("text"));
    let have = phrases("text", got.get("text").filter(|text| **text != ""));
    if want != have {
        return Some(format!("text is {have:?}, not {want:?}"));
    }
    let asks = expected.get("asks").is_some();
    (asks == answer["question"].is_null())
        .then(|| format!("the question is {}", answer["question"]))
}

/// Phrases without case, articles, commas, and the preposition of a place or time, sorted.
fn phrases(slot: &str, value: Option<&Value>) -> Vec<String> {
    let all: Vec<&str> = match value {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(item)) => vec![item],
        _ => Vec::new(),
    };
    let mut out: Vec<String> = all.into_iter().map(|phrase| plain(slot, phrase)).collect();
    out.sort();
    out
}

fn plain(slot: &str, phrase: &str) -> String {
    let lower = phrase.to_lowercase().replace(',', "");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    words.retain(|word| !["a", "an", "the", "my"].contains(word));
    if LED.contains(&slot)
        && words.len() > 1
        && words
            .first()
            .is_some_and(|word| PREPOSITIONS.contains(word))
    {
        words.remove(0);
    }
    words.join(" ")
}
