//! Percent-decoding (URL Standard, section 1.3), with one answer for every input.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Decodes `%XX`. A `%` without two hexadecimal digits stays as it is; bytes that are not UTF-8 become U+FFFD.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    decode_bytes(text, false)
}

/// [`decode`] for `application/x-www-form-urlencoded`, where `+` is a space.
#[must_use]
pub fn decode_form(text: &str) -> Cow<'_, str> {
    decode_bytes(text, true)
}

fn decode_bytes(text: &str, plus_is_space: bool) -> Cow<'_, str> {
    let is_coded = |&byte: &u8| byte == b'%' || (plus_is_space && byte == b'+');
    if !text.as_bytes().iter().any(is_coded) {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        decoded.push(match byte {
            b'+' if plus_is_space => b' ',
            b'%' => match escape(tail) {
                Some((byte, after)) => {
                    rest = after;
                    byte
                }
                None => b'%',
            },
            _ => *byte,
        });
    }
    Cow::Owned(String::from_utf8(decoded).unwrap_or_else(|error| lossy(error.as_bytes())))
}

/// As [`String::from_utf8_lossy`], in a third of its size.
fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    loop {
        let (valid, after) = match core::str::from_utf8(bytes) {
            Ok(rest) => {
                text.push_str(rest);
                return text;
            }
            Err(error) => (error.valid_up_to(), error.error_len()),
        };
        let (valid, rest) = bytes.split_at_checked(valid).unwrap_or_default();
        text.push_str(core::str::from_utf8(valid).unwrap_or_default());
        text.push(char::REPLACEMENT_CHARACTER);
        bytes = after.and_then(|length| rest.get(length..)).unwrap_or_default();
    }
}

fn escape(tail: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, after @ ..] = tail else { return None };
    Some((hexadecimal(*high)? << 4 | hexadecimal(*low)?, after))
}

fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_decode_and_broken_ones_stay() {
        for (coded, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("a+b", "a+b"),
            ("%41%7a", "Az"),
            ("%C3%B6l", "öl"),
            ("%c3%b6l", "öl"),
            ("100%", "100%"),
            ("%", "%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%%41", "%A"),
            ("%2541", "%41"),
            ("%FF", "\u{fffd}"),
            ("%C3", "\u{fffd}"),
            ("%ED%A0%80", "\u{fffd}\u{fffd}\u{fffd}"),
            ("%00", "\0"),
            ("ü%20ü", "ü ü"),
            ("%é41", "%é41"),
        ] {
            assert_eq!(decode(coded), expected, "{coded:?}");
        }
    }

    #[test]
    fn a_plus_is_a_space_in_forms_only() {
        assert_eq!(decode_form("a+b%2Bc"), "a b+c");
        assert_eq!(decode("a+b%2Bc"), "a+b+c");
    }

    proptest! {
        #[test]
        fn what_is_no_utf_8_is_replaced_as_the_standard_library_does(
            bytes in prop::collection::vec(prop_oneof![Just(0xf0), Just(0xe2), Just(0x80), Just(0x9f), Just(b'a'), any::<u8>()], 0..12),
        ) {
            prop_assert_eq!(lossy(&bytes), String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn encoding_every_byte_and_decoding_gives_the_text_back(text in "\\PC{0,40}") {
            let mut coded = String::new();
            for byte in text.bytes() {
                coded.push_str(&alloc::format!("%{byte:02x}"));
            }
            prop_assert_eq!(decode(&coded), text.as_str());
            prop_assert_eq!(decode_form(&coded), text.as_str());
        }

        #[test]
        fn text_without_escapes_is_borrowed(text in "[^%+]{0,40}") {
            prop_assert!(matches!(decode_form(&text), Cow::Borrowed(same) if same == text));
        }
    }
}
