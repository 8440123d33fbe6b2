//! Character references in attribute values.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::edits::push_character;

/// Named references that are resolved: names, each with its character after `:`, or after `.` where
/// HTML does without the semicolon.
/// The full list of HTML has 2,231 names and would be half of the module's size; what shops write into the attributes
/// that are read here (prices, identifiers, URLs) needs no more than these.
const NAMED: &str = "amp.& apos:' cent.¢ commat:@ copy.© euro:€ gt.> hyphen:‐ lt.< mdash:— nbsp.\u{a0} ndash:– num:# \
    pound.£ quot.\" reg.® shy.\u{ad} thinsp:\u{2009} trade:™ yen.¥";

/// The value that an attribute has in the document: newlines normalised, NUL replaced, references resolved.
pub(crate) fn decode(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.iter().any(|byte| matches!(byte, b'&' | b'\r' | 0)) {
        Cow::Owned(resolve_all(raw))
    } else {
        Cow::Borrowed(raw)
    }
}

#[inline(never)]
fn resolve_all(raw: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'&' => {
                let length = resolve(tail, &mut value);
                if length == 0 {
                    value.push(b'&');
                }
                rest = tail.get(length..).unwrap_or_default();
            }
            b'\r' if tail.first() == Some(&b'\n') => {}
            b'\r' => value.push(b'\n'),
            0 => push_character(char::REPLACEMENT_CHARACTER, false, &mut value),
            _ => value.push(byte),
        }
    }
    value
}

/// Appends the character that the text after an ampersand names and returns the length of that text; zero for none.
fn resolve(text: &[u8], value: &mut Vec<u8>) -> usize {
    if text.first() == Some(&b'#') {
        return numeric(text, value);
    }
    let length = text.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    let Some((name, after)) = text.split_at_checked(length) else { return 0 };
    let is_terminated = after.first() == Some(&b';');
    for known in NAMED.as_bytes().split(|&byte| byte == b' ') {
        let Some([mark, character @ ..]) = known.strip_prefix(name) else { continue };
        // In an attribute, a reference without its semicolon is text when a letter, a digit or `=` follows: a letter or
        // digit would be part of `name` here.
        let is_open = *mark == b'.' && after.first() != Some(&b'=');
        if matches!(mark, b'.' | b':') && (is_terminated || is_open) {
            value.extend_from_slice(character);
            return length + usize::from(is_terminated);
        }
    }
    0
}

/// `#8364;` or `#x20AC;`, with the replacements of HTML's numeric character reference end state.
fn numeric(text: &[u8], value: &mut Vec<u8>) -> usize {
    let hexadecimal = matches!(text.get(1), Some(b'x' | b'X'));
    let (radix, start) = if hexadecimal { (16, 2) } else { (10, 1) };
    let mut code = 0_u32;
    let mut end = start;
    while let Some(digit) = text.get(end).and_then(|&byte| char::from(byte).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return 0;
    }
    if code == 0 {
        code = u32::from(char::REPLACEMENT_CHARACTER);
    } else if let Some(&character) = WINDOWS_1252.get(code.wrapping_sub(0x80) as usize) {
        code = character.into();
    }
    push_character(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), false, value);
    end + usize::from(text.get(end) == Some(&b';'))
}

/// What pages mean by the control characters from 0x80 on.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d,
    0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a,
    0x153, 0x9d, 0x17e, 0x178,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_as_in_an_attribute() {
        let cases = [
            ("plain", "plain"),
            ("a&amp;b", "a&b"),
            ("a&ampb", "a&ampb"),
            ("a&amp=b", "a&amp=b"),
            ("a&amp b", "a& b"),
            ("&euro;&euro", "€&euro"),
            ("&#8364;&#x20AC;&#X20ac", "€€€"),
            ("&#128;", "€"),
            ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("&#;&#x;&;&", "&#;&#x;&;&"),
            ("&unknown;", "&unknown;"),
            ("a\r\nb\rc\0", "a\nb\nc\u{fffd}"),
        ];
        for (raw, expected) in cases {
            assert_eq!(core::str::from_utf8(&decode(raw.as_bytes())), Ok(expected), "{raw}");
        }
    }
}
