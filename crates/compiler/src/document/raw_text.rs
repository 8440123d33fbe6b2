//! Where each byte of a decoded TOML string stands in the file (TOML 1.1, "String").

use super::excerpt::Offsets;

/// Maps the decoded `text` to its literal `raw`, which begins at byte `start` of the file.
pub(super) fn offsets(raw: &str, text: &str, start: usize) -> Offsets {
    let (quotes, is_basic) = match raw {
        _ if raw.starts_with("\"\"\"") => (3, true),
        _ if raw.starts_with("'''") => (3, false),
        _ if raw.starts_with('"') => (1, true),
        _ if raw.starts_with('\'') => (1, false),
        _ => (0, false),
    };
    let mut body = raw.get(quotes..).unwrap_or("");
    let mut position = quotes;
    if quotes == 3 {
        // The line break after the opening quotes is no part of the text.
        let trimmed = body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n')).unwrap_or(body);
        position += body.len() - trimmed.len();
        body = trimmed;
    }
    if body.starts_with(text) {
        return Offsets::Shift(narrow(start + position));
    }
    let mut table = Vec::with_capacity(text.len() + 1);
    for character in text.chars() {
        let skipped = if is_basic { skipped_line_end(body) } else { 0 };
        body = body.get(skipped..).unwrap_or("");
        position += skipped;
        let length = written_length(body, character, is_basic);
        table.extend(std::iter::repeat_n(narrow(start + position), character.len_utf8()));
        body = body.get(length..).unwrap_or("");
        position += length;
    }
    table.push(narrow(start + position));
    Offsets::Table(table)
}

/// Bytes of backslash, line break and white space that stand for nothing.
fn skipped_line_end(body: &str) -> usize {
    let mut skipped = 0;
    while let Some(rest) = body.get(skipped..).and_then(|rest| rest.strip_prefix('\\')) {
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if trimmed.len() == rest.len() {
            break;
        }
        skipped = body.len() - trimmed.len();
    }
    skipped
}

/// How many bytes stand for `character` at the front of `body`.
fn written_length(body: &str, character: char, is_basic: bool) -> usize {
    let escape = body.strip_prefix('\\').and_then(|rest| rest.chars().next()).filter(|_| is_basic);
    let length = match escape {
        Some('x') => 4,
        Some('u') => 6,
        Some('U') => 10,
        Some(_) => 2,
        None if character == '\n' && body.starts_with("\r\n") => 2,
        None => body.chars().next().map_or(0, char::len_utf8),
    };
    length.min(body.len())
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stands_at(raw: &str, text: &str, needle: &str, expected: &str) {
        let from = text.find(needle).unwrap();
        let map = offsets(raw, text, 0);
        let at = |offset: usize| match &map {
            Offsets::Shift(start) => *start as usize + offset,
            Offsets::Table(table) => table[offset] as usize,
        };
        assert_eq!(&raw[at(from)..at(from + needle.len())], expected);
    }

    #[test]
    fn a_text_is_found_behind_its_quotes_and_escapes() {
        stands_at("'a == 1'", "a == 1", "==", "==");
        stands_at("'''\na == 1'''", "a == 1", "==", "==");
        stands_at(r#""a \"b\" c""#, r#"a "b" c"#, "c", "c");
        stands_at(r#""a \"b\" c""#, r#"a "b" c"#, "\"b\"", r#"\"b\""#);
        stands_at(r#""\u00e9t\xe9 x""#, "été x", "té", r"t\xe9");
        stands_at("\"\"\"a \\\n   b && c\"\"\"", "a b && c", "&&", "&&");
    }
}
