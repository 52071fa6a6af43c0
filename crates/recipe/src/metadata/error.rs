//! Why a picture cannot be read or given a recipe.

use crate::recipe::RecipeError;

/// What is wrong with a picture, or with the recipe in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Neither PNG, JPEG nor WebP.
    #[error("This is not a PNG, JPEG or WebP picture.")]
    NotAPicture,
    /// The file ends before it should.
    #[error("This picture file is cut off.")]
    Truncated,
    /// The file's structure is broken.
    #[error("This picture file is damaged.")]
    Damaged,
    /// There are two recipes, or two XMP packets where there can be one.
    #[error("This picture file says two things about itself, so it is not certain which is true.")]
    Duplicate,
    /// The file has an XMP packet that nothing can be added to.
    #[error("This picture already carries notes (XMP) that a recipe cannot be added to.")]
    ForeignXmp,
    /// The recipe does not fit: a JPEG has 64 KB for all its notes (XMP), a WebP 4 GB for everything.
    #[error("The recipe is too long to go into this picture.")]
    TooLarge,
    /// What stands where a recipe should is none.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
}

impl MetadataError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPicture => "not_a_picture",
            Self::Truncated => "truncated",
            Self::Damaged => "damaged",
            Self::Duplicate => "duplicate",
            Self::ForeignXmp => "foreign_xmp",
            Self::TooLarge => "too_large",
            Self::Recipe(error) => error.code(),
        }
    }
}
