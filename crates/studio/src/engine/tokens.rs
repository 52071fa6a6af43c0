//! T5's vocabulary, at the edge: whoever asks without a page is told as exactly what the model would not read.

use std::sync::LazyLock;

use selfsame_prompt::tokens::{T5Vocabulary, Vocabularies};

/// Unpacked once in a Worker, by the first request for pictures. CLIP's stays out: its limit refuses nothing.
pub(super) static VOCABULARIES: LazyLock<Vocabularies> = LazyLock::new(|| Vocabularies {
    t5: T5Vocabulary::parse(include_bytes!("../../../prompt/vocab/t5.vocab")).ok(),
    clip: None,
});
