//! The little of JSON that a recipe is made of, read from the front.

use alloc::string::String;

use super::error::RecipeError;
use super::number;

/// What is read next, and in which of the recipe's fields.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    pub(super) field: &'static str,
}

/// Reads one entry of an object or a list.
type Entry<'e, 'a, K> = &'e mut dyn FnMut(&mut Reader<'a>, K) -> Result<(), RecipeError>;

impl<'a> Reader<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            field: "",
        }
    }

    /// Nothing is left.
    pub(super) fn end(mut self) -> Result<(), RecipeError> {
        match self.next() {
            None => Ok(()),
            Some(_) => Err(RecipeError::NotJson),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What comes after white space.
    pub(super) fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Takes `mark` when it is next.
    pub(super) fn takes(&mut self, mark: &str) -> bool {
        self.next();
        let is_next = self
            .text
            .as_bytes()
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(mark.as_bytes()));
        if is_next {
            self.at += mark.len();
        }
        is_next
    }

    fn needs(&mut self, mark: &str) -> Result<(), RecipeError> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(RecipeError::NotJson)
        }
    }

    /// Another kind of value than the field holds, or none at all.
    pub(super) fn other(&self) -> RecipeError {
        match self.byte() {
            Some(b'"' | b'{' | b'[' | b't' | b'f' | b'n' | b'-' | b'0'..=b'9')
                if !self.field.is_empty() =>
            {
                RecipeError::InvalidValue(self.field)
            }
            _ => RecipeError::NotJson,
        }
    }

    /// An object; `entry` is given each key and reads its value.
    pub(super) fn object(&mut self, entry: Entry<'_, 'a, String>) -> Result<(), RecipeError> {
        self.between("{", "}", &mut |reader, ()| {
            if reader.next() != Some(b'"') {
                return Err(RecipeError::NotJson);
            }
            let key = reader.string()?;
            reader.needs(":")?;
            entry(reader, key)
        })
    }

    /// A list; `item` reads each of its items.
    pub(super) fn list(&mut self, item: Entry<'_, 'a, ()>) -> Result<(), RecipeError> {
        self.between("[", "]", item)
    }

    fn between(
        &mut self,
        open: &str,
        close: &str,
        item: Entry<'_, 'a, ()>,
    ) -> Result<(), RecipeError> {
        if !self.takes(open) {
            return Err(self.other());
        }
        if self.takes(close) {
            return Ok(());
        }
        loop {
            item(self, ())?;
            if self.takes(close) {
                return Ok(());
            }
            self.needs(",")?;
        }
    }

    /// The text from `start` to here.
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// A number, in the one form it is written in.
    pub(super) fn number(&mut self) -> Result<f64, RecipeError> {
        self.next();
        let start = self.at;
        while let Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') = self.byte() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.other());
        }
        number::read(self.since(start)).ok_or(RecipeError::NotCanonical)
    }

    pub(super) fn string(&mut self) -> Result<String, RecipeError> {
        if !self.takes("\"") {
            return Err(self.other());
        }
        let mut out = String::new();
        let mut start = self.at;
        loop {
            let byte = self.byte();
            let text = self.since(start);
            self.at += 1;
            match byte {
                Some(b'"') => {
                    out.push_str(text);
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(text);
                    out.push(self.escaped().ok_or(RecipeError::NotJson)?);
                    start = self.at;
                }
                None | Some(..b' ') => return Err(RecipeError::NotJson),
                Some(_) => {}
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let escape = self.byte()?;
        self.at += 1;
        Some(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.code_unit()?;
                if unit & 0xfc00 != 0xd800 {
                    return char::from_u32(unit);
                }
                // The first half of a pair.
                for mark in [b'\\', b'u'] {
                    if self.byte()? != mark {
                        return None;
                    }
                    self.at += 1;
                }
                let low = self
                    .code_unit()?
                    .checked_sub(0xdc00)
                    .filter(|low| *low < 0x400)?;
                return char::from_u32(0x1_0000 + ((unit & 0x3ff) << 10) + low);
            }
            _ => return None,
        })
    }

    fn code_unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.byte()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }
}
