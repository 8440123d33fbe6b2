//! Bucketing as GrowthBook's SDKs do it (<https://docs.growthbook.io/lib/build-your-own>): FNV-1a of the seed and the
//! visitor's id, as a number in `0.0..1.0`.

use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Range;
use crate::hash::Fnv1a;
use crate::wire;

/// Which of the published hash functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HashVersion {
    /// A thousand buckets; biased when several experiments share a seed. Only to keep old assignments.
    V1,
    /// Ten thousand buckets.
    V2,
}

/// The bucket of a visitor.
#[must_use]
pub fn bucket(seed: &str, visitor: &str, version: HashVersion) -> f64 {
    match version {
        HashVersion::V1 => {
            let hash = Fnv1a::new().update(visitor.as_bytes()).update(seed.as_bytes()).finish();
            f64::from(hash % 1_000) / 1_000.0
        }
        HashVersion::V2 => {
            let inner = Fnv1a::new().update(seed.as_bytes()).update(visitor.as_bytes()).finish();
            let hash =
                Decimal::of(inner).digits().iter().fold(Fnv1a::new(), |hash, &digit| hash.update(&[digit]));
            f64::from(hash.finish() % 10_000) / 10_000.0
        }
    }
}

/// A number's decimal digits, without allocation.
struct Decimal {
    digits: [u8; 10],
    start: usize,
}

impl Decimal {
    fn of(mut number: u32) -> Self {
        let mut decimal = Self { digits: [b'0'; 10], start: 10 };
        for digit in decimal.digits.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            decimal.start -= 1;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        decimal
    }

    fn digits(&self) -> &[u8] {
        self.digits.get(self.start..).unwrap_or(&[])
    }
}

/// Whether a bucket is in a range.
#[must_use]
pub fn in_range(bucket: f64, range: Range) -> bool {
    bucket >= range.0 && bucket < range.1
}

/// Whether a visitor is in an experiment's part of a namespace.
#[must_use]
pub fn in_namespace(visitor: &str, namespace: &str, range: Range) -> bool {
    let hash = Fnv1a::new().update(visitor.as_bytes()).update(b"__").update(namespace.as_bytes()).finish();
    in_range(f64::from(hash % 1_000) / 1_000.0, range)
}

/// Equal shares for `variants`.
#[must_use]
pub fn equal_weights(variants: usize) -> Vec<f64> {
    vec![1.0 / variants.max(1) as f64; variants]
}

/// The ranges of each variant: they begin where the weights before them end and are as long as coverage lets them be,
/// so that more coverage moves nobody to another variant.
#[must_use]
pub fn bucket_ranges(variants: usize, coverage: f64, weights: Option<&[f64]>) -> Vec<Range> {
    let coverage = coverage.clamp(0.0, 1.0);
    let sum: f64 = weights.unwrap_or_default().iter().sum();
    let weights = match weights {
        Some(weights) if weights.len() == variants && (0.99..=1.01).contains(&sum) => weights.to_vec(),
        _ => equal_weights(variants),
    };
    let mut start = 0.0;
    weights
        .into_iter()
        .map(|weight| {
            let range = Range(start, start + coverage * weight);
            start += weight;
            range
        })
        .collect()
}

/// The variant whose range holds a bucket.
#[must_use]
pub fn choose(bucket: f64, ranges: &[Range]) -> Option<usize> {
    ranges.iter().position(|&range| in_range(bucket, range))
}

wire::enums! {
    HashVersion: 2 {
        0 => V1 {},
        1 => V2 {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_buckets_hold() {
        assert_eq!(bucket("", "a", HashVersion::V1), 0.22);
        assert_eq!(bucket("b", "a", HashVersion::V1), 0.946);
    }

    #[test]
    fn more_coverage_moves_nobody_to_another_variant() {
        let some = bucket_ranges(3, 0.3, Some(&[0.2, 0.3, 0.5]));
        let all = bucket_ranges(3, 1.0, Some(&[0.2, 0.3, 0.5]));
        for step in 0..10_000 {
            let bucket = f64::from(step) / 10_000.0;
            if let Some(variant) = choose(bucket, &some) {
                assert_eq!(choose(bucket, &all), Some(variant));
            }
        }
    }

    #[test]
    fn namespaces_with_ranges_apart_share_no_visitor() {
        for visitor in 0..1_000 {
            let visitor = alloc::format!("visitor-{visitor}");
            let first = in_namespace(&visitor, "hero", Range(0.0, 0.5));
            let second = in_namespace(&visitor, "hero", Range(0.5, 1.0));
            assert!(first != second);
        }
    }
}
