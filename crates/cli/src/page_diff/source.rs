//! Where a page comes from: a file, standard input, or an address.

use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;

use crate::failure::Failure;

/// Larger pages are no pages.
const MOST_BYTES: u64 = 64 << 20;

/// A page, and what its sender says that it is.
pub(crate) struct PageSource {
    /// The file or the address.
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) html: Vec<u8>,
}

/// Headers of the request for a page, as the visitor would send them.
pub(crate) type Fetch<'h> = &'h [(&'h str, &'h str)];

/// Why there is no page.
#[derive(Debug)]
#[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "without a client there are no answers"))]
pub(crate) enum PageProblem {
    Empty,
    TooLarge,
    /// The answer is of another kind than a page.
    Status(u16),
    NotHtml(String),
    NoAnswer(String),
    /// This command was built without a client.
    #[cfg(not(feature = "serve"))]
    NoClient,
}

impl fmt::Display for PageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("it is empty; save the page as the shop sends it, with `curl -o page.html URL`")
            }
            Self::TooLarge => write!(f, "it is larger than {} MB, which no page is", MOST_BYTES >> 20),
            Self::Status(status) => write!(
                f,
                "the shop answers {status}; only pages with 200 are personalized, so open the address in a browser first"
            ),
            Self::NotHtml(kind) => write!(f, "it is `{kind}`, and only HTML is personalized; name a page"),
            Self::NoAnswer(words) => {
                write!(f, "there is no answer: {words}; is the address right, and the shop running?")
            }
            #[cfg(not(feature = "serve"))]
            Self::NoClient => {
                f.write_str("this command was built without `serve`; save the page and name the file")
            }
        }
    }
}

impl PageSource {
    /// Reads a page. An address is asked for it with the visitor's headers.
    pub(crate) fn read(name: &str, headers: Fetch<'_>) -> Result<Self, Failure> {
        let bad = |problem| Failure::BadPage { name: name.to_owned(), problem };
        let page = if name.starts_with("http://") || name.starts_with("https://") {
            fetch(name, headers).map_err(bad)?
        } else {
            Self {
                name: name.to_owned(),
                content_type: "text/html; charset=utf-8".to_owned(),
                html: file(name)?,
            }
        };
        match page.html.len() as u64 {
            0 => Err(bad(PageProblem::Empty)),
            bytes if bytes > MOST_BYTES => Err(bad(PageProblem::TooLarge)),
            _ => Ok(page),
        }
    }
}

fn file(name: &str) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::Read { path: PathBuf::from(name), error };
    let mut html = Vec::new();
    if name == "-" {
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut html).map_err(failed)?;
    } else {
        fs::File::open(name)
            .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut html))
            .map_err(failed)?;
    }
    Ok(html)
}

#[cfg(feature = "serve")]
fn fetch(url: &str, headers: Fetch<'_>) -> Result<PageSource, PageProblem> {
    let (content_type, html) = crate::serve::fetch(url, headers, MOST_BYTES)?;
    Ok(PageSource { name: url.to_owned(), content_type, html })
}

#[cfg(not(feature = "serve"))]
fn fetch(_: &str, _: Fetch<'_>) -> Result<PageSource, PageProblem> {
    Err(PageProblem::NoClient)
}
