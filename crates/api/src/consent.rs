//! Consent: on whose word a model of a face is used.

use serde::{Deserialize, Serialize};

use selfsame_primitives::string_enum;
use selfsame_primitives::time::Timestamp;

string_enum! {
    /// What can be attested when a model is bound. The number is the version of the words; changed words get a new one,
    /// and the old ones stay.
    ConsentStatement {
        /// The face is that of the one who attests.
        OwnFace1 = "own_face_1",
        /// The owner of the face has agreed.
        OwnerAgreed1 = "owner_agreed_1",
    }
}

impl ConsentStatement {
    /// The words that are attested.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::OwnFace1 => {
                "The face in this model is mine, and I agree that pictures of it are made in this studio."
            }
            Self::OwnerAgreed1 => {
                "The person whose face is in this model has agreed that pictures of it are made in this studio, and knows that they can take this back at any time."
            }
        }
    }
}

/// Who attests what when a model is bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The name of the one who attests, 1-80 characters on one line.
    pub by: String,
    /// The statement.
    pub statement: ConsentStatement,
}

/// The record of consent of a bound model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Consent {
    /// Who attested it.
    pub by: String,
    /// The statement's id, as [`ConsentStatement`] or an earlier release has it.
    pub statement: String,
    /// The words that were attested.
    pub words: String,
    /// When the model was bound with them.
    pub at: Timestamp,
}

impl Consent {
    /// The record of `attestation`, given at `at`.
    #[must_use]
    pub fn of(attestation: Attestation, at: Timestamp) -> Self {
        Self {
            by: attestation.by,
            statement: attestation.statement.as_str().to_owned(),
            words: attestation.statement.words().to_owned(),
            at,
        }
    }
}

/// A statement that can be attested, with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StatementWords {
    /// For `consent.statement`.
    pub statement: ConsentStatement,
    /// What is attested.
    pub words: String,
}

impl From<ConsentStatement> for StatementWords {
    fn from(statement: ConsentStatement) -> Self {
        Self {
            statement,
            words: statement.words().to_owned(),
        }
    }
}
