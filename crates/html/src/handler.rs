//! Who decides about edits, and where the page goes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::edits::Edits;
use crate::element::Element;

/// Decides what happens to the elements that selectors match.
///
/// Closures `FnMut(u32, &Element<'_>, &mut Edits)` and lists of [`Edit`]s are handlers.
pub trait Handler {
    /// An element matches the selector that was added under the id `selector`.
    fn element(&mut self, selector: u32, element: &Element<'_>, edits: &mut Edits);
}

impl<F: FnMut(u32, &Element<'_>, &mut Edits)> Handler for F {
    fn element(&mut self, selector: u32, element: &Element<'_>, edits: &mut Edits) {
        self(selector, element, edits);
    }
}

/// An edit that is known before the page arrives. The strings are as in the methods of [`Edits`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// [`Edits::set_inner`]
    SetInner(String),
    /// [`Edits::replace`]
    Replace(String),
    /// [`Edits::remove`]
    Remove,
    /// [`Edits::unwrap`]
    Unwrap,
    /// [`Edits::before`]
    Before(String),
    /// [`Edits::after`]
    After(String),
    /// [`Edits::prepend`]
    Prepend(String),
    /// [`Edits::append`]
    Append(String),
    /// [`Edits::set_attribute`]: name and value.
    SetAttribute(String, String),
    /// [`Edits::remove_attribute`]: name.
    RemoveAttribute(String),
}

impl Edit {
    /// Adds this edit to those of an element.
    pub fn apply(&self, edits: &mut Edits) {
        match self {
            Self::SetInner(html) => edits.set_inner(html),
            Self::Replace(html) => edits.replace(html),
            Self::Remove => edits.remove(),
            Self::Unwrap => edits.unwrap(),
            Self::Before(html) => edits.before(html),
            Self::After(html) => edits.after(html),
            Self::Prepend(html) => edits.prepend(html),
            Self::Append(html) => edits.append(html),
            Self::SetAttribute(name, value) => edits.set_attribute(name, value),
            Self::RemoveAttribute(name) => edits.remove_attribute(name),
        }
    }
}

/// Selector ids and the edits of what they match.
impl Handler for Vec<(u32, Edit)> {
    fn element(&mut self, selector: u32, _element: &Element<'_>, edits: &mut Edits) {
        let wanted = self.iter().filter(|(id, _)| *id == selector);
        wanted.for_each(|(_, edit)| edit.apply(edits));
    }
}

/// Takes the rewritten page, piece by piece.
pub trait Output {
    /// The next bytes of the page.
    fn push(&mut self, bytes: &[u8]);
}

impl Output for Vec<u8> {
    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}
