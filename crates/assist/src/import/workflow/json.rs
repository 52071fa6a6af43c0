//! A tolerant JSON reader for workflows that people paste.
//!
//! `serde_json` reads no pasted workflow that has a trailing comma, a raw line break in a string, an unknown escape or
//! half a surrogate pair. This reader does: commas are optional and every escape means something.

/// The deepest nesting that is read. Workflows nest about six deep.
const MAX_DEPTH: u32 = 32;

/// A JSON value.
#[derive(Debug, PartialEq)]
pub(super) enum Json<'a> {
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written.
    Word(&'a str),
    List(Vec<Json<'a>>),
    Object(Vec<(String, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// Reads `text`, or gives `None` when its brackets or quotation marks do not match.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut reader = Reader { rest: text };
        let value = reader.value(MAX_DEPTH)?;
        reader.rest.trim_start().is_empty().then_some(value)
    }

    /// The first entry of an object with this key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let (_, value) = self.entries().iter().find(|(name, _)| name == key)?;
        Some(value)
    }

    /// The scalar of the entry `key`.
    pub(super) fn scalar_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.scalar()
    }

    /// The items of the entry `key`; empty when it is not a list.
    pub(super) fn items_of(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::items)
    }

    /// The entries of an object; empty for another value.
    pub(super) fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; empty for another value.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A string, or a number as it is written.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Word(word) if word.starts_with(|c| matches!(c, '0'..='9' | '-')) => Some(word),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Skips white space and then `mark`, and says whether `mark` was there.
    fn eat(&mut self, mark: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        let depth = depth.checked_sub(1)?;
        if self.eat('"') {
            self.string().map(Json::Text)
        } else if self.eat('[') {
            self.list(depth).map(Json::List)
        } else if self.eat('{') {
            self.object(depth).map(Json::Object)
        } else {
            self.word().map(Json::Word)
        }
    }

    /// A list, after its opening bracket.
    fn list(&mut self, depth: u32) -> Option<Vec<Json<'a>>> {
        let mut items = Vec::new();
        while !self.eat(']') {
            items.push(self.value(depth)?);
            self.eat(',');
        }
        Some(items)
    }

    /// An object, after its opening bracket.
    fn object(&mut self, depth: u32) -> Option<Vec<(String, Json<'a>)>> {
        let mut entries = Vec::new();
        while !self.eat('}') {
            let name = if self.eat('"') {
                self.string()?
            } else {
                return None;
            };
            if !self.eat(':') {
                return None;
            }
            entries.push((name, self.value(depth)?));
            self.eat(',');
        }
        Some(entries)
    }

    fn word(&mut self) -> Option<&'a str> {
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
        let length = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        (length > 0).then_some(word)
    }

    /// A string, after its opening quotation mark.
    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            match self.next()? {
                '"' => return Some(out),
                '\\' => out.push(self.escaped()?),
                c => out.push(c),
            }
        }
    }

    /// An escaped character, after its backslash.
    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            // Backspace and form feed are never meant in a prompt.
            'b' | 'f' => ' ',
            'u' => return self.unicode(),
            c => c,
        })
    }

    /// Four hexadecimal digits, and four more when they are the second half of a surrogate pair.
    fn unicode(&mut self) -> Option<char> {
        let mut code = self.hex()?;
        if code & 0xfc00 == 0xd800
            && let Some(rest) = self.rest.strip_prefix("\\u")
        {
            let mut ahead = Reader { rest };
            if let Some(low @ 0xdc00..=0xdfff) = ahead.hex() {
                self.rest = ahead.rest;
                code = 0x1_0000 + ((code & 0x3ff) << 10 | low & 0x3ff);
            }
        }
        Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits
            .chars()
            .try_fold(0, |code, digit| Some(code << 4 | digit.to_digit(16)?))
    }

    fn next(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let next = rest.next();
        self.rest = rest.as_str();
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn value(json: &Json<'_>) -> Value {
        match json {
            Json::Text(text) => Value::from(text.as_str()),
            Json::Word(word) => serde_json::from_str(word).expect("a number, true, false or null"),
            Json::List(items) => items.iter().map(value).collect(),
            Json::Object(entries) => entries
                .iter()
                .map(|(name, entry)| (name.clone(), value(entry)))
                .collect(),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        // Backspace and form feed are read as spaces.
        let text = || any::<String>().prop_map(|text| text.replace(['\u{8}', '\u{c}'], ""));
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(text(), inner, 0..5)
                    .prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn valid_json_is_read_as_serde_json_reads_it(written in any_value()) {
            for text in [written.to_string(), serde_json::to_string_pretty(&written).unwrap()] {
                prop_assert_eq!(value(&Json::parse(&text).unwrap()), written.clone());
            }
        }
    }

    #[test]
    fn strings_and_numbers_are_scalars() {
        let json = Json::parse(r#"["a", -1.5, 7, null, true, false, [], {}]"#).unwrap();
        let scalars: Vec<_> = json.items().iter().map(Json::scalar).collect();
        let mut expected = [None; 8];
        expected[..3].copy_from_slice(&[Some("a"), Some("-1.5"), Some("7")]);
        assert_eq!(scalars, expected);
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_replacement_character() {
        for (text, read) in [
            (r"\ud83d\ude42", "🙂"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ud83d\ud83d\ude42", "\u{fffd}🙂"),
            (r"\ud83d\n", "\u{fffd}\n"),
            (r"\ude42\u0041", "\u{fffd}A"),
        ] {
            let text = format!("\"{text}\"");
            assert_eq!(Json::parse(&text).unwrap().scalar(), Some(read), "{text}");
        }
    }

    #[test]
    fn small_mistakes_are_read_as_meant() {
        for (text, meant) in [
            ("[1,]", "[1]"),
            ("[1 2]", "[1,2]"),
            ("{\"a\":1 \"b\":2,}", "{\"a\":1,\"b\":2}"),
            ("\"a\nb\"", "\"a\\nb\""),
            ("\"it\\'s\"", "\"it's\""),
            ("\u{a0}\"a\"", "\"a\""),
        ] {
            let meant: Value = serde_json::from_str(meant).unwrap();
            assert_eq!(value(&Json::parse(text).unwrap()), meant, "{text}");
        }
        assert_eq!(Json::parse("NaN"), Some(Json::Word("NaN")));
    }

    #[test]
    fn unmatched_brackets_and_missing_names_are_not_read() {
        let deep = "[".repeat(99) + &"]".repeat(99);
        for text in [
            "", "{", "[", "{a:1}", "{\"a\"}", "\"", "\"\\u12", "1 2", &deep,
        ] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
    }
}
