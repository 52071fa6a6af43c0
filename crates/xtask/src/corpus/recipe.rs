//! A recipe's text with its id or its error code; and recipes generated from a seed, with a digest of them.

use selfsame_recipe::Recipe;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Case, random_recipes as random};

/// One text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeCase {
    recipe: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl RecipeCase {
    fn read(&self) -> (Option<String>, Option<String>) {
        match Recipe::parse(&self.recipe) {
            Ok(recipe) => (Some(recipe.id().to_string()), None),
            Err(error) => (None, Some(error.code().to_owned())),
        }
    }
}

impl Case for RecipeCase {
    fn check(&self) -> Result<(), String> {
        let (id, error) = self.read();
        if (&id, &error) == (&self.id, &self.error) {
            return Ok(());
        }
        let said = |id: &Option<String>, error: &Option<String>| {
            let id = id.as_ref().map(|id| format!("id {id}"));
            id.or_else(|| error.as_ref().map(|code| format!("error {code}")))
                .unwrap_or_default()
        };
        Err(format!(
            "{:?}\n  expected {}\n  found    {}",
            self.recipe,
            said(&self.id, &self.error),
            said(&id, &error)
        ))
    }

    fn updated(mut self) -> Result<Self, String> {
        (self.id, self.error) = self.read();
        Ok(self)
    }
}

/// Generated recipes, and the SHA-256 of their canonical texts, each followed by a line feed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipesCase {
    recipes: u32,
    seed: u64,
    digest: String,
}

impl RecipesCase {
    fn draw(&self) -> Result<String, String> {
        let mut random = random::Random::of(self.seed);
        let mut hash = Sha256::new();
        for number in 0..self.recipes {
            let recipe = random::recipe(&mut random);
            let text = recipe.canonical_json();
            if Recipe::verify(&text, &recipe.id()).as_ref() != Ok(&recipe) {
                return Err(format!("recipe {number} does not read back: {text}"));
            }
            hash.update(text);
            hash.update("\n");
        }
        Ok(random::hex(&hash.finalize()))
    }
}

impl Case for RecipesCase {
    fn check(&self) -> Result<(), String> {
        let digest = self.draw()?;
        if digest == self.digest {
            Ok(())
        } else {
            Err(format!(
                "{} recipes of seed {}\n  expected {}\n  found    {digest}",
                self.recipes, self.seed, self.digest
            ))
        }
    }

    fn updated(mut self) -> Result<Self, String> {
        self.digest = self.draw()?;
        Ok(self)
    }
}
