//! JSON as a value, without a library: strictly for what this product wrote, tolerantly for what people paste.

/// How deep a value can nest; workflows nest about six deep.
const DEPTH: u32 = 32;

/// A value.
pub(crate) enum Json<'a> {
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written.
    Word(&'a str),
    /// The names are empty.
    List(Vec<Entry<'a>>),
    Object(Vec<Entry<'a>>),
}

/// A name and its value.
pub(crate) type Entry<'a> = (String, Json<'a>);

/// The value that `text` is; `None` when it is no JSON.
pub(crate) fn parse(text: &str) -> Option<Json<'_>> {
    whole(text, true)
}

/// The value that `text` is, whatever commas are missing in it and whatever marks should have been escaped.
pub(crate) fn parse_tolerantly(text: &str) -> Option<Json<'_>> {
    whole(text, false)
}

fn whole(text: &str, strict: bool) -> Option<Json<'_>> {
    let mut reader = Reader { rest: text, strict };
    let value = reader.value(DEPTH)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(value)
}

impl<'a> Json<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let (_, value) = self.entries().iter().find(|(name, _)| name == key)?;
        Some(value)
    }

    /// The text of the entry `key`, as [`text`](Self::text) has it.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The list of the entry `key`; empty when there is none.
    pub(crate) fn list_of(&self, key: &str) -> &[Entry<'a>] {
        self.get(key).map_or(&[], Self::items)
    }

    /// Of an object.
    pub(crate) fn entries(&self) -> &[Entry<'a>] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// Of a list; their names are empty.
    pub(crate) fn items(&self) -> &[Entry<'a>] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A string, or a number as it is written.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Word(word) if word.starts_with(|c| matches!(c, '0'..='9' | '-')) => Some(word),
            _ => None,
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    strict: bool,
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches(if self.strict {
            |c| matches!(c, ' ' | '\t' | '\n' | '\r')
        } else {
            char::is_whitespace
        });
    }

    /// Skips white space and, when it is next, `mark`.
    fn eat(&mut self, mark: char) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        let depth = depth.checked_sub(1)?;
        if self.eat('"') {
            self.string().map(Json::Text)
        } else if self.eat('[') {
            self.entries(depth, false).map(Json::List)
        } else if self.eat('{') {
            self.entries(depth, true).map(Json::Object)
        } else {
            self.word().map(Json::Word)
        }
    }

    /// Behind the opening bracket.
    fn entries(&mut self, depth: u32, named: bool) -> Option<Vec<Entry<'a>>> {
        let mut entries = Vec::new();
        let mut more = false;
        while !self.eat(if named { '}' } else { ']' }) {
            let mut name = String::new();
            if self.strict && !more && !entries.is_empty() {
                return None;
            }
            if named {
                if !self.eat('"') {
                    return None;
                }
                name = self.string()?;
                if !self.eat(':') {
                    return None;
                }
            }
            entries.push((name, self.value(depth)?));
            more = self.eat(',');
        }
        (!more || !self.strict).then_some(entries)
    }

    fn word(&mut self) -> Option<&'a str> {
        let end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
        let length = self.rest.find(end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        let in_numbers = |c: char| matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E');
        // A word that is cut off is left to whoever knows what should stand there.
        let known = word.starts_with(['t', 'f', 'n'])
            || word.trim_start_matches(in_numbers).is_empty()
            || !self.strict;
        (known && length > 0).then_some(word)
    }

    /// Behind the opening quotation mark.
    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            let mut rest = self.rest.chars();
            let mark = rest.next()?;
            self.rest = rest.as_str();
            match mark {
                '"' => return Some(out),
                '\\' => out.push(self.escaped()?),
                '\0'..='\u{1f}' if self.strict => return None,
                _ => out.push(mark),
            }
        }
    }

    /// Behind a `\`.
    fn escaped(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let mark = rest.next()?;
        self.rest = rest.as_str();
        Some(match mark {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            // Nobody means these in a prompt.
            'b' | 'f' if !self.strict => ' ',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.unicode(),
            '"' | '\\' | '/' => mark,
            _ if self.strict => return None,
            _ => mark,
        })
    }

    /// Behind `\u`: four digits, and four more where they are the second half of a pair.
    fn unicode(&mut self) -> Option<char> {
        let mut code = self.hex()?;
        if code & 0xfc00 == 0xd800
            && let Some(rest) = self.rest.strip_prefix("\\u")
        {
            let mut ahead = Reader { rest, ..*self };
            if let Some(low @ 0xdc00..=0xdfff) = ahead.hex() {
                self.rest = ahead.rest;
                code = 0x1_0000 + ((code & 0x3ff) << 10 | low & 0x3ff);
            }
        }
        char::from_u32(code).or((!self.strict).then_some(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let mut unit = 0;
        for digit in digits.chars() {
            unit = unit << 4 | digit.to_digit(16)?;
        }
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// As a JSON library has it; numbers and words as they are written.
    fn value(json: &Json<'_>) -> Value {
        match json {
            Json::Text(text) => Value::from(text.as_str()),
            Json::Word(word) => serde_json::from_str(word).expect("a number, true, false or null"),
            Json::List(items) => items.iter().map(|(_, item)| value(item)).collect(),
            Json::Object(entries) => entries
                .iter()
                .map(|(name, entry)| (name.clone(), value(entry)))
                .collect(),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_a_library_writes(written in any_value()) {
            for text in [written.to_string(), serde_json::to_string_pretty(&written).unwrap()] {
                prop_assert_eq!(value(&parse(&text).unwrap()), written.clone());
            }
        }

        #[test]
        fn any_text_is_read_or_not(text in "[\\[\\]{}\",:\\\\u0-9a-fD\n é]{0,40}") {
            if parse(&text).is_some() {
                prop_assert!(parse_tolerantly(&text).is_some());
            }
        }
    }

    #[test]
    fn a_number_counts_as_text_and_no_other_word_does() {
        let json = parse(r#"["a", -1.5, 7, null, true, false, [], {}]"#).unwrap();
        let texts: Vec<_> = json.items().iter().map(|(_, item)| item.text()).collect();
        let mut expected = [None; 8];
        expected[..3].copy_from_slice(&[Some("a"), Some("-1.5"), Some("7")]);
        assert_eq!(texts, expected);
    }

    #[test]
    fn only_a_second_half_goes_with_a_first() {
        for (text, mended) in [
            (r"\ud83d\ude42", Some("🙂")),
            (r"\ud83d\u0041", None),
            (r"\ud83d\ud83d\ude42", None),
            (r"\ud83d\n", None),
            (r"\ude42\u0041", None),
        ] {
            let text = &std::format!("\"{text}\"");
            let read = |json: Option<Json<'_>>| json?.text().map(ToString::to_string);
            assert_eq!(read(parse(text)).as_deref(), mended, "{text}");
        }
        for (text, mended) in [
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\ud83d\ud83d\ude42", "\u{fffd}🙂"),
            (r"\ud83d\n", "\u{fffd}\n"),
            (r"\ude42\u0041", "\u{fffd}A"),
        ] {
            let text = &std::format!("\"{text}\"");
            let json = parse_tolerantly(text).unwrap();
            assert_eq!(json.text(), Some(mended), "{text}");
        }
    }

    #[test]
    fn only_the_tolerant_reader_mends() {
        for (text, mended) in [
            ("[1,]", "[1]"),
            ("[1 2]", "[1,2]"),
            ("{\"a\":1 \"b\":2,}", "{\"a\":1,\"b\":2}"),
            ("\"a\nb\"", "\"a\\nb\""),
            ("\"it\\'s\"", "\"it's\""),
            ("\"\\ud83d\"", "\"\u{fffd}\""),
            ("\u{a0}\"a\"", "\"a\""),
        ] {
            assert!(parse(text).is_none(), "{text}");
            let mended: Value = serde_json::from_str(mended).unwrap();
            assert_eq!(value(&parse_tolerantly(text).unwrap()), mended, "{text}");
        }
        for text in [
            "",
            "{",
            "[",
            "{a:1}",
            "{\"a\"}",
            "\"",
            "\"\\u12",
            "1 2",
            &"[".repeat(99),
        ] {
            assert!(parse(text).is_none(), "{text}");
            assert!(parse_tolerantly(text).is_none(), "{text}");
        }
        assert!(matches!(parse_tolerantly("NaN"), Some(Json::Word("NaN"))));
        assert!(parse("NaN").is_none());
        assert!(parse("\"\\ud83d\\ud83d\"").is_none());
    }
}
