//! Scores the director on two corpora of conversations.

mod conversation;

use selfsame_assist::director::Director;
use serde_json::{Error, Value};

const TUNED: &str = include_str!("../../../tests/corpus/director.jsonl");
const HELD_OUT: &str = include_str!("../../../tests/corpus/director-held-out.jsonl");

struct Score {
    conversations: (usize, usize),
    turns: (usize, usize),
}

fn answer(director: Director, draft: Value, say: &str, context: Value) -> Result<Value, Error> {
    let draft = serde_json::from_value(draft)?;
    let context = serde_json::from_value(context)?;
    serde_json::to_value(director.direct(&draft, say, &context))
}

fn score(corpus: &str, print: bool) -> Score {
    let director = Director::english();
    let mut score = Score {
        conversations: (0, 0),
        turns: (0, 0),
    };
    for (line, case) in corpus.lines().enumerate() {
        let case: Value = serde_json::from_str(case).unwrap_or_default();
        let turns = conversation::run(&case, |draft, say, context| {
            answer(director, draft, say, context).unwrap_or_default()
        });
        assert!(!turns.is_empty(), "line {} holds no turns", line + 1);
        score.turns.1 += turns.len();
        score.turns.0 += turns.iter().filter(|turn| turn.is_none()).count();
        score.conversations.1 += 1;
        score.conversations.0 += usize::from(turns.iter().all(Option::is_none));
        for mismatch in turns.iter().flatten().filter(|_| print) {
            println!("line {}: {mismatch}", line + 1);
        }
    }
    println!(
        "{} of {} conversations, {} of {} turns",
        score.conversations.0, score.conversations.1, score.turns.0, score.turns.1
    );
    score
}

#[test]
fn every_tuned_conversation_passes() {
    let score = score(TUNED, true);
    assert_eq!(score.conversations.0, score.conversations.1);
}

/// The floor is the score of rules that were written without looking at these conversations. Mismatches are not printed,
/// so that nobody tunes on them.
#[test]
fn held_out_conversations_score_at_least_45_and_117() {
    let score = score(HELD_OUT, false);
    assert!(
        score.conversations.0 >= 45,
        "{} conversations",
        score.conversations.0
    );
    assert!(score.turns.0 >= 117, "{} turns", score.turns.0);
}
