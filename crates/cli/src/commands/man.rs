//! `footlight man`: manual pages.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use serde::Serialize;

use crate::arguments::{Arguments, Format};
use crate::failure::Failure;
use crate::output::{self, Outcome};

/// Write the manual page; with a folder, a page for each command into it.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Where the pages go, such as ~/.local/share/man/man1; the first page goes to standard output when left out.
    directory: Option<PathBuf>,
}

#[derive(Serialize)]
struct Answer {
    ok: bool,
    pages: Vec<String>,
}

impl Man {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let Some(directory) = &self.directory else {
            let mut page = Vec::new();
            let failed = |error| Failure::Write { path: "standard output".into(), error };
            clap_mangen::Man::new(Arguments::command().disable_help_subcommand(true))
                .render(&mut page)
                .map_err(failed)?;
            std::io::stdout().write_all(&page).map_err(failed)?;
            return Ok(Outcome::Fine);
        };
        let failed = |error| Failure::Write { path: directory.clone(), error };
        fs::create_dir_all(directory).map_err(failed)?;
        clap_mangen::generate_to(Arguments::command(), directory).map_err(failed)?;
        let mut pages: Vec<String> = Arguments::command()
            .get_subcommands()
            .map(|command| format!("footlight-{}.1", command.get_name()))
            .chain(["footlight.1".to_owned()])
            .collect();
        pages.sort();
        match format {
            Format::Json => output::json(&Answer { ok: true, pages }),
            Format::Text => anstream::println!(
                "{} written to {}; read them with `man -l {}`",
                output::count(pages.len(), "page"),
                directory.display(),
                directory.join("footlight.1").display()
            ),
        }
        Ok(Outcome::Fine)
    }
}
