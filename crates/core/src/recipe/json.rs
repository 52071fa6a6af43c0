//! The little of JSON that a recipe is made of, read from the front.

use alloc::string::String;

use super::error::RecipeError;
use super::number;

/// What is read next, and in which of the recipe's fields.
pub(super) struct Reader<'a> {
    rest: &'a str,
    pub(super) field: &'static str,
}

/// Reads one entry of an object or a list.
type Entry<'e, 'a, K> = &'e mut dyn FnMut(&mut Reader<'a>, K) -> Result<(), RecipeError>;

impl<'a> Reader<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            field: "",
        }
    }

    /// Nothing is left.
    pub(super) fn end(mut self) -> Result<(), RecipeError> {
        self.space();
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(RecipeError::NotJson)
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Whether `mark` is next.
    pub(super) fn is_at(&mut self, mark: char) -> bool {
        self.space();
        self.rest.starts_with(mark)
    }

    /// Takes `mark` when it is next.
    pub(super) fn takes(&mut self, mark: &str) -> bool {
        self.space();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
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
        if self.field.is_empty() || !self.rest.starts_with(is_value) {
            RecipeError::NotJson
        } else {
            RecipeError::InvalidValue(self.field)
        }
    }

    /// An object; `entry` is given each key and reads its value.
    pub(super) fn object(&mut self, entry: Entry<'_, 'a, String>) -> Result<(), RecipeError> {
        self.between("{", "}", &mut |reader, ()| {
            if !reader.is_at('"') {
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

    /// A number, in the one form it is written in.
    pub(super) fn number(&mut self) -> Result<f64, RecipeError> {
        self.space();
        let end = self.rest.find(|c| !is_number(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        if text.is_empty() {
            return Err(self.other());
        }
        self.rest = rest;
        number::read(text).ok_or(RecipeError::NotCanonical)
    }

    pub(super) fn string(&mut self) -> Result<String, RecipeError> {
        if !self.takes("\"") {
            return Err(self.other());
        }
        let mut out = String::new();
        loop {
            let plain = self
                .rest
                .find(|c| matches!(c, '"' | '\\' | '\0'..='\u{1f}'));
            let (text, rest) = plain
                .and_then(|end| self.rest.split_at_checked(end))
                .ok_or(RecipeError::NotJson)?;
            out.push_str(text);
            let mut rest = rest.chars();
            match rest.next() {
                Some('"') => {
                    self.rest = rest.as_str();
                    return Ok(out);
                }
                Some('\\') => {
                    let escape = rest.next();
                    self.rest = rest.as_str();
                    out.push(
                        escape
                            .and_then(|escape| self.escaped(escape))
                            .ok_or(RecipeError::NotJson)?,
                    );
                }
                _ => return Err(RecipeError::NotJson),
            }
        }
    }

    fn escaped(&mut self, escape: char) -> Option<char> {
        Some(match escape {
            '"' | '\\' | '/' => escape,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = self.code_unit()?;
                if unit & 0xfc00 != 0xd800 {
                    return char::from_u32(unit);
                }
                // The first half of a pair.
                self.rest = self.rest.strip_prefix("\\u")?;
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
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits
            .chars()
            .try_fold(0, |unit, digit| Some(unit << 4 | digit.to_digit(16)?))
    }
}

fn is_number(c: char) -> bool {
    matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')
}

/// What a value begins with.
fn is_value(c: char) -> bool {
    matches!(c, '"' | '{' | '[' | 't' | 'f' | 'n' | '-' | '0'..='9')
}
