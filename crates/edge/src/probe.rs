//! What a page says of itself, read from its first bytes before deciding.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use footlight_core::decide::Engine;
use footlight_html::{Element, Encoding, Output, Plan, Rewriter, Selectors};

use crate::engine::LoadError;
use crate::watcher::Watcher;

/// The selectors of the page attributes that a bundle's signals read.
pub(crate) struct Probe {
    core: Rc<Engine>,
    selectors: Arc<Selectors>,
}

/// The attributes' values, empty where the page has none so far.
pub(crate) struct Values {
    core: Rc<Engine>,
    values: Vec<String>,
}

impl Probe {
    pub(crate) fn new(core: Rc<Engine>) -> Result<Self, LoadError> {
        let selectors =
            Selectors::from_bytes(&core.bundle().site.page_selectors).ok_or(LoadError::Selectors)?;
        Ok(Self { core, selectors: Arc::new(selectors) })
    }

    /// The attributes' values as the page's beginning has them, and whether all elements were found.
    pub(crate) fn read(&self, beginning: &[u8], content_type: &str) -> (Vec<String>, bool) {
        let count = self.core.bundle().site.page_attributes.len();
        let values = Values { core: self.core.clone(), values: alloc::vec![String::new(); count] };
        let plan = Plan::new(self.selectors.clone()).encoding(Encoding::of_content_type(content_type));
        let mut rewriter = Rewriter::new(plan, Watcher::Reading(values));
        rewriter.write(beginning, &mut Nothing);
        let complete = rewriter.is_finished();
        match rewriter.handler_mut() {
            Watcher::Reading(found) => (core::mem::take(&mut found.values), complete),
            Watcher::Editing(_) => (Vec::new(), complete),
        }
    }
}

impl Values {
    /// Notes what the element that the attribute's selector names says.
    pub(crate) fn element(&mut self, selector: u32, element: &Element<'_>) {
        let index = selector as usize;
        let attribute = self.core.bundle().site.page_attributes.get(index);
        let value = attribute.and_then(|attribute| element.attribute(attribute));
        if let (Some(place), Some(value)) = (self.values.get_mut(index), value) {
            *place = value.into_owned();
        }
    }
}

/// The probe changes nothing: what comes out is what went in, and is not needed.
struct Nothing;

impl Output for Nothing {
    fn push(&mut self, _: &[u8]) {}
}
