//! Pages get what a decision says, on this machine: the evaluator and the rewriter, joined as the edge module joins them.

mod changes;
mod probe;

use std::sync::Arc;

use footlight_core::bundle::Bundle;
use footlight_core::decide::{Decision, Engine};
use footlight_html::{Encoding, Plan, Rewriter, Selectors};

pub(crate) use changes::Changes;

/// A bundle, ready to decide about pages and to change them.
pub(crate) struct Pages {
    engine: Arc<Engine>,
    /// Of what edits point at.
    selectors: Arc<Selectors>,
    /// Of what signals read in a page.
    page_selectors: Arc<Selectors>,
}

impl Pages {
    /// Makes a bundle ready; none when its selectors are of another version of the rewriter.
    pub(crate) fn new(bundle: Bundle) -> Option<Self> {
        let selectors = Selectors::from_bytes(&bundle.selectors)?;
        let page_selectors = Selectors::from_bytes(&bundle.site.page_selectors)?;
        Some(Self {
            engine: Arc::new(Engine::new(bundle)),
            selectors: Arc::new(selectors),
            page_selectors: Arc::new(page_selectors),
        })
    }

    /// The evaluator.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What the beginning of a page says of it, as [`footlight_core::request::Request::page`] takes it, and whether
    /// everything was found.
    pub(crate) fn facts(&self, beginning: &[u8], content_type: &str) -> (Vec<String>, bool) {
        probe::read(&self.engine, self.page_selectors.clone(), beginning, content_type)
    }

    /// Makes a decision's edits while the page streams through.
    pub(crate) fn rewriter(&self, decision: &Decision, content_type: &str) -> Rewriter<Changes> {
        let changes = Changes::new(self.engine.clone(), decision);
        let plan = Plan::new(self.selectors.clone()).only(changes.targets());
        Rewriter::new(plan.encoding(Encoding::of_content_type(content_type)), changes)
    }

    /// A whole page with a decision's edits.
    pub(crate) fn rewrite(&self, decision: &Decision, content_type: &str, page: &[u8]) -> Vec<u8> {
        let mut rewriter = self.rewriter(decision, content_type);
        let mut out = Vec::with_capacity(page.len());
        rewriter.write(page, &mut out);
        rewriter.end(&mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use footlight_compiler::cases::Visit;
    use footlight_compiler::{Options, compile};
    use footlight_core::bundle::GeoFact;

    use super::*;
    use crate::rules_directory;

    #[test]
    fn a_page_gets_a_decisions_edits_and_says_what_is_in_stock() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/e2e/rules");
        let at_ms = crate::clock::now_ms(Some("2026-11-20T10:00:00Z")).unwrap();
        let compilation = compile(&rules_directory::read(&root).unwrap(), Options { now_ms: at_ms });
        let notes = compilation.notes;
        let pages = Pages::new(compilation.bundle.unwrap()).unwrap();

        let visit = Visit {
            at_ms,
            url: "https://shop.example/".to_owned(),
            geo: vec![(GeoFact::Country, "CH".to_owned())],
            ..Visit::default()
        };
        let (decision, _) = visit.explain(pages.engine(), &notes).unwrap();
        let page = br#"<p data-footlight-slot="price" data-amount="100">100,00</p><p>100,00</p>"#;
        let page = pages.rewrite(&decision, "text/html; charset=utf-8", page);
        let expected = "<p data-footlight-slot=\"price\" data-amount=\"100\">CHF\u{a0}94.30</p><p>100,00</p>";
        assert_eq!(String::from_utf8(page).unwrap(), expected);

        let (facts, complete) = pages.facts(br#"<body data-stock="3">"#, "text/html");
        assert_eq!((facts, complete), (vec!["3".to_owned()], true));
    }
}
