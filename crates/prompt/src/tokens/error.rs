//! What can be wrong with the bytes of a vocabulary.

/// Why bytes are no vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// They do not begin as this vocabulary does: another file, or another version of the format.
    #[error("These bytes are not the vocabulary that was asked for.")]
    OtherFile,
    /// They end too early.
    #[error("The vocabulary is cut short.")]
    CutShort,
    /// They hold what no vocabulary can.
    #[error("The vocabulary is damaged.")]
    Malformed,
}

impl VocabularyError {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OtherFile => "vocabulary_other_file",
            Self::CutShort => "vocabulary_cut_short",
            Self::Malformed => "vocabulary_malformed",
        }
    }
}
