//! How many generations one person may have at a time.

/// The limits of a studio. They are settings of the deployment, so no row holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Generations at the provider at a time, at least 1. What is asked for beyond it waits in the queue.
    pub under_way: u32,
    /// Generations in the queue. What is asked for beyond it is refused.
    pub queued: u32,
    /// Frames of series that wait, queued or paused. What is asked for beyond it is refused.
    pub frames: u32,
}

impl Limits {
    /// Four at the provider: a face at a time in four looks. Forty queued. Frames for two of the largest series.
    pub const DEFAULT: Self = Self {
        under_way: 4,
        queued: 40,
        frames: 128,
    };
}
