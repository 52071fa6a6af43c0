//! Quality specifications: texts that are appended to every prompt, each with an id and a version.

use serde::Serialize;

use selfsame_primitives::string_enum;

string_enum! {
    /// A specification's stable name.
    #[derive(Default)]
    QualityId {
        /// The reference text.
        #[default]
        Reference = "reference",
        /// A short text that leaves CLIP's 77 tokens to the person's own words.
        Lean = "lean",
    }
}

/// Text appended to a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct QualitySpec {
    /// Stable name.
    pub id: QualityId,
    /// Raised whenever the text changes.
    pub version: u32,
    /// What a menu shows.
    pub title: &'static str,
    /// The text; `{trigger}` stands for the trigger.
    pub text: &'static str,
}

/// Every specification, the default first.
pub const QUALITY_SPECS: [QualitySpec; 2] = [
    QualitySpec {
        id: QualityId::Reference,
        version: 1,
        title: "Film portrait",
        text: "film photograph shot on Hasselblad, raw photo, visible skin pores, unretouched natural skin texture, natural beauty with light skin retouch, authentic {trigger} facial features, professional portrait photography, high detail facial accuracy",
    },
    QualitySpec {
        id: QualityId::Lean,
        version: 1,
        title: "Lean",
        text: "film photograph, raw photo, natural skin texture",
    },
];
