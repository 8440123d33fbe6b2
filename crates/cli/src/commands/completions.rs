//! `footlight completions`: what a shell needs to complete commands.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::output::Outcome;

/// Write a script that lets a shell complete footlight's commands and options.
///
/// For bash: `footlight completions bash > ~/.local/share/bash-completion/completions/footlight`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "footlight", &mut script);
        std::io::stdout()
            .write_all(&script)
            .map_err(|error| Failure::Write { path: "standard output".into(), error })?;
        Ok(Outcome::Fine)
    }
}
