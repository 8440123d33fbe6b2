//! Plays a case through the production evaluator and compares.

use footlight_core::bundle::Bundle;
use footlight_core::decide::{CachePolicy, Change, Decision, Engine, price};
use footlight_core::notes::Notes;
use footlight_core::report::Explanation;
use footlight_core::stage::Stage;

use super::{Case, PageFact, VisitError};
use crate::diagnostic::At;

/// What came of a case.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What came otherwise than expected; empty when all came as expected.
    pub failures: Vec<Failure>,
    /// Why it came so; none when the case could not be played through.
    pub explanation: Option<Explanation>,
}

/// One expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where the expectation is written.
    pub at: At,
    /// What it is about, such as `slot hero`.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub got: String,
}

/// Plays a case through.
#[must_use]
pub fn run(case: &Case, engine: &Engine, notes: &Notes) -> Verdict {
    let (decision, explanation) = match case.visit.explain(engine, notes) {
        Ok(explained) => explained,
        Err(error) => return Verdict { failures: vec![impossible(case, &error)], explanation: None },
    };
    let bundle = engine.bundle();
    let mut comparison = Comparison { bundle, notes, decision: &decision, failures: Vec::new() };
    comparison.compare(case);
    Verdict { failures: comparison.failures, explanation: Some(explanation) }
}

fn impossible(case: &Case, error: &VisitError) -> Failure {
    let (what, got) = match error {
        VisitError::Consent => (
            "consent",
            "no value of the site's consent cookie says exactly this; write the cookie itself in `cookies`",
        ),
        VisitError::PageFact(PageFact::Category) => {
            ("page.category", "the site reads it from the route alone")
        }
        VisitError::PageFact(PageFact::Product) => ("page.product", "the site reads it from the route alone"),
        VisitError::PageFact(PageFact::Price) => {
            ("page.price", "`[page]` of site.toml does not say where it is")
        }
        VisitError::PageFact(PageFact::Stock) => {
            ("page.stock", "`[page]` of site.toml does not say where it is")
        }
    };
    Failure {
        at: case.at,
        what: what.to_owned(),
        expected: "a visit that can take place".to_owned(),
        got: got.to_owned(),
    }
}

struct Comparison<'c> {
    bundle: &'c Bundle,
    notes: &'c Notes,
    decision: &'c Decision,
    failures: Vec<Failure>,
}

impl Comparison<'_> {
    fn expect(&mut self, at: At, what: impl Into<String>, expected: &str, got: &str) {
        if expected != got {
            let (expected, got) = (expected.to_owned(), got.to_owned());
            self.failures.push(Failure { at, what: what.into(), expected, got });
        }
    }

    fn compare(&mut self, case: &Case) {
        let expect = &case.expect;
        if let Some((at, stage)) = expect.stage {
            let name = |stage: Option<Stage>| stage.map_or("no stage", Stage::name);
            self.expect(at, "stage", name(stage), name(self.decision.stage));
        }
        for (slot, (at, rule)) in &expect.rules {
            let got = self.winner(slot).unwrap_or_else(|| "the default".to_owned());
            self.expect(*at, format!("slot {slot}"), rule.as_deref().unwrap_or("the default"), &got);
        }
        for (slot, (at, text)) in &expect.contains {
            let got = self.shown(slot);
            if !plain(&got).contains(&plain(text)) {
                let got = if got.is_empty() { "nothing".to_owned() } else { got };
                let failure = Failure {
                    at: *at,
                    what: format!("text in slot {slot}"),
                    expected: format!("contains: {text}"),
                    got,
                };
                self.failures.push(failure);
            }
        }
        for (amount, (at, shown)) in &expect.prices {
            let got = self.price(amount).unwrap_or_else(|| "stays as it is".to_owned());
            self.expect(*at, format!("price {amount}"), &plain(shown), &plain(&got));
        }
        if let Some((at, class)) = &expect.cache {
            let got = match self.decision.cache {
                CachePolicy::Static => "static",
                CachePolicy::Shared { .. } => "shared",
                CachePolicy::Private => "private",
            };
            self.expect(*at, "cache", class, got);
        }
    }

    fn winner(&self, slot: &str) -> Option<String> {
        self.decision.winners.iter().find_map(|winner| {
            let (rule, _) = winner.of(self.bundle)?;
            let is_here = self.notes.slots.get(usize::from(rule.slot))? == slot;
            self.notes.rules.get(winner.rule as usize).filter(|_| is_here).cloned()
        })
    }

    /// Everything that goes into a slot.
    fn shown(&self, slot: &str) -> String {
        let mut shown = Vec::new();
        for edit in &self.decision.edits {
            let target = self.bundle.targets.get(usize::from(edit.target));
            let own = target.and_then(|target| self.notes.slots.get(usize::from(target.slot)));
            if own.is_some_and(|own| own == slot) {
                match &edit.change {
                    Change::Insert { html, .. } => shown.push(html.as_str()),
                    Change::SetAttribute { value, .. } => shown.push(value.as_str()),
                    Change::RemoveAttribute { .. } | Change::Remove | Change::Price => {}
                }
            }
        }
        shown.join("\n")
    }

    fn price(&self, amount: &str) -> Option<String> {
        let changes = self.decision.edits.iter().any(|edit| edit.change == Change::Price);
        let market = self.decision.market.filter(|_| changes)?;
        price(self.bundle, market, amount, None)
    }
}

/// Without the difference between kinds of spaces, which nobody types.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
