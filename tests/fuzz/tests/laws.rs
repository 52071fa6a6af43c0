//! The laws of every target hold for the inputs that broke one before, and for random ones.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestError, TestRunner};
use selfsame_fuzz::{ALL, Target};

/// Random inputs a target. `cargo xtask fuzz` runs as many as somebody has time for.
const CASES: u32 = 256;

#[test]
fn inputs_that_failed_before_hold() {
    for target in ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("kept")
            .join(target.name);
        // A target without a folder has never failed.
        for file in fs::read_dir(folder).into_iter().flatten() {
            let path = file.unwrap().path();
            let outcome = (target.check)(&fs::read(&path).unwrap());
            assert_eq!(outcome, Ok(()), "{}", path.display());
        }
    }
}

#[test]
fn random_inputs_hold() {
    for target in ALL {
        let config = Config {
            cases: CASES,
            failure_persistence: None,
            ..Config::default()
        };
        let check = |input: Vec<u8>| (target.check)(&input).map_err(TestCaseError::fail);
        match TestRunner::new(config).run(&input(&target), check) {
            Ok(()) => {}
            Err(TestError::Fail(broken, input)) => {
                panic!(
                    "{}: {broken}\non {:?}",
                    target.name,
                    String::from_utf8_lossy(&input)
                );
            }
            Err(TestError::Abort(reason)) => panic!("{}: {reason}", target.name),
        }
    }
}

/// Fragments one after the other, or a known input with some of its pieces replaced.
fn input(target: &Target) -> impl Strategy<Value = Vec<u8>> + use<> {
    let any_character = any::<char>().prop_map(|any| any.to_string().into_bytes());
    let fragment = prop_oneof![9 => select((target.fragments)()), 1 => any_character].boxed();
    let piece = prop_oneof![fragment.clone(), vec(any::<u8>(), 0..9)];
    let strung = vec(fragment, 0..24).prop_map(|fragments| fragments.concat());
    let edits = vec((any::<Index>(), 0_usize..9, piece), 1..6);
    let edited = (select((target.known)()), edits).prop_map(|(known, edits)| {
        edits
            .into_iter()
            .fold(known, |mut input, (start, length, piece)| {
                let start = start.index(input.len() + 1);
                let end = (start + length).min(input.len());
                input.splice(start..end, piece);
                input
            })
    });
    prop_oneof![2 => strung, 3 => edited]
}
