//! The files of a prediction.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::prediction::OutputFile;

/// Files that are read at most. A version makes up to four.
const MAX_FILES: usize = 64;

/// The index in a name such as `out-2.webp`. The model numbers its pictures before the safety filter drops any.
static INDEX: LazyLock<Regex> =
    LazyLock::new(|| crate::regex(r"^[^?#]*/out-(\d{1,3})\.[A-Za-z0-9]+(?:[?#]|$)"));

/// The content of `output`.
pub(super) enum Files {
    /// No output, or an empty list.
    None,
    /// At least one.
    Some(Vec<OutputFile>),
    /// No URL in it.
    Unreadable,
}

impl Files {
    pub(super) fn into_list(self) -> Vec<OutputFile> {
        match self {
            Self::Some(list) => list,
            Self::None | Self::Unreadable => Vec::new(),
        }
    }
}

/// Reads a list of URLs or a single URL. Entries that are not text are left out.
pub(super) fn read(output: Option<&Value>) -> Files {
    let urls: Vec<&str> = match output {
        None | Some(Value::Null) => return Files::None,
        Some(Value::Array(list)) if list.is_empty() => return Files::None,
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_str)
            .take(MAX_FILES)
            .collect(),
        Some(Value::String(url)) => vec![url],
        Some(_) => Vec::new(),
    };
    if urls.is_empty() {
        return Files::Unreadable;
    }
    let mut list: Vec<OutputFile> = (0..)
        .zip(indices(&urls))
        .zip(urls)
        .map(|((position, index), url)| OutputFile {
            index: index.unwrap_or(position),
            url: url.to_owned(),
        })
        .collect();
    list.sort_by_key(|output| output.index);
    Files::Some(list)
}

/// Returns the indices in the names if every name has one and no two are equal; otherwise none is trusted.
fn indices(urls: &[&str]) -> Vec<Option<u32>> {
    let named: Vec<Option<u32>> = urls.iter().map(|url| index(url)).collect();
    let mut seen: Vec<u32> = named.iter().copied().flatten().collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() == urls.len() {
        named
    } else {
        vec![None; urls.len()]
    }
}

fn index(url: &str) -> Option<u32> {
    INDEX.captures(url)?.get(1)?.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_index_comes_from_the_name_or_the_position() {
        for (output, expected) in [
            (
                json!(["https://h/t/out-0.webp", "https://h/t/out-1.webp"]),
                vec![0, 1],
            ),
            (
                json!(["https://h/t/out-3.png?sig=1", "https://h/t/out-1.png"]),
                vec![1, 3],
            ),
            (json!("https://h/t/out-2.jpg"), vec![2]),
            (json!("https://h/t/picture.jpg"), vec![0]),
            // A name without an index, or an index used twice: positions count.
            (
                json!(["https://h/a.png", "https://h/out-0.png"]),
                vec![0, 1],
            ),
            (
                json!(["https://h/a/out-0.png", "https://h/b/out-0.png"]),
                vec![0, 1],
            ),
            (json!(["https://h/x?/out-7.png"]), vec![0]),
            (json!(["https://h/out-4294967296.png"]), vec![0]),
            (json!([null, "https://h/out-1.png", 5]), vec![1]),
            (json!(null), vec![]),
            (json!([]), vec![]),
            (json!([1]), vec![]),
            (json!({}), vec![]),
        ] {
            let found: Vec<u32> = read(Some(&output))
                .into_list()
                .iter()
                .map(|o| o.index)
                .collect();
            assert_eq!(found, expected, "{output}");
        }
    }
}
