//! The site's consent cookie, and the purposes it grants.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::purpose::{Purpose, Purposes};
use super::tcf::{TcString, TcfPurposes};
use super::words::{granted_by_flags, granted_by_list, meaning};
use crate::cookie::Cookies;
use crate::url::percent;
use crate::wire;

/// Where the site's consent banner writes the visitor's choice, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentSource {
    /// The name of the cookie.
    pub cookie: String,
    /// How its value is read.
    pub format: ConsentFormat,
    /// What holds while there is no such cookie. Necessary purposes always do.
    pub absent: Purposes,
}

/// How the value of a consent cookie is read. The cookie is percent-decoded first; words are compared without case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentFormat {
    /// One word that stands for the whole choice: `all`, `accepted`, `2`.
    Value(Vec<(String, Purposes)>),
    /// The words that were agreed to: `analytics,marketing`, `["analytics"]`.
    List(Vec<(String, Purposes)>),
    /// Keys that are said yes or no to: `groups=C0001:1,C0002:0`, `{statistics:true,marketing:false}`. A key
    /// without an answer is not agreed to, and a no outweighs a yes for the same purpose.
    Flags(Vec<(String, Purposes)>),
    /// An IAB TCF v2 string.
    Tcf(TcfMapping),
}

/// The TCF purposes that must all be consented to for a purpose of ours; an empty set is never granted.
///
/// Legitimate interest is not enough: the visitor did not say yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TcfMapping {
    /// For [`Purpose::Functional`].
    pub functional: TcfPurposes,
    /// For [`Purpose::Analytics`].
    pub analytics: TcfPurposes,
    /// For [`Purpose::Personalization`].
    pub personalization: TcfPurposes,
    /// For [`Purpose::Marketing`].
    pub marketing: TcfPurposes,
}

impl Default for TcfMapping {
    /// Everything needs purpose 1 (store and access information on a device); analytics also 8 (measure content
    /// performance), personalization 5 and 6 (profiles for content), marketing 3 and 4 (profiles for advertising).
    fn default() -> Self {
        Self {
            functional: TcfPurposes::of(&[1]),
            analytics: TcfPurposes::of(&[1, 8]),
            personalization: TcfPurposes::of(&[1, 5, 6]),
            marketing: TcfPurposes::of(&[1, 3, 4]),
        }
    }
}

/// The purposes that the visitor's `cookies` allow. [`Purpose::Necessary`] is always among them.
///
/// A cookie that is there but cannot be read, or says something the site gave no meaning, allows nothing else.
///
/// `gpc` is whether the request carries `Sec-GPC: 1`. It takes personalization and marketing away, whatever the
/// cookie says: Global Privacy Control asks that a person's data be neither sold nor shared nor used to target them
/// in other contexts, and a visitor who sends it has not asked to be recognized. Analytics and functional choices
/// follow the cookie.
#[must_use]
pub fn purposes(source: &ConsentSource, cookies: &Cookies<'_>, gpc: bool) -> Purposes {
    let granted = match cookies.get(&source.cookie) {
        None => source.absent,
        Some(value) => granted(source, &percent::decode(value)).unwrap_or(Purposes::NONE),
    };
    let refused = if gpc { REFUSED_BY_OPT_OUT } else { Purposes::NONE };
    granted.without(refused).with(Purpose::Necessary)
}

const REFUSED_BY_OPT_OUT: Purposes = Purposes::NONE.with(Purpose::Personalization).with(Purpose::Marketing);

fn granted(source: &ConsentSource, value: &str) -> Option<Purposes> {
    match &source.format {
        ConsentFormat::Value(meanings) => meaning(meanings, value),
        ConsentFormat::List(meanings) => Some(granted_by_list(meanings, value)),
        ConsentFormat::Flags(meanings) => Some(granted_by_flags(meanings, value)),
        ConsentFormat::Tcf(mapping) => granted_by_tcf(*mapping, value),
    }
}

fn granted_by_tcf(mapping: TcfMapping, text: &str) -> Option<Purposes> {
    let consents = TcString::decode(text).ok()?.consents;
    let needs = [
        (Purpose::Functional, mapping.functional),
        (Purpose::Analytics, mapping.analytics),
        (Purpose::Personalization, mapping.personalization),
        (Purpose::Marketing, mapping.marketing),
    ];
    let is_granted = |needed: TcfPurposes| !needed.is_empty() && consents.contains_all(needed);
    Some(needs.into_iter().filter(|(_, needed)| is_granted(*needed)).map(|(purpose, _)| purpose).collect())
}

wire::structs! {
    ConsentSource { cookie, format, absent }
    TcfMapping { functional, analytics, personalization, marketing }
}

wire::enums! {
    ConsentFormat: 4 {
        0 => Value { 0 },
        1 => List { 0 },
        2 => Flags { 0 },
        3 => Tcf { 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::Purpose::{Analytics, Functional, Marketing, Necessary, Personalization};
    use super::*;
    use proptest::prelude::*;

    fn set(purposes: &[Purpose]) -> Purposes {
        purposes.iter().copied().collect::<Purposes>().with(Necessary)
    }

    fn source(format: ConsentFormat) -> ConsentSource {
        ConsentSource { cookie: "consent".into(), format, absent: Purposes::NONE }
    }

    fn meanings() -> Vec<(String, Purposes)> {
        [("all", set(&[Analytics, Personalization, Marketing])), ("statistics", set(&[Analytics]))]
            .map(|(word, purposes)| (word.into(), purposes))
            .into()
    }

    /// A core segment with these consented purposes, no legitimate interest and no vendors.
    fn tc_string(consented: &[u8]) -> String {
        let mut bits = [0u8; 264];
        let fields = [(2u64, 6, 0), (1, 36, 6), (1, 36, 42), (10, 12, 78)];
        for (value, width, start) in fields {
            for (place, bit) in bits[start..start + width].iter_mut().rev().enumerate() {
                *bit = (value >> place & 1) as u8;
            }
        }
        for number in consented {
            bits[152 + usize::from(*number) - 1] = 1;
        }
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        bits.chunks(6)
            .map(|six| char::from(alphabet[six.iter().fold(0, |n, bit| n << 1 | usize::from(*bit))]))
            .collect()
    }

    #[test]
    fn a_word_stands_for_the_whole_choice() {
        let source = source(ConsentFormat::Value(meanings()));
        for (header, expected) in [
            ("consent=all", set(&[Analytics, Personalization, Marketing])),
            ("consent=ALL", set(&[Analytics, Personalization, Marketing])),
            ("consent=%61ll", set(&[Analytics, Personalization, Marketing])),
            ("consent=\"all\"", set(&[Analytics, Personalization, Marketing])),
            ("consent=statistics", set(&[Analytics])),
            ("consent=all,statistics", set(&[])),
            ("consent=unheard-of", set(&[])),
            ("consent=", set(&[])),
            ("Consent=all", set(&[])),
            ("", set(&[])),
        ] {
            assert_eq!(purposes(&source, &Cookies::new(header), false), expected, "{header}");
        }
    }

    #[test]
    fn lists_and_flags_are_percent_decoded() {
        let list = source(ConsentFormat::List(meanings()));
        assert_eq!(purposes(&list, &Cookies::new("consent=x%2Cstatistics"), false), set(&[Analytics]));
        let flags = source(ConsentFormat::Flags(meanings()));
        assert_eq!(purposes(&flags, &Cookies::new("consent=all%3A0%2Cstatistics%3A1"), false), set(&[]));
        assert_eq!(purposes(&flags, &Cookies::new("consent=statistics%3A1"), false), set(&[Analytics]));
    }

    #[test]
    fn a_tcf_purpose_needs_every_purpose_of_its_mapping() {
        let source = source(ConsentFormat::Tcf(TcfMapping::default()));
        for (consented, expected) in [
            (&[][..], set(&[])),
            (&[1], set(&[Functional])),
            (&[5, 6], set(&[])),
            (&[1, 5], set(&[Functional])),
            (&[1, 5, 6, 8], set(&[Functional, Analytics, Personalization])),
            (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], set(&[Functional, Analytics, Personalization, Marketing])),
        ] {
            let header = alloc::format!("consent={}.YAAA", tc_string(consented));
            assert_eq!(purposes(&source, &Cookies::new(&header), false), expected, "{consented:?}");
        }
        for malformed in
            ["consent=", "consent=C", "consent=BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", "consent=%ff"]
        {
            assert_eq!(
                purposes(&source, &Cookies::new(malformed), false),
                Purposes::NECESSARY,
                "{malformed}"
            );
        }
    }

    #[test]
    fn global_privacy_control_outweighs_the_cookie_and_the_default() {
        let mut source = source(ConsentFormat::Value(meanings()));
        source.absent = Purposes::ALL;
        assert_eq!(purposes(&source, &Cookies::new("consent=all"), true), set(&[Analytics]));
        assert_eq!(purposes(&source, &Cookies::new(""), true), set(&[Functional, Analytics]));
        assert_eq!(purposes(&source, &Cookies::new(""), false), Purposes::ALL);
    }

    #[test]
    fn a_source_survives_the_bundle() {
        let source = source(ConsentFormat::Tcf(TcfMapping::default()));
        let bytes = postcard::to_allocvec(&source).unwrap();
        assert_eq!(postcard::from_bytes::<ConsentSource>(&bytes), Ok(source));
    }

    proptest! {
        #[test]
        fn no_cookie_grants_more_with_gpc_than_without(value in "\\PC{0,40}|(all|statistics|[:,=1a]){0,6}", kind in 0..4) {
            let source = source(match kind {
                0 => ConsentFormat::Value(meanings()),
                1 => ConsentFormat::List(meanings()),
                2 => ConsentFormat::Flags(meanings()),
                _ => ConsentFormat::Tcf(TcfMapping::default()),
            });
            let header = alloc::format!("consent={value}");
            let cookies = Cookies::new(&header);
            let (free, gpc) = (purposes(&source, &cookies, false), purposes(&source, &cookies, true));
            prop_assert_eq!(gpc, free.without(REFUSED_BY_OPT_OUT));
            prop_assert!(gpc.contains(Necessary));
        }
    }
}
