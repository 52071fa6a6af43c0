//! `data/wildcards.toml`: the built-in lists for `__name__`.

use selfsame_tables::{Fault, check_texts, slice, text, texts};
use serde::Deserialize;

/// The most options that a template's list can have: `variants::MAX_OPTIONS`.
const MAX_OPTIONS: usize = 64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wildcards {
    wildcard: Vec<Wildcard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wildcard {
    name: String,
    title: String,
    options: Vec<String>,
}

/// `WILDCARDS: &[Wildcard]`, which must be in the order of their names.
pub(crate) fn wildcards(data: &Wildcards) -> Result<String, Fault> {
    let lists = &data.wildcard;
    if !lists.is_sorted_by(|a, b| a.name < b.name) {
        return Err(Fault::new(
            "wildcard",
            "the lists are not in the order of their names",
        ));
    }
    let mut rows = Vec::new();
    for (
        index,
        Wildcard {
            name,
            title,
            options,
        },
    ) in lists.iter().enumerate()
    {
        let key = format!("wildcard[{index}].options");
        check_texts(&key, options)?;
        if options.len() > MAX_OPTIONS {
            return Err(Fault::new(key, format!("more than {MAX_OPTIONS} options")));
        }
        let (name, title, options) = (text(name), text(title), texts(options));
        rows.push(format!(
            "Wildcard {{ name: {name}, title: {title}, options: {options} }}"
        ));
    }
    Ok(format!("static WILDCARDS: &[Wildcard] = {};", slice(rows)))
}
