//! Visitors who are remembered: as many as there is room for. When it is full, who was not seen for longest goes (by the clock
//! algorithm: whoever was seen since the hand last came by gets another round).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What is known of visitors, by their keys.
pub(crate) struct Remembered<T> {
    places: HashMap<u64, usize, BuildHasherDefault<AsItIs>>,
    slots: Vec<Slot<T>>,
    hand: usize,
    most: usize,
    /// How many were forgotten.
    pub(crate) forgotten: u64,
}

struct Slot<T> {
    key: u64,
    is_recent: bool,
    known: T,
}

/// Keys are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

impl<T: Default> Remembered<T> {
    /// Room for so many, at least one.
    pub(crate) fn new(most: usize) -> Self {
        Self { places: HashMap::default(), slots: Vec::new(), hand: 0, most: most.max(1), forgotten: 0 }
    }

    /// What is known of a visitor; the default of one who is new, or was forgotten.
    pub(crate) fn get(&mut self, key: u64) -> &mut T {
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None => self.add(key),
        };
        // INVARIANT: a place is one of a slot.
        #[expect(clippy::indexing_slicing, reason = "places are given out here alone")]
        let slot = &mut self.slots[place];
        slot.is_recent = true;
        &mut slot.known
    }

    fn add(&mut self, key: u64) -> usize {
        let new = Slot { key, is_recent: true, known: T::default() };
        if self.slots.len() < self.most {
            self.slots.push(new);
            self.places.insert(key, self.slots.len() - 1);
            return self.slots.len() - 1;
        }
        loop {
            let place = self.hand;
            self.hand = (self.hand + 1) % self.slots.len();
            let Some(slot) = self.slots.get_mut(place) else { continue };
            if std::mem::take(&mut slot.is_recent) {
                continue;
            }
            self.places.remove(&slot.key);
            *slot = new;
            self.places.insert(key, place);
            self.forgotten += 1;
            return place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_not_seen_for_longest_is_forgotten_first() {
        let mut visitors: Remembered<u32> = Remembered::new(3);
        for key in [1, 2, 3] {
            *visitors.get(key) += 1;
        }
        // All were seen: the hand goes round once, and the first goes.
        *visitors.get(4) += 1;
        assert_eq!(visitors.forgotten, 1);
        *visitors.get(2) += 1;
        *visitors.get(5) += 1;
        assert_eq!((*visitors.get(2), visitors.forgotten), (2, 2), "3 was not seen since, 2 was");
        assert_eq!((*visitors.get(4), *visitors.get(5)), (1, 1));
    }
}
