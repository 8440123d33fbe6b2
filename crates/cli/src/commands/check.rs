//! `footlight check`: everything that is wrong with the rules, in one go.

use std::fs;
use std::io::{IsTerminal as _, stderr, stdout};
use std::path::Path;

use clap::Args;
use footlight_compiler::{Compilation, Diagnostic, Options, Sources, compile, compile_after, file};
use footlight_core::bundle::load;
use serde::Serialize;

use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::{self, Outcome, count};
use crate::watch::Watch;
use crate::{clock, render, rules_directory};

/// Check the rules: everything that is wrong, where, why, and what to write instead.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    rules: Rules,
    /// Check again whenever a file is saved, until Ctrl-C.
    #[arg(long, short = 'w')]
    watch: bool,
}

/// Clears a terminal, and what was scrolled out of it.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Rules that were read and compiled.
pub(crate) struct Compiled {
    pub(crate) sources: Sources,
    pub(crate) now_ms: i64,
    pub(crate) compilation: Compilation,
}

impl Compiled {
    /// Reads and compiles a rules directory.
    pub(crate) fn read(rules: &Rules) -> Result<Self, Failure> {
        match &rules.previous {
            Some(path) => {
                let bytes = fs::read(path).map_err(|error| Failure::Read { path: path.clone(), error })?;
                Self::read_after(rules, Some((path, &bytes)))
            }
            None => Self::read_after(rules, None),
        }
    }

    /// Reads and compiles a rules directory for visitors who have the bundle of these bytes, from this place, now.
    pub(crate) fn read_after(rules: &Rules, previous: Option<(&Path, &[u8])>) -> Result<Self, Failure> {
        let now_ms = clock::now_ms(rules.at.as_deref())?;
        let sources = rules_directory::read(&rules.rules)?;
        let options = Options { now_ms };
        let compilation = match previous {
            Some((place, bytes)) => {
                let unusable = |error| Failure::BadBundle { path: place.to_owned(), error };
                let bundle = load(bytes, "").map_err(unusable)?.bundle;
                let notes = file::notes(bytes).map_err(unusable)?;
                compile_after((&bundle, &notes), &sources, options)
            }
            None => compile(&sources, options),
        };
        Ok(Self { sources, now_ms, compilation })
    }

    /// Says on the error stream what is wrong.
    pub(crate) fn report(&self, root: &Path) {
        report(&self.compilation.diagnostics, &self.sources, root);
    }
}

/// Says on the error stream what is wrong, and counts it.
pub(crate) fn report(diagnostics: &[Diagnostic], sources: &Sources, root: &Path) {
    render::diagnostics(diagnostics, sources, root);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    if errors + warnings > 0 {
        anstream::eprintln!("{}, {}", count(errors, "error"), count(warnings, "warning"));
    }
}

#[derive(Serialize)]
struct Answer {
    ok: bool,
    diagnostics: Vec<footlight_compiler::diagnostic::Report>,
}

impl Check {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        if self.watch { self.watch(format) } else { self.once(format) }
    }

    fn once(&self, format: Format) -> Result<Outcome, Failure> {
        let mut compiled = Compiled::read(&self.rules)?;
        let cases = footlight_compiler::cases::check(
            &compiled.sources,
            compiled.compilation.bundle.as_ref(),
            &compiled.compilation.notes,
        );
        compiled.compilation.diagnostics.extend(cases);
        let has_errors = compiled.compilation.has_errors();
        match format {
            Format::Json => {
                let diagnostics = &compiled.compilation.diagnostics;
                let reports = diagnostics.iter().map(|diagnostic| diagnostic.report(&compiled.sources));
                output::json(&Answer { ok: !has_errors, diagnostics: reports.collect() });
            }
            Format::Text => {
                compiled.report(&self.rules.rules);
                if let Some(bundle) = compiled.compilation.bundle.as_ref().filter(|_| !has_errors) {
                    anstream::println!(
                        "ok: {}, {}, {}",
                        count(bundle.rules.len(), "rule"),
                        count(bundle.segments.len(), "segment"),
                        count(bundle.slots.into(), "slot")
                    );
                }
            }
        }
        Ok(if has_errors { Outcome::Wrong } else { Outcome::Fine })
    }

    /// Never ends by itself. What cannot be read now may be readable after the next change.
    fn watch(&self, format: Format) -> Result<Outcome, Failure> {
        if !self.rules.rules.is_dir() {
            return Err(Failure::NoRules { path: self.rules.rules.clone() });
        }
        let mut watch = Watch::new(&[&self.rules.rules])?;
        let is_drawn =
            format == Format::Text && !output::is_plain() && stdout().is_terminal() && stderr().is_terminal();
        loop {
            if is_drawn {
                anstream::eprint!("{CLEAR}");
            }
            if let Err(failure) = self.once(format) {
                anstream::eprintln!("error: {failure}");
            }
            anstream::eprintln!("watching {}; Ctrl-C ends it", self.rules.rules.display());
            watch.next();
        }
    }
}
