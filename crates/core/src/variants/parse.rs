//! A template's text as a tree.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::error::{VariantError, VariantErrorCode as Code};
use super::lists::Lists;
use super::tree::{Branch, Choice, Part, Range, Sequence, merged};
use super::{MAX_DEPTH, MAX_OPTIONS};
use crate::prompt::MAX_CHARACTERS;
use crate::text::{split_once, strip_any_case};

/// White space that is dropped at the start of an option.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Reads `template` with the lists that it may name.
pub(super) fn parse<'t>(
    template: &'t str,
    lists: &mut Lists<'t>,
) -> Result<Sequence<'t>, VariantError> {
    if template.chars().nth(MAX_CHARACTERS).is_some() {
        return Err(VariantError::of(template, Code::TemplateTooLong));
    }
    let mut reader = Reader {
        text: template,
        at: 0,
        lists,
    };
    reader.sequence(0)
}

struct Reader<'t, 'l> {
    text: &'t str,
    at: usize,
    lists: &'l mut Lists<'t>,
}

impl<'t> Reader<'t, '_> {
    fn cut(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fault(&self, start: usize, end: usize, code: Code) -> VariantError {
        VariantError::at(self.text, start..end, code)
    }

    /// Up to the end or, inside braces, up to a `|` or `}` of theirs.
    fn sequence(&mut self, depth: usize) -> Result<Sequence<'t>, VariantError> {
        let mut parts = Vec::new();
        let mut start = self.at;
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let from = self.at;
            let found = match byte {
                b'|' | b'}' if depth > 0 => break,
                b'\\' if escapes(self.rest()) => {
                    self.at += 2;
                    push(&mut parts, self.cut(start, from));
                    start = from + 1;
                    continue;
                }
                b'{' if !is_alias(self.rest()) => Some(self.choice(depth + 1)?),
                b'_' => self.wildcard()?,
                _ => None,
            };
            match found {
                Some(choice) => {
                    push(&mut parts, self.cut(start, from));
                    parts.extend(choice);
                    start = self.at;
                }
                None => self.at = from + self.skip(from),
            }
        }
        push(&mut parts, self.cut(start, self.at));
        Ok(parts)
    }

    /// What is literal at `from`: an alias of the trigger as a whole, anything else byte by byte.
    fn skip(&self, from: usize) -> usize {
        let alias = self.text.as_bytes().get(from) == Some(&b'{');
        let length = self.rest().find('}').filter(|_| alias);
        length.map_or(1, |length| length + 1)
    }

    /// From a `{` to behind its `}`.
    fn choice(&mut self, depth: usize) -> Result<Sequence<'t>, VariantError> {
        let open = self.at;
        if depth > MAX_DEPTH {
            return Err(self.fault(open, open + 1, Code::NestedTooDeep));
        }
        self.at += 1;
        self.skip_space();
        let range = self.range();
        let mut options = Vec::new();
        loop {
            self.skip_space();
            let weight = self.weight();
            let parts = self.sequence(depth)?;
            options.push(Branch { weight, parts });
            let end = self.at;
            self.at += 1;
            match self.text.as_bytes().get(end) {
                Some(b'|') if options.len() == MAX_OPTIONS => {
                    return Err(self.fault(open, end, Code::TooManyOptions));
                }
                Some(b'|') => {}
                Some(_) => break,
                None => return Err(self.fault(open, open + 1, Code::UnclosedBrace)),
            }
        }
        Ok(whole(range, merged(options)))
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(SPACE).len();
    }

    /// The characters in front that are digits or `also`, when `mark` stands behind them; then it goes on there.
    fn number(&mut self, also: char, mark: &str) -> Option<&'t str> {
        let rest = self.rest();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == also);
        let number = self.cut(self.at, self.text.len() - behind.len());
        let behind = behind.strip_prefix(mark)?;
        let counts = number.contains(|c: char| c.is_ascii_digit());
        if !counts || number.matches(also).nth(1).is_some() {
            return None;
        }
        self.at = self.text.len() - behind.len();
        Some(number)
    }

    /// `2$$`, `1-2$$`, `-2$$`, `2-$$`, and each with a separator and `$$` behind it.
    fn range(&mut self) -> Range<'t> {
        let Some(number) = self.number('-', "$$") else {
            return Range::ONE;
        };
        let (low, high) = number.split_once('-').unwrap_or((number, number));
        let mut range = Range {
            low: whole_number(low).unwrap_or(1),
            high: whole_number(high).unwrap_or(MAX_OPTIONS),
            ..Range::ONE
        };
        let rest = self.rest();
        if let Some(end) = rest.find(['{', '}', '$'])
            && end > 0
            && rest.get(end..).is_some_and(|mark| mark.starts_with("$$"))
        {
            range.separator = self.cut(self.at, self.at + end);
            self.at += end + 2;
        }
        range
    }

    /// `0.5::`, in millionths; digits beyond are dropped, and more than a million is a million.
    fn weight(&mut self) -> u64 {
        let Some(number) = self.number('.', "::") else {
            return Branch::ONE;
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digit = |sum: u64, byte: u8| sum * 10 + u64::from(byte - b'0');
        let whole = whole
            .bytes()
            .fold(0, |sum, byte| digit(sum, byte).min(Branch::ONE));
        let places = fraction.bytes().chain([b'0'; 6]).take(6);
        places.fold(whole, digit)
    }

    /// `__name__`, when that is what stands here.
    fn wildcard(&mut self) -> Result<Option<Sequence<'t>>, VariantError> {
        let start = self.at;
        let Some(name) = wildcard_name(self.rest()) else {
            return Ok(None);
        };
        let end = start + name.len() + 4;
        let code = match self.lists.get(name) {
            Some(options) if options.is_empty() => Code::EmptyWildcard,
            Some(options) if options.len() > MAX_OPTIONS => Code::TooManyOptions,
            Some(options) => {
                self.at = end;
                let mut choice = Choice::new(Range::ONE, options);
                choice.of_list = true;
                return Ok(Some(alloc::vec![Part::Choice(choice)]));
            }
            None => Code::UnknownWildcard,
        };
        Err(self.fault(start, end, code))
    }
}

/// A choice as parts: one option alone is no choice, and a count before a list alone counts the list's options.
fn whole<'t>(range: Range<'t>, mut options: Rc<[Branch<'t>]>) -> Sequence<'t> {
    if let Some([only]) = Rc::get_mut(&mut options) {
        if let [Part::Choice(list)] = only.parts.as_slice()
            && list.of_list
        {
            options = list.options.clone();
        } else if range.low == 1 && range.high == 1 {
            return core::mem::take(&mut only.parts);
        }
    }
    alloc::vec![Part::Choice(Choice::new(range, options))]
}

fn push<'t>(parts: &mut Sequence<'t>, text: &'t str) {
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
}

fn escapes(text: &str) -> bool {
    matches!(text.as_bytes().get(1), Some(b'{' | b'}' | b'|' | b'_'))
}

/// `{trigger}` and its like, which the prompt builder replaces.
fn is_alias(text: &str) -> bool {
    ["{trigger}", "{triggerword}", "{trigger_word}"]
        .iter()
        .any(|alias| strip_any_case(text, alias).is_some())
}

/// The name in a text that begins with `__name__`: letters, digits, `-`, `/` and single `_`.
fn wildcard_name(text: &str) -> Option<&str> {
    let (name, _) = split_once(text.strip_prefix("__")?, "__")?;
    let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    (name.contains(char::is_alphanumeric) && name.chars().all(named)).then_some(name)
}

fn whole_number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let add = |sum: usize, byte: u8| (sum * 10 + usize::from(byte - b'0')).min(MAX_OPTIONS);
    digits.then(|| text.bytes().fold(0, add))
}
