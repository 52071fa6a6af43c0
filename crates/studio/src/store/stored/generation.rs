//! The stored parts of a generation: what was composed and sent, and how it goes.

use selfsame_api::{Failure, FailureCode, Progress};
use selfsame_primitives::ids::EnhancementId;
use selfsame_prompt::enhancement::{EnhancementEffect, EnhancementPhrase};
use selfsame_prompt::parameters::{InputValue, Parameter};
use selfsame_prompt::placement::{Span, SpanSource};
use selfsame_prompt::schema::{EffectStatus, ParameterEffect, ProviderInput};
use selfsame_provider::model_ref::VersionId;
use selfsame_provider::prediction::Submission;
use serde::{Deserialize, Serialize};

/// A paid request, as it was or will be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredSubmission {
    version: VersionId,
    input: ProviderInput,
    #[serde(default)]
    webhook_url: Option<String>,
    cancel_after_seconds: u32,
}

impl From<&Submission> for StoredSubmission {
    fn from(submission: &Submission) -> Self {
        Self {
            version: submission.version.clone(),
            input: submission.input.clone(),
            webhook_url: submission.webhook_url.clone(),
            cancel_after_seconds: submission.cancel_after_seconds,
        }
    }
}

impl From<StoredSubmission> for Submission {
    fn from(stored: StoredSubmission) -> Self {
        Self {
            version: stored.version,
            input: stored.input,
            webhook_url: stored.webhook_url,
            cancel_after_seconds: stored.cancel_after_seconds,
        }
    }
}

/// A piece of the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredSpan {
    source: SpanSource,
    text: String,
}

impl From<&Span> for StoredSpan {
    fn from(span: &Span) -> Self {
        Self {
            source: span.source,
            text: span.text.clone(),
        }
    }
}

impl From<StoredSpan> for Span {
    fn from(stored: StoredSpan) -> Self {
        Self {
            source: stored.source,
            text: stored.text,
        }
    }
}

/// What became of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredEffect {
    parameter: Parameter,
    status: EffectStatus,
    name: Option<String>,
    value: Option<InputValue>,
    reason: String,
}

impl From<&ParameterEffect> for StoredEffect {
    fn from(effect: &ParameterEffect) -> Self {
        Self {
            parameter: effect.parameter,
            status: effect.status,
            name: effect.name.clone(),
            value: effect.value.clone(),
            reason: effect.reason.clone(),
        }
    }
}

impl From<StoredEffect> for ParameterEffect {
    fn from(stored: StoredEffect) -> Self {
        Self {
            parameter: stored.parameter,
            status: stored.status,
            name: stored.name,
            value: stored.value,
            reason: stored.reason,
        }
    }
}

/// What was sent of one enhancement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredEnhancement {
    id: EnhancementId,
    version: u32,
    title: String,
    phrase: Option<EnhancementPhrase>,
    status: EffectStatus,
    name: String,
    value: String,
    scale_name: String,
    scale: InputValue,
    reason: String,
}

impl From<&EnhancementEffect> for StoredEnhancement {
    fn from(effect: &EnhancementEffect) -> Self {
        Self {
            id: effect.id.clone(),
            version: effect.version,
            title: effect.title.clone(),
            phrase: effect.phrase.clone(),
            status: effect.status,
            name: effect.name.clone(),
            value: effect.value.clone(),
            scale_name: effect.scale_name.clone(),
            scale: effect.scale.clone(),
            reason: effect.reason.clone(),
        }
    }
}

/// Why a generation failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredFailure {
    code: FailureCode,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl From<&Failure> for StoredFailure {
    fn from(failure: &Failure) -> Self {
        Self {
            code: failure.code,
            message: failure.message.clone(),
            field: failure.field.clone(),
        }
    }
}

impl From<StoredFailure> for Failure {
    fn from(stored: StoredFailure) -> Self {
        Self {
            code: stored.code,
            message: stored.message,
            field: stored.field,
        }
    }
}

/// The provider's own progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredProgress {
    percent: u32,
    step: u32,
    steps: u32,
}

impl From<Progress> for StoredProgress {
    fn from(progress: Progress) -> Self {
        Self {
            percent: progress.percent,
            step: progress.step,
            steps: progress.steps,
        }
    }
}

impl From<StoredProgress> for Progress {
    fn from(stored: StoredProgress) -> Self {
        Self {
            percent: stored.percent,
            step: stored.step,
            steps: stored.steps,
        }
    }
}
