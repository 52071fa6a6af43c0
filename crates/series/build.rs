//! Turns the data files into the static tables of the crate: one module here for each file.

#[path = "build/shoots.rs"]
mod shoots;
#[path = "build/wildcards.rs"]
mod wildcards;

use selfsame_tables::write_table;

fn main() {
    write_table("data/shoots.toml", shoots::shoots);
    write_table("data/wildcards.toml", wildcards::wildcards);
}
