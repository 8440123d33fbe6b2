//! Where things are shipped to.

use crate::wire;
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A place that a zone covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Every country that no other place names.
    RestOfWorld,
    /// A country, ISO 3166-1 alpha-2.
    Country([u8; 2]),
    /// A part of a country.
    Region {
        /// The country.
        country: [u8; 2],
        /// ISO 3166-2 subdivision without the country: `BY`, not `DE-BY`.
        region: String,
    },
    /// Addresses whose postal code begins alike.
    PostalPrefix {
        /// The country.
        country: [u8; 2],
        /// The beginning, as [`normalize_postal_code`] gives it.
        prefix: String,
    },
}

/// What is known of where an order goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Destination<'a> {
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// ISO 3166-2 subdivision without the country.
    pub region: Option<&'a str>,
    /// As it was given, with or without spaces, hyphens and lower case.
    pub postal_code: Option<&'a str>,
}

/// The letters and digits of a postal code, in upper case: `SW1A 1AA` and `sw1a-1aa` are one.
#[must_use]
pub fn normalize_postal_code(text: &str) -> String {
    significant(text).map(char::from).collect()
}

fn significant(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase())
}

impl Place {
    /// How closely the place names the destination: `None` when it does not, more is closer.
    ///
    /// A longer postal prefix is closer than a shorter one, any is closer than a region, that than the country, and that
    /// than the rest of the world. What the place asks for and the destination does not tell does not match; in
    /// particular nothing matches an unknown country.
    pub(super) fn closeness(&self, destination: &Destination<'_>) -> Option<usize> {
        let known: [u8; 2] = destination.country?.as_bytes().try_into().ok()?;
        let is_country = |country: &[u8; 2]| known.eq_ignore_ascii_case(country);
        match self {
            Self::RestOfWorld => Some(0),
            Self::Country(country) => is_country(country).then_some(1),
            Self::Region { country, region } => {
                let is_region = destination.region.is_some_and(|known| known.eq_ignore_ascii_case(region));
                (is_country(country) && is_region).then_some(2)
            }
            Self::PostalPrefix { country, prefix } => {
                let mut code = significant(destination.postal_code?);
                let is_prefix = prefix.bytes().all(|byte| code.next() == Some(byte));
                (is_country(country) && is_prefix).then_some(2 + prefix.len())
            }
        }
    }
}

wire::enums! {
    Place: 4 {
        0 => RestOfWorld {},
        1 => Country { 0 },
        2 => Region { country, region },
        3 => PostalPrefix { country, prefix },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postal_codes_are_compared_by_letters_and_digits() {
        assert_eq!(normalize_postal_code(" sw1a-1aa "), "SW1A1AA");
        assert_eq!(normalize_postal_code("１２３"), "");
        let prefix = Place::PostalPrefix { country: *b"GB", prefix: "SW1A".into() };
        for (postal_code, closeness) in [
            ("sw1a 1aa", Some(6)),
            ("SW1-A", Some(6)),
            ("SW1", None),
            ("SW2A 1AA", None),
            ("", None),
            ("ßW1A", None),
        ] {
            let destination =
                Destination { country: Some("gb"), region: None, postal_code: Some(postal_code) };
            assert_eq!(prefix.closeness(&destination), closeness, "{postal_code}");
        }
    }

    #[test]
    fn an_unknown_country_is_nowhere() {
        for country in [None, Some(""), Some("D"), Some("DEU")] {
            let destination = Destination { country, region: Some("BY"), postal_code: Some("80331") };
            let places = [
                Place::RestOfWorld,
                Place::Country(*b"DE"),
                Place::Region { country: *b"DE", region: "BY".into() },
                Place::PostalPrefix { country: *b"DE", prefix: "80".into() },
            ];
            assert!(places.iter().all(|place| place.closeness(&destination).is_none()));
        }
    }
}
