//! Counting tokens, with vocabularies that the page loads when it has time.

use std::cell::RefCell;

use js_sys::JsString;
use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::tokens::{
    ClipVocabulary, Counting, T5Vocabulary, Vocabularies, VocabularyError,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::to_js;
use crate::refusal::Refused;

thread_local! {
    /// One pair for the whole module: they are a good megabyte unpacked, whatever the number of composers.
    static VOCABULARIES: RefCell<Vocabularies> = const { RefCell::new(Vocabularies { clip: None, t5: None }) };
}

/// Unpacks the vocabularies, `clip.vocab` and `t5.vocab`. From then on every preview and `countTokens` count exactly,
/// and a prompt of more than 512 T5 tokens is refused. Throws a `Refusal` that names the one at fault; what was loaded
/// before stays.
#[wasm_bindgen(js_name = loadVocabularies)]
pub fn load_vocabularies(clip: &[u8], t5: &[u8]) -> Result<(), JsValue> {
    let clip = ClipVocabulary::parse(clip).map_err(|error| refused("clip", error))?;
    let t5 = T5Vocabulary::parse(t5).map_err(|error| refused("t5", error))?;
    VOCABULARIES.set(Vocabularies {
        clip: Some((clip, normalise)),
        t5: Some(t5),
    });
    Ok(())
}

/// Counts the tokens of any text as FLUX's encoders do; about, before the vocabularies are loaded.
#[wasm_bindgen(js_name = countTokens, unchecked_return_type = "TokenCounts")]
pub fn count_tokens(text: &str) -> Result<JsValue, JsValue> {
    to_js(&with_vocabularies(|known| known.count(text)))
}

/// With what has been loaded.
pub(crate) fn with_vocabularies<T>(work: impl FnOnce(&Vocabularies) -> T) -> T {
    VOCABULARIES.with_borrow(work)
}

/// JavaScript has Unicode's tables already.
fn normalise(text: &str) -> String {
    // `normalize` throws for names of forms that it does not know only.
    let form = JsString::from(text).normalize("NFC");
    form.to_lower_case().into()
}

fn refused(field: &str, error: VocabularyError) -> Refused {
    Refused::new(ErrorCode::InvalidValue, Some(field), &error)
}
