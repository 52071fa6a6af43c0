//! Names that people give to what they make.

use selfsame_primitives::string_newtype;

/// The most characters that a title has.
pub(crate) const LONGEST_TITLE: usize = 80;

string_newtype!(
    /// A name that a person gives to something of theirs: 1-80 characters on one line, without spaces at the ends.
    Title,
    "a name: 1 to 80 characters on one line, with no space at its ends",
    |text| {
        !text.is_empty()
            && text.trim() == text
            && text.chars().count() <= LONGEST_TITLE
            && !text.chars().any(char::is_control)
    }
);

impl Title {
    /// Whether people would take the two for the same name.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        self.as_str().to_lowercase() == other.as_str().to_lowercase()
    }

    /// The name with a number, shortened to fit: `Evening 2`.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let end = format!(" {number}");
        let room = LONGEST_TITLE.saturating_sub(end.len());
        let start: String = self.as_str().chars().take(room).collect();
        Self(format!("{}{end}", start.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_of_1_to_80_characters() {
        let longest = "ä".repeat(80);
        for text in ["a", "Evening in Lisbon", longest.as_str()] {
            assert!(text.parse::<Title>().is_ok(), "{text}");
        }
        let too_long = "ä".repeat(81);
        for text in ["", " ", "a ", " a", "a\nb", "a\u{0}", too_long.as_str()] {
            assert!(text.parse::<Title>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_numbered_title_is_a_title() {
        let title = |text: &str| text.parse::<Title>().unwrap();
        assert_eq!(title("Evening").numbered(2), title("Evening 2"));
        let long = title(&"ä".repeat(80)).numbered(12);
        assert_eq!(title(long.as_str()), long);
        assert!(title("ÄB").reads_like(&title("äb")));
    }
}
