//! From weights to ranges of buckets; when weights change, as few visitors as possible move.

use alloc::vec;
use alloc::vec::Vec;

use super::{Allocation, Range};

/// Buckets are counted in ten-thousandths, as the hash makes them.
const BUCKETS: u32 = 10_000;

/// What is wrong with an experiment's weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllocationError {
    /// There are more variants than a decision can name, or none.
    VariantCount,
    /// A weight is negative or no number.
    BadWeight {
        /// Which, from 0.
        variant: usize,
    },
    /// The weights do not add up to 1.
    Sum,
    /// Coverage is not within 0 and 1.
    BadCoverage,
}

/// Ranges for `weights`, of which `coverage` takes part in the experiment.
///
/// With the allocations of the bundle before, each variant keeps as many of its buckets as its new share allows, and
/// only what must move moves: the share that moves is half the sum of all changes, which is the least possible.
///
/// # Errors
/// See [`AllocationError`].
pub fn allocate(
    weights: &[f64],
    coverage: f64,
    before: &[Allocation],
) -> Result<Vec<Allocation>, AllocationError> {
    let shares = shares(weights, coverage)?;
    let mut buckets: Vec<Option<u8>> = vec![None; BUCKETS as usize];
    let mut room = shares.clone();
    // Who is in a variant stays there while it has room.
    for (bucket, slot) in buckets.iter_mut().enumerate() {
        let Some(variant) = variant_of(bucket, before) else { continue };
        if let Some(room) = room.get_mut(usize::from(variant))
            && *room > 0
        {
            *room -= 1;
            *slot = Some(variant);
        }
    }
    if before.is_empty() {
        // From scratch, each variant begins where the full weights before it end, as GrowthBook does, so that later
        // coverage moves nobody.
        let mut start = 0.0;
        for (variant, (&weight, room)) in weights.iter().zip(&mut room).enumerate() {
            let first = to_buckets(start) as usize;
            for slot in buckets.iter_mut().skip(first).take(*room as usize) {
                *slot = u8::try_from(variant).ok();
            }
            *room = 0;
            start += weight;
        }
    }
    // What is left goes to buckets that a variant gave up, and only then to those that were outside: who must move anyway
    // moves to where somebody is wanted.
    let mut free: Vec<usize> =
        (0..buckets.len()).filter(|&bucket| matches!(buckets.get(bucket), Some(None))).collect();
    free.sort_by_key(|&bucket| variant_of(bucket, before).is_none());
    let mut free = free.into_iter();
    for (variant, room) in room.into_iter().enumerate() {
        for bucket in free.by_ref().take(room as usize) {
            if let Some(slot) = buckets.get_mut(bucket) {
                *slot = u8::try_from(variant).ok();
            }
        }
    }
    Ok(runs(&buckets))
}

/// The share of all visitors who see another variant, or are in or out, under `after` than under `before`.
#[must_use]
pub fn moved_share(before: &[Allocation], after: &[Allocation]) -> f64 {
    let moved = (0..BUCKETS as usize)
        .filter(|&bucket| variant_of(bucket, before) != variant_of(bucket, after))
        .count();
    moved as f64 / f64::from(BUCKETS)
}

fn shares(weights: &[f64], coverage: f64) -> Result<Vec<u32>, AllocationError> {
    if weights.is_empty() || weights.len() > usize::from(u8::MAX) {
        return Err(AllocationError::VariantCount);
    }
    if let Some(variant) = weights.iter().position(|weight| !(0.0..=1.0).contains(weight)) {
        return Err(AllocationError::BadWeight { variant });
    }
    if !(0.0..=1.0).contains(&coverage) {
        return Err(AllocationError::BadCoverage);
    }
    let sum: f64 = weights.iter().sum();
    if !(0.999..=1.001).contains(&sum) {
        return Err(AllocationError::Sum);
    }
    // Differences of cumulated ends, so that rounding never adds up.
    let mut start = 0.0;
    Ok(weights
        .iter()
        .map(|&weight| {
            let (from, to) = (to_buckets(start * coverage), to_buckets((start + weight) * coverage));
            start += weight;
            to.min(BUCKETS).saturating_sub(from)
        })
        .collect())
}

fn to_buckets(share: f64) -> u32 {
    (share * f64::from(BUCKETS) + 0.5) as u32
}

fn variant_of(bucket: usize, allocations: &[Allocation]) -> Option<u8> {
    let bucket = bucket as f64 / f64::from(BUCKETS);
    allocations.iter().find(|part| super::in_range(bucket, part.range)).map(|part| part.variant)
}

fn runs(buckets: &[Option<u8>]) -> Vec<Allocation> {
    let mut runs = Vec::new();
    let mut start = 0;
    for run in buckets.chunk_by(|a, b| a == b) {
        let end = start + run.len();
        if let Some(Some(variant)) = run.first().copied() {
            let range = Range(start as f64 / f64::from(BUCKETS), end as f64 / f64::from(BUCKETS));
            runs.push(Allocation { range, variant });
        }
        start = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_scratch_the_ranges_are_growthbooks() {
        let half = allocate(&[0.5, 0.5], 0.5, &[]).unwrap();
        assert_eq!(
            half,
            [
                Allocation { range: Range(0.0, 0.25), variant: 0 },
                Allocation { range: Range(0.5, 0.75), variant: 1 }
            ]
        );
    }

    #[test]
    fn changed_weights_move_the_least() {
        let before = allocate(&[0.3, 0.3, 0.4], 1.0, &[]).unwrap();
        let after = allocate(&[0.5, 0.25, 0.25], 1.0, &before).unwrap();
        assert!((moved_share(&before, &after) - 0.2).abs() < 1e-9);
        let back = allocate(&[0.3, 0.3, 0.4], 1.0, &after).unwrap();
        assert!((moved_share(&after, &back) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn who_must_move_moves_to_where_somebody_is_wanted() {
        let before = allocate(&[0.5, 0.5], 0.2, &[]).unwrap();
        let after = allocate(&[1.0, 0.0], 0.2, &before).unwrap();
        assert!((moved_share(&before, &after) - 0.1).abs() < 1e-9);
    }

    #[test]
    fn more_coverage_only_adds() {
        let before = allocate(&[0.5, 0.5], 0.2, &[]).unwrap();
        let after = allocate(&[0.5, 0.5], 0.6, &before).unwrap();
        assert!((moved_share(&before, &after) - 0.4).abs() < 1e-9);
    }

    #[test]
    fn bad_weights_are_named() {
        assert_eq!(allocate(&[], 1.0, &[]), Err(AllocationError::VariantCount));
        assert_eq!(allocate(&[0.5, f64::NAN], 1.0, &[]), Err(AllocationError::BadWeight { variant: 1 }));
        assert_eq!(allocate(&[0.5, 0.4], 1.0, &[]), Err(AllocationError::Sum));
        assert_eq!(allocate(&[0.5, 0.5], 1.5, &[]), Err(AllocationError::BadCoverage));
    }
}
