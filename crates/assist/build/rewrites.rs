//! `data/rewrites.toml`: what to write instead of a negative.

use selfsame_tables::{Fault, check_texts, slice, text, texts};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rewrites {
    rewrite: Vec<Rewrite>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rewrite {
    unwanted: Vec<String>,
    instead: String,
}

/// `REWRITES: &[Rewrite]`, in the order of the file.
pub(crate) fn rewrites(data: &Rewrites) -> Result<String, Fault> {
    let mut rows = Vec::new();
    for (index, Rewrite { unwanted, instead }) in data.rewrite.iter().enumerate() {
        let key = format!("rewrite[{index}].unwanted");
        check_texts(&key, unwanted)?;
        if let Some(words) = unwanted
            .iter()
            .find(|words| **words != words.to_lowercase())
        {
            return Err(Fault::new(key, format!("not in lower case: {words:?}")));
        }
        let (unwanted, instead) = (texts(unwanted), text(instead));
        rows.push(format!(
            "Rewrite {{ unwanted: {unwanted}, instead: {instead} }}"
        ));
    }
    Ok(format!("static REWRITES: &[Rewrite] = {};", slice(rows)))
}
