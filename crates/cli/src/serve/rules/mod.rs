//! The rules in use: compiled again whenever one is saved. What does not compile changes nothing but what is said of it.

mod compile;

use std::path::PathBuf;
use std::sync::Arc;

use footlight_core::notes::Notes;
use tokio::sync::watch;

pub(super) use compile::compile;

use crate::arguments::Rules;
use crate::failure::Failure;
use crate::page::Pages;
use crate::watch::Watch;

/// A bundle that decides.
pub(super) struct Live {
    pub(super) pages: Pages,
    pub(super) notes: Notes,
    /// The names of the request's headers that decisions depend on.
    pub(super) headers: Vec<String>,
    /// The bundle's name.
    pub(super) id: String,
}

/// The rules as they were when they were read last.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Counts what pages depend on, so that a page knows whether it is still the same.
    pub(super) version: u64,
    /// The last bundle that compiled, if one ever did.
    pub(super) live: Option<Arc<Live>>,
    /// What is wrong with the rules.
    pub(super) findings: Arc<Findings>,
}

/// What `footlight check` says of the rules.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Findings {
    /// As people read it, without colours; empty when nothing is to be said.
    pub(super) text: String,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// Compiles the rules whenever a file is saved, and tells of it. `pages` is a folder of pages that is watched too.
pub(super) fn watch(
    rules: Rules,
    pages: Option<PathBuf>,
    state: watch::Sender<State>,
) -> Result<(), Failure> {
    let mut on_rules = Watch::new(&[&rules.rules])?;
    let on_pages = pages.map(|folder| Watch::new(&[&folder])).transpose()?;
    if let Some(mut on_pages) = on_pages {
        let state = state.clone();
        std::thread::spawn(move || {
            loop {
                on_pages.next();
                state.send_modify(|state| state.version += 1);
            }
        });
    }
    std::thread::spawn(move || {
        loop {
            on_rules.next();
            let (live, findings) = compile(&rules).unwrap_or_else(|failure| {
                anstream::eprintln!("error: {failure}");
                (None, Findings { text: format!("error: {failure}"), errors: 1, warnings: 0 })
            });
            state.send_if_modified(|state| state.take(live, findings));
        }
    });
    Ok(())
}

impl State {
    /// Takes the outcome of a compilation; whether anything is different now.
    pub(super) fn take(&mut self, live: Option<Live>, findings: Findings) -> bool {
        let is_other = |live: &Live| self.live.as_ref().is_none_or(|known| known.id != live.id);
        let other = live.filter(is_other);
        let is_new = other.is_some();
        if let Some(live) = other {
            self.live = Some(Arc::new(live));
            self.version += 1;
        }
        let said_more = *self.findings != findings;
        self.findings = Arc::new(findings);
        is_new || said_more
    }
}
