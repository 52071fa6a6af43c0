//! JSON, as much of it as a workflow needs: tolerant, total, without a library.

use alloc::string::String;
use alloc::vec::Vec;

/// How deep a value can nest; workflows nest about six deep.
const DEPTH: u32 = 32;

/// A value.
pub(super) enum Json<'a> {
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written.
    Word(&'a str),
    List(Vec<Json<'a>>),
    Object(Vec<(String, Json<'a>)>),
}

/// The value that `text` is; `None` when it is no JSON.
pub(super) fn parse(text: &str) -> Option<Json<'_>> {
    let mut reader = Reader { rest: text };
    let value = reader.value(DEPTH)?;
    reader.rest.trim().is_empty().then_some(value)
}

impl Json<'_> {
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let (_, value) = self.entries().iter().find(|(name, _)| name == key)?;
        Some(value)
    }

    pub(super) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A string, or a number as it is written.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Skips white space and, when it is next, `mark`.
    fn eat(&mut self, mark: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        let depth = depth.checked_sub(1)?;
        if self.eat('"') {
            return self.string().map(Json::Text);
        }
        if self.eat('[') {
            let mut items = Vec::new();
            while !self.eat(']') {
                items.push(self.value(depth)?);
                self.eat(',');
            }
            return Some(Json::List(items));
        }
        if self.eat('{') {
            let mut entries = Vec::new();
            while !self.eat('}') {
                let key = if self.eat('"') {
                    self.string()?
                } else {
                    return None;
                };
                if !self.eat(':') {
                    return None;
                }
                entries.push((key, self.value(depth)?));
                self.eat(',');
            }
            return Some(Json::Object(entries));
        }
        let end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
        let length = self.rest.find(end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        (length > 0).then_some(Json::Word(word))
    }

    /// Behind the opening quotation mark.
    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            let at = self.rest.find(['"', '\\'])?;
            out.push_str(self.rest.get(..at)?);
            let mut rest = self.rest.get(at..)?.chars();
            let mark = rest.next()?;
            if mark == '"' {
                self.rest = rest.as_str();
                return Some(out);
            }
            let escaped = rest.next()?;
            self.rest = rest.as_str();
            out.push(match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' | 'f' => ' ',
                'u' => self.unicode()?,
                other => other,
            });
        }
    }

    /// Behind `\u`: four digits, and four more for the second half of a pair.
    fn unicode(&mut self) -> Option<char> {
        let high = self.hex()?;
        if !(0xd800..0xdc00).contains(&high) {
            return Some(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let Some(rest) = self.rest.strip_prefix("\\u") else {
            return Some(char::REPLACEMENT_CHARACTER);
        };
        self.rest = rest;
        let low = self.hex()?.wrapping_sub(0xdc00) & 0x3ff;
        char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + low)
    }

    fn hex(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        u32::from_str_radix(digits, 16).ok()
    }
}
