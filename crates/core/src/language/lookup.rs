//! The site's locale for the visitor's ranges.

use super::accept::AcceptLanguage;
use super::tag::{is_readable_as, is_same, language, shares_region, wider};

/// The index of the locale in `locales` that fits the `Accept-Language` header best; `None` when none fits, and the
/// site's default is up to the caller.
///
/// This is RFC 4647 lookup (section 3.4): each range in turn, made wider until a locale is equal to it. Lookup alone
/// would answer `de-AT` with the default in a shop that has only `de-DE`. So when a range finds nothing, the first
/// locale of the same language (and no other script; one of the same region before others) is taken before the next
/// language is tried, unless a later range of the same language finds its own. `*` finds nothing: any locale would do, and that is the default.
#[must_use]
pub fn lookup<L: AsRef<str>>(header: &str, locales: &[L]) -> Option<usize> {
    let accept = AcceptLanguage::parse(header);
    let mut ranges = accept.ranges();
    while let [range, later @ ..] = ranges {
        ranges = later;
        if let Some(found) = widening(range.tag, locales) {
            return Some(found);
        }
        let (mut near, mut of_region) = (None, false);
        for (index, locale) in locales.iter().enumerate() {
            let locale = locale.as_ref();
            if !of_region && is_readable_as(range.tag, locale) {
                of_region = shares_region(range.tag, locale);
                if of_region || near.is_none() {
                    near = Some(index);
                }
            }
        }
        if near.is_some() {
            for other in later {
                if language(other.tag).eq_ignore_ascii_case(language(range.tag))
                    && let Some(own) = widening(other.tag, locales)
                {
                    return Some(own);
                }
            }
            return near;
        }
    }
    None
}

fn widening<L: AsRef<str>>(range: &str, locales: &[L]) -> Option<usize> {
    let mut range = Some(range);
    while let Some(tag) = range {
        if let Some(found) = locales.iter().position(|locale| is_same(tag, locale.as_ref())) {
            return Some(found);
        }
        range = wider(tag);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn the_best_locale_is_found() {
        let table: &[(&str, &[&str], Option<&str>)] = &[
            ("", &["de", "en"], None),
            ("de", &["en", "de"], Some("de")),
            ("DE-at", &["en", "de"], Some("de")),
            ("de-AT,de;q=0.9,en;q=0.8", &["en", "de"], Some("de")),
            ("de;q=0.5,en", &["de", "en"], Some("en")),
            ("fr,en;q=0.5", &["de", "en"], Some("en")),
            ("fr", &["de", "en"], None),
            ("*", &["de", "en"], None),
            ("de;q=0", &["de", "en"], None),
            ("de-CH-1996", &["de-CH", "de"], Some("de-CH")),
            ("en_US", &["de", "en-US"], Some("en-US")),
            // Beyond RFC 4647: the same language in another region.
            ("de-AT", &["en-GB", "de-DE"], Some("de-DE")),
            ("de", &["en-GB", "de-CH", "de-DE"], Some("de-CH")),
            ("en-US,de;q=0.5", &["de", "en-GB"], Some("en-GB")),
            ("de-CH,de-DE;q=0.9", &["de-AT", "de-DE"], Some("de-DE")),
            ("zh-TW,en;q=0.5", &["zh-CN", "en"], Some("en")),
            ("zh-HK", &["zh-CN", "zh-Hant"], Some("zh-Hant")),
            ("zh-Hant-TW", &["zh-CN", "zh-HK", "zh-TW"], Some("zh-TW")),
            ("zh-Hant-TW", &["zh-CN", "zh-HK"], Some("zh-HK")),
        ];
        for (header, locales, expected) in table {
            assert_eq!(
                lookup(header, locales).map(|index| locales[index]),
                *expected,
                "{header} of {locales:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_locale_is_found_by_its_own_name(locales in prop::collection::vec("[a-d]{2}(-[A-D]{2})?", 1..6), pick in 0usize..6) {
            let wanted = &locales[pick % locales.len()];
            prop_assert_eq!(&locales[lookup(wanted, &locales).unwrap()], wanted);
        }

        #[test]
        fn no_header_makes_it_panic(header in "\\PC{0,60}|([a-b*_-]{0,8}[,;])*", locales in prop::collection::vec("\\PC{0,6}", 0..4)) {
            let found = lookup(&header, &locales);
            prop_assert!(found.is_none_or(|index| index < locales.len()));
            let tags: Vec<_> = AcceptLanguage::parse(&header).ranges().to_vec();
            prop_assert!(tags.iter().all(|range| !range.tag.is_empty()));
        }
    }
}
