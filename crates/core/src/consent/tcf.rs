//! IAB Transparency and Consent Framework v2 strings ("TC strings"), core segment.
//!
//! Layout and meaning: IAB Tech Lab, "Consent string and vendor list formats v2". Vendors are walked over, not
//! kept: the shop's own purposes are what is asked.

use serde::{Deserialize, Serialize};

use super::bits::Bits;
use crate::ascii::cut;
use crate::wire;

/// The core segment of a TC string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcString {
    /// When the string was first made, in tenths of a second since 1970.
    pub created_deciseconds: u64,
    /// When the visitor last chose, in tenths of a second since 1970.
    pub last_updated_deciseconds: u64,
    /// The number of the consent platform that wrote the string.
    pub cmp_id: u16,
    /// Of the global vendor list that the visitor was shown.
    pub vendor_list_version: u16,
    /// Of the framework's policies.
    pub policy_version: u8,
    /// Whether it speaks for this shop alone.
    pub is_service_specific: bool,
    /// What the visitor consented to.
    pub consents: TcfPurposes,
    /// Where the visitor was informed of a legitimate interest and did not object.
    pub legitimate_interests: TcfPurposes,
}

/// A set of the framework's purposes 1 to 24: purpose n is bit n − 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TcfPurposes(u32);

/// Why a text is no TC string that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TcfError {
    /// The byte at `at` is not base64url.
    Character {
        /// In bytes of the string.
        at: usize,
    },
    /// It ends before its fields do.
    Cut,
    /// Its version is not 2.
    Version(u8),
}

impl TcfPurposes {
    /// The purposes with these numbers; numbers outside 1 to 24 are left out.
    #[must_use]
    pub fn of(numbers: &[u8]) -> Self {
        let bit = |number: &u8| if matches!(number, 1..=24) { 1 << (number - 1) } else { 0 };
        Self(numbers.iter().map(bit).fold(0, |bits, bit| bits | bit))
    }

    /// Whether purpose `number` is in this set.
    #[must_use]
    pub fn contains(self, number: u8) -> bool {
        let purpose = Self::of(&[number]);
        !purpose.is_empty() && self.contains_all(purpose)
    }

    /// Whether every purpose of `others` is in this set.
    #[must_use]
    pub const fn contains_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether no purpose is in this set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn from_bits(most_significant_first: u64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "24 bits were read")]
        Self((most_significant_first as u32).reverse_bits() >> 8)
    }
}

impl TcString {
    /// Decodes `text`; segments after the first `.` are not looked at.
    ///
    /// # Errors
    /// When it is not a complete version 2 core segment. Then nothing in it may be taken for consent.
    pub fn decode(text: &str) -> Result<Self, TcfError> {
        let core = cut(text, b'.').map_or(text, |(core, _)| core);
        let mut bits = Bits::new(core).map_err(|at| TcfError::Character { at })?;
        match bits.take(6) {
            Some(2) => decode_fields(&mut bits).ok_or(TcfError::Cut),
            #[expect(clippy::cast_possible_truncation, reason = "6 bits were read")]
            Some(version) => Err(TcfError::Version(version as u8)),
            None => Err(TcfError::Cut),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "each number is as wide as its bit field, or wider")]
fn decode_fields(bits: &mut Bits<'_>) -> Option<TcString> {
    let created_deciseconds = bits.take(36)?;
    let last_updated_deciseconds = bits.take(36)?;
    let cmp_id = bits.take(12)? as u16;
    bits.skip(CMP_VERSION + CONSENT_SCREEN + CONSENT_LANGUAGE)?;
    let vendor_list_version = bits.take(12)? as u16;
    let policy_version = bits.take(6)? as u8;
    let is_service_specific = bits.take(1)? == 1;
    bits.skip(NON_STANDARD_TEXTS + SPECIAL_FEATURES)?;
    let consents = TcfPurposes::from_bits(bits.take(24)?);
    let legitimate_interests = TcfPurposes::from_bits(bits.take(24)?);
    bits.skip(PURPOSE_ONE_TREATMENT + PUBLISHER_COUNTRY)?;
    skip_vendors(bits)?;
    skip_vendors(bits)?;
    bits.take(12)?;
    Some(TcString {
        created_deciseconds,
        last_updated_deciseconds,
        cmp_id,
        vendor_list_version,
        policy_version,
        is_service_specific,
        consents,
        legitimate_interests,
    })
}

const CMP_VERSION: usize = 12;
const CONSENT_SCREEN: usize = 6;
const CONSENT_LANGUAGE: usize = 12;
const NON_STANDARD_TEXTS: usize = 1;
const SPECIAL_FEATURES: usize = 12;
const PURPOSE_ONE_TREATMENT: usize = 1;
const PUBLISHER_COUNTRY: usize = 12;

/// Passes over one vendor section, so that a string cut inside it is not taken for a complete one.
fn skip_vendors(bits: &mut Bits<'_>) -> Option<()> {
    let highest_id = bits.take(16)?;
    if bits.take(1)? == 0 {
        return bits.skip(usize::try_from(highest_id).ok()?);
    }
    for _ in 0..bits.take(12)? {
        let is_range = bits.take(1)? == 1;
        bits.skip(if is_range { 32 } else { 16 })?;
    }
    Some(())
}

wire::structs! {
    TcfPurposes { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// Purposes 1 and 3, made 2022-02-01 by platform 10, no vendors; its second segment is not read.
    const SAMPLE: &str = "CPTtLAAPTtLAAAKAAAENAAFgAKAAAAAAAAAAAAAAAAAA.IAAA";

    #[test]
    fn a_complete_string_decodes() {
        let decoded = TcString::decode(SAMPLE).unwrap();
        assert_eq!(decoded.created_deciseconds, 16_436_736_000);
        assert_eq!(decoded.cmp_id, 10);
        assert!(decoded.is_service_specific);
        assert_eq!(decoded.consents, TcfPurposes::of(&[1, 3]));
        assert!(decoded.legitimate_interests.is_empty());
    }

    #[test]
    fn what_is_not_a_complete_version_2_string_is_refused() {
        for (text, error) in [
            ("", TcfError::Cut),
            ("C", TcfError::Cut),
            (".CAAA", TcfError::Cut),
            ("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", TcfError::Version(1)),
            ("A", TcfError::Version(0)),
            ("!!!!", TcfError::Character { at: 0 }),
            ("CPTt%3D", TcfError::Character { at: 4 }),
            ("CPTtLAAPTtLAAAKAAAENAAFgAKAAAAAAAAAAAAAAAAAA=", TcfError::Character { at: 44 }),
        ] {
            assert_eq!(TcString::decode(text), Err(error), "{text:?}");
        }
        let core = SAMPLE.split('.').next().unwrap();
        let cut = &core[..core.len() - 1];
        assert_eq!(TcString::decode(cut), Err(TcfError::Cut));
    }

    #[test]
    fn a_set_knows_its_numbers() {
        let set = TcfPurposes::of(&[0, 1, 24, 25, 200]);
        let numbers: Vec<u8> = (0..=255).filter(|number| set.contains(*number)).collect();
        assert_eq!(numbers, [1, 24]);
        assert!(set.contains_all(TcfPurposes::of(&[24])));
        assert!(!set.contains_all(TcfPurposes::of(&[1, 2])));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}|C[A-Za-z0-9_.-]{0,120}") {
            let _ = TcString::decode(&text);
        }

        #[test]
        fn every_cut_before_the_vendors_end_is_refused(length in 0usize..44) {
            prop_assert!(TcString::decode(&SAMPLE[..length]).is_err());
        }
    }
}
