//! A message as words, without the punctuation around them.

use std::ops::Range;

use super::lexicon::Lexicon;

/// A word.
pub(super) struct Token {
    /// Where it stands in the message.
    pub(super) at: Range<usize>,
    /// Where it stands in the text of all words as the lexicon spells them.
    pub(super) spelled: Range<usize>,
    /// It was misspelled and is corrected in the spelled text.
    pub(super) is_slip: bool,
    /// A comma, a full stop or the like stands before it.
    pub(super) breaks: bool,
}

/// The words of `said`, and the text of all of them as the lexicon spells them, with single spaces between them.
pub(super) fn tokens(said: &str, lexicon: &Lexicon) -> (String, Vec<Token>) {
    let (mut spelled, mut tokens) = (String::new(), Vec::new());
    let (mut start, mut breaks) = (0, false);
    let separators = said.match_indices(is_separator);
    for (end, separator) in separators.chain([(said.len(), "")]) {
        let chunk = said.get(start..end).unwrap_or_default();
        if let Some(word) = word(chunk) {
            let written = chunk.get(word.at.clone()).unwrap_or_default();
            let normal = normal(written.trim_end_matches('/'));
            let correct = lexicon.correct(&normal);
            if !spelled.is_empty() {
                spelled.push(' ');
            }
            let from = spelled.len();
            spelled.push_str(correct);
            tokens.push(Token {
                at: start + word.at.start..start + word.at.end,
                spelled: from..spelled.len(),
                is_slip: correct != normal,
                breaks: breaks || word.opens,
            });
            breaks = word.closes;
        } else {
            breaks |= !chunk.is_empty();
        }
        breaks |= separator.chars().any(|c| c == '\n' || !is_space(c));
        start = end + separator.len();
    }
    (spelled, tokens)
}

/// White space, and the zero-width space, which separates words although Unicode does not count it as white.
fn is_space(c: char) -> bool {
    c == '\u{200b}' || c.is_whitespace()
}

fn is_separator(c: char) -> bool {
    is_space(c) || matches!(c, ',' | ';' | '，' | '、' | '。' | '→' | '—' | '…')
}

/// Lower case (of ASCII letters), with a straight apostrophe.
fn normal(word: &str) -> String {
    let letters = word.chars().map(|c| match c {
        '’' => '\'',
        c => c.to_ascii_lowercase(),
    });
    letters.collect()
}

/// The word in what stands between two separators.
struct Word {
    at: Range<usize>,
    /// A mark before it separates it from the words before.
    opens: bool,
    /// A mark behind it separates it from the words behind.
    closes: bool,
}

fn word(chunk: &str) -> Option<Word> {
    if matches!(chunk, "&" | "+") {
        return Some(Word {
            at: 0..chunk.len(),
            opens: false,
            closes: false,
        });
    }
    let (mut start, mut end) = (None, 0);
    let (mut opens, mut closes) = (false, false);
    for (at, c) in chunk.char_indices() {
        if c.is_alphanumeric() {
            start = start.or(Some(at));
            end = at + c.len_utf8();
            closes = false;
        } else if start.is_some() {
            closes |= matches!(c, '.' | '!' | '?' | ':' | ')' | ']' | '}' | '-' | '–');
        } else if c == '#' {
            start = Some(at);
        } else {
            opens |= matches!(c, '(' | '[' | '{' | '-' | '–');
        }
    }
    let start = start.filter(|start| end > *start)?;
    // "w/" means "with".
    let (word, rest) = chunk.get(start..)?.split_at_checked(end - start)?;
    if word == "w" && rest.starts_with('/') {
        end += 1;
    }
    Some(Word {
        at: start..end,
        opens,
        closes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::director::lexicon::ENGLISH;

    #[track_caller]
    fn check(said: &str, expected: &str) {
        let (spelled, tokens) = tokens(said, &ENGLISH);
        let mut got = String::new();
        for token in &tokens {
            got.push_str(if token.breaks { " | " } else { " " });
            got.push_str(&spelled[token.spelled.clone()]);
            assert!(!token.is_slip || spelled[token.spelled.clone()] != said[token.at.clone()]);
        }
        assert_eq!(got.trim_start(), expected);
    }

    #[test]
    fn punctuation_separates_clauses_and_is_no_part_of_a_word() {
        check(
            "Red coat, (a hat) in Rome. Go!",
            "red coat | a hat | in rome | go",
        );
        check("f/1.4 – #2 & don’t", "f/1.4 | #2 & don't");
        check("one\ntwo\tthree", "one | two three");
        check("... , \u{3002}", "");
    }

    #[test]
    fn a_zero_width_space_separates_words() {
        check("red\u{200b}coat", "red coat");
        check("\u{200b}", "");
    }

    #[test]
    fn misspelled_words_are_corrected() {
        check("sunglases", "sunglasses");
        check("Sunglasses", "sunglasses");
    }

    #[test]
    fn with_may_be_written_with_a_slash() {
        let (spelled, tokens) = tokens("w/ a hat", &ENGLISH);
        assert_eq!(spelled, "w a hat");
        assert_eq!(tokens[0].at, 0..2);
    }
}
