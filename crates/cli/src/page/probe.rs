//! What a page says of itself, read from its first bytes before deciding.

use std::sync::Arc;

use footlight_core::decide::Engine;
use footlight_html::{Edits, Element, Encoding, Output, Plan, Rewriter, Selectors};

/// The attributes' values as the page's beginning has them, empty where it has none so far, and whether all elements were
/// found.
pub(super) fn read(
    engine: &Engine,
    selectors: Arc<Selectors>,
    beginning: &[u8],
    content_type: &str,
) -> (Vec<String>, bool) {
    let attributes = &engine.bundle().site.page_attributes;
    let mut values = vec![String::new(); attributes.len()];
    let note = |selector: u32, element: &Element<'_>, _: &mut Edits| {
        let index = selector as usize;
        let value = attributes.get(index).and_then(|attribute| element.attribute(attribute));
        if let (Some(place), Some(value)) = (values.get_mut(index), value) {
            *place = value.into_owned();
        }
    };
    let plan = Plan::new(selectors).encoding(Encoding::of_content_type(content_type));
    let mut rewriter = Rewriter::new(plan, note);
    rewriter.write(beginning, &mut Nothing);
    let complete = rewriter.is_finished();
    drop(rewriter);
    (values, complete)
}

/// The probe changes nothing: what comes out is what went in, and is not needed.
struct Nothing;

impl Output for Nothing {
    fn push(&mut self, _: &[u8]) {}
}
