//! The log lines of a run, in the format of the model's progress bar (tqdm).

use std::fmt::Write as _;

/// The bar has ten cells of eight parts.
const CELLS: u32 = 10;
const PARTS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// `Using seed: 12345`.
pub(crate) fn seed_line(seed: &str) -> String {
    format!("Using seed: {seed}\n")
}

/// `  2%|▏         | 1/50 [00:00<00:07,  6.58it/s]`, if all steps together take `seconds`.
pub(crate) fn progress_line(done: u32, steps: u32, seconds: f64) -> String {
    let steps = steps.max(1);
    let percent = done * 100 / steps;
    let rate = f64::from(steps) / seconds;
    let elapsed = f64::from(done) / rate;
    let mut line = format!("{percent:3}%|{}| {done}/{steps} [", bar(done, steps));
    // Writing to a `String` cannot fail.
    let _ = if done == 0 {
        write!(line, "00:00<?, ?it/s]")
    } else {
        let (elapsed, remaining) = (clock(elapsed), clock(seconds - elapsed));
        write!(line, "{elapsed}<{remaining}, {rate:5.2}it/s]")
    };
    line.push('\n');
    line
}

fn bar(done: u32, steps: u32) -> String {
    let eighths = done * CELLS * 8 / steps;
    let full = (eighths / 8).min(CELLS);
    let mut bar = "█".repeat(full as usize);
    if full < CELLS {
        bar.push(PARTS[(eighths % 8) as usize]);
        bar.extend(std::iter::repeat_n(' ', (CELLS - full - 1) as usize));
    }
    bar
}

fn clock(seconds: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a day"
    )]
    let whole = seconds.clamp(0.0, 86_400.0) as u32;
    format!("{:02}:{:02}", whole / 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_tqdms_format() {
        assert_eq!(
            progress_line(0, 50, 7.6),
            "  0%|          | 0/50 [00:00<?, ?it/s]\n"
        );
        assert_eq!(
            progress_line(1, 50, 7.6),
            "  2%|▏         | 1/50 [00:00<00:07,  6.58it/s]\n"
        );
        assert_eq!(
            progress_line(38, 50, 7.6),
            " 76%|███████▌  | 38/50 [00:05<00:01,  6.58it/s]\n"
        );
        assert_eq!(
            progress_line(28, 28, 7.6),
            "100%|██████████| 28/28 [00:07<00:00,  3.68it/s]\n"
        );
    }
}
