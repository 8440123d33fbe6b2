//! The elements whose end tag has not been seen yet.

use alloc::vec::Vec;

use crate::name::Name;

/// The open elements, outermost first, as the tags are written: an end tag closes the innermost element of its name
/// and everything inside; one without a start tag closes nothing; end tags that HTML lets authors omit are not made
/// up, so that such an element is open until something around it ends.
#[derive(Debug, Default)]
pub(crate) struct OpenElements {
    names: Vec<Name>,
    /// Elements nested deeper than [`OpenElements::DEEPEST`], which are counted only.
    deeper: u32,
}

impl OpenElements {
    /// Browsers flatten pages that nest deeper than 512 elements. Deeper than this, elements are counted, not named,
    /// and match no selector.
    pub(crate) const DEEPEST: usize = 1024;

    #[inline]
    pub(crate) fn depth(&self) -> u32 {
        self.names.len() as u32
    }

    #[inline]
    pub(crate) fn is_too_deep(&self) -> bool {
        self.deeper > 0 || self.names.len() >= Self::DEEPEST
    }

    pub(crate) fn innermost(&self) -> Option<Name> {
        self.names.last().copied()
    }

    #[inline]
    pub(crate) fn open(&mut self, name: Name) {
        if self.is_too_deep() {
            self.deeper = self.deeper.saturating_add(1);
        } else {
            self.names.push(name);
        }
    }

    /// The depth of the element that an end tag closes: that many elements remain open.
    #[inline]
    pub(crate) fn find(&mut self, name: Name) -> Option<u32> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        if self.names.last() == Some(&name) {
            return Some(self.depth() - 1);
        }
        self.names.iter().rposition(|&open| open == name).map(|depth| depth as u32)
    }

    #[inline]
    pub(crate) fn truncate(&mut self, depth: u32) {
        self.deeper = 0;
        self.names.truncate(depth as usize);
    }
}
