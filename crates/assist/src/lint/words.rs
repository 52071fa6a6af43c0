//! A text as words: what touches by a hyphen or apostrophe stays together, what a comma parts stays apart.
use std::ops::Range;

/// How a word stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// White space alone.
    Space,
    /// One `-`, `'`, `&`, `/` or `.`: both are parts of one word.
    Glue,
    /// Anything else: another clause.
    Break,
}

/// A run of letters, digits and `_`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) joint: Joint,
    /// Not the person's own description: quoted, or put in by the builder.
    pub(super) blank: bool,
}

pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
}

impl<'a> Text<'a> {
    /// The words of `text`; those within `masks`, which are in order, are blank.
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

    pub(super) fn of(&self, word: &Word) -> &'a str {
        self.text.get(word.start..word.end).unwrap_or_default()
    }

    /// The word at `at`, when it belongs to the same clause as the one before it.
    pub(super) fn next(&self, at: usize) -> Option<&'a str> {
        let word = self.words.get(at)?;
        (word.joint == Joint::Space && !word.blank).then(|| self.of(word))
    }

    /// The word before `at`, when both belong to the same clause.
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

    /// The words `from..to` as they stand.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(self.range(from, to)).unwrap_or_default()
    }
}

/// A combining accent belongs to its letter.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || ('\u{300}'..'\u{370}').contains(&c)
}

fn joint(gap: &str, first: bool) -> Joint {
    if first {
        Joint::Break
    } else if matches!(gap, "-" | "\u{2011}" | "'" | "’" | "&" | "/" | ".") {
        Joint::Glue
    } else if gap.chars().all(|c| c.is_whitespace() && c != '\n') {
        Joint::Space
    } else {
        Joint::Break
    }
}
