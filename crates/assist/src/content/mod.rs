//! Refuses what no request may ask for, whatever the provider: sexual content, and weights other than the person's own.
//!
//! The rules are data (`data/content.toml`). Texts are folded before they are compared, so look-alikes, invisible
//! characters and separators inside do not hide a word. The lint shows in the browser what the studio refuses.

mod phrases;
mod weights;
mod words;

use std::ops::Range;

use selfsame_primitives::error::ErrorCode;
use selfsame_prompt::compose::Composition;
use selfsame_prompt::slots::prose;

use crate::rows::Rows;

include!(concat!(env!("OUT_DIR"), "/content.rs"));

/// The phrases of a topic are harmless beside these words.
struct Topic {
    after: &'static [&'static str],
    before: &'static [&'static str],
}

/// A rule that a text breaks. Displays as a sentence for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentRule {
    /// Sexual content.
    #[error(
        "This asks for a nude or sexual picture. Pictures here show a real person's face, so none like it is made. It cost nothing: describe another picture."
    )]
    Sexual,
    /// A tag that loads weights in other tools.
    #[error(
        "A tag that loads a LoRA cannot be sent: your pictures are made with your own model. Take it out."
    )]
    WeightsTag,
    /// The address or file name of weights.
    #[error(
        "The address of a model's files cannot be sent: your pictures are made with your own model. Take it out."
    )]
    WeightsAddress,
}

impl ContentRule {
    /// The API's stable code.
    #[must_use]
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Sexual => ErrorCode::UnsafeContent,
            Self::WeightsTag | Self::WeightsAddress => ErrorCode::InvalidValue,
        }
    }
}

/// A request that is refused for its content. Displays as a sentence for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{rule}")]
pub struct ContentError {
    /// The rule that it breaks.
    pub rule: ContentRule,
    /// The request's field at fault: `text` or `slots`.
    pub field: &'static str,
}

/// Checks what a composition asks for.
///
/// # Errors
/// The first rule that its words break.
pub fn check(composition: &Composition) -> Result<(), ContentError> {
    let prose = prose(&composition.slots, &composition.text);
    let Some((rule, _)) = objection(&prose.text) else {
        return Ok(());
    };
    let field = match objection(&composition.text) {
        Some(_) => "text",
        None => "slots",
    };
    Err(ContentError { rule, field })
}

/// The first rule that `text` breaks, and where it does, as a range of bytes.
pub(crate) fn objection(text: &str) -> Option<(ContentRule, Range<usize>)> {
    let sexual = || Some((ContentRule::Sexual, phrases::find(&words::words(text))?));
    sexual().or_else(|| weights::find(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Option<ContentRule> {
        objection(text).map(|(rule, _)| rule)
    }

    #[test]
    fn a_word_is_found_in_any_disguise() {
        for text in [
            "nude",
            "A NUDE portrait",
            "nudé",
            "nυdе",
            "ｎｕｄｅ",
            "𝓷𝓾𝓭𝓮",
            "nu\u{200b}de",
            "nu\u{ad}de",
            "n u d e",
            "n.u.d.e",
            "a n-u-d-e woman",
            "nud3",
            "n4ked",
            "n@ked",
            "undre$$ed",
            "skinny-dipping at night",
        ] {
            assert_eq!(rule(text), Some(ContentRule::Sexual), "{text}");
        }
    }

    #[test]
    fn a_phrase_is_harmless_beside_the_words_of_its_topic_in_one_clause() {
        for text in [
            "nude lipstick",
            "nude suede pumps",
            "lips in a soft nude",
            "the naked eye",
            "with no nudity",
        ] {
            assert_eq!(rule(text), None, "{text}");
        }
        for text in [
            "nude, lipstick",
            "nude. Marble hall",
            "lipstick, nude",
            "naked woman in heels",
        ] {
            assert_eq!(rule(text), Some(ContentRule::Sexual), "{text}");
        }
    }

    #[test]
    fn the_place_of_the_words_is_told() {
        let text = "é, a n-u-d-e woman";
        let (_, range) = objection(text).expect("an objection");
        assert_eq!(text.get(range), Some("n-u-d-e"));
        let text = "see HuggingFace.co/a/b now";
        let (_, range) = objection(text).expect("an objection");
        assert_eq!(text.get(range), Some("HuggingFace.co/a/b"));
    }

    #[test]
    fn tags_and_addresses_of_weights_are_refused() {
        for text in [
            "<lora:face:0.8>",
            "< LoRA :x>",
            "＜ｌｏｒａ：x＞",
            "<l\u{200b}ora:x:1>",
            "a hat <lyco:x>",
            "<sd_cpp_extra_args>{}",
            "sd_cpp_extra_args",
        ] {
            assert_eq!(rule(text), Some(ContentRule::WeightsTag), "{text}");
        }
        for text in [
            "huggingface.co/a/b",
            "https://HF.co/a",
            "use civitai.com/models/12, please",
            "www.civitai.com/models/12",
            "https://h.example/x.safetensors?sig=1",
            "face.safetensors",
            "https://replicate.delivery/x/trained_model.tar",
            "huggingface．co/a/b",
            "hugging\u{200d}face.co/a",
        ] {
            assert_eq!(rule(text), Some(ContentRule::WeightsAddress), "{text}");
        }
        for text in [
            "at the huggingface.co office",
            "a jar of tar",
            "<3 lora is her name",
            "lora: a portrait",
            "1 < 2 : 3",
            "tar.gz",
        ] {
            assert_eq!(rule(text), None, "{text}");
        }
    }

    #[test]
    fn words_that_only_the_slots_have_name_the_slots() {
        let with = |text: &str, mood: &str| {
            let composition = format!(r#"{{"text":{text:?},"slots":{{"mood":[{mood:?}]}}}}"#);
            check(&serde_json::from_str(&composition).expect("a composition"))
        };
        assert_eq!(with("by the sea", "calm"), Ok(()));
        let refused = |field| {
            let rule = ContentRule::Sexual;
            Err(ContentError { rule, field })
        };
        assert_eq!(with("by the sea", "erotic"), refused("slots"));
        assert_eq!(with("naked by the sea", "calm"), refused("text"));
    }
}
