//! IAB Global Privacy Platform strings: a header that lists section ids, then the sections, separated by `~`.
//!
//! Layout and meaning: IAB Tech Lab, "Global Privacy Platform", core and section specifications.

use super::bits::Bits;
use crate::ascii::{cut, pieces};

/// The id of the section that is a TCF v2 string for Europe.
pub const TCF_EU: u32 = 2;
/// The id of the older US privacy string (`1YNN`).
const US_PRIVACY: u32 = 6;

/// A GPP string whose header has been read.
#[derive(Clone, Copy, Debug)]
pub struct Gpp<'a> {
    ids: SectionIds<'a>,
    sections: &'a str,
}

/// Why a text is no GPP string that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GppError {
    /// The byte at `at` of the header or of a section is not base64url.
    Character {
        /// In bytes of that part.
        at: usize,
    },
    /// The header or a section ends before its fields do.
    Cut,
    /// The header's type is not 3, the mark of a GPP string.
    NotGpp,
    /// The header's version is not 1.
    Version(u8),
    /// The header lists more or fewer sections than follow it.
    SectionCount,
}

impl<'a> Gpp<'a> {
    /// Reads the header of `text`.
    ///
    /// # Errors
    /// When the header is malformed or does not fit the sections.
    pub fn parse(text: &'a str) -> Result<Self, GppError> {
        let (header, sections) = cut(text, b'~').unwrap_or((text, ""));
        let mut bits = Bits::new(header).map_err(|at| GppError::Character { at })?;
        if bits.take(6).ok_or(GppError::Cut)? != 3 {
            return Err(GppError::NotGpp);
        }
        match bits.take(6).ok_or(GppError::Cut)? {
            1 => {}
            #[expect(clippy::cast_possible_truncation, reason = "6 bits were read")]
            version => return Err(GppError::Version(version as u8)),
        }
        let gpp = Self { ids: SectionIds::new(bits).ok_or(GppError::Cut)?, sections };
        let mut followed = gpp.texts();
        for id in gpp.ids {
            id?;
            followed.next().ok_or(GppError::SectionCount)?;
        }
        if followed.next().is_some() { Err(GppError::SectionCount) } else { Ok(gpp) }
    }

    /// The ids and texts of the sections, in order.
    pub fn sections(self) -> impl Iterator<Item = (u32, &'a str)> {
        self.ids.map_while(Result::ok).zip(self.texts())
    }

    /// The text of section `id`.
    #[must_use]
    pub fn section(self, id: u32) -> Option<&'a str> {
        self.sections().find(|(candidate, _)| *candidate == id).map(|(_, text)| text)
    }

    /// Whether any US section says that the visitor opted out of sale, of sharing or of targeted advertising, or
    /// sends Global Privacy Control.
    ///
    /// # Errors
    /// When a US section is malformed.
    pub fn us_opt_out(self) -> Result<bool, GppError> {
        for (id, text) in self.sections() {
            if us_section_opt_out(id, text)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn texts(self) -> impl Iterator<Item = &'a str> {
        let has_none = self.sections.is_empty();
        pieces(self.sections, b'~').skip(usize::from(has_none))
    }
}

/// The section ids of a header: a count of groups, then single ids and ranges, each number as its distance from
/// the one before.
#[derive(Clone, Copy, Debug)]
struct SectionIds<'a> {
    bits: Bits<'a>,
    groups_left: u64,
    last: u32,
    range_end: u32,
}

impl<'a> SectionIds<'a> {
    fn new(mut bits: Bits<'a>) -> Option<Self> {
        let groups_left = bits.take(12)?;
        Some(Self { bits, groups_left, last: 0, range_end: 0 })
    }

    fn read_group(&mut self) -> Option<u32> {
        let is_range = self.bits.take(1)? == 1;
        let first = self.last.checked_add(self.bits.take_fibonacci()?)?;
        self.range_end = if is_range { first.checked_add(self.bits.take_fibonacci()?)? } else { first };
        Some(first)
    }
}

impl Iterator for SectionIds<'_> {
    type Item = Result<u32, GppError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.last < self.range_end {
            self.last += 1;
        } else {
            self.groups_left = self.groups_left.checked_sub(1)?;
            match self.read_group() {
                Some(first) => self.last = first,
                None => return Some(Err(GppError::Cut)),
            }
        }
        Some(Ok(self.last))
    }
}

/// Of one section: the opt-outs are neighbouring two-bit fields (1 = opted out) behind a six-bit version.
fn us_section_opt_out(id: u32, text: &str) -> Result<bool, GppError> {
    let (notices, opt_outs) = match id {
        US_PRIVACY => return us_privacy_opt_out(text),
        7 => (6, 3),
        8 => (3, 2),
        11 | 18 => (4, 2),
        24..=27 => (5, 2),
        9..=23 => (3, 2),
        _ => return Ok(false),
    };
    let mut segments =
        pieces(text, b'.').map(|segment| Bits::new(segment).map_err(|at| GppError::Character { at }));
    let mut core = segments.next().ok_or(GppError::Cut)??;
    core.skip(6 + notices * 2).ok_or(GppError::Cut)?;
    let mut opted_out = false;
    for _ in 0..opt_outs {
        opted_out |= core.take(2).ok_or(GppError::Cut)? == 1;
    }
    for segment in segments {
        // Segment type 1 holds the one bit of Global Privacy Control.
        opted_out |= segment?.take(3).ok_or(GppError::Cut)? == 0b011;
    }
    Ok(opted_out)
}

/// `1YNN`: version, notice given, opted out of sale, agreement; `-` where it does not apply.
fn us_privacy_opt_out(text: &str) -> Result<bool, GppError> {
    match *text.as_bytes() {
        [b'1', b'Y' | b'N' | b'-', sale @ (b'Y' | b'N' | b'-'), b'Y' | b'N' | b'-'] => Ok(sale == b'Y'),
        [b'1', _, _, _] => Err(GppError::Character { at: 1 }),
        _ => Err(GppError::Cut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn sections_are_found_by_their_ids() {
        let gpp = Gpp::parse("DBACOeA~europe~canada~1YNN").unwrap();
        assert_eq!(gpp.sections().collect::<Vec<_>>(), [(2, "europe"), (5, "canada"), (6, "1YNN")]);
        assert_eq!(gpp.section(TCF_EU), Some("europe"));
        assert_eq!(gpp.section(7), None);
        assert_eq!(Gpp::parse("DBAA").unwrap().sections().count(), 0);
    }

    #[test]
    fn what_is_no_complete_gpp_string_is_refused() {
        for (text, error) in [
            ("", GppError::Cut),
            ("D", GppError::Cut),
            ("DB", GppError::Cut),
            ("DBAB", GppError::Cut),
            ("DBABA", GppError::Cut),
            ("DBABMA", GppError::SectionCount),
            ("DBABMA~a~b", GppError::SectionCount),
            ("DBACOeA~~1YNN", GppError::SectionCount),
            ("DBAA~a", GppError::SectionCount),
            ("DNA-I.COM", GppError::Character { at: 5 }),
            ("DNAA", GppError::Version(13)),
            ("CBABMA~a", GppError::NotGpp),
            ("1YNN", GppError::NotGpp),
        ] {
            assert_eq!(Gpp::parse(text).map(|_| ()), Err(error), "{text:?}");
        }
    }

    #[test]
    fn a_us_opt_out_is_seen_in_every_kind_of_section() {
        for (text, expected) in [
            ("DBABTA~1YNN", Ok(false)),
            ("DBABTA~1YYN", Ok(true)),
            ("DBABTA~1---", Ok(false)),
            ("DBABTA~2YYN", Err(GppError::Cut)),
            ("DBABTA~1YXN", Err(GppError::Character { at: 1 })),
            // National: SaleOptOut, SharingOptOut and TargetedAdvertisingOptOut are fields 7 to 9.
            ("DBABLA~BAAAAAAAAQA.QA", Ok(false)),
            ("DBABLA~BAAQAAAAAQA.QA", Ok(true)),
            ("DBABLA~BAAEAAAAAQA.QA", Ok(true)),
            ("DBABLA~BAABAAAAAQA.QA", Ok(true)),
            // 2 says that the visitor did not opt out.
            ("DBABLA~BAAqAAAAAQA.QA", Ok(false)),
            ("DBABLA~BAAAAAAAAQA.YA", Ok(true)),
            ("DBABLA~BAA", Err(GppError::Cut)),
            ("DBABLA~BA", Err(GppError::Cut)),
            ("DBABLA~B A", Err(GppError::Character { at: 1 })),
        ] {
            assert_eq!(Gpp::parse(text).unwrap().us_opt_out(), expected, "{text}");
        }
    }

    #[test]
    fn a_range_over_all_numbers_costs_no_more_than_its_sections() {
        // One group: a range from 1 with a very long Fibonacci number as its length.
        let text = alloc::format!("DBABx{}~a~b", "VVVVVVVY");
        assert!(Gpp::parse(&text).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|DBA[A-Za-z0-9_-]{0,12}(~[A-Za-z0-9_.-]{0,20}){0,4}") {
            if let Ok(gpp) = Gpp::parse(&text) {
                let _ = gpp.us_opt_out();
                // A `~` behind a header that names no section separates nothing.
                let sections = text.split_once('~').map_or("", |(_, sections)| sections);
                let expected = if sections.is_empty() { 0 } else { sections.split('~').count() };
                prop_assert_eq!(gpp.sections().count(), expected);
            }
        }
    }
}
