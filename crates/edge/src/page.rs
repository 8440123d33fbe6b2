//! One page on its way through.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use footlight_core::bundle::Place;
use footlight_core::decide::{Change, Engine, SlotEdit, price};
use footlight_core::template::Escape;
use footlight_html::{Edits, Element, Encoding, Plan, Rewriter};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffers::Buffers;
use crate::watcher::Watcher;

/// A page that is edited while it streams through.
#[wasm_bindgen]
pub struct Page {
    rewriter: Rewriter<Watcher>,
    buffers: Buffers,
}

/// What a decision changes in a page.
pub(crate) struct Changes {
    pub(crate) core: Rc<Engine>,
    pub(crate) edits: Vec<SlotEdit>,
    pub(crate) market: Option<u16>,
}

impl Page {
    pub(crate) fn new(plan: Plan, content_type: &str, changes: Changes, buffers: Buffers) -> Self {
        let mut targets = Vec::with_capacity(changes.edits.len());
        for edit in &changes.edits {
            targets.push(u32::from(edit.target));
        }
        let plan = plan.only(targets).encoding(Encoding::of_content_type(content_type));
        Self { rewriter: Rewriter::new(plan, Watcher::Editing(changes)), buffers }
    }
}

#[wasm_bindgen]
impl Page {
    /// Takes `length` bytes of the input. Returns how many bytes of output are ready.
    pub fn write(&mut self, length: usize) -> usize {
        let mut pair = self.buffers.pair.borrow_mut();
        pair.begin();
        let pair = &mut *pair;
        let chunk = pair.input.get(..length).unwrap_or_default();
        self.rewriter.write(chunk, &mut pair.output);
        pair.output.len()
    }

    /// The page is over. Returns how many bytes of output are ready.
    pub fn end(&mut self) -> usize {
        let mut pair = self.buffers.pair.borrow_mut();
        pair.begin();
        self.rewriter.end(&mut pair.output);
        pair.output.len()
    }

    /// How many of the bytes written last are held back, because a tag is not complete.
    pub fn held(&self) -> usize {
        self.rewriter.held().len()
    }

    /// Whether what follows stays as it is and need not come through here.
    #[wasm_bindgen(js_name = isFinished)]
    pub fn is_finished(&self) -> bool {
        self.rewriter.is_finished()
    }
}

impl Changes {
    /// Makes the changes to an element that the target `selector` names.
    pub(crate) fn element(&self, selector: u32, element: &Element<'_>, edits: &mut Edits) {
        for edit in self.edits.iter().filter(|edit| u32::from(edit.target) == selector) {
            match &edit.change {
                Change::Insert { place, html } => insert(*place, html, edits),
                Change::SetAttribute { name, value } => {
                    edits.set_attribute(self.core.bundle().texts.get(*name), value)
                }
                Change::RemoveAttribute { name } => {
                    edits.remove_attribute(self.core.bundle().texts.get(*name))
                }
                Change::Remove => edits.remove(),
                Change::Price => self.price(element, edits),
            }
        }
    }

    /// Shows the amount that the element carries in the visitor's market; without one the element stays as it is.
    fn price(&self, element: &Element<'_>, edits: &mut Edits) {
        let bundle = self.core.bundle();
        let site = &bundle.site;
        let Some(market) = self.market else { return };
        let Some(amount) = element.attribute(&site.amount_attribute) else { return };
        let product = element.attribute(&site.product_attribute);
        let Some(text) = price(bundle, market, &amount, product.as_deref()) else { return };
        let mut html = String::with_capacity(text.len());
        Escape::Text.write(&text, &mut html);
        edits.set_inner(&html);
    }
}

fn insert(place: Place, html: &str, edits: &mut Edits) {
    match place {
        Place::Inner => edits.set_inner(html),
        Place::Replace => edits.replace(html),
        Place::Before => edits.before(html),
        Place::After => edits.after(html),
        Place::Prepend => edits.prepend(html),
        Place::Append => edits.append(html),
    }
}
