//! Putting things in order.
//!
//! The standard library's sorts bring 4 KB into the browser's module for each type that they sort. Here one sort of
//! places serves every type.

/// The places of `items` in the order of their keys; of equal keys, the earlier place comes first.
pub(crate) fn by<T, K: PartialOrd>(items: &[T], key: impl Fn(&T) -> K) -> Vec<usize> {
    let key = |place: usize| items.get(place).map(&key);
    order(items.len(), &|a, b| key(a) < key(b))
}

/// The places 0 to `count - 1`, those that are `before` others first: by merging runs that are in order.
fn order(count: usize, before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut run = 1;
    while run < count {
        let mut merged = Vec::with_capacity(count);
        for runs in places.chunks(2 * run) {
            let (mut left, mut right) = runs.split_at_checked(run).unwrap_or((runs, &[]));
            while let (Some((a, after_a)), Some((b, after_b))) =
                (left.split_first(), right.split_first())
            {
                if before(*b, *a) {
                    merged.push(*b);
                    right = after_b;
                } else {
                    merged.push(*a);
                    left = after_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        run *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_the_standard_librarys_stable_order(keys in prop::collection::vec(0..20_u8, 0..70)) {
            let mut expected: Vec<usize> = (0..keys.len()).collect();
            expected.sort_by_key(|place| keys.get(*place));
            prop_assert_eq!(by(&keys, |key| *key), expected);
        }
    }

    #[test]
    fn texts_have_an_order_too() {
        assert_eq!(by(&["red", "blue", "", "red"], |text| *text), [2, 1, 0, 3]);
        assert_eq!(by(&[0_u8; 0], |key| *key), [0_usize; 0]);
    }

    #[test]
    fn long_lists_take_time_in_proportion() {
        use std::cell::Cell;
        for keys in [
            (0..4_096).collect::<Vec<u32>>(),
            (0..4_096).rev().collect(),
            (0..4_096).map(|key| key * 7_919 % 4_096).collect(),
        ] {
            let looks = Cell::new(0);
            let places = by(&keys, |key| {
                looks.set(looks.get() + 1);
                *key
            });
            assert!(places.iter().map(|place| keys[*place]).eq(0..4_096));
            assert!(looks.get() <= 2 * 4_096 * 12, "{}", looks.get());
        }
    }
}
