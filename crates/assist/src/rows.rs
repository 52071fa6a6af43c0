//! Tables that the build scripts write as one text.

use std::cmp::Ordering;
use std::str::Split;

/// A line for each row, sorted by its first column, the key, which is in lower case. Tabs separate the columns.
///
/// Large tables have this form because it takes half the space of slices of strings in the browser module.
pub(crate) struct Rows(pub(crate) &'static str);

impl Rows {
    /// The columns of the row with this key, in any case of ASCII letters; the first column is the key as in the table.
    pub(crate) fn find(&self, key: &str) -> Option<Split<'static, char>> {
        let mut rows = self.0;
        loop {
            // Rows are short, and a loop over their bytes is faster here than the searches of `str`.
            let is_end = |byte: &u8| *byte == b'\n';
            let half = rows.as_bytes().get(..rows.len() / 2)?;
            let start = half.iter().rposition(is_end).map_or(0, |end| end + 1);
            let (before, rest) = rows.split_at_checked(start)?;
            let end = rest.as_bytes().iter().position(is_end)?;
            let (row, after) = (rest.get(..end)?, rest.get(end + 1..)?);
            let columns = row.split('\t');
            match ignoring_case(columns.clone().next()?, key) {
                Ordering::Equal => return Some(columns),
                Ordering::Less => rows = after,
                Ordering::Greater => rows = before,
            }
        }
    }

    /// The keys, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        let first = |row: &'static str| row.split('\t').next();
        self.0.lines().filter_map(first)
    }
}

/// The order of a text in lower case and another in any case of ASCII letters.
fn ignoring_case(lower: &str, other: &str) -> Ordering {
    let other = other.bytes().map(|byte| byte.to_ascii_lowercase());
    lower.bytes().cmp(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_key_in_any_case() {
        let rows = Rows("a\na b\t1\nb\tone\ttwo\nzoë\t2\n");
        let found = |key| rows.find(key).map(Iterator::collect::<Vec<_>>);
        for (key, columns) in [
            ("A", &["a"][..]),
            ("a B", &["a b", "1"]),
            ("b", &["b", "one", "two"]),
            ("ZOë", &["zoë", "2"]),
        ] {
            assert_eq!(found(key).as_deref(), Some(columns), "{key}");
        }
        for key in ["", "a ", "a c", "one", "zz", "é"] {
            assert_eq!(found(key), None, "{key}");
        }
        assert!(Rows("").find("a").is_none());
    }
}
