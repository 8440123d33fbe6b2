//! Which of a set's active selectors an element matches, given what is open around it.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::set::{Key, Outcome};
use super::{Combinator, Occurrence, Part, Selectors};
use crate::bytes::is_whitespace;
use crate::element::Element;
use crate::name::{Name, hash_of_value};
use crate::reference;

/// The matching state of one page.
pub(crate) struct Matcher {
    selectors: Arc<Selectors>,
    /// By entry: whether it can still match.
    active: Vec<bool>,
    /// By part: how many active entries depend on it.
    users: Vec<u32>,
    /// By state: how many open elements have set it.
    open: Vec<u32>,
    /// Depth of an open element and a state that it has set, outermost first.
    marks: Vec<(u32, u32)>,
    /// States that the element just matched sets when it is opened.
    states: Vec<u32>,
    candidates: Vec<u32>,
    filter: Filter,
    once_unseen: usize,
    repeated: usize,
}

/// What a tag must have to be looked at, as bits of hashes: no bit, no match.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filter {
    attributes: u64,
    types: u64,
    everything: bool,
}

impl Filter {
    #[inline]
    pub(crate) fn may_want_attribute(&self, name: &[u8]) -> bool {
        self.attributes >> attribute_bit(name) & 1 != 0
    }

    #[inline]
    pub(crate) fn may_want_type(&self, name: Name) -> bool {
        self.everything || self.types >> type_bit(name) & 1 != 0
    }
}

impl Matcher {
    /// Activates the entries of `ids`, or all.
    pub(crate) fn new(selectors: Arc<Selectors>, ids: Option<&[u32]>) -> Self {
        let mut matcher = Self {
            active: alloc::vec![false; selectors.entries.len()],
            users: alloc::vec![0; selectors.parts.len()],
            open: alloc::vec![0; selectors.setters.len()],
            marks: Vec::new(),
            states: Vec::new(),
            candidates: Vec::new(),
            filter: Filter::default(),
            once_unseen: 0,
            repeated: 0,
            selectors,
        };
        let selectors = Arc::clone(&matcher.selectors);
        match ids {
            None => (0..selectors.entries.len()).for_each(|entry| matcher.activate(entry)),
            Some(ids) => {
                ids.iter().flat_map(|&id| selectors.entries_of(id)).for_each(|entry| matcher.activate(entry))
            }
        }
        matcher.refresh_filter();
        matcher
    }

    fn activate(&mut self, entry: usize) {
        let Some(active @ false) = self.active.get_mut(entry) else { return };
        *active = true;
        match self.selectors.entries.get(entry).map(|entry| entry.occurrence) {
            Some(Occurrence::Once) => self.once_unseen += 1,
            Some(Occurrence::Repeated) => self.repeated += 1,
            None => {}
        }
        self.for_each_part_of(entry, |users| *users += 1);
    }

    /// Visits the use counts of an entry's parts and of the ancestors that they require.
    fn for_each_part_of(&mut self, entry: usize, mut visit: impl FnMut(&mut u32)) {
        let Some(entry) = self.selectors.entries.get(entry) else { return };
        for &last in &entry.parts {
            let mut next = Some(last);
            while let Some(number) = next {
                if let Some(users) = self.users.get_mut(number as usize) {
                    visit(users);
                }
                let requires = self.selectors.parts.get(number as usize).and_then(|part| part.requires);
                next = requires.and_then(|(_, state)| self.selectors.setters.get(state as usize).copied());
            }
        }
    }

    fn refresh_filter(&mut self) {
        let mut filter = Filter::default();
        for (part, &users) in self.selectors.parts.iter().zip(&self.users) {
            let possible = part.requires.is_none_or(|(_, state)| count(&self.open, state) > 0);
            if users == 0 || !possible {
                continue;
            }
            match part.key {
                Key::Any => filter.everything = true,
                Key::Type(name) => filter.types |= 1 << type_bit(name),
                Key::Attribute(name) | Key::Value(name, _) | Key::Word(name, _) => {
                    let written = part.tests.iter().find(|(code, _)| *code == name);
                    filter.attributes |=
                        written.map_or(0, |(_, test)| 1 << attribute_bit(test.name.as_bytes()));
                }
            }
        }
        self.filter = filter;
    }

    #[inline]
    pub(crate) fn filter(&self) -> Filter {
        self.filter
    }

    /// No selector can match any more.
    #[inline]
    pub(crate) fn is_exhausted(&self) -> bool {
        self.once_unseen == 0 && self.repeated == 0
    }

    /// Whether an attribute makes its element worth a full look: what the filter let through, asked precisely.
    pub(crate) fn wants_attribute(&self, name: &[u8], value: &[u8]) -> bool {
        let code = Name::new(name);
        let selectors = &*self.selectors;
        selectors.by_attribute.get(code.0).any(|part| self.is_used(part)) || {
            let value = reference::decode(value);
            let hash = hash_of_value(code, &value);
            selectors.by_value.get(hash).any(|part| self.is_used(part))
                || value.split(|&byte| is_whitespace(byte)).any(|word| {
                    selectors.by_word.get(hash_of_value(code, word)).any(|part| self.is_used(part))
                })
        }
    }

    fn is_used(&self, part: u32) -> bool {
        count(&self.users, part) > 0
    }

    /// Collects into `selected` the entries that the element matches, in the order in which they were added. `depth`
    /// is the number of open elements around it. Entries that match once are not matched again.
    pub(crate) fn select(&mut self, element: &Element<'_>, code: Name, depth: u32, selected: &mut Vec<u32>) {
        selected.clear();
        self.states.clear();
        self.collect_candidates(element, code);
        let candidates = core::mem::take(&mut self.candidates);
        for &number in &candidates {
            let Some(part) = self.selectors.parts.get(number as usize) else { continue };
            if self.is_used(number) && self.holds(part, element, code, depth) {
                match part.outcome {
                    Outcome::Sets(state) => self.states.push(state),
                    Outcome::Selects(entry) => selected.push(entry),
                }
            }
        }
        self.candidates = candidates;
        selected.sort_unstable();
        selected.dedup();
        let mut exhausted = false;
        for &entry in &*selected {
            let once = self.selectors.entries.get(entry as usize).map(|entry| entry.occurrence);
            if once == Some(Occurrence::Once) {
                if let Some(active) = self.active.get_mut(entry as usize) {
                    *active = false;
                }
                self.once_unseen -= 1;
                self.for_each_part_of(entry as usize, |users| *users -= 1);
                exhausted = true;
            }
        }
        if exhausted {
            self.refresh_filter();
        }
    }

    fn collect_candidates(&mut self, element: &Element<'_>, code: Name) {
        let candidates = &mut self.candidates;
        let selectors = &*self.selectors;
        candidates.clear();
        candidates.extend_from_slice(&selectors.any);
        candidates.extend(selectors.by_type.get(code.0));
        for attribute in element.attributes {
            let name = element.tag.get(attribute.name.clone()).unwrap_or_default();
            if !self.filter.may_want_attribute(name) {
                continue;
            }
            let value = reference::decode(element.tag.get(attribute.value.clone()).unwrap_or_default());
            candidates.extend(selectors.by_attribute.get(attribute.code.0));
            candidates.extend(selectors.by_value.get(hash_of_value(attribute.code, &value)));
            for word in value.split(|&byte| is_whitespace(byte)).filter(|word| !word.is_empty()) {
                candidates.extend(selectors.by_word.get(hash_of_value(attribute.code, word)));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
    }

    fn holds(&self, part: &Part, element: &Element<'_>, code: Name, depth: u32) -> bool {
        let ancestors = match part.requires {
            None => true,
            Some((Combinator::Descendant, state)) => count(&self.open, state) > 0,
            Some((Combinator::Child, state)) => {
                let from_parent = self.marks.iter().rev().take_while(|&&(at, _)| at + 1 == depth);
                from_parent.into_iter().any(|&(_, set)| set == state)
            }
        };
        ancestors
            && part.type_name.is_none_or(|name| name == code)
            && part.tests.iter().all(|(name, test)| {
                let value = element.attribute_coded(*name);
                value.is_some_and(|value| test.accepts(&reference::decode(value), element.in_html))
            })
    }

    /// The element just matched was opened at `depth`.
    #[inline]
    pub(crate) fn opened(&mut self, depth: u32) {
        if !self.states.is_empty() {
            self.set_states(depth);
        }
    }

    fn set_states(&mut self, depth: u32) {
        let mut first = false;
        while let Some(state) = self.states.pop() {
            self.marks.push((depth, state));
            if let Some(open) = self.open.get_mut(state as usize) {
                *open += 1;
                first |= *open == 1;
            }
        }
        if first {
            self.refresh_filter();
        }
    }

    /// Every element at `depth` and deeper was closed.
    #[inline]
    pub(crate) fn closed(&mut self, depth: u32) {
        if self.marks.last().is_some_and(|&(at, _)| at >= depth) {
            self.unset_states(depth);
        }
    }

    fn unset_states(&mut self, depth: u32) {
        let mut last = false;
        while let Some(&(at, state)) = self.marks.last() {
            if at < depth {
                break;
            }
            self.marks.pop();
            if let Some(open) = self.open.get_mut(state as usize) {
                *open -= 1;
                last |= *open == 0;
            }
        }
        if last {
            self.refresh_filter();
        }
    }

    pub(crate) fn id_of(&self, entry: u32) -> u32 {
        self.selectors.entries.get(entry as usize).map_or(0, |entry| entry.id)
    }
}

fn count(counts: &[u32], index: u32) -> u32 {
    counts.get(index as usize).copied().unwrap_or(0)
}

#[inline]
fn attribute_bit(name: &[u8]) -> u32 {
    let first = name.first().map_or(0, |byte| u32::from(byte | 0x20));
    let last = name.last().map_or(0, |byte| u32::from(byte | 0x20));
    let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
    (first.wrapping_add(last.wrapping_mul(7)).wrapping_add(length.wrapping_mul(13))) & 63
}

#[inline]
fn type_bit(name: Name) -> u32 {
    (name.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as u32
}
