//! Parses a template.

use std::rc::Rc;

use super::error::{VariantError, VariantErrorCode as Code};
use super::lists::Lists;
use super::tree::{Branch, Choice, Part, Range, Sequence, merged};
use super::{MAX_DEPTH, MAX_OPTIONS};
use selfsame_primitives::text::strip_prefix_ignore_case;
use selfsame_prompt::placement::MAX_CHARACTERS;

/// Parses `template`, which may name `lists`.
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

    /// Reads parts up to the end or, inside braces, up to their next `|` or `}`.
    fn sequence(&mut self, depth: usize) -> Result<Sequence<'t>, VariantError> {
        let mut parts = Vec::new();
        let mut start = self.at;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            let (from, rest) = (self.at, self.rest());
            self.at += 1;
            match byte {
                b'|' | b'}' if depth > 0 => {
                    self.at = from;
                    break;
                }
                b'\\' if escapes(rest) => {
                    self.at += 1;
                    push(&mut parts, self.cut(start, from));
                    start = from + 1;
                }
                b'{' => {
                    if let Some(alias) = alias(rest) {
                        self.at = from + alias.len();
                    } else {
                        push(&mut parts, self.cut(start, from));
                        self.choice(depth + 1, &mut parts)?;
                        start = self.at;
                    }
                }
                b'_' => {
                    if let Some(name) = wildcard_name(rest) {
                        push(&mut parts, self.cut(start, from));
                        parts.push(self.wildcard(from, name)?);
                        start = self.at;
                    }
                }
                _ => {}
            }
        }
        push(&mut parts, self.cut(start, self.at));
        Ok(parts)
    }

    /// Reads a choice, after its `{`, including its `}`.
    fn choice(&mut self, depth: usize, parts: &mut Sequence<'t>) -> Result<(), VariantError> {
        let open = self.at - 1;
        if depth > MAX_DEPTH {
            return Err(self.fault(open, open + 1, Code::NestedTooDeep));
        }
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
        add_whole(parts, range, merged(options));
        Ok(())
    }

    fn skip_space(&mut self) {
        self.at = self.text.len()
            - self
                .rest()
                .trim_start_matches([' ', '\t', '\n', '\r'])
                .len();
    }

    /// Reads digits, with at most one `also` among them, and the `mark` after them. Reads nothing when the mark is
    /// missing.
    fn number(&mut self, also: u8, mark: &str) -> Option<&'t str> {
        let (mut end, mut digits, mut others) = (self.at, 0, 0);
        while let Some(byte) = self.text.as_bytes().get(end) {
            if byte.is_ascii_digit() {
                digits += 1;
            } else if *byte == also {
                others += 1;
            } else {
                break;
            }
            end += 1;
        }
        let behind = self.text.get(end..)?;
        if digits == 0 || others > 1 || !behind.starts_with(mark) {
            return None;
        }
        let number = self.cut(self.at, end);
        self.at = end + mark.len();
        Some(number)
    }

    /// Reads `2$$`, `1-2$$`, `-2$$` or `2-$$`, each optionally with a separator and another `$$`.
    fn range(&mut self) -> Range<'t> {
        let Some(number) = self.number(b'-', "$$") else {
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

    /// Reads `0.5::` in millionths. Further digits are dropped, and weights above a million are a million.
    fn weight(&mut self) -> u64 {
        let Some(number) = self.number(b'.', "::") else {
            return Branch::ONE;
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digit = |sum: u64, byte: u8| sum * 10 + u64::from(byte - b'0');
        let mut weight = 0;
        for byte in whole.bytes() {
            weight = digit(weight, byte).min(Branch::ONE);
        }
        let mut places = fraction.bytes();
        for _ in 0..6 {
            weight = digit(weight, places.next().unwrap_or(b'0'));
        }
        weight
    }

    /// The choice of the `__name__` at `start`.
    fn wildcard(&mut self, start: usize, name: &'t str) -> Result<Part<'t>, VariantError> {
        let end = start + name.len() + 4;
        let code = match self.lists.get(name) {
            Some(options) if options.is_empty() => Code::EmptyWildcard,
            Some(options) if options.len() > MAX_OPTIONS => Code::TooManyOptions,
            Some(options) => {
                self.at = end;
                let mut choice = Choice::new(Range::ONE, options);
                choice.of_list = true;
                return Ok(Part::Choice(choice));
            }
            None => Code::UnknownWildcard,
        };
        Err(self.fault(start, end, code))
    }
}

/// Adds a choice. A single option is added as its parts, and a count before a single list counts the list's options.
/// When the choices inside a single option can give the same text twice, the braces stay and let it pass once.
fn add_whole<'t>(parts: &mut Sequence<'t>, range: Range<'t>, mut options: Vec<Branch<'t>>) {
    let mut list = None;
    if let [only] = options.as_mut_slice() {
        match only.parts.as_slice() {
            [Part::Choice(choice)] if choice.of_list => list = Some(choice.options.clone()),
            _ if range.low == 1 && range.high == 1 && !repeats(&only.parts) => {
                return parts.append(&mut only.parts);
            }
            _ => {}
        }
    }
    let options = list.unwrap_or_else(|| Rc::new(options));
    parts.push(Part::Choice(Choice::new(range, options)));
}

/// Whether two combinations of `parts` can have the same text. A single choice of one option never takes a text twice.
fn repeats(parts: &[Part<'_>]) -> bool {
    let mut choices = 0;
    for part in parts {
        if let Part::Choice(choice) = part {
            choices += if choice.high > 1 { 2 } else { 1 };
        }
    }
    choices > 1
}

fn push<'t>(parts: &mut Sequence<'t>, text: &'t str) {
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
}

fn escapes(text: &str) -> bool {
    matches!(text.as_bytes().get(1), Some(b'{' | b'}' | b'|' | b'_'))
}

/// The alias of the trigger at the start of `text`, which the prompt builder replaces.
fn alias(text: &str) -> Option<&'static str> {
    let aliases = ["{trigger}", "{triggerword}", "{trigger_word}"];
    aliases
        .into_iter()
        .find(|alias| strip_prefix_ignore_case(text, alias).is_some())
}

/// The name of the `__name__` at the start of `text`: letters, digits, `-`, `/` and single `_`.
fn wildcard_name(text: &str) -> Option<&str> {
    let (name, _) = (text.strip_prefix("__")?).split_once("__")?;
    let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    (name.contains(char::is_alphanumeric) && name.chars().all(named)).then_some(name)
}

fn whole_number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let add = |sum: usize, byte: u8| (sum * 10 + usize::from(byte - b'0')).min(MAX_OPTIONS);
    digits.then(|| text.bytes().fold(0, add))
}
