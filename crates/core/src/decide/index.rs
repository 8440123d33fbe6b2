//! Which rules of a stage could apply, so that cost follows them and not the rules that exist.
//!
//! Each stage's rules are bits in their order. A rule whose conditions demand that a signal equals one of some values
//! cannot apply when the signal has another value or none; so per demanded signal the candidates are the rules that do
//! not demand it, and those that demand the value it has. The candidates of all signals are intersected word by word
//! (bitmap indexing of Boolean expressions, as in publish/subscribe matching: Whang et al., "Indexing Boolean
//! Expressions", VLDB 2009). What fails later (a segment, a taken slot, a spent kind) takes all its rules along.
//!
//! INVARIANT: a rule left out could not have won. The index is only ever a filter, so explanations go without it and
//! reach the same decision.

use alloc::vec;
use alloc::vec::Vec;

use super::demands::{Claim, Demand, Demanded, Demands};
use crate::bundle::{Bundle, Kind, StagePlan};
use crate::hash::fnv1a;
use crate::signal::{Signal, Signals};
use crate::texts::Texts;
use crate::value::Value;

/// Signals that fewer rules demand are not worth reading before a rule asks for them.
const LEAST_DEMANDS: u32 = 8;

/// More signals than this are not looked at; those that most rules demand are.
const MOST_DIMENSIONS: usize = 12;

/// Stands for no entry, no segment and no dimension.
const NONE: usize = usize::MAX;

/// One demanded signal of a stage.
#[derive(Debug)]
struct Dimension {
    signal: Signal,
    /// Where in the store the bits of the rules begin that do not demand it.
    free: usize,
}

/// The rules that demand one value of a signal.
#[derive(Debug)]
struct Entry {
    dimension: usize,
    demand: Demand,
    /// The next entry of the same bucket.
    next: usize,
    /// How many they are.
    rules: usize,
    /// Where in the store their positions are, ascending.
    positions: core::ops::Range<usize>,
    /// Where in the store the bits of them and of the rules that do not demand the signal begin, instead: when they are
    /// many, going through words takes less time than going through positions, and no more memory.
    bits: Option<usize>,
}

/// The index of one stage.
#[derive(Debug, Default)]
pub(super) struct StageIndex {
    /// What rules each rule out, by its position: two of its segments, and its kind.
    rows: Vec<[usize; 3]>,
    dimensions: Vec<Dimension>,
    /// The first entry of each bucket of a hash table; a power of two of them, about one for each demand.
    buckets: Vec<usize>,
    entries: Vec<Entry>,
    /// Bits, one a rule of the stage, in the rules' order; and positions of rules.
    store: Vec<u64>,
    /// Where in the store the bits of each slot's rules begin.
    slots: usize,
}

impl StageIndex {
    pub(super) fn new(bundle: &Bundle, plan: &StagePlan) -> Self {
        let mut index = Self::default();
        let mut demands = Demands::new(bundle);
        for (position, rule) in (0_u32..).zip(&plan.rules) {
            let Some(rule) = bundle.rules.get(*rule as usize) else { continue };
            let segment =
                |index: usize| rule.segments.get(index).map_or(NONE, |&segment| usize::from(segment));
            index.rows.push([segment(0), segment(1), bundle.segments.len() + rule.kind as usize]);
            demands.add(position, rule);
        }
        let chosen = index.choose(&demands.signals);
        index.file(&demands.claims, &chosen, &bundle.texts);

        let words = index.words();
        index.slots = index.store.len();
        index.store.resize(index.slots + words * usize::from(bundle.slots), 0);
        for (position, rule) in plan.rules.iter().enumerate() {
            if let Some(rule) = bundle.rules.get(*rule as usize) {
                index.set(index.slots + words * usize::from(rule.slot), position);
            }
        }
        index
    }

    /// Makes the signals that most rules demand dimensions; gives the dimension of each signal.
    fn choose(&mut self, signals: &[Demanded]) -> Vec<usize> {
        let mut chosen = vec![NONE; signals.len()];
        for number in 0..MOST_DIMENSIONS {
            let mut most = LEAST_DEMANDS - 1;
            let mut best = None;
            for (signal, dimension) in signals.iter().zip(&mut chosen) {
                if *dimension == NONE && signal.rules > most {
                    most = signal.rules;
                    best = Some((signal, dimension));
                }
            }
            let Some((signal, dimension)) = best else { break };
            *dimension = number;
            self.dimensions.push(Dimension { signal: signal.signal, free: self.store.len() });
            self.store.resize(self.store.len() + self.words(), u64::MAX);
        }
        chosen
    }

    /// Files what rules demand of the chosen signals under its value.
    fn file(&mut self, claims: &[Claim], chosen: &[usize], texts: &Texts) {
        self.buckets.resize(claims.len().next_power_of_two(), NONE);
        let mut filed = Vec::with_capacity(claims.len());
        // The last entry of each text: most texts are values of one signal, and need not be hashed again.
        let mut last = vec![NONE; if claims.is_empty() { 0 } else { texts.len() }];
        for claim in claims {
            let number = chosen.get(claim.signal).copied().unwrap_or(NONE);
            let Some(dimension) = self.dimensions.get(number) else { continue };
            let (word, bit) = place(dimension.free, claim.position as usize);
            if let Some(word) = self.store.get_mut(word) {
                *word &= !bit;
            }
            let text = match claim.demand {
                Demand::Text(id) => id.0 as usize,
                Demand::Bool(_) => NONE,
            };
            let is_it = |entry: &&Entry| entry.dimension == number && entry.demand == claim.demand;
            let mut found = last.get(text).copied().unwrap_or(NONE);
            if self.entries.get(found).filter(is_it).is_none() {
                let value = claim.demand.value(texts);
                found = self.find(number, &value, texts);
                if found == NONE {
                    found = self.entries.len();
                    self.add(number, claim.demand, &value);
                }
                if let Some(last) = last.get_mut(text) {
                    *last = found;
                }
            }
            if let Some(entry) = self.entries.get_mut(found) {
                entry.rules += 1;
            }
            filed.push((found, claim.position as usize));
        }

        let words = self.words();
        for entry in &mut self.entries {
            let (start, dimension) = (self.store.len(), self.dimensions.get(entry.dimension));
            if entry.rules > words
                && let Some(dimension) = dimension
            {
                entry.bits = Some(start);
                self.store.extend_from_within(dimension.free..dimension.free + words);
            } else {
                entry.positions = start..start;
                self.store.resize(start + entry.rules, 0);
            }
        }
        for (entry, position) in filed {
            let Some(entry) = self.entries.get_mut(entry) else { continue };
            match entry.bits {
                Some(bits) => self.set(bits, position),
                None => {
                    if let Some(place) = self.store.get_mut(entry.positions.end) {
                        *place = position as u64;
                    }
                    entry.positions.end += 1;
                }
            }
        }
    }

    fn add(&mut self, dimension: usize, demand: Demand, value: &Value<'_>) {
        let bucket = self.bucket(dimension, value);
        if let Some(first) = self.buckets.get_mut(bucket) {
            let next = core::mem::replace(first, self.entries.len());
            self.entries.push(Entry { dimension, demand, next, rules: 0, positions: 0..0, bits: None });
        }
    }

    /// How many words the bits of the stage's rules take.
    fn words(&self) -> usize {
        self.rows.len().div_ceil(64)
    }

    fn set(&mut self, bits: usize, position: usize) {
        let (word, bit) = place(bits, position);
        if let Some(word) = self.store.get_mut(word) {
            *word |= bit;
        }
    }

    fn bucket(&self, dimension: usize, value: &Value<'_>) -> usize {
        let hash = match value {
            Value::Bool(value) => usize::from(*value),
            Value::Text(text) => fnv1a(text) as usize,
            _ => 0,
        };
        (hash ^ dimension) & self.buckets.len().wrapping_sub(1)
    }

    /// The entry of a value. A text may stand in a bundle more than once, so texts are compared and not their numbers.
    fn find(&self, dimension: usize, value: &Value<'_>, texts: &Texts) -> usize {
        let mut number = self.buckets.get(self.bucket(dimension, value)).copied().unwrap_or(NONE);
        while let Some(entry) = self.entries.get(number) {
            let is_it = match (entry.demand, value) {
                (Demand::Bool(a), Value::Bool(b)) => a == *b,
                (Demand::Text(a), Value::Text(b)) => texts.get(a) == *b,
                _ => false,
            };
            if is_it && entry.dimension == dimension {
                return number;
            }
            number = entry.next;
        }
        NONE
    }

    /// Makes `alive` the rules that could apply.
    pub(super) fn candidates<'a>(&self, signals: &'a Signals<'a>, alive: &mut Vec<u64>) {
        let words = self.words();
        alive.clear();
        alive.resize(words, u64::MAX);
        if let Some(last) = alive.last_mut()
            && !self.rows.len().is_multiple_of(64)
        {
            *last = (1 << (self.rows.len() % 64)) - 1;
        }
        for (number, dimension) in self.dimensions.iter().enumerate() {
            let value = signals.read(dimension.signal);
            let entry = self.entries.get(self.find(number, &value, &signals.bundle.texts));
            let bits = entry.and_then(|entry| entry.bits).unwrap_or(dimension.free);
            let mut positions =
                entry.and_then(|entry| self.store.get(entry.positions.clone())).unwrap_or_default();
            let bits = self.store.get(bits..bits + words).unwrap_or_default();
            for (index, (alive, bits)) in (0_u64..).zip(alive.iter_mut().zip(bits)) {
                let mut stay = *bits;
                while let [position, rest @ ..] = positions
                    && position / 64 == index
                {
                    stay |= 1 << (position % 64);
                    positions = rest;
                }
                *alive &= stay;
            }
        }
    }

    /// Takes a slot's rules out.
    pub(super) fn drop_slot(&self, slot: u16, alive: &mut [u64]) {
        let bits = self.slots + self.words() * usize::from(slot);
        let bits = self.store.get(bits..bits + self.words()).unwrap_or_default();
        alive.iter_mut().zip(bits).for_each(|(alive, bits)| *alive &= !bits);
    }

    /// Whether a segment or the kind of the rule at a position is ruled out.
    pub(super) fn is_ruled_out(&self, position: usize, by: &RuledOut) -> bool {
        self.rows.get(position).is_some_and(|row| row.iter().any(|&number| by.has(number)))
    }
}

/// Segments that the visitor is known not to be in, and kinds that are spent: most rules fail for what rules before
/// them have failed for.
#[derive(Debug, Default)]
pub(super) struct RuledOut {
    /// Bits of the segments, then of the kinds.
    bits: Vec<u64>,
    segments: usize,
}

impl RuledOut {
    pub(super) fn begin(&mut self, segments: usize) {
        self.segments = segments;
        self.bits.clear();
        self.bits.resize((segments + Kind::ALL.len()).div_ceil(64), 0);
    }

    pub(super) fn segment(&mut self, segment: u16) {
        self.add(usize::from(segment));
    }

    pub(super) fn kind(&mut self, kind: Kind) {
        self.add(self.segments + kind as usize);
    }

    fn add(&mut self, number: usize) {
        let (word, bit) = place(0, number);
        if let Some(word) = self.bits.get_mut(word) {
            *word |= bit;
        }
    }

    fn has(&self, number: usize) -> bool {
        let (word, bit) = place(0, number);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// The word and the bit of the bits that begin at the word `start`.
fn place(start: usize, position: usize) -> (usize, u64) {
    (start + position / 64, 1 << (position % 64))
}

/// The first candidate at or after `position`.
pub(super) fn next(alive: &[u64], position: usize) -> Option<usize> {
    let first = position / 64;
    let mut mask = u64::MAX << (position % 64);
    for (index, word) in alive.iter().enumerate().skip(first) {
        let word = word & mask;
        mask = u64::MAX;
        if word != 0 {
            return Some(index * 64 + word.trailing_zeros() as usize);
        }
    }
    None
}
