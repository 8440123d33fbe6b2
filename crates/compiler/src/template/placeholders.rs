//! Finds `{{ expression }}`.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, templates};
use crate::document::Excerpt;

/// A part of a template's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Text that stands as it is.
    Literal(Range<usize>),
    /// `{{ expression }}`
    Placeholder { whole: Range<usize>, expression: Range<usize> },
}

/// The parts in order; `None` when a placeholder is not closed, which is reported.
pub(super) fn cut(source: Excerpt<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Part>> {
    let text = source.text;
    let mut parts = Vec::new();
    let mut position = 0;
    while let Some(found) = text.get(position..).and_then(|rest| rest.find("{{")) {
        let open = position + found;
        let Some(close) = closing(text, open + 2) else {
            diagnostics.push(templates::unclosed(source.at(open..open + 2)));
            return None;
        };
        if open > position {
            parts.push(Part::Literal(position..open));
        }
        parts.push(Part::Placeholder { whole: open..close + 2, expression: open + 2..close });
        position = close + 2;
    }
    if position < text.len() {
        parts.push(Part::Literal(position..text.len()));
    }
    Some(parts)
}

/// Where the `}}` stands that closes a placeholder; one inside of a quoted text does not.
fn closing(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut position = from;
    let mut quote = None;
    while let Some(&byte) = bytes.get(position) {
        match (byte, quote) {
            (b'\\', Some(_)) => position += 1,
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'\'' | b'"', None) => quote = Some(byte),
            (b'}', None) if bytes.get(position + 1) == Some(&b'}') => return Some(position),
            _ => {}
        }
        position += 1;
    }
    // An unclosed quote must not hide the end: the expression's own error says what is wrong.
    text.get(from..).and_then(|rest| rest.find("}}")).map(|found| from + found)
}
