//! What grows while sources are compiled: texts, expressions and diagnostics.

use footlight_core::experiment::Range;

use crate::cel::{Nodes, Scope, Texts};
use crate::diagnostic::{At, Diagnostic};

/// An experiment's part of a namespace.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) namespace: String,
    pub(crate) range: Range,
    pub(crate) rule: String,
    pub(crate) at: At,
}

/// The program so far.
#[derive(Debug, Default)]
pub(crate) struct Program {
    /// What names mean.
    pub(crate) scope: Scope,
    pub(crate) texts: Texts,
    pub(crate) nodes: Nodes,
    /// The parts of namespaces that are taken.
    pub(crate) namespaces: Vec<Part>,
    /// Names of experiments' variants; the first is empty.
    pub(crate) variants: Vec<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The first and last year that the bundle is for.
    pub(crate) years: (i16, i16),
}

impl Program {
    /// The number of a variant's name.
    pub(crate) fn variant(&mut self, name: &str) -> u16 {
        if self.variants.is_empty() {
            self.variants.push(String::new());
        }
        let known = self.variants.iter().position(|known| known == name).unwrap_or_else(|| {
            self.variants.push(name.to_owned());
            self.variants.len() - 1
        });
        // No shop has as many names; the first is what shows nothing.
        u16::try_from(known).unwrap_or(0)
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
