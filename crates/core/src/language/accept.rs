//! The ranges of an `Accept-Language` header (RFC 9110, section 12.5.4), best first.

use crate::ascii::{cut, pieces, trim};

/// Ranges after the 64th are not looked at: nobody reads 64 languages.
pub const MAX_RANGES: usize = 64;

/// One language range with its weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LanguageRange<'a> {
    /// As sent: `de-AT`, `*`.
    pub tag: &'a str,
    /// The weight in thousandths, 1 to 1000.
    pub quality_milli: u16,
}

/// The ranges of an `Accept-Language` header, best first; those of equal weight in the order sent.
///
/// Read with patience: a weight that is none counts as 1, as if it were not there; empty elements, ranges with weight
/// 0 ("not acceptable") and what is not made of letters, digits, `-`, `_` or `*` are left out.
#[derive(Clone, Copy, Debug)]
pub struct AcceptLanguage<'a> {
    ranges: [LanguageRange<'a>; MAX_RANGES],
    count: usize,
}

impl<'a> AcceptLanguage<'a> {
    /// Reads `header`.
    #[must_use]
    pub fn parse(header: &'a str) -> Self {
        let mut accept = Self { ranges: [LanguageRange::default(); MAX_RANGES], count: 0 };
        for element in pieces(header, b',') {
            if accept.count == MAX_RANGES {
                break;
            }
            if let Some(range) = LanguageRange::parse(element) {
                accept.insert(range);
            }
        }
        accept
    }

    /// The ranges, best first.
    #[must_use]
    pub fn ranges(&self) -> &[LanguageRange<'a>] {
        self.ranges.get(..self.count).unwrap_or_default()
    }

    fn insert(&mut self, range: LanguageRange<'a>) {
        let mut moved = range;
        for place in self.ranges.iter_mut().take(self.count) {
            if place.quality_milli < moved.quality_milli {
                core::mem::swap(place, &mut moved);
            }
        }
        if let Some(free) = self.ranges.get_mut(self.count) {
            *free = moved;
            self.count += 1;
        }
    }
}

impl<'a> LanguageRange<'a> {
    fn parse(element: &'a str) -> Option<Self> {
        let mut parts = pieces(element, b';');
        let tag = trim(parts.next()?);
        for byte in tag.bytes() {
            if !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b'*') {
                return None;
            }
        }
        let mut quality_milli = 1000;
        for parameter in parts {
            if let Some((name, value)) = cut(parameter, b'=')
                && matches!(trim(name), "q" | "Q")
                && let Some(weight) = milli(trim(value))
            {
                quality_milli = weight;
                break;
            }
        }
        (quality_milli > 0 && !tag.is_empty()).then_some(Self { tag, quality_milli })
    }
}

/// `0.85` as 850. Digits after the third are dropped; `None` for what is not between 0 and 1.
fn milli(weight: &str) -> Option<u16> {
    let (whole, fraction) = cut(weight, b'.').unwrap_or((weight, ""));
    let mut value = match whole {
        "" if !fraction.is_empty() => 0,
        "0" => 0,
        "1" => 1,
        _ => return None,
    };
    let mut place = 100;
    value *= 1000;
    for digit in fraction.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        value += place * u16::from(digit - b'0');
        place /= 10;
    }
    Some(value.min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_read_best_first() {
        let table: &[(&str, &[(&str, u16)])] = &[
            ("", &[]),
            ("de", &[("de", 1000)]),
            ("de-AT,de;q=0.9,en;q=0.8", &[("de-AT", 1000), ("de", 900), ("en", 800)]),
            ("en;q=0.1, fr;q=0.9 ,de", &[("de", 1000), ("fr", 900), ("en", 100)]),
            ("a;q=0.5,b;q=0.5,c;q=0.5", &[("a", 500), ("b", 500), ("c", 500)]),
            ("a;q=0.123456,b;Q=.5,c;q=1.000", &[("c", 1000), ("b", 500), ("a", 123)]),
            ("a ; q = 0.5 ; x=y, b;x=y;q=0.7", &[("b", 700), ("a", 500)]),
            ("de;q=0,en;q=0.000,fr", &[("fr", 1000)]),
            (
                "a;q=2,b;q=-1,c;q=x,d;q=,e;0.3",
                &[("a", 1000), ("b", 1000), ("c", 1000), ("d", 1000), ("e", 1000)],
            ),
            (",, ;q=1,,*;q=0.1,d e,ü,<x>", &[("*", 100)]),
            ("en_US", &[("en_US", 1000)]),
        ];
        for (header, expected) in table {
            let accept = AcceptLanguage::parse(header);
            let read: Vec<_> = accept.ranges().iter().map(|range| (range.tag, range.quality_milli)).collect();
            assert_eq!(read, *expected, "{header:?}");
        }
    }

    #[test]
    fn a_header_of_100_kilobytes_is_read_up_to_64_ranges() {
        let header = "de;q=0.5,en,".repeat(8_000);
        let accept = AcceptLanguage::parse(&header);
        assert_eq!(accept.ranges().len(), MAX_RANGES);
        assert_eq!(accept.ranges()[0].tag, "en");
    }

    proptest! {
        #[test]
        fn what_was_read_reads_the_same_again(header in "\\PC{0,60}|([a-c*-]{1,3}(;q=[01]?\\.?[0-9]{0,4})?,){0,9}") {
            let first = AcceptLanguage::parse(&header);
            let mut written = String::new();
            for LanguageRange { tag, quality_milli } in first.ranges() {
                written += &alloc::format!("{tag};q={}.{:03},", quality_milli / 1000, quality_milli % 1000);
            }
            let second = AcceptLanguage::parse(&written);
            prop_assert_eq!(second.ranges(), first.ranges());
            prop_assert!(first.ranges().is_sorted_by(|a, b| a.quality_milli >= b.quality_milli));
        }
    }
}
