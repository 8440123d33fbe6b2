//! Which of a set's active selectors an element matches, given what is open around it.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use super::set::{NO_ENTRY, Part, Under};
use super::{Selectors, Watchlist};
use crate::element::Element;
use crate::name::Name;
use crate::reference;

/// The matching state of one page.
pub(crate) struct Matcher {
    selectors: Arc<Selectors>,
    /// By part, then by entry.
    usage: Vec<Usage>,
    /// Depth of an open element and a state that it has set, outermost first.
    marks: Vec<(u32, u32)>,
    /// States that the element just matched sets when it is opened.
    states: Vec<u32>,
    /// The number of elements matched so far.
    now: u32,
    /// What can match as long as no state is set.
    unconditional: Watchlist,
    /// What can match now.
    pub(crate) watchlist: Watchlist,
    /// Entries that can still match.
    active: u32,
}

/// What is known of a part or an entry.
#[derive(Clone, Copy)]
struct Usage {
    /// Active entries that depend on the part; of an entry, whether it is active.
    users: u32,
    /// Open elements that have set the state of this number.
    open: u32,
    /// The last element that was compared with the part.
    seen: u32,
}

/// An element being matched.
struct Subject<'a> {
    element: &'a Element<'a>,
    code: Name,
    depth: u32,
}

impl Matcher {
    /// Activates the entries of `ids`, or all.
    pub(crate) fn new(selectors: Arc<Selectors>, ids: Option<&[u32]>) -> Self {
        let unused = Usage { users: 0, open: 0, seen: 0 };
        let mut matcher = Self {
            usage: alloc::vec![unused; selectors.parts as usize + selectors.entries as usize],
            marks: Vec::new(),
            states: Vec::new(),
            now: 0,
            unconditional: Watchlist::NOTHING,
            watchlist: Watchlist::NOTHING,
            active: 0,
            selectors,
        };
        let selectors = Arc::clone(&matcher.selectors);
        match ids {
            None => (0..selectors.entries).for_each(|entry| matcher.activate(entry)),
            Some(ids) => {
                for &id in ids {
                    for entry in selectors.filed(Under::Id, id.into()) {
                        if selectors.entry(entry).0 == id {
                            matcher.activate(entry);
                        }
                    }
                }
            }
        }
        matcher.rebuild_watchlists();
        matcher
    }

    fn activate(&mut self, entry: u32) {
        if !self.is_active(entry) {
            self.switch(entry, 1);
        }
    }

    /// Makes an entry active with 1, inactive with −1.
    fn switch(&mut self, entry: u32, by: i32) {
        let Self { selectors, usage, .. } = self;
        let Some(active) = usage.get_mut(selectors.parts as usize + entry as usize) else { return };
        active.users = active.users.wrapping_add_signed(by);
        self.active = self.active.wrapping_add_signed(by);
        for mut number in selectors.filed(Under::Entry, entry.into()) {
            if selectors.part(number).entry != entry {
                continue;
            }
            while let Some(part) = usage.get_mut(number as usize) {
                part.users = part.users.wrapping_add_signed(by);
                number = selectors.part(number).requires.wrapping_sub(1);
            }
        }
    }

    /// After a change in what is active.
    fn rebuild_watchlists(&mut self) {
        self.watchlist = Watchlist::NOTHING;
        for number in 0..self.selectors.parts {
            let part = self.selectors.part(number);
            if part.requires == 0 && self.is_used(number) {
                self.watchlist.add(&part);
            }
        }
        self.unconditional = self.watchlist;
        self.watch_inside();
    }

    /// Adds what can match inside what is open.
    fn watch_inside(&mut self) {
        for state in 0..self.selectors.states {
            if self.is_open(state) {
                self.watch_dependents(state);
            }
        }
    }

    fn watch_dependents(&mut self, state: u32) {
        for number in self.selectors.filed(Under::State, state.into()) {
            let part = self.selectors.part(number);
            if part.requires == state + 1 && self.is_used(number) {
                self.watchlist.add(&part);
            }
        }
    }

    /// Whether an element with this attribute is worth matching.
    pub(crate) fn wants_attribute(&self, input: &[u8], name: &[u8], value: Range<usize>) -> bool {
        let code = Name::new(name);
        self.watchlist.may_want(input, code, value.clone())
            && self.is_filed(code, input.get(value).unwrap_or_default())
    }

    /// Whether a used part is filed under the attribute, its value or one of its words.
    #[inline(never)]
    fn is_filed(&self, code: Name, value: &[u8]) -> bool {
        self.watchlist.names.any_key(code, &reference::decode(value), &mut |under, key| {
            self.selectors.filed(under, key).any(|part| self.is_used(part))
        })
    }

    /// No selector can match any more.
    #[inline]
    pub(crate) fn is_exhausted(&self) -> bool {
        self.active == 0
    }

    fn is_active(&self, entry: u32) -> bool {
        let usage = self.usage.get(self.selectors.parts as usize..);
        usage.and_then(|usage| usage.get(entry as usize)).is_some_and(|usage| usage.users > 0)
    }

    fn is_used(&self, part: u32) -> bool {
        self.usage.get(part as usize).is_some_and(|usage| usage.users > 0)
    }

    fn is_open(&self, state: u32) -> bool {
        self.usage.get(state as usize).is_some_and(|usage| usage.open > 0)
    }

    /// Collects into `selected` the entries that the element matches, in the order in which they were added. `depth`
    /// is the number of open elements around it. Entries that match once are not matched again.
    pub(crate) fn select(&mut self, element: &Element<'_>, code: Name, depth: u32, selected: &mut Vec<u32>) {
        selected.clear();
        self.states.clear();
        self.now = self.now.wrapping_add(1);
        let subject = Subject { element, code, depth };
        let Watchlist { attributes, types, names, .. } = self.watchlist;
        if types == u64::MAX {
            self.consider(Under::Any, 0, &subject, selected);
        }
        if Watchlist::may_want_type(types, code) {
            self.consider(Under::Type, code.0, &subject, selected);
        }
        for attribute in element.attributes {
            let name = element.tag.get(attribute.name.clone()).unwrap_or_default();
            if attributes.may_want(name) {
                let value = reference::decode(element.tag.get(attribute.value.clone()).unwrap_or_default());
                names.any_key(attribute.code, &value, &mut |under, key| {
                    self.consider(under, key, &subject, selected);
                    false
                });
            }
        }
        let mut exhausted = false;
        for &entry in &*selected {
            if self.selectors.entry(entry).1 {
                self.switch(entry, -1);
                exhausted = true;
            }
        }
        if exhausted {
            self.rebuild_watchlists();
        }
    }

    /// Compares the element with the parts that are filed under what it has.
    #[inline(never)]
    fn consider(&mut self, under: Under, key: u64, subject: &Subject<'_>, selected: &mut Vec<u32>) {
        let selectors = Arc::clone(&self.selectors);
        for number in selectors.filed(under, key) {
            let Some(usage) = self.usage.get_mut(number as usize) else { continue };
            if usage.users == 0 || usage.seen == self.now {
                continue;
            }
            usage.seen = self.now;
            let part = selectors.part(number);
            if !self.holds(number, &part, subject) {
                continue;
            }
            if part.entry == NO_ENTRY {
                self.states.push(number);
            } else if self.is_active(part.entry) {
                insert(selected, part.entry);
            }
        }
    }

    fn holds(&self, number: u32, part: &Part, subject: &Subject<'_>) -> bool {
        let state = part.requires.wrapping_sub(1);
        let ancestors = if part.requires == 0 {
            true
        } else if part.watch.requires_parent() {
            let from_parent = self.marks.iter().rev().take_while(|&&(at, _)| at + 1 == subject.depth);
            from_parent.into_iter().any(|&(_, set)| set == state)
        } else {
            self.is_open(state)
        };
        ancestors
            && (part.type_name == Name(0) || part.type_name == subject.code)
            && self.selectors.tests(number).all(|test| {
                let value = subject.element.attribute_coded(test.name);
                value.is_some_and(|value| test.accepts(&reference::decode(value), subject.element.in_html))
            })
    }

    /// The element is not looked at.
    pub(crate) fn select_nothing(&mut self) {
        self.states.clear();
    }

    /// The element just matched was opened at `depth`.
    pub(crate) fn opened(&mut self, depth: u32) {
        while let Some(state) = self.states.pop() {
            self.marks.push((depth, state));
            if let Some(usage) = self.usage.get_mut(state as usize) {
                usage.open += 1;
                if usage.open == 1 {
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
        let mut last = false;
        while let Some(&(at, state)) = self.marks.last()
            && at >= depth
        {
            self.marks.pop();
            if let Some(usage) = self.usage.get_mut(state as usize) {
                usage.open -= 1;
                last |= usage.open == 0;
            }
        }
        if last {
            self.watchlist = self.unconditional;
            self.watch_inside();
        }
    }

    pub(crate) fn id_of(&self, entry: u32) -> u32 {
        self.selectors.entry(entry).0
    }
}

/// Inserts into what is sorted and without doubles. Few selectors match one element.
fn insert(selected: &mut Vec<u32>, entry: u32) {
    let place = selected.iter().rposition(|&earlier| earlier <= entry);
    if place.and_then(|place| selected.get(place)) != Some(&entry) {
        selected.insert(place.map_or(0, |place| place + 1), entry);
    }
}
