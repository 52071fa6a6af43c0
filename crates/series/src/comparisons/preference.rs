//! How certain a preference is.

/// Where the interval comes from.
pub const INTERVAL_SOURCE: &str = "Wilson score interval at 95 %. E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American Statistical Association 22 (1927)";

/// The 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A share and the interval that it lies in with 95 % confidence, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// Wins among the decided votes.
    pub share: f64,
    /// The upper end.
    pub high: f64,
}

/// The Wilson score interval of `wins` among `wins + losses` votes. `None` without a vote, because then nothing is known.
#[must_use]
pub fn wilson_interval(wins: u32, losses: u32) -> Option<Interval> {
    let votes = f64::from(wins) + f64::from(losses);
    if votes == 0.0 {
        return None;
    }
    let share = f64::from(wins) / votes;
    let square = Z * Z;
    let centre = (share + square / (2.0 * votes)) / (1.0 + square / votes);
    let spread = (share * (1.0 - share) / votes + square / (4.0 * votes * votes)).sqrt();
    let half = Z * spread / (1.0 + square / votes);
    Some(Interval {
        low: (centre - half).max(0.0),
        share,
        high: (centre + half).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_matches_published_values() {
        // R: binom::binom.wilson(7, 10) and (0, 5), rounded to four places.
        let near = |found: f64, expected: f64| (found - expected).abs() < 5e-5;
        let seven = wilson_interval(7, 3).unwrap();
        assert!(
            near(seven.low, 0.3968) && near(seven.high, 0.8922),
            "{seven:?}"
        );
        let none = wilson_interval(0, 5).unwrap();
        assert!(near(none.low, 0.0) && near(none.high, 0.4345), "{none:?}");
        assert_eq!(wilson_interval(0, 0), None);
    }

    #[test]
    fn more_votes_narrow_the_interval_around_the_share() {
        let mut before = 1.0;
        for votes in [1, 4, 16, 64, u32::MAX / 2] {
            let found = wilson_interval(votes, votes).unwrap();
            assert!(found.low <= found.share && found.share <= found.high);
            assert!(found.high - found.low < before);
            before = found.high - found.low;
        }
    }
}
