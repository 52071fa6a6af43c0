//! A stored record of consent, with the words as they were attested.

use selfsame_api::Consent;
use selfsame_primitives::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Who attested what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredConsent {
    by: String,
    statement: String,
    words: String,
    at: Timestamp,
}

impl From<&Consent> for StoredConsent {
    fn from(consent: &Consent) -> Self {
        let Consent {
            by,
            statement,
            words,
            at,
        } = consent.clone();
        Self {
            by,
            statement,
            words,
            at,
        }
    }
}

impl From<StoredConsent> for Consent {
    fn from(stored: StoredConsent) -> Self {
        let StoredConsent {
            by,
            statement,
            words,
            at,
        } = stored;
        Self {
            by,
            statement,
            words,
            at,
        }
    }
}
