//! The corpus of recipes. The browser module's tests check the same expectations in Node and in Chrome.

use selfsame_recipe::Recipe;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::random::{self, Random};

const CORPUS: &str = include_str!("../../../../tests/corpus/recipe.jsonl");

fn cases() -> impl Iterator<Item = Value> {
    CORPUS
        .lines()
        .map(|line| serde_json::from_str(line).expect("a case is JSON"))
}

#[test]
fn every_text_gives_its_id_or_its_error() {
    let mut count = 0;
    for case in cases().filter(|case| case.get("recipe").is_some()) {
        let text = case["recipe"].as_str().expect("a text");
        let read = Recipe::parse(text);
        let (id, error) = match &read {
            Ok(recipe) => (Some(recipe.id().to_string()), None),
            Err(error) => (None, Some(error.code())),
        };
        assert_eq!(id.as_deref(), case["id"].as_str(), "{text}");
        assert_eq!(error, case["error"].as_str(), "{text}");
        count += 1;
    }
    assert!(count >= 40);
}

#[test]
fn a_thousand_random_recipes_have_the_same_bytes_everywhere() {
    for case in cases().filter(|case| case.get("recipes").is_some()) {
        let count = case["recipes"].as_u64().expect("how many");
        assert!(count >= 1_000);
        let mut random = Random::of(case["seed"].as_u64().expect("a seed"));
        let mut hash = Sha256::new();
        for _ in 0..count {
            let recipe = random::recipe(&mut random);
            let text = recipe.canonical_json();
            assert_eq!(Recipe::verify(&text, &recipe.id()), Ok(recipe), "{text}");
            hash.update(text);
            hash.update("\n");
        }
        let digest = random::hex(&hash.finalize());
        assert_eq!(Some(digest.as_str()), case["digest"].as_str());
    }
}
