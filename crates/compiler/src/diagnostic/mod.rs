//! What is wrong with rule sources: what, where, why it matters, what to write instead.
//!
//! Every code is registered once, in the family it belongs to; the family's functions write the messages.

mod code;
pub(crate) mod conditions;
pub(crate) mod contents;
pub(crate) mod experiments;
mod family;
pub(crate) mod governance;
pub(crate) mod journey;
pub(crate) mod names;
pub(crate) mod reach;
mod report;
pub(crate) mod shapes;
pub(crate) mod sharing;
pub(crate) mod site;
mod suggest;
pub(crate) mod syntax;
pub(crate) mod templates;
pub(crate) mod traffic;

use std::ops::Range;

pub use code::{Code, Severity};
use family::codes;
pub use report::{Place, Position, Report, ReportLabel};
pub(crate) use suggest::among;
pub use suggest::similar;

use crate::sources::FileId;

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl At {
    /// The bytes `span` of `file`. Files are far below 4 GiB; what lies beyond counts as the end.
    #[must_use]
    pub fn new(file: FileId, span: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(span.start), end: clamp(span.end) }
    }

    /// A place for what is missing when there is no file at all.
    #[must_use]
    pub const fn nowhere() -> Self {
        Self { file: FileId::NONE, start: 0, end: 0 }
    }

    /// Whether the places have a byte in common.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.file == other.file && self.start < other.end && other.start < self.end
    }

    /// The place as a byte range.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A further place that belongs to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: At,
    /// What is there.
    pub message: String,
}

/// One thing that is wrong, or worth a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of thing it is.
    pub code: &'static Code,
    /// What is wrong: lower case, no final period, user input in backticks.
    pub message: String,
    /// Where.
    pub at: At,
    /// A word at the underlined text.
    pub label: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(code: &'static Code, at: At, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at, label: None, labels: Vec::new(), help: None }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn also(mut self, at: At, message: impl Into<String>) -> Self {
        self.labels.push(Label { at, message: message.into() });
        self
    }

    /// Whether no bundle may be written.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }
}

/// Every code there is, family by family.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    [
        syntax::CODES,
        shapes::CODES,
        names::CODES,
        site::CODES,
        conditions::CODES,
        templates::CODES,
        contents::CODES,
        journey::CODES,
        governance::CODES,
        experiments::CODES,
        reach::CODES,
        sharing::CODES,
        traffic::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_a_name_of_its_own_and_says_why() {
        let mut names = BTreeSet::new();
        for code in super::codes() {
            assert!(names.insert(code.name), "`{}` is registered twice", code.name);
            assert!(
                code.name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                code.name
            );
            assert!(!code.why.is_empty() && !code.why.ends_with('.'), "{}", code.name);
        }
    }
}
