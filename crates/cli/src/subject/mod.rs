//! What a command is about: a bundle with its words, from rules, from a file, from what is live, or from git.

mod git;
mod named;

use std::fs;
use std::path::Path;

use footlight_compiler::{Sources, file};
use footlight_core::bundle::load;
use footlight_core::decide::Engine;
use footlight_core::notes::Notes;

pub(crate) use git::{Git, GitError};
pub(crate) use named::named;

use crate::arguments::Rules;
use crate::commands::check::Compiled;
use crate::failure::Failure;

/// A bundle that is ready, with its words.
pub(crate) struct Subject {
    pub(crate) engine: Engine,
    pub(crate) notes: Notes,
    /// The rules that it was compiled from, when it was.
    pub(crate) sources: Option<Sources>,
}

impl Subject {
    /// Reads a rules directory, or a bundle's file. None when the rules are wrong, which has been said then.
    pub(crate) fn read(rules: &Rules) -> Result<Option<Self>, Failure> {
        if rules.rules.is_file() {
            return Self::of_file(&rules.rules).map(Some);
        }
        Ok(Self::of_compiled(Compiled::read(rules)?, &rules.rules))
    }

    /// What was compiled; none when it is wrong, which is said then.
    pub(crate) fn of_compiled(mut compiled: Compiled, root: &Path) -> Option<Self> {
        let Some(bundle) = compiled.compilation.bundle.take() else {
            compiled.report(root);
            return None;
        };
        let notes = compiled.compilation.notes;
        Some(Self { engine: Engine::new(bundle), notes, sources: Some(compiled.sources) })
    }

    /// Reads a bundle's file.
    pub(crate) fn of_file(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(|error| Failure::Read { path: path.to_owned(), error })?;
        Self::of_bytes(path.display().to_string(), &bytes)
    }

    /// A bundle's bytes.
    pub(crate) fn of_bytes(name: String, bytes: &[u8]) -> Result<Self, Failure> {
        let unusable = |error| Failure::BadBundle { path: name.clone().into(), error };
        let bundle = load(bytes, "").map_err(unusable)?.bundle;
        let notes = file::notes(bytes).map_err(unusable)?;
        Ok(Self { engine: Engine::new(bundle), notes, sources: None })
    }
}
