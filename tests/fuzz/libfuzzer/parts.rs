//! The parts of core, with the laws of `cargo xtask fuzz`, for libFuzzer; `SELFSAME_PART` names the one to test.

#![no_main]

use std::env;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[path = "../../../crates/recipe/tests/recipe/random.rs"]
mod random_recipes;
/// Where the laws look for it.
mod corpus {
    pub(crate) use crate::random_recipes;
}
#[path = "../../../crates/xtask/src/fuzz/targets/mod.rs"]
mod targets;

static PART: LazyLock<&targets::Target> = LazyLock::new(|| {
    let name = env::var("SELFSAME_PART").unwrap_or_default();
    let part = targets::ALL.iter().find(|part| part.name == name);
    part.unwrap_or_else(|| panic!("SELFSAME_PART names no part: {name:?}"))
});

fuzz_target!(|input: &[u8]| {
    if let Err(broken) = (PART.check)(input) {
        panic!("{broken}");
    }
});
