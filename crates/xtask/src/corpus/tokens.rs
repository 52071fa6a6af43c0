//! A text and its token counts.

use std::sync::LazyLock;

use selfsame_prompt::tokens::{ClipVocabulary, T5Vocabulary};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::Case;

static CLIP: LazyLock<Option<ClipVocabulary>> = LazyLock::new(|| {
    ClipVocabulary::parse(include_bytes!("../../../prompt/vocab/clip.vocab")).ok()
});
static T5: LazyLock<Option<T5Vocabulary>> =
    LazyLock::new(|| T5Vocabulary::parse(include_bytes!("../../../prompt/vocab/t5.vocab")).ok());

/// One text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokensCase {
    text: String,
    t5: u32,
    clip: u32,
}

fn count(text: &str) -> Result<(u32, u32), String> {
    let damaged = "the packed vocabularies are damaged: run `cargo xtask vocab`";
    let t5 = T5.as_ref().ok_or(damaged)?.count(text);
    let clip = CLIP.as_ref().ok_or(damaged)?;
    Ok((t5, clip.count(text, normalise)))
}

fn normalise(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

impl Case for TokensCase {
    fn check(&self) -> Result<(), String> {
        let (t5, clip) = count(&self.text)?;
        if (t5, clip) == (self.t5, self.clip) {
            return Ok(());
        }
        Err(format!(
            "{:?}\n  expected {} for T5 and {} for CLIP\n  counted  {t5} and {clip}",
            self.text, self.t5, self.clip
        ))
    }

    fn updated(mut self) -> Result<Self, String> {
        (self.t5, self.clip) = count(&self.text)?;
        Ok(self)
    }
}
