//! A bound on the work that options which read alike can make.

use super::error::{VariantError, VariantErrorCode};

/// Steps that can still be made, about one for each byte that is looked at.
pub(super) struct Budget(u32);

impl Budget {
    /// A few milliseconds. Without options that read alike, 24 variants take a hundredth of it.
    pub(super) const WHOLE: Self = Self(400_000);

    /// Takes `steps`; false when there are no more.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.0 = self.0.saturating_sub(steps);
        self.0 > 0
    }

    /// An error when every step was made.
    pub(super) fn check(&self, template: &str) -> Result<(), VariantError> {
        if self.0 > 0 {
            Ok(())
        } else {
            Err(VariantError::of(template, VariantErrorCode::TooMuchAlike))
        }
    }
}
