//! The ledger's invariant after every step of random histories with crashes: what was granted is what is left, what is
//! reserved and what is used.

use proptest::prelude::*;

use crate::interleavings::{provider, step};
use crate::world::World;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn granted_is_left_and_reserved_and_used_after_every_step(
        provider in provider(),
        allowance in 1..40_u32,
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut world = World::new(provider, allowance);
        world.generate(1, false);
        for step in steps {
            world.take(&step);
            check(&mut world, allowance);
        }
        world.come_to_rest();
        check(&mut world, allowance);
    }
}

fn check(world: &mut World, allowance: u32) {
    let seen = world.kit.allowance();
    let number = |sql: &str| world.kit.database.integers(sql)[0];
    let sum = |kinds: &str| {
        number(&format!(
            "SELECT ifnull(sum(pictures), 0) FROM ledger WHERE kind IN ({kinds})"
        ))
    };
    let granted = i64::from(allowance) + sum("'cover'");
    let used = sum("'settle', 'charge'");
    let reserved = sum("'reserve'") - sum("'settle', 'release'");
    assert!(used >= 0 && reserved >= 0 && granted - used - reserved >= 0);

    // The balance that the person sees is the sum of the entries.
    assert_eq!(seen.granted.map(i64::from), Some(granted));
    assert_eq!(i64::from(seen.used), used);
    assert_eq!(i64::from(seen.reserved), reserved);

    // Every generation that has not ended holds what it may need, unless it was given up before, and none has used
    // more than it asked for.
    let held = number(
        "SELECT ifnull(sum(pictures), 0) FROM generations WHERE finished_at IS NULL
            AND id NOT IN (SELECT generation FROM ledger WHERE kind = 'release')",
    );
    assert_eq!(reserved, held);
    let beyond = number(
        "SELECT count(*) FROM generations WHERE pictures <
            (SELECT ifnull(sum(pictures), 0) FROM ledger
             WHERE generation = generations.id AND kind IN ('settle', 'charge'))",
    );
    assert_eq!(beyond, 0);
}
