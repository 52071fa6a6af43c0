//! Who is signed in, and what is theirs.

use serde::{Deserialize, Serialize};

use super::{AccessEntry, Consent};
use selfsame_primitives::ids::{ModelId, UserId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::model::{ClassWord, TriggerWord};
use selfsame_prompt::parameters::Preset;
use selfsame_prompt::placement::QualitySpec;
use selfsame_prompt::schema::InputSchema;

/// `POST /api/session`: the token of a sign-in link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The part after `#` in the link.
    pub token: String,
}

/// `POST /api/sign-in-links`: asks for a sign-in link by e-mail, if the studio sends them. The answer is 202 whether or
/// not anybody has this address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct AskForLink {
    /// The address.
    pub email: String,
}

string_enum! {
    /// What a signed-in user may do.
    Role {
        /// Makes pictures.
        Person = "person",
        /// Administers accounts, never pictures.
        Operator = "operator",
    }
}

/// `GET /api/me`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Me {
    /// The user id.
    pub id: UserId,
    /// The name that is shown to them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Pictures they may still make.
    pub allowance: Allowance,
    /// When this session ends, at the latest.
    pub session_expires_at: Timestamp,
    /// Sign-ins by other browsers that the person has not been told of yet, newest first, at most 20.
    /// `DELETE /api/me/notices` marks them as seen.
    #[serde(default)]
    pub notices: Vec<AccessEntry>,
}

/// Pictures granted, used and held for generations that are queued or under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Allowance {
    /// Pictures granted in all; absent: no limit.
    pub granted: Option<u32>,
    /// Pictures stored, and those of generations that were canceled when the provider had begun.
    pub used: u32,
    /// Pictures held for generations that are queued or under way.
    pub reserved: u32,
}

string_enum! {
    /// Who runs the models.
    Provider {
        /// Replicate, or the local stand-in that speaks its API.
        Replicate = "replicate",
    }
}

string_enum! {
    /// Whether a model makes pictures.
    ModelState {
        /// It does.
        Active = "active",
        /// It makes no new ones. It is listed, for those it made.
        Retired = "retired",
        /// It is the person's no more, and is not listed.
        Unbound = "unbound",
    }
}

// The attribute needs the enum's declaration, which the macro holds.
#[expect(clippy::derivable_impls, reason = "the macro declares the enum")]
impl Default for ModelState {
    fn default() -> Self {
        Self::Active
    }
}

string_enum! {
    /// Whether a model's own LoRA is known to act. A model makes pictures unless it is known not to.
    LoraProof {
        /// Nobody has looked, or the check could not be made.
        Unchecked = "unchecked",
        /// The check is under way.
        Checking = "checking",
        /// With and without the LoRA, the model made different pictures.
        Proven = "proven",
        /// With and without the LoRA, the model made the same picture. It is not offered.
        NotProven = "not_proven",
    }
}

// The attribute needs the enum's declaration, which the macro holds.
#[expect(clippy::derivable_impls, reason = "the macro declares the enum")]
impl Default for LoraProof {
    fn default() -> Self {
        Self::Unchecked
    }
}

/// A model, as its owner sees it. `new Composer(model)` takes it as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Model {
    /// Its id, the only way for a client to name it.
    pub id: ModelId,
    /// What a menu shows.
    pub label: String,
    /// Who runs it.
    pub provider: Provider,
    /// `owner/name` at the provider.
    pub provider_model: String,
    /// The exact version.
    pub version: String,
    /// The word the LoRA was trained on.
    pub trigger: TriggerWord,
    /// What the person is called in prose.
    pub class_word: ClassWord,
    /// How this version names its inputs.
    #[serde(rename = "dialect")]
    pub schema: InputSchema,
    /// The LoRA reference that is sent, for a version that carries no weights of its own.
    pub weights: Option<String>,
    /// Whether it makes pictures: a person sees active and retired models.
    #[serde(default)]
    pub state: ModelState,
    /// Whether its LoRA is known to act.
    #[serde(default)]
    pub proof: LoraProof,
    /// On whose word the face in it is used; absent: no record, because an older release bound it.
    #[serde(default)]
    pub consent: Option<Consent>,
    /// When it was bound.
    pub created_at: Timestamp,
}

/// `GET /api/models`: the person's models and what can be chosen with them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ModelList {
    /// The person's models, newest first.
    pub models: Vec<Model>,
    /// Every preset, the default first.
    pub presets: Vec<Preset>,
    /// Every quality specification, the default first.
    pub quality_specs: Vec<QualitySpec>,
}

/// `GET /api/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Health {
    /// Pictures can be made.
    pub ok: bool,
    /// The provider in use: `replicate`, `stand-in` or `none`.
    pub provider: String,
    /// What is missing, in a sentence for the operator; absent when nothing is.
    pub problem: Option<String>,
    /// The Worker's version.
    pub version: String,
    /// People can ask for a sign-in link by e-mail (`POST /api/sign-in-links`).
    pub links_by_email: bool,
}

/// `GET /api/me/email`: the address under which the person can ask for a sign-in link. The operator sets it, who knows
/// whose it is; `DELETE` removes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnEmail {
    /// The address; absent: none is set.
    pub email: Option<String>,
}
