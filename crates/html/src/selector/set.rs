//! Many selectors compiled into one set, filed by what an element must have for them to match at all.

use alloc::vec::Vec;

use super::watchlist::Watch;
use super::{AttributeTest, Case, Combinator, Complex, Compound, HashIndex, Operator, Selector};
use crate::name::{Name, hash_of_value};

/// How often a selector matches on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurrence {
    /// Only the first match counts. When every active selector is of this kind and has been seen, the rewriter is
    /// done and the rest of the page need not pass through it.
    Once,
    /// Every match counts, to the end of the page.
    Repeated,
}

/// A compiled set of selectors, built once and shared by all requests.
///
/// Cost while matching follows the attributes and types that the page has and the active selectors name, not the
/// number of selectors.
///
/// ```
/// use footlight_html::{Occurrence, Selector, Selectors};
///
/// let hero = Selector::parse("#hero > h1")?;
/// let price = Selector::parse(".price")?;
/// let selectors =
///     Selectors::builder().add(1, &hero, Occurrence::Once).add(2, &price, Occurrence::Repeated).build();
/// # Ok::<(), footlight_html::SelectorError>(())
/// ```
#[derive(Debug, Default)]
pub struct Selectors {
    pub(crate) entries: Vec<Entry>,
    pub(crate) parts: Vec<Part>,
    /// The part that sets a state, by state.
    pub(crate) setters: Vec<u32>,
    pub(crate) any: Vec<u32>,
    pub(crate) by_type: HashIndex,
    pub(crate) by_attribute: HashIndex,
    pub(crate) by_value: HashIndex,
    pub(crate) by_word: HashIndex,
    /// The attribute names of keys, by hash, to their numbers, of which there are `names`.
    pub(crate) by_name: HashIndex,
    pub(crate) names: usize,
    /// By state: the parts that require it.
    pub(crate) dependents: Vec<Vec<u32>>,
    by_id: HashIndex,
}

/// One selector as it was added.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: u32,
    pub(crate) occurrence: Occurrence,
    /// The parts that complete it, one for each item of its list.
    pub(crate) parts: Vec<u32>,
}

/// One compound of a selector, and what follows from a match.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) type_name: Option<Name>,
    pub(crate) tests: Vec<(Name, AttributeTest)>,
    pub(crate) key: Key,
    /// The key as watchlists need it.
    pub(crate) watch: Watch,
    /// The state that an open ancestor must have set.
    pub(crate) requires: Option<(Combinator, u32)>,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Elements inside this one may go on matching.
    Sets(u32),
    /// The element is selected, for the entry of this index.
    Selects(u32),
}

/// What an element must have for a part to be worth a closer look.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    Any,
    Type(Name),
    Attribute(Name),
    /// An attribute of this name whose whole value has this hash.
    Value(Name, u64),
    /// An attribute of this name one of whose words has this hash.
    Word(Name, u64),
}

impl Selectors {
    /// Starts an empty set.
    #[must_use]
    pub fn builder() -> SelectorsBuilder {
        SelectorsBuilder::default()
    }

    /// The indices of the entries that were added under `id`.
    pub(crate) fn entries_of(&self, id: u32) -> impl Iterator<Item = usize> {
        self.by_id.get(u64::from(id)).map(|entry| entry as usize)
    }
}

/// Collects selectors for [`Selectors`].
#[derive(Debug, Default)]
pub struct SelectorsBuilder {
    entries: Vec<Entry>,
    parts: Vec<Part>,
    setters: Vec<u32>,
    /// States of the ancestors that selectors have in common.
    shared: Vec<(Compound, Option<(Combinator, u32)>)>,
}

impl SelectorsBuilder {
    /// Adds a selector under the caller's `id`. When several match one element, they are applied in the order in
    /// which they were added.
    #[must_use]
    pub fn add(mut self, id: u32, selector: &Selector, occurrence: Occurrence) -> Self {
        let entry = index(&self.entries);
        let parts = selector.alternatives.iter().map(|complex| self.add_complex(complex, entry)).collect();
        self.entries.push(Entry { id, occurrence, parts });
        self
    }

    fn add_complex(&mut self, complex: &Complex, entry: u32) -> u32 {
        let mut requires = None;
        for (compound, combinator) in &complex.ancestors {
            // INVARIANT: the states are numbered in the order of `shared`.
            let known = self.shared.iter().position(|known| known.1 == requires && known.0 == *compound);
            let state = known.unwrap_or(self.shared.len()) as u32;
            if known.is_none() {
                self.shared.push((compound.clone(), requires));
                self.setters.push(index(&self.parts));
                self.parts.push(Part::new(compound, requires, Outcome::Sets(state)));
            }
            requires = Some((*combinator, state));
        }
        self.parts.push(Part::new(&complex.subject, requires, Outcome::Selects(entry)));
        index(&self.parts) - 1
    }

    /// The finished set.
    #[must_use]
    pub fn build(mut self) -> Selectors {
        let (mut any, mut types, mut attributes) = <(Vec<_>, Vec<_>, Vec<_>)>::default();
        let (mut values, mut words) = <(Vec<_>, Vec<_>)>::default();
        let mut names = Vec::new();
        let mut dependents = alloc::vec![Vec::new(); self.setters.len()];
        for (part, number) in self.parts.iter().zip(0_u32..) {
            if let Some((_, state)) = part.requires
                && let Some(parts) = dependents.get_mut(state as usize)
            {
                parts.push(number);
            }
            match part.key {
                Key::Any => any.push(number),
                Key::Type(name) => types.push((name.0, number)),
                Key::Attribute(name) => attributes.push((name.0, number)),
                Key::Value(_, hash) => values.push((hash, number)),
                Key::Word(_, hash) => words.push((hash, number)),
            }
        }
        for part in &mut self.parts {
            part.watch.number_name(&mut names);
        }
        let ids: Vec<_> =
            self.entries.iter().zip(0_u32..).map(|(entry, number)| (u64::from(entry.id), number)).collect();
        Selectors {
            entries: self.entries,
            parts: self.parts,
            setters: self.setters,
            any,
            by_type: HashIndex::new(&types),
            by_attribute: HashIndex::new(&attributes),
            by_value: HashIndex::new(&values),
            by_word: HashIndex::new(&words),
            names: names.len(),
            by_name: HashIndex::new(&names),
            dependents,
            by_id: HashIndex::new(&ids),
        }
    }
}

impl Part {
    fn new(compound: &Compound, requires: Option<(Combinator, u32)>, outcome: Outcome) -> Self {
        let type_name = compound.type_name.as_deref().map(|name| Name::new(name.as_bytes()));
        let tests: Vec<_> =
            compound.tests.iter().map(|test| (Name::new(test.name.as_bytes()), test.clone())).collect();
        let best = tests.iter().max_by_key(|(_, test)| selectivity(test));
        let key =
            best.map(|(name, test)| key_of(*name, test)).or(type_name.map(Key::Type)).unwrap_or(Key::Any);
        let watch = Watch::new(key, best.map(|(_, test)| test));
        Self { type_name, tests, key, watch, requires, outcome }
    }
}

fn key_of(name: Name, test: &AttributeTest) -> Key {
    match test.operator {
        Operator::Equals => Key::Value(name, hash_of_value(name, test.value.as_bytes())),
        Operator::Word => Key::Word(name, hash_of_value(name, test.value.as_bytes())),
        _ => Key::Attribute(name),
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

fn index<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
