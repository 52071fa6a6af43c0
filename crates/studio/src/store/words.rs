//! The full-text indexes: searching them, and removing words from them for good.

use crate::database::{Database, DatabaseError};

/// The fewest characters with which a word is searched for by its beginning. Shorter beginnings match most words.
const SHORTEST_BEGINNING: usize = 3;

/// The words as a query of a full-text index: each quoted, so that none is an operator or a column.
pub(crate) fn match_expression(words: &str) -> String {
    let quoted = |word: &str| {
        let text: String = word.chars().filter(|c| !c.is_control()).collect();
        let beginning = text.chars().filter(|c| c.is_alphanumeric()).count();
        let star = if beginning >= SHORTEST_BEGINNING {
            "*"
        } else {
            ""
        };
        format!("\"{}\"{star}", text.replace('"', "\"\""))
    };
    let words: Vec<String> = words.split_whitespace().map(quoted).collect();
    words.join(" ")
}

/// Removes the words of deleted rows from the indexes, which only mark them until then. An index could remove each at once,
/// with its option `secure-delete`, but that rewrites the list of every word that the row had: 17 ms a picture among 10,000,
/// where this takes a third of a second for any number.
pub(crate) fn forget_deleted(db: &mut dyn Database) -> Result<(), DatabaseError> {
    for index in ["gallery_words", "turn_words", "title_words"] {
        db.query(
            &format!("INSERT INTO {index} ({index}) VALUES ('optimize')"),
            &[],
        )?;
    }
    Ok(())
}
