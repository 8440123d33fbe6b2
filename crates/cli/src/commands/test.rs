//! `footlight test`: plays the cases of `tests/*.toml` through the production evaluator.

use std::path::Path;

use clap::Args;
use footlight_compiler::cases::{self, Case, Verdict};
use footlight_core::decide::Engine;
use footlight_core::report::Explanation;
use serde::Serialize;

use super::check::{Compiled, report};
use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::{self, Outcome, count};
use crate::trace;

/// Run the tests of the rules: each case of tests/*.toml, with the reasons where one fails.
#[derive(Debug, Args)]
pub(crate) struct Test {
    #[command(flatten)]
    rules: Rules,
    /// Run only cases whose names contain this.
    filter: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    ok: bool,
    diagnostics: Vec<footlight_compiler::diagnostic::Report>,
    cases: Vec<CaseAnswer>,
}

#[derive(Serialize)]
struct CaseAnswer {
    name: String,
    file: String,
    ok: bool,
    failures: Vec<FailureAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
}

#[derive(Serialize)]
struct FailureAnswer {
    what: String,
    expected: String,
    got: String,
}

impl Test {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let mut compiled = Compiled::read(&self.rules)?;
        let verdicts = play(&mut compiled, self.filter.as_deref());
        let has_errors = compiled.compilation.has_errors();
        let failed = failed(&verdicts);
        match format {
            Format::Json => self.json(&compiled, &verdicts, !has_errors && failed == 0),
            Format::Text => {
                // What cannot be tested is said; warnings are the business of `check`.
                if has_errors {
                    report(&compiled.compilation.diagnostics, &compiled.sources, &self.rules.rules);
                }
                for (case, verdict) in &verdicts {
                    match verdict.failures.as_slice() {
                        [] => anstream::println!("ok      {}", case.name),
                        _ => anstream::print!("{}", told(case, verdict, &compiled, &self.rules.rules)),
                    }
                }
                if !has_errors {
                    let passed = verdicts.len() - failed;
                    anstream::println!("{} passed, {failed} failed", count(passed, "case"));
                }
            }
        }
        Ok(if has_errors || failed > 0 { Outcome::Wrong } else { Outcome::Fine })
    }

    fn json(&self, compiled: &Compiled, verdicts: &[(Case, Verdict)], ok: bool) {
        let cases = verdicts.iter().map(|(case, verdict)| CaseAnswer {
            name: case.name.clone(),
            file: compiled.sources.path(case.at.file).to_owned(),
            ok: verdict.failures.is_empty(),
            failures: verdict
                .failures
                .iter()
                .map(|failure| FailureAnswer {
                    what: failure.what.clone(),
                    expected: failure.expected.clone(),
                    got: failure.got.clone(),
                })
                .collect(),
            explanation: verdict.explanation.clone().filter(|_| !verdict.failures.is_empty()),
        });
        let diagnostics = compiled.compilation.diagnostics.iter();
        let diagnostics = diagnostics.map(|diagnostic| diagnostic.report(&compiled.sources)).collect();
        output::json(&Answer { ok, diagnostics, cases: cases.collect() });
    }
}

/// Plays the cases of compiled rules, which gives its bundle away; no case is played while something is wrong.
pub(crate) fn play(compiled: &mut Compiled, filter: Option<&str>) -> Vec<(Case, Verdict)> {
    let bundle = compiled.compilation.bundle.take();
    let (mut all, diagnostics) =
        cases::read(&compiled.sources, bundle.as_ref(), &compiled.compilation.notes, compiled.now_ms);
    compiled.compilation.diagnostics.extend(diagnostics);
    if let Some(filter) = filter {
        all.retain(|case| case.name.contains(filter));
    }
    let has_errors = compiled.compilation.has_errors();
    let Some(engine) = bundle.filter(|_| !has_errors).map(Engine::new) else { return Vec::new() };
    all.into_iter()
        .map(|case| {
            let verdict = cases::run(&case, &engine, &compiled.compilation.notes);
            (case, verdict)
        })
        .collect()
}

/// How many of the cases failed.
pub(crate) fn failed(verdicts: &[(Case, Verdict)]) -> usize {
    verdicts.iter().filter(|(_, verdict)| !verdict.failures.is_empty()).count()
}

/// A failed case: what was expected, what came, and why.
pub(crate) fn told(case: &Case, verdict: &Verdict, compiled: &Compiled, root: &Path) -> String {
    let mut lines = vec![format!("FAILED  {}", case.name)];
    for failure in &verdict.failures {
        let text = compiled.sources.text(failure.at.file);
        let before = text.get(..failure.at.span().start).unwrap_or("");
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let path = root.join(compiled.sources.path(failure.at.file));
        lines.push(format!("    {} ({}:{line})", failure.what, path.display()));
        lines.push(format!("        expected  {}", indented(&failure.expected)));
        lines.push(format!("        got       {}", indented(&failure.got)));
    }
    if let Some(explanation) = &verdict.explanation {
        lines.extend(trace::text(None, explanation).lines().map(|line| format!("    | {line}")));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n                  ")
}
