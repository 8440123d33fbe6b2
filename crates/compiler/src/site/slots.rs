//! Named places in pages.

use footlight_html::{Occurrence, Selector, Selectors};

use crate::diagnostic::{At, site};
use crate::document::Excerpt;
use crate::program::Program;
use crate::shape::Table;

/// A slot as `site.toml` declares it.
#[derive(Clone, Debug)]
pub(crate) struct DeclaredSlot {
    pub(crate) name: String,
    /// Where its name stands.
    pub(crate) at: At,
    pub(crate) selector: String,
    pub(crate) repeated: bool,
    /// Its parts; `None` when they are found by `data-footlight-part`, whatever their names.
    pub(crate) parts: Option<Vec<Part>>,
    /// The preload link that belongs to its image.
    pub(crate) preload: Option<String>,
}

/// A part of a slot.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// From the page's root.
    pub(crate) selector: String,
}

impl DeclaredSlot {
    /// A slot that has everything, for rules whose own does not exist.
    pub(crate) fn stand_in(at: At) -> Self {
        Self { name: String::new(), at, selector: "*".to_owned(), repeated: true, parts: None, preload: None }
    }

    /// The selector of a part; `None` when the slot lists its parts and this is not among them.
    pub(crate) fn part(&self, name: &str) -> Option<String> {
        match &self.parts {
            None => Some(below(&self.selector, &format!("[data-footlight-part=\"{name}\"]"))),
            Some(parts) => parts.iter().find(|part| part.name == name).map(|part| part.selector.clone()),
        }
    }
}

pub(super) fn read(table: Table<'_>, program: &mut Program) -> Vec<DeclaredSlot> {
    let mut slots = Vec::new();
    for (entry, slot) in table.named_tables("slots") {
        let name = entry.key.clone();
        let selector = slot
            .text("selector")
            .and_then(|selector| checked(selector, program))
            .unwrap_or_else(|| format!("[data-footlight-slot=\"{name}\"]"));
        let parts = slot.item("parts").map(|parts| {
            parts
                .entries()
                .iter()
                .filter_map(|part| {
                    let inner = checked(part.item.excerpt()?, program)?;
                    Some(Part { name: part.key.clone(), selector: below(&selector, &inner) })
                })
                .collect()
        });
        let preload = slot.table("preload").and_then(|preload| preload.text("selector"));
        let preload = preload.and_then(|selector| checked(selector, program));
        let repeated = slot.boolean("repeated").unwrap_or(false);
        slots.push(DeclaredSlot { name, at: entry.key_at, selector, repeated, parts, preload });
    }
    slots
}

/// A selector of the rewriter's subset.
pub(super) fn checked(selector: Excerpt<'_>, program: &mut Program) -> Option<String> {
    match Selector::parse(selector.text) {
        Ok(_) => Some(selector.text.to_owned()),
        Err(error) => {
            let at = if error.span.is_empty() { selector.whole } else { selector.at(error.span.clone()) };
            program.report(site::bad_selector(at, &error));
            None
        }
    }
}

/// Checked selectors, and which of them a page can have several of, under their numbers as the rewriter reads them.
pub(crate) fn as_set<'a>(selectors: impl Iterator<Item = (&'a str, bool)>) -> Vec<u8> {
    let mut set = Selectors::builder();
    for (id, (selector, repeated)) in (0..).zip(selectors) {
        let occurrence = if repeated { Occurrence::Repeated } else { Occurrence::Once };
        if let Ok(selector) = Selector::parse(selector) {
            set = set.add(id, &selector, occurrence);
        }
    }
    set.build().to_bytes()
}

/// The descendants of what `outer` selects that `inner` selects; each may be a list.
fn below(outer: &str, inner: &str) -> String {
    let mut all = Vec::new();
    for outer in alternatives(outer) {
        for inner in alternatives(inner) {
            all.push(format!("{} {}", outer.trim(), inner.trim()));
        }
    }
    all.join(", ")
}

/// Cuts a selector list at its commas, not at those inside of brackets and quotes.
fn alternatives(selector: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut in_brackets, mut quote) = (0, false, None);
    for (index, character) in selector.char_indices() {
        match (character, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(character),
            ('[', None) => in_brackets = true,
            (']', None) => in_brackets = false,
            (',', None) if !in_brackets => {
                parts.extend(selector.get(start..index));
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.extend(selector.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn each_of_a_list_is_looked_for_below_each_of_the_other() {
        assert_eq!(below("#hero", "img"), "#hero img");
        assert_eq!(below("#a, [x=\",\"]", "b, c"), "#a b, #a c, [x=\",\"] b, [x=\",\"] c");
    }
}
