//! The kinds of effects, as the [outbox](super::outbox) stores them, and the class of each.

use crate::database::{DatabaseError, Value};
use crate::effect::EffectClass;

/// What a row asks for; [its subject](super::outbox::OutboxRow::subject) says of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EffectKind {
    /// Of a generation.
    Submit,
    /// Of a generation.
    Reconcile,
    /// Of a generation.
    Poll,
    /// Of a prediction.
    Cancel,
    /// Of a picture.
    Fetch,
    /// Of a picture.
    Thumbnails,
    /// Of a picture.
    Delete,
    /// Of the deletion of the person.
    Erase,
}

impl EffectKind {
    /// Every kind.
    pub(super) const ALL: [Self; 8] = [
        Self::Submit,
        Self::Reconcile,
        Self::Poll,
        Self::Cancel,
        Self::Fetch,
        Self::Thumbnails,
        Self::Delete,
        Self::Erase,
    ];

    /// The class of the kind's effect.
    pub(crate) const fn class(self) -> EffectClass {
        match self {
            Self::Cancel => EffectClass::Cancel,
            Self::Submit => EffectClass::Submit,
            Self::Reconcile | Self::Poll => EffectClass::Read,
            Self::Fetch | Self::Thumbnails => EffectClass::Fetch,
            Self::Delete | Self::Erase => EffectClass::Delete,
        }
    }

    /// The kind as it is stored. Never change a word that has been released.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Reconcile => "reconcile",
            Self::Poll => "poll",
            Self::Cancel => "cancel",
            Self::Fetch => "fetch",
            Self::Thumbnails => "thumbnails",
            Self::Delete => "delete",
            Self::Erase => "erase",
        }
    }

    /// The kind that is stored as `text`.
    pub(super) fn parse(text: &str) -> Result<Self, DatabaseError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| DatabaseError(format!("unknown outbox kind {text:?}")))
    }
}

impl From<EffectKind> for Value {
    fn from(kind: EffectKind) -> Self {
        kind.as_str().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_stored_as_in_every_release() {
        let stored = EffectKind::ALL.map(EffectKind::as_str);
        assert_eq!(
            stored,
            [
                "submit",
                "reconcile",
                "poll",
                "cancel",
                "fetch",
                "thumbnails",
                "delete",
                "erase"
            ]
        );
        for kind in EffectKind::ALL {
            assert_eq!(EffectKind::parse(kind.as_str()), Ok(kind));
        }
        assert!(EffectKind::parse("telepathy").is_err());
    }
}
