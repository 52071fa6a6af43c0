//! Settings that are numbers. One that cannot be used is a problem, and its default is used.

use std::ops::RangeInclusive;

use selfsame_provider::pacer::PaceLimits;
use selfsame_studio::Limits;

/// Generations that one person may be allowed to have at the provider at a time.
const UNDER_WAY: RangeInclusive<u32> = 1..=100;
/// Frames of series that one person may be allowed to have waiting: at least one whole series.
const FRAMES: RangeInclusive<u32> = 64..=1_000;
/// Calls that a provider may allow in a minute. The pacer is one object, which serves about 1,000 a second.
const PER_MINUTE: RangeInclusive<u32> = 1..=60_000;

/// What one person may have at a time.
pub(super) fn read_limits(
    setting: impl Fn(&str) -> Option<String>,
    problems: &mut Vec<String>,
) -> Limits {
    let default = Limits::DEFAULT;
    let mut number = |name, range, default| number(name, setting(name), &range, default, problems);
    Limits {
        under_way: number("GENERATIONS_UNDER_WAY", UNDER_WAY, default.under_way),
        frames: number("SERIES_FRAMES_WAITING", FRAMES, default.frames),
        ..default
    }
}

/// What the provider allows the token.
pub(super) fn read_pace(
    setting: impl Fn(&str) -> Option<String>,
    problems: &mut Vec<String>,
) -> PaceLimits {
    let default = PaceLimits::REPLICATE;
    let mut number = |name, default| number(name, setting(name), &PER_MINUTE, default, problems);
    PaceLimits {
        creates: number("PROVIDER_CREATES_PER_MINUTE", default.creates),
        others: number("PROVIDER_READS_PER_MINUTE", default.others),
    }
}

fn number(
    name: &str,
    text: Option<String>,
    range: &RangeInclusive<u32>,
    default: u32,
    problems: &mut Vec<String>,
) -> u32 {
    let Some(text) = text else {
        return default;
    };
    let number = text.trim().parse().ok();
    number
        .filter(|number| range.contains(number))
        .unwrap_or_else(|| {
            problems.push(format!(
                "{name} takes {} to {}; {default} is used.",
                range.start(),
                range.end()
            ));
            default
        })
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    fn read(name: &str, text: &str) -> (Config, bool) {
        let config = Config::read(|asked| (asked == name).then(|| text.to_owned()));
        let named = config
            .problem()
            .is_some_and(|problem| problem.contains(name));
        (config, named)
    }

    #[test]
    fn generations_under_way_are_a_setting() {
        let under_way = |text| {
            let (config, named) = read("GENERATIONS_UNDER_WAY", text);
            (config.limits.under_way, named)
        };
        assert_eq!(under_way("7"), (7, false));
        assert_eq!(under_way(""), (4, false));
        for text in ["0", "101", "-1", "many", "4.5"] {
            assert_eq!(under_way(text), (4, true), "{text}");
        }
    }

    #[test]
    fn waiting_frames_of_series_are_a_setting() {
        let frames = |text| {
            let (config, named) = read("SERIES_FRAMES_WAITING", text);
            (config.limits.frames, named)
        };
        assert_eq!(frames("64"), (64, false));
        for text in ["63", "1001", "many"] {
            assert_eq!(frames(text), (128, true), "{text}");
        }
    }

    #[test]
    fn the_providers_limits_are_settings() {
        let creates = |text| {
            let (config, named) = read("PROVIDER_CREATES_PER_MINUTE", text);
            (config.pace.creates, config.pace.others, named)
        };
        let reads = |text| {
            let (config, named) = read("PROVIDER_READS_PER_MINUTE", text);
            (config.pace.creates, config.pace.others, named)
        };
        assert_eq!(creates(" 6 "), (6, 3_000, false));
        assert_eq!(reads("12000"), (600, 12_000, false));
        for text in ["0", "60001", "1e3"] {
            assert_eq!(creates(text), (600, 3_000, true), "{text}");
            assert_eq!(reads(text), (600, 3_000, true), "{text}");
        }
    }
}
