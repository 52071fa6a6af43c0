//! Progress and seed, which a prediction reports only in its log.

use std::sync::LazyLock;

use regex::Regex;
use selfsame_api::Progress;

/// A progress line of Python's tqdm: ` 76%|███▌| 38/50 [00:05<00:01, 7.1it/s]`. Replicate's clients use the same
/// pattern.
static PROGRESS: LazyLock<Regex> =
    LazyLock::new(|| crate::regex(r"^\s*(\d+)%\s*\|.+?\|\s*(\d+)\/(\d+)"));
static SEED: LazyLock<Regex> = LazyLock::new(|| crate::regex(r"(?m)^Using seed: (\d+)"));

/// Parses the last progress line; `None` without such a line, or if its numbers are inconsistent.
pub(super) fn progress(log: &str) -> Option<Progress> {
    // tqdm ends each update of its line with a carriage return.
    let line = log
        .rsplit(['\n', '\r'])
        .find_map(|line| PROGRESS.captures(line))?;
    let number = |group: usize| line.get(group)?.as_str().parse::<u32>().ok();
    let (percent, step, steps) = (number(1)?, number(2)?, number(3)?);
    (percent <= 100 && step <= steps && steps > 0).then_some(Progress {
        percent,
        step,
        steps,
    })
}

/// Parses the seed that the model used.
pub(super) fn seed(log: &str) -> Option<u32> {
    SEED.captures(log)?.get(1)?.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_comes_from_the_last_progress_line() {
        for (log, expected) in [
            ("", None),
            ("Using seed: 1\n", None),
            (
                "  2%|▏         | 1/50 [00:00<00:06,  7.1it/s]",
                Some((2, 1, 50)),
            ),
            (
                "0%|          | 0/28 [00:00<?, ?it/s]\n76%|███▌  | 38/50 [00:05<00:01]\nSaving",
                Some((76, 38, 50)),
            ),
            ("1%| | 1/50\r 50%|█| 25/50 [x]\r", Some((50, 25, 50))),
            (
                "100%|██████████| 50/50 [00:07<00:00]\r\nDone\r\n",
                Some((100, 50, 50)),
            ),
            ("prompt: 50%| off | 1/2", None),
            ("100%|█| 5/4", None),
            ("101%|█| 4/4", None),
            ("0%|█| 0/0", None),
            ("99999999999999999999%|█| 1/2", None),
        ] {
            let found = progress(log).map(|p| (p.percent, p.step, p.steps));
            assert_eq!(found, expected, "{log:?}");
        }
    }

    #[test]
    fn a_seed_counts_only_at_the_start_of_a_line() {
        for (log, expected) in [
            ("Using seed: 12345\nrest", Some(12_345)),
            ("free=28\nUsing seed: 4294967295", Some(u32::MAX)),
            ("Using seed: 4294967296", None),
            ("not Using seed: 1", None),
            ("Using seed: none", None),
        ] {
            assert_eq!(seed(log), expected, "{log:?}");
        }
    }
}
