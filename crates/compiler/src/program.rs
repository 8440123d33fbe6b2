//! What grows while sources are compiled: texts, expressions and diagnostics.

use crate::cel::{Nodes, Scope, Texts};
use crate::diagnostic::Diagnostic;

/// The program so far.
#[derive(Debug, Default)]
pub(crate) struct Program {
    /// What names mean.
    pub(crate) scope: Scope,
    pub(crate) texts: Texts,
    pub(crate) nodes: Nodes,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The first and last year that the bundle is for.
    pub(crate) years: (i16, i16),
}

impl Program {
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
