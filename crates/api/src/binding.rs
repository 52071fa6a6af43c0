//! The operator's API of models: binding one to a person, and the ways back.

use serde::{Deserialize, Serialize};

use super::{Attestation, Consent, LoraProof, ModelState, Provider, StatementWords};
use selfsame_primitives::ids::{ModelId, UserId};
use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;
use selfsame_prompt::model::{ClassWord, TriggerWord};

/// `POST /api/operator/people/{id}/models`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(deny_unknown_fields)]
pub struct BindModel {
    /// Who runs it.
    pub provider: Provider,
    /// The model's owner at the provider.
    pub owner: String,
    /// The model's name at the provider.
    pub name: String,
    /// The exact version (64 hexadecimal digits).
    pub version: String,
    /// The word the LoRA was trained on.
    pub trigger: TriggerWord,
    /// What the person is called in prose.
    pub class_word: ClassWord,
    /// The person's LoRA reference, for a version that carries no weights of its own; refused for any other.
    #[serde(default)]
    pub weights: Option<String>,
    /// What the person's menu shows; absent: the model's name.
    #[serde(default)]
    pub label: Option<String>,
    /// On whose word the face in it is used.
    pub consent: Attestation,
    /// Whether two pictures are made on the studio's account to see that the LoRA acts. The audit log says if not.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub check_lora: bool,
}

const fn yes() -> bool {
    true
}

/// One of the two pictures of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LoraCheckPicture {
    /// The scale of the person's LoRA: 0 or 1.
    pub scale: u32,
    /// Whether it is stored. The bytes are at `…/models/{model}/canary/off` for 0 and `…/canary/on` for 1.
    pub stored: bool,
    /// Why it could not be made.
    pub failure: Option<String>,
}

/// Whether a LoRA acts, and by which pictures that is known: hands on a table, from one prompt and one seed, with the LoRA
/// switched off and on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LoraCheck {
    /// The pictures of the latest check, by scale; none without a check.
    pub pictures: Vec<LoraCheckPicture>,
    /// How much they differ: the mean difference of brightness on a grid of 32 x 32 cells, in levels of 0-255. Absent until
    /// both are stored.
    pub difference: Option<f64>,
    /// The largest difference at which they count as the same picture.
    pub same_up_to: f64,
    /// When that was found.
    pub checked_at: Option<Timestamp>,
}

/// A model that is bound to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BoundModel {
    /// Its id in the person's studio.
    pub id: ModelId,
    /// Who runs it.
    pub provider: Provider,
    /// `owner/name` at the provider.
    pub provider_model: String,
    /// The exact version.
    pub version: String,
}

/// A model that is or was bound to a person, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ModelBinding {
    /// Its id in the person's studio. It stays the same when the model is bound to them again.
    pub id: ModelId,
    /// What the person's menu shows.
    pub label: String,
    /// Who runs it.
    pub provider: Provider,
    /// `owner/name` at the provider.
    pub provider_model: String,
    /// The exact version.
    pub version: String,
    /// The LoRA reference, for a version that carries no weights of its own.
    pub weights: Option<String>,
    /// Whether it makes pictures.
    pub state: ModelState,
    /// Whether its LoRA is known to act.
    #[serde(default)]
    pub proof: LoraProof,
    /// By which pictures that is known.
    pub check: LoraCheck,
    /// When it was retired or unbound; absent while it is active.
    pub ended_at: Option<Timestamp>,
    /// On whose word it is used; absent: no record, because an older release bound it.
    pub consent: Option<Consent>,
    /// When it was first bound.
    pub created_at: Timestamp,
}

/// `GET /api/operator/people/{id}/models`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ModelBindings {
    /// Every model that is or was bound, newest first.
    pub models: Vec<ModelBinding>,
    /// What can be attested when one is bound.
    pub statements: Vec<StatementWords>,
}

string_enum! {
    /// What becomes of generations that are under way with a model when it is unbound.
    RunningWork {
        /// They end by themselves, and their pictures are kept.
        Finish = "finish",
        /// They are canceled, which costs the person nothing.
        Cancel = "cancel",
    }
}

/// `DELETE /api/operator/people/{id}/models/{model}?running=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct UnbindModel {
    /// What becomes of generations under way.
    pub running: RunningWork,
}

/// `POST /api/operator/people/{id}/models/{model}/transfer`: the model is unbound from one person and bound to another. A
/// claim covers all versions of a model, so other versions are unbound, too; the same request for one of them binds it to
/// the other person. A transfer that stopped half-way is finished by the same request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TransferModel {
    /// The person who is to have it.
    pub to: UserId,
    /// What becomes of generations that the person who had it has under way.
    pub running: RunningWork,
    /// On whose word the face in it is used from now on.
    pub consent: Attestation,
}
