//! Rules become a bundle in memory.

use footlight_compiler::{cases, file};

use super::{Findings, Live};
use crate::arguments::Rules;
use crate::commands::check::Compiled;
use crate::failure::Failure;
use crate::output::count;
use crate::page::Pages;
use crate::render;

/// Compiles the rules. Says on the error stream what is wrong, as `footlight check` does.
pub(in crate::serve) fn compile(rules: &Rules) -> Result<(Option<Live>, Findings), Failure> {
    let mut compiled = Compiled::read(rules)?;
    let of_tests =
        cases::check(&compiled.sources, compiled.compilation.bundle.as_ref(), &compiled.compilation.notes);
    compiled.compilation.diagnostics.extend(of_tests);
    compiled.report(&rules.rules);
    let findings = findings(&compiled, rules);
    let live = compiled.compilation.bundle.and_then(|bundle| {
        let notes = compiled.compilation.notes;
        // The name says what is in it, whenever it was made.
        let (_, id) = file::encode(&bundle, &notes, 0).ok()?;
        let headers = headers_of(&notes.facts);
        Some(Live { pages: Pages::new(bundle)?, notes, headers, id: id.to_string() })
    });
    Ok((live, findings))
}

fn findings(compiled: &Compiled, rules: &Rules) -> Findings {
    let diagnostics = &compiled.compilation.diagnostics;
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let mut text = String::new();
    for diagnostic in diagnostics {
        let rendered = render::text(diagnostic, &compiled.sources, &rules.rules);
        text.push_str(&anstream::adapter::strip_str(&rendered).to_string());
        text.push_str("\n\n");
    }
    if !diagnostics.is_empty() {
        text.push_str(&format!("{}, {}\n", count(errors, "error"), count(warnings, "warning")));
    }
    Findings { text, errors, warnings }
}

/// The names of the request's headers among the facts. That a page is only fetched ahead changes nothing in it.
fn headers_of(facts: &[String]) -> Vec<String> {
    let names = facts.iter().filter_map(|fact| fact.strip_prefix("header:"));
    names.filter(|&name| name != "sec-purpose").map(str::to_owned).collect()
}
