//! `tests/*.toml`: named cases that merchandisers write. Given this visitor and request, expect this.

mod consent;
mod read;
mod run;
mod visit;

use std::collections::BTreeMap;

use footlight_core::bundle::Bundle;
use footlight_core::notes::Notes;
use footlight_core::stage::Stage;

use crate::diagnostic::{At, Diagnostic};
use crate::sources::Sources;
pub use read::read;
pub use run::{Failure, Verdict, run};
pub use visit::{Carried, PageFact, Visit, VisitError, Visitor};

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows, as a sentence.
    pub name: String,
    /// Where its name stands.
    pub at: At,
    /// Who comes, when, and where to.
    pub visit: Visit,
    /// What must come of it.
    pub expect: Expectation,
}

/// What must come of a visit; each with the place where it is written.
#[derive(Clone, Debug, Default)]
pub struct Expectation {
    /// The stage; none inside for a page that is left alone.
    pub stage: Option<(At, Option<Stage>)>,
    /// By slot: the rule that fills it; none inside when the default stays.
    pub rules: BTreeMap<String, (At, Option<String>)>,
    /// By slot: a text that what goes in contains.
    pub contains: BTreeMap<String, (At, String)>,
    /// By amount in the base currency: how it is shown.
    pub prices: BTreeMap<String, (At, String)>,
    /// How the response may be cached.
    pub cache: Option<(At, String)>,
}

/// What is wrong with the cases themselves.
#[must_use]
pub fn check(sources: &Sources, bundle: Option<&Bundle>, notes: &Notes) -> Vec<Diagnostic> {
    read(sources, bundle, notes, 0).1
}
