//! Build-time tables: build scripts read their crate's TOML files with this crate, check them, and write them as Rust
//! statics. Nothing is parsed at run time, and bad data fails the build with the file, the key and the reason.
//!
//! A build script has one module for each data file. The module declares the file's shape with serde and returns Rust
//! source, which [`write_table`] stores in `OUT_DIR` under the data file's name:
//!
//! ```no_run
//! #[derive(serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Colours {
//!     names: Vec<String>,
//! }
//!
//! fn colours(data: &Colours) -> Result<String, selfsame_tables::Fault> {
//!     selfsame_tables::check_texts("names", &data.names)?;
//!     let names = selfsame_tables::texts(&data.names);
//!     Ok(format!("static COLOURS: &[&str] = {names};"))
//! }
//!
//! // In build.rs; the crate then has `include!(concat!(env!("OUT_DIR"), "/colours.rs"));`.
//! selfsame_tables::write_table("data/colours.toml", colours);
//! ```

mod check;
mod source;

pub use check::{Fault, check_texts};
pub use source::{option, rows, slice, text, texts};

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// Reads `data`, a path inside the package, and writes what `table` makes of it to `OUT_DIR` as `<file stem>.rs`.
///
/// For build scripts. A failure is reported to Cargo, which then fails the build and shows the file and the reason.
pub fn write_table<T: DeserializeOwned>(data: &str, table: fn(&T) -> Result<String, Fault>) {
    println!("cargo::rerun-if-changed={data}");
    if let Err(reason) = try_write(Path::new(data), table) {
        for line in reason.lines().filter(|line| !line.trim().is_empty()) {
            println!("cargo::error={data}: {line}");
        }
    }
}

fn try_write<T: DeserializeOwned>(
    data: &Path,
    table: fn(&T) -> Result<String, Fault>,
) -> Result<(), String> {
    let written = std::fs::read_to_string(data).map_err(|error| error.to_string())?;
    let source = convert(&written, table)?;
    let directory = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let stem = data.file_stem().ok_or("the path has no file name")?;
    let out = PathBuf::from(directory).join(stem).with_extension("rs");
    std::fs::write(&out, source).map_err(|error| format!("cannot write {}: {error}", out.display()))
}

fn convert<T: DeserializeOwned>(
    written: &str,
    table: fn(&T) -> Result<String, Fault>,
) -> Result<String, String> {
    let data = toml::from_str(written).map_err(|error| error.to_string())?;
    table(&data).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Colours {
        names: Vec<String>,
    }

    fn colours(data: &Colours) -> Result<String, Fault> {
        check_texts("names", &data.names)?;
        Ok(texts(&data.names))
    }

    #[test]
    fn good_data_becomes_rust_source() {
        let source = convert("names = [\"red\", \"a \\\"b\\\"\"]", colours);
        assert_eq!(source.as_deref(), Ok(r#"&["red", "a \"b\""]"#));
    }

    #[test]
    fn rows_are_lines_with_tabs_between_their_columns() {
        let table = |column: &str| {
            [("b", column), ("a", "\"")]
                .map(|(key, column)| (key.to_owned(), vec![column.to_owned()]))
        };
        let source = rows(&table("c d").into());
        assert_eq!(source.as_deref(), Ok(r#""a\t\"\nb\tc d\n""#));
        for separator in ["c\td", "c\nd"] {
            assert!(rows(&table(separator).into()).is_err_and(|fault| fault.key == "b"));
        }
    }

    #[test]
    fn bad_data_is_reported_with_its_key() {
        for (data, key) in [
            ("names = 3", "names"),
            ("name = []", "`name`"),
            ("names = []\nother = 1", "`other`"),
            ("names = [\"red\", \"\"]", "names[1]"),
            ("names = [\"red\", \" red\"]", "names[1]"),
            ("names = [\"red\", \"red\"]", "names[1]"),
            ("names = []", "names"),
        ] {
            let reason = convert(data, colours).expect_err(data);
            assert!(reason.contains(key), "{data}: {reason}");
        }
    }
}
