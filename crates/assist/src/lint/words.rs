//! A text as words, and which of them are the person's own description.

use std::ops::Range;

use super::quality::QualityPhrases;

/// How a word is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// White space alone.
    Space,
    /// One `-`, `'`, `&`, `/` or `.`: both are parts of one word.
    Glue,
    /// Anything else. The word begins another clause.
    Break,
}

/// A run of letters, digits and `_`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) joint: Joint,
    /// Not the person's own description: quoted, or appended by the builder anyway.
    pub(super) blank: bool,
}

impl Word {
    /// Whether the word counts in the length of a prompt.
    pub(super) fn counts(&self) -> bool {
        !self.blank && self.joint != Joint::Glue
    }
}

/// A text and its words.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
}

impl<'a> Text<'a> {
    /// Splits `text` into words. Those in `masks`, which are sorted, are blank.
    pub(super) fn new(text: &'a str, masks: &[Range<usize>]) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let (mut end, mut inside) = (0, false);
        for (at, c) in text.char_indices() {
            if !is_word(c) {
                inside = false;
                continue;
            }
            if !inside {
                let gap = text.get(end..at).unwrap_or_default();
                words.push(Word {
                    start: at,
                    end: at,
                    joint: joint(gap, words.is_empty()),
                    blank: false,
                });
            }
            inside = true;
            end = at + c.len_utf8();
            if let Some(word) = words.last_mut() {
                word.end = end;
            }
        }
        let mut masks = masks;
        for word in &mut words {
            while let [mask, rest @ ..] = masks
                && mask.end <= word.start
            {
                masks = rest;
            }
            word.blank = masks.first().is_some_and(|mask| mask.start < word.end);
        }
        Self { text, words }
    }

    /// The characters of a word.
    pub(super) fn of(&self, word: &Word) -> &'a str {
        self.text.get(word.start..word.end).unwrap_or_default()
    }

    /// The word at `at`, when it is in the same clause as the one before it.
    pub(super) fn next(&self, at: usize) -> Option<&'a str> {
        let word = self.words.get(at)?;
        (word.joint == Joint::Space && !word.blank).then(|| self.of(word))
    }

    /// The word before `at`, when both are in the same clause.
    pub(super) fn before(&self, at: usize) -> Option<&'a str> {
        let word = self.words.get(at.checked_sub(1)?)?;
        let joined = self.words.get(at)?.joint == Joint::Space;
        (joined && !word.blank).then(|| self.of(word))
    }

    /// The words `from..to` as a range of bytes.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        let start = self
            .words
            .get(from)
            .map_or(self.text.len(), |word| word.start);
        let last = self.words.get(to.saturating_sub(1));
        start..last.map_or(start, |word| word.end.max(start))
    }

    /// The text from the word `from` to the end of the word before `to`.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(self.range(from, to)).unwrap_or_default()
    }
}

/// Whether the character is part of a word. A combining accent belongs to its letter.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || ('\u{300}'..'\u{370}').contains(&c)
}

fn joint(gap: &str, first: bool) -> Joint {
    // A zero-width space separates words as a space does.
    let is_space = |c: char| c == '\u{200b}' || (c.is_whitespace() && c != '\n');
    if first {
        Joint::Break
    } else if matches!(gap, "-" | "\u{2011}" | "'" | "’" | "&" | "/" | ".") {
        Joint::Glue
    } else if gap.chars().all(is_space) {
        Joint::Space
    } else {
        Joint::Break
    }
}

/// The parts of `text` that are not the person's own description, as sorted ranges of bytes: quotations, tags, and
/// whole units that the builder appends anyway.
pub(super) fn masks(text: &str, quality: Option<&QualityPhrases>) -> Vec<Range<usize>> {
    let mut masks = Vec::new();
    let mut start = 0;
    let mut skip_to = 0;
    // Opening marks that are never closed. Looking for their ends once keeps the time linear.
    let mut unclosed = Vec::new();
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let close = match c {
            ',' | ';' | '\n' => {
                mask_unit(text, start..at, quality, &mut masks);
                start = at + 1;
                continue;
            }
            '"' => '"',
            '“' => '”',
            '<' => '>',
            _ => continue,
        };
        if unclosed.contains(&c) {
            continue;
        }
        let inner = at + c.len_utf8();
        match text.get(inner..).and_then(|rest| rest.find(close)) {
            Some(length) => {
                skip_to = inner + length + close.len_utf8();
                masks.push(at..skip_to);
            }
            None => unclosed.push(c),
        }
    }
    mask_unit(text, start..text.len(), quality, &mut masks);
    masks
}

fn mask_unit(
    text: &str,
    unit: Range<usize>,
    quality: Option<&QualityPhrases>,
    masks: &mut Vec<Range<usize>>,
) {
    let words = text.get(unit.clone()).unwrap_or_default();
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == '.');
    if quality.is_some_and(|quality| quality.has_unit(words)) {
        // A quotation in it is masked already, and masks do not overlap.
        while masks.pop_if(|mask| mask.start >= unit.start).is_some() {}
        masks.push(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_width_space_separates_words_as_a_space_does() {
        let joints = |text: &str| {
            Text::new(text, &[])
                .words
                .iter()
                .map(|word| word.joint)
                .collect::<Vec<_>>()
        };
        assert_eq!(joints("no\u{200b}hat"), joints("no hat"));
        assert_eq!(joints("no,hat"), [Joint::Break, Joint::Break]);
    }
}
