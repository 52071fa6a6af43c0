//! How many calls a provider allows.

/// The calls that may go out with one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaceLimits {
    /// Creates a minute, at least 1.
    pub creates: u32,
    /// All other calls a minute, at least 1.
    pub others: u32,
}

impl PaceLimits {
    /// What Replicate publishes: 600 creates and 3,000 other calls a minute
    /// (<https://replicate.com/docs/reference/http#rate-limits>). Accounts can be granted more, and one with little
    /// credit has less.
    pub const REPLICATE: Self = Self {
        creates: 600,
        others: 3_000,
    };
}
