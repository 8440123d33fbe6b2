//! Addresses of a shop, from a sitemap or a list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use footlight_core::url::Url;

use super::sitemap::{self, Sitemap};
use crate::failure::Failure;

/// More than this is not read of one file, packed or not.
const MOST_BYTES: u64 = 512 << 20;

/// Lines that are named of those that cannot be used.
const MOST_NAMED: usize = 5;

/// The addresses of a shop.
#[derive(Debug, Default)]
pub(super) struct UrlList {
    /// Paths without query, each once, by host; those of no host under an empty one.
    pub(super) paths: BTreeMap<String, BTreeSet<String>>,
    /// What the sitemap says of its pages' languages.
    pub(super) languages: BTreeSet<String>,
    /// How many entries are no addresses.
    pub(super) unusable: usize,
    /// The first of them: where, and what is there.
    pub(super) first_unusable: Vec<String>,
    /// Sitemaps that the index names and that are not beside it.
    pub(super) missing: Vec<String>,
}

/// Why a list of addresses cannot be read.
#[derive(Debug)]
pub(crate) enum UrlListProblem {
    NotText { line: usize },
    Packed(io::Error),
    TooLarge,
    Xml { line: u32, column: u32, message: String },
    NoSitemap { element: String },
    NoUrls { unusable: usize, first: String },
}

impl std::fmt::Display for UrlListProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotText { line } => write!(
                f,
                "line {line} is not UTF-8; save the file as UTF-8, or convert it: `iconv -f WINDOWS-1252 -t UTF-8`"
            ),
            Self::Packed(error) => {
                write!(f, "it is packed with gzip and cannot be unpacked: {error}; download it again")
            }
            Self::TooLarge => {
                write!(f, "it is larger than {} MB; cut it into several files", MOST_BYTES >> 20)
            }
            Self::Xml { line, column, message } => {
                write!(f, "line {line}, column {column}: not valid XML: {message}; download it again")
            }
            Self::NoSitemap { element } => write!(
                f,
                "it begins with `<{element}>`, and a sitemap with `<urlset>` or `<sitemapindex>`; look for the sitemap's address in robots.txt"
            ),
            Self::NoUrls { unusable: 0, .. } => f.write_str(
                "there are no addresses in it; write one a line, such as https://shop.example/c/boots",
            ),
            Self::NoUrls { unusable, first } => write!(
                f,
                "there are no addresses in it, and {unusable} lines that are none: {first}; write one a line, such as https://shop.example/c/boots"
            ),
        }
    }
}

impl UrlList {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let mut list = Self::default();
        let bad = |problem| Failure::BadUrlList { path: path.to_owned(), problem };
        if path == Path::new("-") {
            let text = text(io::stdin().lock()).map_err(|error| fault(path, error))?;
            list.take(&text, "standard input", None, &mut BTreeSet::new()).map_err(bad)?;
        } else {
            list.file(path, &mut BTreeSet::new())?;
        }
        if list.paths.is_empty() {
            let first = list.first_unusable.first().cloned().unwrap_or_default();
            return Err(bad(UrlListProblem::NoUrls { unusable: list.unusable, first }));
        }
        Ok(list)
    }

    /// How many addresses there are.
    pub(super) fn len(&self) -> usize {
        self.paths.values().map(BTreeSet::len).sum()
    }

    fn file(&mut self, path: &Path, seen: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
        let file = fs::File::open(path).map_err(|error| Failure::Read { path: path.to_owned(), error })?;
        let text = text(file).map_err(|error| fault(path, error))?;
        seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
        let parts = self
            .take(&text, &path.display().to_string(), path.parent(), seen)
            .map_err(|problem| Failure::BadUrlList { path: path.to_owned(), problem })?;
        parts.into_iter().try_for_each(|part| self.file(&part, seen))
    }

    /// Takes what is in a file; gives the files that it names, if it is an index.
    fn take(
        &mut self,
        text: &str,
        name: &str,
        folder: Option<&Path>,
        seen: &mut BTreeSet<PathBuf>,
    ) -> Result<Vec<PathBuf>, UrlListProblem> {
        if !text.trim_start().starts_with('<') {
            for (index, line) in text.lines().enumerate() {
                let line = line.trim();
                if !line.is_empty() && !line.starts_with('#') {
                    self.add(line, || format!("{name}:{}: `{}`", index + 1, shortened(line)));
                }
            }
            return Ok(Vec::new());
        }
        match sitemap::read(text)? {
            Sitemap::Urls { urls, languages } => {
                for url in urls {
                    self.add(&url, || format!("{name}: `{}`", shortened(&url)));
                }
                self.languages.extend(languages);
                Ok(Vec::new())
            }
            Sitemap::Index(sitemaps) => {
                let mut parts = Vec::new();
                for url in sitemaps {
                    let own_name = url.rsplit('/').next().unwrap_or(&url);
                    let own_name = own_name.split(['?', '#']).next().unwrap_or(own_name);
                    let beside = folder.map(|folder| beside(folder, own_name));
                    match beside.flatten() {
                        Some(path) => {
                            // An index that names itself ends nowhere.
                            if seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                                parts.push(path);
                            }
                        }
                        None => self.missing.push(url),
                    }
                }
                Ok(parts)
            }
        }
    }

    fn add(&mut self, written: &str, place: impl Fn() -> String) {
        let parsed = match Url::parse(written) {
            Some(url) if ["http", "https"].contains(&url.scheme) && is_host(url.host) => {
                Some((url.host.to_lowercase(), url.path))
            }
            None if written.starts_with('/') && !written.starts_with("//") => {
                Some((String::new(), written.split(['?', '#']).next().unwrap_or("/")))
            }
            _ => None,
        };
        match parsed {
            // The path will stand in a comment of a TOML file, which has no control characters.
            Some((host, path)) if !path.contains(|c: char| c.is_whitespace() || c.is_control()) => {
                self.paths.entry(host).or_default().insert(path.to_owned());
            }
            _ => {
                self.unusable += 1;
                if self.first_unusable.len() < MOST_NAMED {
                    self.first_unusable.push(place());
                }
            }
        }
    }
}

/// The file of that name in a folder, or the same unpacked.
fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let is_plain = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\']);
    let names = [name, name.strip_suffix(".gz").unwrap_or(name)];
    names.into_iter().filter(|_| is_plain).map(|name| folder.join(name)).find(|path| path.is_file())
}

fn is_host(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || ['-', '.'].contains(&c))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(60).collect::<String>())
    }
}

enum Fault {
    Io(io::Error),
    Problem(UrlListProblem),
}

fn fault(path: &Path, fault: Fault) -> Failure {
    match fault {
        Fault::Io(error) => Failure::Read { path: path.to_owned(), error },
        Fault::Problem(problem) => Failure::BadUrlList { path: path.to_owned(), problem },
    }
}

/// Everything in it as text, unpacked when it is packed.
fn text(mut source: impl io::Read) -> Result<String, Fault> {
    let mut start = [0; 2];
    let mut read = 0;
    while read < start.len() {
        match source.read(start.get_mut(read..).unwrap_or_default()).map_err(Fault::Io)? {
            0 => break,
            count => read += count,
        }
    }
    let whole = io::Cursor::new(start.get(..read).unwrap_or_default().to_vec()).chain(source);
    let mut bytes = Vec::new();
    if start == [0x1F, 0x8B] {
        let unpacked = MultiGzDecoder::new(whole).take(MOST_BYTES + 1).read_to_end(&mut bytes);
        unpacked.map_err(|error| Fault::Problem(UrlListProblem::Packed(error)))?;
    } else {
        whole.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(Fault::Io)?;
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Fault::Problem(UrlListProblem::TooLarge));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        Fault::Problem(UrlListProblem::NotText { line })
    })
}
