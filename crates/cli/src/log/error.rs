//! Why a log cannot be replayed at all, and why single lines of it cannot.

use std::fmt;
use std::path::PathBuf;

/// Why a log cannot be replayed.
#[derive(Debug)]
pub(crate) enum LogError {
    /// A folder where a file should be.
    Folder { path: PathBuf },
    /// Packed in a way that is not read.
    Packed { name: String, with: &'static str, unpack: &'static str },
    /// UTF-16.
    Utf16 { name: String },
    /// Nothing in it.
    Empty { name: String },
    /// No line of its beginning is a request.
    NoFormat { name: String },
    /// No line could be read.
    NothingRead { lines: u64, first: Option<(u64, Fault)> },
}

/// Why a line is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// Not UTF-8.
    Encoding,
    /// Longer than any request.
    TooLong,
    /// No JSON object, or one that ends too early.
    Json,
    /// Not in the combined log format.
    Combined,
    /// No URL.
    NoUrl,
    /// No time.
    NoTime,
    /// A time that is none.
    BadTime,
    /// Before 1970.
    NegativeTime,
    /// A field of a kind that it cannot be.
    Field,
}

impl Fault {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Encoding,
        Self::TooLong,
        Self::Json,
        Self::Combined,
        Self::NoUrl,
        Self::NoTime,
        Self::BadTime,
        Self::NegativeTime,
        Self::Field,
    ];

    /// A stable name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Encoding => "not-utf-8",
            Self::TooLong => "too-long",
            Self::Json => "not-json",
            Self::Combined => "not-combined",
            Self::NoUrl => "no-url",
            Self::NoTime => "no-time",
            Self::BadTime => "bad-time",
            Self::NegativeTime => "negative-time",
            Self::Field => "bad-field",
        }
    }

    /// What is wrong, for people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Encoding => "not in UTF-8",
            Self::TooLong => "longer than 128 KiB",
            Self::Json => "not a JSON object",
            Self::Combined => "not in the combined log format",
            Self::NoUrl => "without a URL",
            Self::NoTime => "without a time",
            Self::BadTime => "a time that is none",
            Self::NegativeTime => "a time before 1970",
            Self::Field => "a field of the wrong kind",
        }
    }
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { path } => {
                write!(f, "`{0}` is a folder, not a log; name its files: `{0}/*`", path.display())
            }
            Self::Packed { name, with, unpack } => write!(
                f,
                "`{name}` is packed with {with}, which is not read; unpack it on the way: `{unpack} {name} | footlight simulate -`"
            ),
            Self::Utf16 { name } => write!(
                f,
                "`{name}` is in UTF-16, and logs are read as UTF-8; convert it: `iconv -f UTF-16 -t UTF-8 {name} | footlight simulate -`"
            ),
            Self::Empty { name } => write!(f, "there is nothing in `{name}`"),
            Self::NoFormat { name } => write!(
                f,
                "no line at the beginning of `{name}` looks like a request; if it is a log, name its format: `--log-format ndjson`, `combined` or `logpush`"
            ),
            Self::NothingRead { lines, first } => {
                write!(f, "none of the log's {lines} lines is a request")?;
                match first {
                    Some((line, fault)) => write!(f, "; line {line}: {}", fault.words()),
                    None => Ok(()),
                }
            }
        }
    }
}
