//! `footlight reference`: what can be written, and what the messages mean.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use footlight_compiler::diagnostic::similar;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::Failure;
use crate::output::{self, Outcome, count};
use crate::reference::{self, Page};

/// Show a page of the reference: signals, conditions, contents, journey, files, or what a message's code means.
#[derive(Debug, Args)]
pub(crate) struct Reference {
    /// The page, such as `signals` or `unknown-slot`; a list of them when left out.
    page: Option<String>,
    /// Write all pages into a folder, in Markdown.
    #[arg(long, value_name = "DIR", conflicts_with = "page")]
    write: Option<PathBuf>,
}

#[derive(Serialize)]
struct List<'p> {
    pages: Vec<&'p str>,
}

#[derive(Serialize)]
struct Shown<'p> {
    page: &'p str,
    text: &'p str,
}

impl Reference {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        let pages = reference::pages();
        let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
        if let Some(folder) = &self.write {
            pages.iter().try_for_each(|page| write(folder, page))?;
            match format {
                Format::Json => output::json(&List { pages: names }),
                Format::Text => {
                    anstream::println!("{} written to {}", count(pages.len(), "page"), folder.display())
                }
            }
            return Ok(Outcome::Fine);
        }
        let Some(wanted) = &self.page else {
            match format {
                Format::Json => output::json(&List { pages: names }),
                Format::Text => names.iter().for_each(|name| anstream::println!("{name}")),
            }
            return Ok(Outcome::Fine);
        };
        let Some(page) = pages.iter().find(|page| page.name == *wanted) else {
            let similar = similar(wanted, names).map(str::to_owned);
            return Err(Failure::NoSuchPage { name: wanted.clone(), similar });
        };
        match format {
            Format::Json => output::json(&Shown { page: &page.name, text: &page.text }),
            Format::Text => anstream::print!("{}", page.text),
        }
        Ok(Outcome::Fine)
    }
}

fn write(folder: &Path, page: &Page) -> Result<(), Failure> {
    let path = folder.join(&page.path);
    let failed = |error| Failure::Write { path: path.clone(), error };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(&path, &page.text).map_err(failed)
}
