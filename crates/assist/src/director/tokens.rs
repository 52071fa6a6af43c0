//! A message as words.

use std::ops::Range;

use super::lexicon::Lexicon;

/// A word.
pub(super) struct Token {
    /// Where it stands in what was said.
    pub(super) at: Range<usize>,
    /// Where it stands in the text of all words as the lexicon spells them.
    pub(super) spelled: Range<usize>,
    pub(super) is_slip: bool,
    pub(super) breaks: bool,
}

/// Words between white space, without the punctuation at their ends, and all of them as the lexicon spells them.
pub(super) fn tokens(said: &str, lexicon: &Lexicon) -> (String, Vec<Token>) {
    let (mut spelled, mut out) = (String::new(), Vec::new());
    let mut lower = String::new();
    let mut breaks = false;
    // Of what stands between white space: where it starts, where its word does and ends, and whether a mark before
    // or after the word breaks.
    let (mut chunk, mut start, mut end) = (0, None, 0);
    let (mut opens, mut closes) = (false, false);
    let said = &[said, " "].concat();
    for (at, c) in said.char_indices() {
        if !c.is_whitespace() && !matches!(c, ',' | ';' | '，' | '、' | '。' | '→' | '—' | '…')
        {
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
            continue;
        }
        if let Some("&" | "+") = said.get(chunk..at) {
            (start, end) = (Some(chunk), at);
        }
        if let Some(start) = start.filter(|start| end > *start) {
            let word = said.get(start..end).unwrap_or_default();
            // "w/" is "with".
            let is_with =
                word == "w" && said.get(end..at).is_some_and(|rest| rest.starts_with('/'));
            lower.clear();
            for c in word.chars() {
                lower.push(if c == '’' {
                    '\''
                } else {
                    c.to_ascii_lowercase()
                });
            }
            if !spelled.is_empty() {
                spelled.push(' ');
            }
            let from = spelled.len();
            let correct = lexicon.correct(&lower);
            spelled.push_str(correct);
            out.push(Token {
                at: start..end + usize::from(is_with),
                spelled: from..spelled.len(),
                is_slip: correct != lower,
                breaks: breaks || opens,
            });
            breaks = closes;
        } else {
            breaks |= at > chunk;
        }
        breaks |= !c.is_whitespace() || c == '\n';
        chunk = at + c.len_utf8();
        (start, opens, closes) = (None, false, false);
    }
    (spelled, out)
}
