//! What rules are made of in a bundle: targets and contents, each stored once.

use std::collections::{BTreeSet, HashMap};

use footlight_core::bundle::Content;

use crate::contents::Compiled;

/// What edits point at.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) slot: u16,
    pub(crate) selector: String,
    /// Whether a page can have several; otherwise the first is the only one.
    pub(crate) repeated: bool,
}

/// Targets and contents so far, and which names were used.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) targets: Vec<Target>,
    pub(crate) contents: Vec<Content>,
    target_numbers: HashMap<(u16, String), u16>,
    content_numbers: HashMap<String, u16>,
    pub(crate) used_slots: BTreeSet<u16>,
    pub(crate) used_segments: BTreeSet<u16>,
    pub(crate) used_contents: BTreeSet<String>,
    /// Whether a number did not fit.
    pub(crate) is_full: bool,
}

impl Parts {
    /// The number of a selector that belongs to a slot.
    pub(crate) fn target(&mut self, slot: u16, selector: &str, repeated: bool) -> u16 {
        let key = (slot, selector.to_owned());
        if let Some(number) = self.target_numbers.get(&key) {
            return *number;
        }
        let number = self.number(self.targets.len());
        self.targets.push(Target { slot, selector: selector.to_owned(), repeated });
        self.target_numbers.insert(key, number);
        number
    }

    /// The number of a content of its own name.
    pub(crate) fn content(&mut self, name: &str, compiled: &Compiled) -> u16 {
        if let Some(number) = self.content_numbers.get(name) {
            return *number;
        }
        let number = self.number(self.contents.len());
        self.contents.push(compiled.clone().into_content());
        self.content_numbers.insert(name.to_owned(), number);
        number
    }

    fn number(&mut self, index: usize) -> u16 {
        u16::try_from(index).unwrap_or_else(|_| {
            self.is_full = true;
            0
        })
    }
}
