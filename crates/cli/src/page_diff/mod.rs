//! What a decision changes in a page: the origin's page against the one that the visitor gets.

mod lines;
mod source;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

pub(crate) use source::{PageProblem, PageSource};

/// Lines around a change.
const CONTEXT_LINES: usize = 2;

/// A page before and after.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PageDiff {
    /// The file or the address that the page came from.
    pub(crate) source: String,
    /// The origin's page; bytes that are no UTF-8 are replaced.
    pub(crate) before: String,
    /// The page that the visitor gets.
    pub(crate) after: String,
    /// From one to the other, as `diff -u` writes it; empty when nothing changes.
    pub(crate) diff: String,
}

impl PageDiff {
    pub(crate) fn new(source: String, before: &[u8], after: &[u8]) -> Self {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let (before, after) = (text(before), text(after));
        let (old, new) = (lines::cut(&before), lines::cut(&after));
        let diff = TextDiff::from_lines(&old, &new);
        let diff = diff.unified_diff().context_radius(CONTEXT_LINES).header("origin", "visitor").to_string();
        Self { source, before, after, diff }
    }

    /// The difference in colours.
    pub(crate) fn coloured(&self) -> String {
        let mut out = String::new();
        for line in self.diff.lines() {
            let colour = match line.chars().next() {
                _ if line.starts_with("---") || line.starts_with("+++") => "\u{1b}[1m",
                Some('-') => "\u{1b}[31m",
                Some('+') => "\u{1b}[32m",
                Some('@') => "\u{1b}[36m",
                _ => "",
            };
            let end = if colour.is_empty() { "" } else { "\u{1b}[0m" };
            out.push_str(&format!("{colour}{line}{end}\n"));
        }
        out
    }

    /// The difference for who hears it: one sentence a line.
    pub(crate) fn spoken(&self) -> String {
        let (old, new) = (lines::cut(&self.before), lines::cut(&self.after));
        let mut out = String::new();
        for change in TextDiff::from_lines(&old, &new).iter_all_changes() {
            let text = change.value().trim();
            match (change.tag(), change.old_index(), change.new_index()) {
                (ChangeTag::Delete, Some(line), _) => {
                    out.push_str(&format!("Line {} goes: {text}\n", line + 1));
                }
                (ChangeTag::Insert, _, Some(line)) => {
                    out.push_str(&format!("Line {} is new: {text}\n", line + 1));
                }
                _ => {}
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_what_changes_and_two_lines_around() {
        let before = "<html>\n<body>\n<header>\n<p>a</p>\n<h1>Hello</h1>\n<p>b</p>\n<p>c</p>\n<p>d</p>\n";
        let after = before.replace("Hello", "Welcome back");
        let diff = PageDiff::new("page.html".to_owned(), before.as_bytes(), after.as_bytes());
        let expected = "--- origin\n+++ visitor\n@@ -3,5 +3,5 @@\n <header>\n <p>a</p>\n-<h1>Hello</h1>\n+<h1>Welcome back</h1>\n <p>b</p>\n <p>c</p>\n";
        assert_eq!(diff.diff, expected);
        assert_eq!(diff.spoken(), "Line 5 goes: <h1>Hello</h1>\nLine 5 is new: <h1>Welcome back</h1>\n");
        assert!(diff.coloured().contains("\u{1b}[32m+<h1>Welcome back</h1>\u{1b}[0m\n"));
        assert_eq!(PageDiff::new(String::new(), b"a", b"a").diff, "");
    }
}
