//! T5's vocabulary, so that a client without the page also gets an exact count of the tokens that the model reads.

use std::sync::LazyLock;

use selfsame_prompt::tokens::{T5Vocabulary, Vocabularies};

/// Unpacked once in an isolate, by the first request for pictures. CLIP's is left out, because its limit refuses
/// nothing.
pub(super) static VOCABULARIES: LazyLock<Vocabularies> = LazyLock::new(|| Vocabularies {
    t5: T5Vocabulary::parse(include_bytes!("../../../prompt/vocab/t5.vocab")).ok(),
    clip: None,
});
