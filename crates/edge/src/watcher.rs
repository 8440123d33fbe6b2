//! What is done with the elements that selectors match. One type for both purposes, so that the module has one
//! rewriter.

use footlight_html::{Edits, Element, Handler};

use crate::page::Changes;
use crate::probe::Values;

pub(crate) enum Watcher {
    Editing(Changes),
    Reading(Values),
}

impl Handler for Watcher {
    fn element(&mut self, selector: u32, element: &Element<'_>, edits: &mut Edits) {
        match self {
            Self::Editing(changes) => changes.element(selector, element, edits),
            Self::Reading(values) => values.element(selector, element),
        }
    }
}
