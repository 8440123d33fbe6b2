//! String literals: quotes, raw literals and escapes (CEL language definition, "String and Bytes Values").

use std::ops::Range;

/// A literal that has been read.
pub(super) struct Literal {
    /// Its bytes, quotes included.
    pub(super) length: usize,
    /// What it says; `None` when it is broken.
    pub(super) text: Option<String>,
    pub(super) problems: Vec<Problem>,
}

/// What is wrong inside of a literal.
pub(super) struct Problem {
    /// Relative to the opening quote.
    pub(super) span: Range<usize>,
    pub(super) kind: TextProblem,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextProblem {
    /// No closing quote.
    Unclosed,
    /// A line break within single quotes.
    LineBreak,
    /// A backslash before something that it does not escape.
    Escape,
    /// An escape that names no character.
    NoCharacter,
}

/// Whether a string literal begins here: the length of its prefix, whether it is raw, whether it is bytes.
pub(super) fn opening(rest: &str) -> Option<(usize, bool, bool)> {
    let length = rest.bytes().take(3).take_while(|byte| b"rRbB".contains(byte)).count();
    let prefix = rest.get(..length)?.to_ascii_lowercase();
    let quoted = rest.get(length..).is_some_and(|rest| rest.starts_with(['"', '\'']));
    match prefix.as_str() {
        "" | "r" | "b" | "rb" | "br" if quoted => Some((length, prefix.contains('r'), prefix.contains('b'))),
        _ => None,
    }
}

/// Reads the literal that begins with the quote at the front of `rest`.
pub(super) fn read(rest: &str, is_raw: bool, is_bytes: bool) -> Literal {
    let quote = rest.get(..1).unwrap_or("");
    let triple = quote.repeat(3);
    let is_triple = rest.starts_with(&triple);
    let close: &str = if is_triple { &triple } else { quote };
    let mut problems = Vec::new();
    let mut text = String::new();
    let mut position = close.len();
    loop {
        let here = rest.get(position..).unwrap_or("");
        if here.starts_with(close) {
            position += close.len();
            break;
        }
        let Some(character) = here.chars().next() else {
            problems.push(Problem { span: 0..close.len(), kind: TextProblem::Unclosed });
            break;
        };
        if character == '\\' && !is_raw {
            let (length, escaped) = escape(here, is_bytes);
            match escaped {
                Ok(character) => text.push(character),
                Err(kind) => problems.push(Problem { span: position..position + length, kind }),
            }
            position += length;
            continue;
        }
        if matches!(character, '\n' | '\r') && !is_triple {
            problems.push(Problem { span: 0..close.len(), kind: TextProblem::LineBreak });
            break;
        }
        // In a raw literal a backslash keeps the quote behind it from closing, and both stay.
        if character == '\\'
            && let Some(next) = here.chars().nth(1)
            && !matches!(next, '\n' | '\r')
            && quote.starts_with(next)
        {
            text.push(character);
            position += 1;
            text.push(next);
            position += next.len_utf8();
            continue;
        }
        text.push(character);
        position += character.len_utf8();
    }
    Literal { length: position, text: problems.is_empty().then_some(text), problems }
}

/// The escape at the front of `here`: its length and what it stands for.
fn escape(here: &str, is_bytes: bool) -> (usize, Result<char, TextProblem>) {
    let Some(kind) = here.chars().nth(1) else { return (1, Err(TextProblem::Escape)) };
    let simple = match kind {
        'a' => Some('\u{7}'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'v' => Some('\u{b}'),
        '\\' | '?' | '"' | '\'' | '`' => Some(kind),
        _ => None,
    };
    if let Some(character) = simple {
        return (2, Ok(character));
    }
    let (digits, radix, skipped) = match kind {
        'x' | 'X' => (2, 16, 2),
        'u' if !is_bytes => (4, 16, 2),
        'U' if !is_bytes => (8, 16, 2),
        '0'..='3' => (3, 8, 1),
        _ => return (1 + kind.len_utf8(), Err(TextProblem::Escape)),
    };
    let length = skipped + digits;
    let number = here.get(skipped..length).filter(|written| written.chars().all(|c| c.is_digit(radix)));
    match number.and_then(|written| u32::from_str_radix(written, radix).ok()) {
        Some(number) => (length, char::from_u32(number).ok_or(TextProblem::NoCharacter)),
        None => (1 + kind.len_utf8(), Err(TextProblem::Escape)),
    }
}
