//! When weights change, as few visitors move as can: exactly as many as the shares differ by.

use footlight_core::experiment::{Allocation, Range, allocate, in_range, moved_share};
use proptest::prelude::*;

const BUCKETS: u32 = 10_000;

/// Up to six weights that add up to 1, some of them nothing, and a coverage.
fn plan() -> impl Strategy<Value = (Vec<f64>, f64)> {
    let weights = proptest::collection::vec(prop_oneof![1 => Just(0_u32), 5 => 1..1_000_u32], 1..6);
    let coverage =
        prop_oneof![2 => Just(1.0), 3 => (0..=1_000_u32).prop_map(|share| f64::from(share) / 1_000.0)];
    (weights.prop_filter("something", |weights| weights.iter().any(|&weight| weight > 0)), coverage).prop_map(
        |(weights, coverage)| {
            let sum: u32 = weights.iter().sum();
            (weights.into_iter().map(|weight| f64::from(weight) / f64::from(sum)).collect(), coverage)
        },
    )
}

fn variant(bucket: u32, allocations: &[Allocation]) -> Option<u8> {
    let place = f64::from(bucket) / f64::from(BUCKETS);
    let mut parts = allocations.iter().filter(|part| in_range(place, part.range));
    let found = parts.next().map(|part| part.variant);
    assert!(parts.next().is_none(), "bucket {bucket} is in two parts");
    found
}

/// How many buckets each variant has, and last how many are outside.
fn sizes(allocations: &[Allocation]) -> Vec<u32> {
    let mut sizes = vec![0; 257];
    for bucket in 0..BUCKETS {
        sizes[variant(bucket, allocations).map_or(256, usize::from)] += 1;
    }
    sizes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_weights_move_exactly_as_many_as_the_shares_differ_by(plans in proptest::collection::vec(plan(), 2..5)) {
        let mut before: Vec<Allocation> = Vec::new();
        for (number, (weights, coverage)) in plans.iter().enumerate() {
            let after = allocate(weights, *coverage, &before).unwrap();
            let (old, new) = (sizes(&before), sizes(&after));
            // Nobody can be in a variant that has become smaller by more than its loss.
            let least: u32 = old.iter().zip(&new).map(|(old, new)| old.saturating_sub(*new)).sum();
            let moved = (0..BUCKETS).filter(|&bucket| variant(bucket, &before) != variant(bucket, &after)).count();
            if number > 0 {
                prop_assert_eq!(moved, least as usize, "{:?}", plans);
            }
            prop_assert!((moved_share(&before, &after) - moved as f64 / f64::from(BUCKETS)).abs() < 1e-9);
            // The shares are those asked for, to the bucket.
            for (variant, weight) in weights.iter().enumerate() {
                let wanted = weight * coverage * f64::from(BUCKETS);
                prop_assert!((f64::from(new[variant]) - wanted).abs() <= 1.0 + 1e-6, "{variant}: {} of {wanted}", new[variant]);
            }
            before = after;
        }
    }

    #[test]
    fn more_coverage_moves_nobody_from_one_variant_to_another((weights, some) in plan(), more in 0.0..=1.0_f64) {
        let before = allocate(&weights, some * more, &[]).unwrap();
        let after = allocate(&weights, some, &[]).unwrap();
        for bucket in 0..BUCKETS {
            let (old, new) = (variant(bucket, &before), variant(bucket, &after));
            prop_assert!(old.is_none() || old == new, "bucket {bucket} moves from {old:?} to {new:?}");
        }
    }
}

#[test]
fn every_bucket_has_a_place() {
    let whole = allocate(&[0.1; 10], 1.0, &[]).unwrap();
    assert_eq!(sizes(&whole)[256], 0);
    assert_eq!(whole.first().map(|part| part.range), Some(Range(0.0, 0.1)));
}
