//! Which of a set's active selectors an element matches, given what is open around it.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use super::set::Outcome;
use super::{Combinator, Occurrence, Part, Selectors, Watchlist};
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
    /// By part: whether it is among the candidates already.
    is_candidate: Vec<bool>,
    /// What can match as long as no state is set.
    unconditional: Watchlist,
    /// What can match now.
    watchlist: Watchlist,
    once_unseen: usize,
    repeated: usize,
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
            is_candidate: alloc::vec![false; selectors.parts.len()],
            unconditional: Watchlist::new(selectors.names),
            watchlist: Watchlist::new(selectors.names),
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
        matcher.rebuild_watchlists();
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

    /// After a change in what is active.
    fn rebuild_watchlists(&mut self) {
        self.unconditional = Watchlist::new(self.selectors.names);
        for (part, &users) in self.selectors.parts.iter().zip(&self.users) {
            if users > 0 && part.requires.is_none() {
                self.unconditional.add(&part.watch);
            }
        }
        self.rebuild_watchlist();
    }

    /// After a change in which states are set.
    fn rebuild_watchlist(&mut self) {
        self.watchlist.clone_from(&self.unconditional);
        for state in (0..).take(self.open.len()) {
            if count(&self.open, state) > 0 {
                self.watch_dependents(state);
            }
        }
    }

    fn watch_dependents(&mut self, state: u32) {
        let selectors = &*self.selectors;
        for &number in selectors.dependents.get(state as usize).into_iter().flatten() {
            if let Some(part) = selectors.parts.get(number as usize)
                && count(&self.users, number) > 0
            {
                self.watchlist.add(&part.watch);
            }
        }
    }

    pub(crate) fn watchlist(&self) -> &Watchlist {
        &self.watchlist
    }

    /// Whether an element with this attribute is worth matching.
    pub(crate) fn wants_attribute(&self, input: &[u8], name: &[u8], value: Range<usize>) -> bool {
        self.watchlist.wants(&self.selectors, input, name, value, |part| self.is_used(part))
    }

    /// No selector can match any more.
    #[inline]
    pub(crate) fn is_exhausted(&self) -> bool {
        self.once_unseen == 0 && self.repeated == 0
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
                    Outcome::Selects(entry) => insert(selected, entry),
                }
            }
        }
        self.candidates = candidates;
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
            self.rebuild_watchlists();
        }
    }

    /// The element is not looked at.
    pub(crate) fn select_nothing(&mut self) {
        self.states.clear();
    }

    /// Collects the parts whose key the element has, each once.
    fn collect_candidates(&mut self, element: &Element<'_>, code: Name) {
        let Self { candidates, is_candidate, selectors, watchlist, .. } = self;
        candidates.clear();
        let mut collect = |part: u32| {
            if let Some(is_candidate @ false) = is_candidate.get_mut(part as usize) {
                *is_candidate = true;
                candidates.push(part);
            }
        };
        selectors.any.iter().copied().for_each(&mut collect);
        selectors.by_type.get(code.0).for_each(&mut collect);
        for attribute in element.attributes {
            let name = element.tag.get(attribute.name.clone()).unwrap_or_default();
            if !watchlist.attributes.may_want(name) {
                continue;
            }
            let value = reference::decode(element.tag.get(attribute.value.clone()).unwrap_or_default());
            selectors.by_attribute.get(attribute.code.0).for_each(&mut collect);
            selectors.by_value.get(hash_of_value(attribute.code, &value)).for_each(&mut collect);
            for word in value.split(|&byte| is_whitespace(byte)).filter(|word| !word.is_empty()) {
                selectors.by_word.get(hash_of_value(attribute.code, word)).for_each(&mut collect);
            }
        }
        for &part in &*candidates {
            if let Some(is_candidate) = is_candidate.get_mut(part as usize) {
                *is_candidate = false;
            }
        }
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
    pub(crate) fn opened(&mut self, depth: u32) {
        if !self.states.is_empty() {
            self.set_states(depth);
        }
    }

    fn set_states(&mut self, depth: u32) {
        while let Some(state) = self.states.pop() {
            self.marks.push((depth, state));
            if let Some(open) = self.open.get_mut(state as usize) {
                *open += 1;
                if *open == 1 {
                    self.watch_dependents(state);
                }
            }
        }
    }

    /// The number of open elements down to the innermost that has set a state.
    pub(crate) fn watched_depth(&self) -> u32 {
        self.marks.last().map_or(0, |&(depth, _)| depth + 1)
    }

    /// Every element at `depth` and deeper was closed.
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
            self.rebuild_watchlist();
        }
    }

    pub(crate) fn id_of(&self, entry: u32) -> u32 {
        self.selectors.entries.get(entry as usize).map_or(0, |entry| entry.id)
    }
}

/// Inserts into what is sorted and without doubles. Few selectors match one element.
fn insert(selected: &mut Vec<u32>, entry: u32) {
    let place = selected.iter().rposition(|&earlier| earlier <= entry);
    if place.and_then(|place| selected.get(place)) != Some(&entry) {
        selected.insert(place.map_or(0, |place| place + 1), entry);
    }
}

fn count(counts: &[u32], index: u32) -> u32 {
    counts.get(index as usize).copied().unwrap_or(0)
}
