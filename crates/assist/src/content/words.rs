//! A text as folded words.

use selfsame_prompt::fold::{Folded, fold};

/// The fewest single letters in a row that are read as one word: `n u d e`.
const SPELLED_OUT: usize = 3;

/// A folded word, and the bytes of the text that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it begins a clause.
    pub(super) opens: bool,
}

/// The words of `text`: letters and digits, without what is not seen.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut inside, mut opens) = (false, true);
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| fold(*next));
        let is_letter_next = matches!(next, Some(Folded::Letter(_)));
        let letter = match (c, fold(c)) {
            (_, Folded::Letter(letter)) => letter,
            (_, Folded::Nothing) => continue,
            ('@', _) if inside && is_letter_next => 'a',
            ('$', _) if inside => 's',
            ('\n', _) => {
                (inside, opens) = (false, true);
                continue;
            }
            ('.', _) => {
                inside = false;
                opens |= !is_letter_next;
                continue;
            }
            (c, _) => {
                inside = false;
                opens |= !(c.is_whitespace()
                    || matches!(c, '-' | '_' | '\'' | '’' | '/' | '&' | '*' | '+'));
                continue;
            }
        };
        if !inside {
            words.push(Word {
                text: String::new(),
                start: at,
                end: at,
                opens,
            });
            (inside, opens) = (true, false);
        }
        if let Some(word) = words.last_mut() {
            word.text.push(letter);
            word.end = at + c.len_utf8();
        }
    }
    for word in &mut words {
        spell(&mut word.text);
    }
    joined(words)
}

/// Replaces digits that stand for letters in a word that has letters: `n4ked`.
fn spell(word: &mut String) {
    let is_digit = |c: char| c.is_ascii_digit();
    if !word.contains(is_digit) || word.chars().all(is_digit) {
        return;
    }
    *word = word
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            c => c,
        })
        .collect();
}

/// Joins words that are spelled out. An article before four letters or more is a word of its own: `a n u d e`.
fn joined(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut run = 0;
    for word in words {
        let is_single =
            word.text.chars().count() == 1 && word.text.chars().all(char::is_alphabetic);
        if !is_single || word.opens {
            join_last(&mut out, run);
            run = 0;
        }
        run += usize::from(is_single);
        out.push(word);
    }
    join_last(&mut out, run);
    out
}

/// Joins the last `run` words into one.
fn join_last(words: &mut Vec<Word>, run: usize) {
    let mut first = words.len() - run;
    let is_article = words.get(first).is_some_and(|word| word.text == "a");
    if is_article && run > SPELLED_OUT {
        first += 1;
    }
    if words.len() - first < SPELLED_OUT {
        return;
    }
    let letters = words.split_off(first);
    if let (Some(begin), Some(end)) = (letters.first(), letters.last()) {
        words.push(Word {
            text: letters.iter().map(|word| word.text.as_str()).collect(),
            start: begin.start,
            end: end.end,
            opens: begin.opens,
        });
    }
}
