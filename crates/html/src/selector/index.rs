//! From a 64-bit hash to the few things filed under it.

use alloc::vec::Vec;

/// A frozen multimap from hash to `u32`, laid out as one array of entries sorted by bucket.
///
/// Different keys may share a hash: what is found has to be checked.
#[derive(Debug, Default)]
pub(crate) struct HashIndex {
    /// `starts[b]..starts[b + 1]` are the entries of bucket `b`.
    starts: Vec<u32>,
    entries: Vec<(u64, u32)>,
    shift: u32,
}

impl HashIndex {
    /// Entries of one hash keep their order.
    pub(crate) fn new(entries: &[(u64, u32)]) -> Self {
        let bits = usize::BITS - entries.len().leading_zeros() + 1;
        let shift = u64::BITS - bits;
        // Counting sort: first how many are in the buckets before each, then where the next of each goes.
        let mut starts = alloc::vec![0; (1 << bits) + 1];
        for &(hash, _) in entries {
            if let Some(start) = starts.get_mut(bucket(hash, shift) + 1) {
                *start += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            before += *start;
            *start = before;
        }
        let mut next = starts.clone();
        let mut sorted = alloc::vec![(0, 0); entries.len()];
        for &entry in entries {
            if let Some(place) = next.get_mut(bucket(entry.0, shift)) {
                if let Some(sorted) = sorted.get_mut(*place as usize) {
                    *sorted = entry;
                }
                *place += 1;
            }
        }
        Self { starts, entries: sorted, shift }
    }

    /// What is filed under `hash`, in the order of the values.
    pub(crate) fn get(&self, hash: u64) -> impl Iterator<Item = u32> {
        let bucket = bucket(hash, self.shift);
        let start = self.starts.get(bucket).map_or(0, |&start| start as usize);
        let end = self.starts.get(bucket + 1).map_or(0, |&end| end as usize);
        let entries = self.entries.get(start..end).unwrap_or_default();
        entries.iter().filter(move |&&(filed, _)| filed == hash).map(|&(_, value)| value)
    }
}

fn bucket(hash: u64, shift: u32) -> usize {
    // Fibonacci hashing spreads hashes that differ only in their low bits.
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_filed_and_nothing_else() {
        for count in [0_u32, 1, 2, 3, 100, 1000] {
            let entries: Vec<_> = (0..count).map(|value| (u64::from(value / 2), value)).collect();
            let index = HashIndex::new(&entries);
            for hash in 0..u64::from(count) {
                let expected: Vec<u32> = (0..count).filter(|&value| u64::from(value / 2) == hash).collect();
                assert_eq!(index.get(hash).collect::<Vec<_>>(), expected);
            }
        }
    }
}
