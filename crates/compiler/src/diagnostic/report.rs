//! Diagnostics for other programs: places as lines, columns and offsets, in bytes and in JavaScript's UTF-16 units.

use serde::Serialize;

use super::{At, Diagnostic};
use crate::sources::Sources;

/// A diagnostic with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The code's name.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// A word at the underlined text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Other places that matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<ReportLabel>,
}

/// Another place that matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportLabel {
    /// What is there.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file's path within the rules directory.
    pub file: String,
    /// The first place of the text.
    pub start: Position,
    /// The place after its last.
    pub end: Position,
}

/// One place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Bytes from the file's beginning.
    pub byte: usize,
    /// UTF-16 code units from the beginning of the file's text, a byte order mark not counted.
    pub utf16: usize,
    /// Line, from 1.
    pub line: usize,
    /// Characters before it on its line, and 1.
    pub column: usize,
}

impl Diagnostic {
    /// The diagnostic with its places worked out.
    #[must_use]
    pub fn report(&self, sources: &Sources) -> Report {
        Report {
            code: self.code.name,
            severity: self.code.severity.name(),
            message: self.message.clone(),
            why: self.code.why,
            help: self.help.clone(),
            place: sources.place(self.at),
            label: self.label.clone(),
            labels: self
                .labels
                .iter()
                .map(|label| ReportLabel { message: label.message.clone(), place: sources.place(label.at) })
                .collect(),
        }
    }
}

impl Sources {
    /// Where a place is, for people and programs.
    #[must_use]
    pub fn place(&self, at: At) -> Place {
        let (text, bom) = (self.text(at.file), self.bom_length(at.file));
        let position = |offset: usize| {
            let offset = if text.is_char_boundary(offset) { offset } else { text.len() };
            let (line, start, utf16) = self.line(at.file, offset);
            let before = text.get(start..offset).unwrap_or("");
            Position {
                byte: offset + bom,
                utf16: utf16 + before.encode_utf16().count(),
                line: line + 1,
                column: before.chars().count() + 1,
            }
        };
        let span = at.span();
        Place { file: self.path(at.file).to_owned(), start: position(span.start), end: position(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_bytes_and_in_utf_16() {
        let mut sources = Sources::new();
        sources.add("a.toml", "\u{feff}x = 1\ny = '😀é' z");
        let file = sources.find("a.toml").unwrap();
        let start = sources.text(file).find('z').unwrap();
        let place = sources.place(At::new(file, start..start + 1));
        assert_eq!(place.start, Position { byte: 22, utf16: 16, line: 2, column: 10 });
        assert_eq!(place.end.byte, 23);
    }
}
