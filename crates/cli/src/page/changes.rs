//! What a decision changes in a page.

use std::sync::Arc;

use footlight_core::bundle::Place;
use footlight_core::decide::{Change, Decision, Engine, SlotEdit, price};
use footlight_core::template::Escape;
use footlight_html::{Edits, Element, Handler};

/// A decision's edits.
pub(crate) struct Changes {
    engine: Arc<Engine>,
    edits: Vec<SlotEdit>,
    market: Option<u16>,
}

impl Changes {
    pub(super) fn new(engine: Arc<Engine>, decision: &Decision) -> Self {
        Self { engine, edits: decision.edits.clone(), market: decision.market }
    }

    /// The numbers of the selectors that they are for.
    pub(super) fn targets(&self) -> Vec<u32> {
        self.edits.iter().map(|edit| edit.target.into()).collect()
    }

    /// Shows the amount that the element carries in the visitor's market; without one the element stays as it is.
    fn price(&self, element: &Element<'_>, edits: &mut Edits) -> Option<()> {
        let bundle = self.engine.bundle();
        let amount = element.attribute(&bundle.site.amount_attribute)?;
        let product = element.attribute(&bundle.site.product_attribute);
        let text = price(bundle, self.market?, &amount, product.as_deref())?;
        let mut html = String::with_capacity(text.len());
        Escape::Text.write(&text, &mut html);
        edits.set_inner(&html);
        Some(())
    }
}

impl Handler for Changes {
    fn element(&mut self, selector: u32, element: &Element<'_>, edits: &mut Edits) {
        let texts = &self.engine.bundle().texts;
        for edit in self.edits.iter().filter(|edit| u32::from(edit.target) == selector) {
            match &edit.change {
                Change::Insert { place, html } => insert(*place, html, edits),
                Change::SetAttribute { name, value } => edits.set_attribute(texts.get(*name), value),
                Change::RemoveAttribute { name } => edits.remove_attribute(texts.get(*name)),
                Change::Remove => edits.remove(),
                Change::Price => {
                    self.price(element, edits);
                }
            }
        }
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
