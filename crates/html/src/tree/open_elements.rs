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
    const DEEPEST: usize = 1024;

    #[inline]
    pub(crate) fn depth(&self) -> u32 {
        self.names.len() as u32
    }

    #[inline]
    pub(crate) fn is_too_deep(&self) -> bool {
        self.deeper > 0 || self.names.len() >= Self::DEEPEST
    }

    #[inline(always)]
    pub(crate) fn innermost(&self) -> Option<Name> {
        self.names.last().copied()
    }

    #[inline(always)]
    pub(crate) fn open(&mut self, name: Name) {
        if self.names.len() < Self::DEEPEST {
            self.names.push(name);
        } else {
            self.deeper = self.deeper.saturating_add(1);
        }
    }

    /// Closes the innermost element if at least `least` elements remain open and none is too deep to be known.
    #[inline(always)]
    pub(crate) fn close_innermost_above(&mut self, least: u32) -> bool {
        let closes = self.names.len() > least as usize && self.deeper == 0;
        if closes {
            self.names.pop();
        }
        closes
    }

    /// The depth of the element that an end tag closes: that many elements remain open.
    pub(crate) fn find(&mut self, name: Name) -> Option<u32> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        self.names.iter().rposition(|&open| open == name).map(|depth| depth as u32)
    }

    pub(crate) fn truncate(&mut self, depth: u32) {
        if (depth as usize) < self.names.len() {
            self.deeper = 0;
            self.names.truncate(depth as usize);
        }
    }
}
