//! From selectors to the bytes of a set. Runs before any page arrives, and is not part of what only reads sets.

use alloc::vec::Vec;

use super::set::{FORM, HEADER_LENGTH, MOST_BUCKETS, NO_ENTRY, Under};
use super::watchlist::Watch;
use super::{AttributeTest, Case, Combinator, Complex, Compound, Occurrence, Operator, Selector, Selectors};
use crate::name::{Name, hash_of_value};

/// Collects selectors for [`Selectors`].
#[derive(Debug, Default)]
pub struct SelectorsBuilder {
    /// Ids, and whether a selector matches only once.
    entries: Vec<(u32, bool)>,
    /// Compounds of ancestors, each once for all selectors that have it in common; their numbers are states.
    ancestors: Vec<Step>,
    /// Compounds of the selected elements, and the entries that they complete.
    subjects: Vec<(Step, u32)>,
}

/// A compound and the ancestor that it requires: how it is related, and that one's number.
type Step = (Compound, Option<(Combinator, u32)>);

impl Selectors {
    /// Starts an empty set.
    #[must_use]
    pub fn builder() -> SelectorsBuilder {
        SelectorsBuilder::default()
    }
}

impl SelectorsBuilder {
    /// Adds a selector under the caller's `id`. When several match one element, they are applied in the order in
    /// which they were added.
    #[must_use]
    pub fn add(mut self, id: u32, selector: &Selector, occurrence: Occurrence) -> Self {
        let entry = number(self.entries.len());
        for complex in &selector.alternatives {
            self.add_complex(complex, entry);
        }
        self.entries.push((id, occurrence == Occurrence::Once));
        self
    }

    fn add_complex(&mut self, complex: &Complex, entry: u32) {
        let mut requires = None;
        for (compound, combinator) in &complex.ancestors {
            let known = self.ancestors.iter().position(|known| known.1 == requires && known.0 == *compound);
            let state = known.unwrap_or(self.ancestors.len());
            if known.is_none() {
                self.ancestors.push((compound.clone(), requires));
            }
            requires = Some((*combinator, number(state)));
        }
        self.subjects.push(((complex.subject.clone(), requires), entry));
    }

    /// The finished set.
    #[must_use]
    pub fn build(self) -> Selectors {
        Selectors::from_bytes(&self.write()).unwrap_or_default()
    }

    fn write(&self) -> Vec<u8> {
        let (mut tests, mut texts) = (Vec::new(), Vec::new());
        let mut filed = Vec::new();
        for (&(id, _), entry) in self.entries.iter().zip(0..) {
            filed.push((Under::Id.hash(id.into()), entry));
        }
        let ancestors = self.ancestors.iter().map(|step| (step, NO_ENTRY));
        let subjects = self.subjects.iter().map(|(step, entry)| (step, *entry));
        let mut parts = Vec::new();
        for (((compound, requires), entry), part) in ancestors.chain(subjects).zip(0..) {
            for test in &compound.tests {
                tests.extend(words_of(Name::new(test.name.as_bytes())));
                tests.push(test.operator as u32 | (test.case as u32) << 4);
                tests.extend([number(texts.len()), number(test.value.len())]);
                texts.extend_from_slice(test.value.as_bytes());
            }
            let best = compound.tests.iter().max_by_key(|test| selectivity(test));
            let type_name = compound.type_name.as_deref().map(|name| Name::new(name.as_bytes()));
            let (under, key) = key(type_name, best);
            filed.push((under.hash(key), part));
            if let Some((_, state)) = requires {
                filed.push((Under::State.hash(u64::from(*state)), part));
            }
            if entry != NO_ENTRY {
                filed.push((Under::Entry.hash(entry.into()), part));
            }
            let is_child = requires.is_some_and(|(combinator, _)| combinator == Combinator::Child);
            parts.push(Watch::new(under, best, is_child).0);
            parts.push(requires.map_or(0, |(_, state)| state + 1));
            parts.push(entry);
            parts.extend(words_of(type_name.unwrap_or(Name(0))));
            parts.push(number(tests.len() / 5));
        }
        // Stable: what shares a hash stays in order.
        filed.sort_by_key(|&(hash, _)| hash);
        let bits = (filed.len().max(1).ilog2() + 2).min(MOST_BUCKETS);
        let buckets = (0..=1 << bits)
            .map(|bucket: u64| filed.partition_point(|&(hash, _)| u64::from(hash) >> (32 - bits) < bucket));

        let mut bytes = Vec::with_capacity(HEADER_LENGTH);
        let header = [
            FORM,
            number(self.entries.len()),
            number(self.ancestors.len()),
            number(parts.len() / 6),
            number(tests.len() / 5),
            bits,
            number(filed.len()),
        ];
        let entries = self.entries.iter().flat_map(|&(id, once)| [id, once.into()]);
        let filed_words = filed.iter().flat_map(|&(hash, what)| [hash, what]);
        let words = header
            .into_iter()
            .chain(entries)
            .chain(parts)
            .chain(tests)
            .chain(buckets.map(number))
            .chain(filed_words);
        words.for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
        bytes.extend_from_slice(&texts);
        bytes
    }
}

/// What an element must have for a part to be worth a closer look.
fn key(type_name: Option<Name>, best: Option<&AttributeTest>) -> (Under, u64) {
    let Some(test) = best else {
        return type_name.map_or((Under::Any, 0), |name| (Under::Type, name.0));
    };
    let name = Name::new(test.name.as_bytes());
    match test.operator {
        Operator::Equals => (Under::Value, hash_of_value(name, test.value.as_bytes())),
        Operator::Word => (Under::Word, hash_of_value(name, test.value.as_bytes())),
        _ => (Under::Attribute, name.0),
    }
}

/// How few elements of a page are likely to pass a test: ids, then exact values, then words, then mere presence.
fn selectivity(test: &AttributeTest) -> (u8, usize) {
    let rank = match (test.operator, test.case) {
        (Operator::Equals, _) if &*test.name == "id" => 4,
        (Operator::Equals, Case::Sensitive) => 3,
        (Operator::Equals, _) => 2,
        (Operator::Word, _) => 1,
        _ => 0,
    };
    (rank, test.value.len())
}

fn words_of(name: Name) -> [u32; 2] {
    [name.0 as u32, (name.0 >> 32) as u32]
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
