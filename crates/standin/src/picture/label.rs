//! The label, which says what the picture is and shows its request.

use image::{Rgb, RgbImage};
use serde_json::Value;

use super::font::{HEIGHT, WIDTH, glyph};

/// The first line of every label.
const TITLE: &str = "PLACEHOLDER - drawn by the stand-in, no model was run";
/// The second LoRA.
const EXTRA_LORA: &str = "extra_lora";
/// Lines of the prompt that are shown.
const PROMPT_LINES: usize = 6;
/// Characters of a text parameter that are shown.
const VALUE_CHARS: usize = 48;
/// The light that the panel behind the text lets through, in 256ths.
const SHADE: u16 = 90;

const TITLE_COLOUR: Rgb<u8> = Rgb([255, 255, 255]);
const TEXT_COLOUR: Rgb<u8> = Rgb([214, 218, 222]);

/// Writes the label across the bottom of `picture`.
pub(super) fn write(picture: &mut RgbImage, model: &str, inputs: &[(String, Value)], index: u32) {
    let dot = (picture.width() / 380).clamp(1, 2);
    let (step, line_height, margin) = ((WIDTH + 1) * dot, (HEIGHT + 3) * dot, 6 * dot);
    let letters = (picture.width().saturating_sub(2 * margin) / step) as usize;
    let lines = lines(model, inputs, index, letters.max(8));
    let most = picture.height().saturating_sub(2 * margin) / line_height;
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX).min(most);
    let panel = count * line_height + 2 * margin;
    let top = picture.height().saturating_sub(panel);
    shade(picture, top);
    for (row, line) in (0..count).zip(&lines) {
        let colour = if row == 0 { TITLE_COLOUR } else { TEXT_COLOUR };
        let y = top + margin + row * line_height;
        for (column, letter) in (0..).zip(line.chars()) {
            stamp(picture, letter, margin + column * step, y, dot, colour);
        }
    }
}

fn lines(model: &str, inputs: &[(String, Value)], index: u32, letters: usize) -> Vec<String> {
    let mut lines = wrapped(TITLE, letters);
    lines.extend(wrapped(&format!("{model}, picture {index}"), letters));
    let parameters: Vec<String> = inputs
        .iter()
        .filter(|(name, _)| name != "prompt")
        .map(|(name, value)| format!("{name}={}", shown(name, value)))
        .collect();
    lines.extend(wrapped(&parameters.join(" "), letters));
    let prompt = inputs.iter().find(|(name, _)| name == "prompt");
    let prompt = prompt
        .and_then(|(_, value)| value.as_str())
        .unwrap_or_default();
    let mut prompt = wrapped(&format!("\"{prompt}\""), letters);
    if prompt.len() > PROMPT_LINES {
        prompt.truncate(PROMPT_LINES);
        if let Some(last) = prompt.last_mut() {
            let kept: String = last.chars().take(letters.saturating_sub(3)).collect();
            *last = format!("{kept}...");
        }
    }
    lines.extend(prompt);
    lines
}

fn shown(name: &str, value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned);
    // A LoRA is known by its file, and the file stands at the end of its address.
    let text = match text.rsplit_once('/') {
        Some((_, file)) if name == EXTRA_LORA => file.to_owned(),
        _ => text,
    };
    if text.chars().count() <= VALUE_CHARS {
        return text;
    }
    let kept: String = text.chars().take(VALUE_CHARS).collect();
    format!("{kept}...")
}

/// Breaks text at spaces, and cuts words that are longer than a line.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let letters_of_word: Vec<char> = word.chars().collect();
        for piece in letters_of_word.chunks(letters) {
            let space = usize::from(used > 0);
            if used + space + piece.len() > letters {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                if used > 0 {
                    line.push(' ');
                    used += 1;
                }
                line.extend(piece);
                used += piece.len();
            }
        }
    }
    lines
}

fn shade(picture: &mut RgbImage, top: u32) {
    let skipped = (top * picture.width()) as usize * 3;
    for part in picture.iter_mut().skip(skipped) {
        let [_, darker] = (u16::from(*part) * SHADE).to_le_bytes();
        *part = darker;
    }
}

fn stamp(picture: &mut RgbImage, letter: char, x: u32, y: u32, dot: u32, colour: Rgb<u8>) {
    for (row, bits) in (0..HEIGHT).zip(glyph(letter)) {
        for column in (0..WIDTH).filter(|column| bits >> (WIDTH - 1 - column) & 1 == 1) {
            for (dx, dy) in (0..dot).flat_map(|dx| (0..dot).map(move |dy| (dx, dy))) {
                let (x, y) = (x + column * dot + dx, y + row * dot + dy);
                if let Some(pixel) = picture.get_pixel_mut_checked(x, y) {
                    *pixel = colour;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_within_long_words() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn a_second_lora_is_shown_by_its_file() {
        let lora = "huggingface.co/prithivMLmods/Canopus-LoRA-Flux-FaceRealism/realism.safetensors";
        let inputs = vec![("extra_lora".to_owned(), Value::from(lora))];
        let lines = lines("m", &inputs, 0, 60).join(" ");
        assert!(lines.contains("extra_lora=realism.safetensors"), "{lines}");
    }

    #[test]
    fn a_long_prompt_ends_with_dots() {
        let prompt = "word ".repeat(200);
        let inputs = vec![("prompt".to_owned(), Value::from(prompt))];
        let lines = lines("m", &inputs, 0, 20);
        assert!(lines.last().is_some_and(|line| line.ends_with("...")));
    }

    #[test]
    fn the_label_fits_the_smallest_picture() {
        let mut picture = RgbImage::new(256, 256);
        write(&mut picture, "studio/ada-selfie-lora", &[], 0);
        assert!(picture.pixels().any(|pixel| *pixel == TITLE_COLOUR));
    }
}
