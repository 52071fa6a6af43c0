//! Turns the data files into the static tables of the crate: one module here for each file.

#[path = "build/content.rs"]
mod content;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "build/lint.rs"]
mod lint;
#[path = "build/rewrites.rs"]
mod rewrites;

use selfsame_tables::write_table;

fn main() {
    write_table("data/content.toml", content::content);
    write_table("data/lexicon/en.toml", lexicon::english);
    write_table("data/lint/words.toml", lint::words);
    write_table("data/lint/objects.toml", lint::objects);
    write_table("data/rewrites.toml", rewrites::rewrites);
}
