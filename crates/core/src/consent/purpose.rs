//! The purposes and sets of them.

use core::ops::BitOr;

use crate::wire;
use serde::{Deserialize, Serialize};

/// Why a signal is read or something is kept. Every signal needs exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Purpose {
    /// What the page cannot be delivered without; needs no consent.
    Necessary,
    /// What the visitor chose: language, currency, answers.
    Functional,
    /// Measuring, without a person in view.
    Analytics,
    /// Remembering the visitor so that the shop's own pages fit.
    Personalization,
    /// Advertising, and audiences that others provide.
    Marketing,
}

/// A set of purposes, stored as one byte: purpose number n is bit n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
pub struct Purposes(u8);

impl Purpose {
    /// All purposes, in the order of their numbers.
    pub const ALL: [Self; 5] =
        [Self::Necessary, Self::Functional, Self::Analytics, Self::Personalization, Self::Marketing];

    /// The word for it in rule sources and explanations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Necessary => "necessary",
            Self::Functional => "functional",
            Self::Analytics => "analytics",
            Self::Personalization => "personalization",
            Self::Marketing => "marketing",
        }
    }
}

impl Purposes {
    /// No purpose at all.
    pub const NONE: Self = Self(0);
    /// What holds without any consent.
    pub const NECESSARY: Self = Self::NONE.with(Purpose::Necessary);
    /// Every purpose.
    pub const ALL: Self = Self(0b1_1111);

    /// This set and `purpose`.
    #[must_use]
    pub const fn with(self, purpose: Purpose) -> Self {
        Self(self.0 | 1 << purpose as u8)
    }

    /// This set less all of `others`.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether `purpose` is in this set.
    #[must_use]
    pub const fn contains(self, purpose: Purpose) -> bool {
        self.0 & (1 << purpose as u8) != 0
    }

    /// The purposes of this set, in the order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Purpose> {
        Purpose::ALL.into_iter().filter(move |purpose| self.contains(*purpose))
    }
}

impl BitOr for Purposes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl From<Purpose> for Purposes {
    fn from(purpose: Purpose) -> Self {
        Self::NONE.with(purpose)
    }
}

impl FromIterator<Purpose> for Purposes {
    fn from_iter<I: IntoIterator<Item = Purpose>>(purposes: I) -> Self {
        purposes.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<u8> for Purposes {
    /// Bits that are no purpose are dropped: nothing can be granted that does not exist.
    fn from(bits: u8) -> Self {
        Self(bits & Self::ALL.0)
    }
}

impl From<Purposes> for u8 {
    fn from(purposes: Purposes) -> Self {
        purposes.0
    }
}

wire::enums! {
    Purpose: 5 {
        0 => Necessary {},
        1 => Functional {},
        2 => Analytics {},
        3 => Personalization {},
        4 => Marketing {},
    }
}

impl wire::Wire for Purposes {
    fn read(reader: &mut wire::Reader<'_>) -> Self {
        Self::from(u8::read(reader))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: Purposes = [Purpose::Marketing, Purpose::Functional].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Purpose::Functional, Purpose::Marketing]);
        assert_eq!(set.without(Purpose::Marketing.into()), Purpose::Functional.into());
        assert_eq!(set | Purposes::NECESSARY, set.with(Purpose::Necessary));
        assert_eq!(Purpose::ALL.into_iter().collect::<Purposes>(), Purposes::ALL);
    }

    #[test]
    fn a_set_is_one_byte_in_the_bundle_and_unknown_bits_are_dropped() {
        let bytes = postcard::to_allocvec(&Purposes::ALL).unwrap();
        assert_eq!(bytes, [0b1_1111]);
        assert_eq!(postcard::from_bytes::<Purposes>(&[0xff]), Ok(Purposes::ALL));
    }
}
