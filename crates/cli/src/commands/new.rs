//! `footlight new`: a site to begin with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::arguments::Format;
use crate::clock;
use crate::failure::Failure;
use crate::output::{self, Outcome};
use crate::starter::{self, Proposal};

/// Make a rules directory to begin with: two rules, their tests, and comments.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The directory; made when it is not there, and never one that has something in it.
    directory: PathBuf,
    /// Addresses of the shop, from which routes, hosts and languages are proposed: a sitemap or a sitemap index with its
    /// parts beside it, gzipped or not, or a list with one address a line; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    from_url_list: Option<PathBuf>,
}

#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    directory: String,
    files: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<&'a Proposal>,
}

impl New {
    pub(crate) fn run(&self, format: Format) -> Result<Outcome, Failure> {
        // Before anything is read: standard input may be long.
        is_free(&self.directory)?;
        let now_ms = clock::now_ms(None)?;
        let proposal = self.from_url_list.as_deref().map(starter::proposal).transpose()?;
        let files = starter::files(proposal.as_ref(), now_ms);
        for (path, text) in &files {
            write(&self.directory.join(path), text)?;
        }
        match format {
            Format::Json => output::json(&Answer {
                ok: true,
                directory: self.directory.display().to_string(),
                files: files.iter().map(|(path, _)| path.as_str()).collect(),
                proposal: proposal.as_ref(),
            }),
            Format::Text => {
                if let Some(proposal) = &proposal {
                    print(proposal);
                }
                let directory = self.directory.display();
                anstream::println!(
                    "{directory} is there: 2 rules, 2 segments, 3 tests, and comments. What next:\n"
                );
                anstream::println!("  read    {directory}/site.toml, then homepage.toml");
                anstream::println!("  check   footlight check --rules {directory} --watch");
                anstream::println!("  test    footlight test --rules {directory}");
                anstream::println!(
                    "  look    footlight explain / --rules {directory} --consent all --visits 3"
                );
            }
        }
        Ok(Outcome::Fine)
    }
}

/// Whether nothing would be written over.
fn is_free(directory: &Path) -> Result<(), Failure> {
    match fs::read_dir(directory) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Failure::NotEmpty { path: directory.to_owned() }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(Failure::NotEmpty { path: directory.to_owned() })
        }
        Err(error) => Err(Failure::Read { path: directory.to_owned(), error }),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::Write { path: path.to_owned(), error };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)
}

/// What was found, and what is left.
fn print(proposal: &Proposal) {
    let Proposal { urls, routes, left, left_urls, .. } = proposal;
    let hosts = if proposal.hosts.is_empty() { "no host".to_owned() } else { proposal.hosts.join(", ") };
    anstream::println!("{} of {hosts}", starter::addresses(*urls));
    if !proposal.locales.is_empty() {
        anstream::println!("languages: {}", proposal.locales.join(", "));
    }
    anstream::println!();
    if output::is_plain() {
        for route in routes {
            anstream::println!(
                "Route {}, stage {}, {} addresses.",
                route.path,
                route.stage.name(),
                route.urls
            );
        }
    } else {
        let width = routes.iter().map(|route| route.path.len()).max().unwrap_or(0);
        for route in routes {
            let example = route.examples.first().map_or("", String::as_str);
            anstream::println!(
                "{:>8}  {:<width$}  {:<13}  {example}",
                route.urls,
                route.path,
                route.stage.name()
            );
        }
    }
    if *left_urls > 0 {
        anstream::println!("\n{} of no stage, left as they are:", starter::addresses(*left_urls));
    }
    for left in left {
        let guess = if left.looks_like_products { "  perhaps products" } else { "" };
        let example = left.examples.first().map_or("", String::as_str);
        anstream::println!("{:>8}  {}  {example}{guess}", left.urls, left.path);
    }
    if proposal.unusable > 0 {
        anstream::println!("\nleft out, because they are no addresses: {}", proposal.unusable);
        proposal.first_unusable.iter().for_each(|place| anstream::println!("  {place}"));
    }
    for url in &proposal.missing_sitemaps {
        anstream::println!(
            "\n{url} is not beside the index: download it into the same folder to have its addresses, too"
        );
    }
    anstream::println!(
        "\nAll of it is in site.toml, with examples; what was not found stands there as comments.\n"
    );
}
