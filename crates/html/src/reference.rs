//! Character references in attribute values.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use memchr::memchr3;

/// Named references that are resolved. The full list of HTML has 2,231 names and would be half of the module's size;
/// what shops write into the attributes that are read here (prices, identifiers, URLs) needs no more than these.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("cent", "¢"),
    ("commat", "@"),
    ("copy", "©"),
    ("euro", "€"),
    ("gt", ">"),
    ("hyphen", "‐"),
    ("lt", "<"),
    ("mdash", "—"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("num", "#"),
    ("pound", "£"),
    ("quot", "\""),
    ("reg", "®"),
    ("shy", "\u{ad}"),
    ("thinsp", "\u{2009}"),
    ("trade", "™"),
    ("yen", "¥"),
];

/// Named references that HTML resolves without their semicolon.
const WITHOUT_SEMICOLON: &[&str] =
    &["amp", "cent", "copy", "gt", "lt", "nbsp", "pound", "quot", "reg", "shy", "yen"];

/// The value that an attribute has in the document: newlines normalised, NUL replaced, references resolved.
pub(crate) fn decode(raw: &[u8]) -> Cow<'_, [u8]> {
    if memchr3(b'&', b'\r', 0, raw).is_none() { Cow::Borrowed(raw) } else { Cow::Owned(resolve_all(raw)) }
}

#[inline(never)]
fn resolve_all(raw: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'&' => match resolve(tail) {
                Some((character, length)) => {
                    value.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    rest = tail.get(length..).unwrap_or_default();
                }
                None => value.push(b'&'),
            },
            b'\r' if tail.first() == Some(&b'\n') => {}
            b'\r' => value.push(b'\n'),
            0 => value.extend_from_slice("\u{fffd}".as_bytes()),
            _ => value.push(byte),
        }
    }
    value
}

/// The character that the text after an ampersand names, and the length of that text.
fn resolve(text: &[u8]) -> Option<(char, usize)> {
    if text.first() == Some(&b'#') {
        return numeric(text);
    }
    let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = text.get(..length)?;
    let terminated = text.get(length) == Some(&b';');
    let (named, value) = NAMED.iter().find(|(named, _)| named.as_bytes() == name)?;
    // In an attribute, a reference without its semicolon is text when a letter, a digit or `=` follows: a letter or
    // digit would be part of `name` here.
    let open = WITHOUT_SEMICOLON.contains(named) && text.get(length) != Some(&b'=');
    let character = value.chars().next()?;
    (terminated || open).then_some((character, length + usize::from(terminated)))
}

/// `#8364;` or `#x20AC;`, with the replacements of HTML's numeric character reference end state.
fn numeric(text: &[u8]) -> Option<(char, usize)> {
    let hexadecimal = matches!(text.get(1), Some(b'x' | b'X'));
    let (radix, start) = if hexadecimal { (16, 2) } else { (10, 1) };
    let mut code = 0_u32;
    let mut end = start;
    while let Some(digit) = text.get(end).and_then(|&byte| char::from(byte).to_digit(radix)) {
        code = code.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    let end = end + usize::from(text.get(end) == Some(&b';'));
    let character = match code {
        0x80..=0x9f => windows_1252(code),
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some((character, end))
}

fn windows_1252(code: u32) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    HIGH.chars().nth((code - 0x80) as usize).unwrap_or(char::REPLACEMENT_CHARACTER)
}

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
