//! Cutting text at ASCII bytes.
//!
//! `str`'s own searching takes any pattern and is compiled anew for each; here one small function serves every parser
//! of request facts, which keeps the wasm module small.

/// The text before and after the first `byte`.
pub(crate) fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    cut_either(text, byte, byte)
}

/// The text before and after the first `one` or `other`.
#[inline(never)]
pub(crate) fn cut_either(text: &str, one: u8, other: u8) -> Option<(&str, &str)> {
    around(text, find_either(text.as_bytes(), one, other)?)
}

/// Where the first `one` or `other` is; eight bytes at a time, as long as there are so many.
fn find_either(bytes: &[u8], one: u8, other: u8) -> Option<usize> {
    const LOW: u64 = u64::MAX / 0xff;
    const HIGH: u64 = LOW << 7;
    // Sets the high bit of the first byte that is zero (Mycroft); of those after it perhaps wrongly.
    let zeros = |eight: u64| eight.wrapping_sub(LOW) & !eight & HIGH;
    let (one_each, other_each) = (LOW * u64::from(one), LOW * u64::from(other));
    let (eights, rest) = bytes.as_chunks();
    let mut at = 0;
    for eight in eights {
        let eight = u64::from_le_bytes(*eight);
        let found = zeros(eight ^ one_each) | zeros(eight ^ other_each);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let found = rest.iter().position(|byte| *byte == one || *byte == other)?;
    Some(at + found)
}

/// The text before and after the last `one` or `other`.
#[inline(never)]
pub(crate) fn cut_last_either(text: &str, one: u8, other: u8) -> Option<(&str, &str)> {
    let at = text.as_bytes().iter().rposition(|byte| *byte == one || *byte == other)?;
    around(text, at)
}

/// The text before and after the last `byte`.
pub(crate) fn cut_last(text: &str, byte: u8) -> Option<(&str, &str)> {
    cut_last_either(text, byte, byte)
}

/// The pieces of `text` between one `byte` and the next; at least one, which may be empty.
pub(crate) fn pieces(text: &str, byte: u8) -> Pieces<'_> {
    pieces_either(text, byte, byte)
}

/// The pieces of `text` between each `one` or `other` and the next.
pub(crate) fn pieces_either(text: &str, one: u8, other: u8) -> Pieces<'_> {
    Pieces { rest: Some(text), one, other }
}

/// `text` without white space at its ends.
#[inline(never)]
pub(crate) fn trim(text: &str) -> &str {
    text.trim_ascii()
}

/// `text` without all the `end`s at its end.
pub(crate) fn without_end<'a>(mut text: &'a str, end: &str) -> &'a str {
    while let Some(rest) = text.strip_suffix(end) {
        text = rest;
    }
    text
}

/// See [`pieces`].
#[derive(Clone, Debug)]
pub(crate) struct Pieces<'a> {
    rest: Option<&'a str>,
    one: u8,
    other: u8,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (piece, rest) =
            cut_either(rest, self.one, self.other).map_or((rest, None), |(piece, rest)| (piece, Some(rest)));
        self.rest = rest;
        Some(piece)
    }
}

/// The text on both sides of the ASCII byte at `at`.
fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_is_cut_as_the_standard_library_cuts_it(text in "[a,;ü]{0,12}|[a-z+.:-]{0,30}[,;ü][a-z,;-]{0,20}") {
            prop_assert_eq!(cut(&text, b','), text.split_once(','));
            prop_assert_eq!(cut_last(&text, b','), text.rsplit_once(','));
            prop_assert_eq!(cut_either(&text, b',', b';'), text.split_once([',', ';']));
            prop_assert_eq!(cut_last_either(&text, b',', b';'), text.rsplit_once([',', ';']));
            prop_assert_eq!(pieces(&text, b',').collect::<Vec<_>>(), text.split(',').collect::<Vec<_>>());
            prop_assert_eq!(pieces_either(&text, b',', b';').collect::<Vec<_>>(), text.split([',', ';']).collect::<Vec<_>>());
        }
    }
}
