//! Comparing language tags (RFC 4647). Case does not matter, and `_` is taken for `-`.

use crate::ascii::{Pieces, cut_either, cut_last_either, pieces_either};

/// Basic filtering (RFC 4647, section 3.3.1): whether `tag` is `range` or narrower. `*` matches every tag.
#[must_use]
pub fn range_matches(range: &str, tag: &str) -> bool {
    let mut subtags = subtags(tag);
    range == "*"
        || self::subtags(range)
            .all(|subtag| subtags.next().is_some_and(|own| own.eq_ignore_ascii_case(subtag)))
}

/// Whether both are the same tag.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && range_matches(one, other)
}

/// The next wider range: without the last subtag, and without a single letter that this would leave at the end
/// (RFC 4647, section 3.4). `None` when only the language is left.
pub(super) fn wider(tag: &str) -> Option<&str> {
    let (shorter, _) = cut_last_either(tag, b'-', b'_')?;
    match cut_last_either(shorter, b'-', b'_') {
        Some((even_shorter, single)) if single.len() == 1 => Some(even_shorter),
        _ => Some(shorter),
    }
}

/// The language, without script and region.
pub(super) fn language(tag: &str) -> &str {
    cut_either(tag, b'-', b'_').map_or(tag, |(language, _)| language)
}

/// Whether readers of `one` can be expected to read `other`: the same language in no other script.
pub(super) fn is_readable_as(one: &str, other: &str) -> bool {
    let same_language = language(one).eq_ignore_ascii_case(language(other));
    same_language
        && match (script(one), script(other)) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            _ => true,
        }
}

/// Whether both tags name the same region.
pub(super) fn shares_region(one: &str, other: &str) -> bool {
    match (region(one), region(other)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    }
}

/// Two letters, or three digits (`es-419`).
fn region(tag: &str) -> Option<&str> {
    subtag(tag, |subtag| is_of(subtag, 2, true) || is_of(subtag, 3, false))
}

/// The script where the tag names it. Chinese needs one even if it does not: the region tells (CLDR likely subtags).
fn script(tag: &str) -> Option<&str> {
    let named = subtag(tag, |subtag| is_of(subtag, 4, true));
    if named.is_some() || !language(tag).eq_ignore_ascii_case("zh") {
        return named;
    }
    let is_traditional =
        |subtag: &str| ["TW", "HK", "MO"].iter().any(|region| subtag.eq_ignore_ascii_case(region));
    Some(if subtag(tag, is_traditional).is_some() { "Hant" } else { "Hans" })
}

/// The first subtag after the language that is so.
#[inline(never)]
fn subtag(tag: &str, is_so: fn(&str) -> bool) -> Option<&str> {
    let mut subtags = subtags(tag);
    subtags.next();
    subtags.find(|subtag| is_so(subtag))
}

/// Whether a subtag is as long and of letters, or of digits.
fn is_of(subtag: &str, length: usize, letters: bool) -> bool {
    let mut fits = subtag.len() == length;
    for byte in subtag.bytes() {
        fits &= if letters { byte.is_ascii_alphabetic() } else { byte.is_ascii_digit() };
    }
    fits
}

fn subtags(tag: &str) -> Pieces<'_> {
    pieces_either(tag, b'-', b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_matches_itself_and_what_is_narrower() {
        for (range, tag, expected) in [
            ("de", "de", true),
            ("de", "de-AT", true),
            ("DE", "de-at", true),
            ("de_AT", "de-AT", true),
            ("de-AT", "de", false),
            ("de", "den", false),
            ("de-A", "de-AT", false),
            ("*", "de", true),
            ("de-DE", "de-Latn-DE", false),
        ] {
            assert_eq!(range_matches(range, tag), expected, "{range} {tag}");
        }
    }

    #[test]
    fn widening_drops_single_letters_too() {
        let mut tag = "zh-Hant-CN-x-private1-private2";
        let mut widened = alloc::vec::Vec::new();
        while let Some(next) = wider(tag) {
            widened.push(next);
            tag = next;
        }
        assert_eq!(widened, ["zh-Hant-CN-x-private1", "zh-Hant-CN", "zh-Hant", "zh"]);
    }

    #[test]
    fn a_region_is_shared_only_when_both_name_it() {
        for (one, other, expected) in [
            ("en-US", "es-us", true),
            ("en-Latn-US", "en-US", true),
            ("es-419", "pt-419", true),
            ("en", "en", false),
            ("en-US", "en-GB", false),
            ("en-US", "en", false),
        ] {
            assert_eq!(shares_region(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn another_script_is_not_readable() {
        for (one, other, expected) in [
            ("de-AT", "de-DE", true),
            ("de", "en", false),
            ("zh-TW", "zh-Hant", true),
            ("zh-TW", "zh-CN", false),
            ("zh-SG", "zh", true),
            ("sr-Latn", "sr-Cyrl", false),
            ("sr", "sr-Cyrl", true),
        ] {
            assert_eq!(is_readable_as(one, other), expected, "{one} {other}");
            assert_eq!(is_readable_as(other, one), expected, "{other} {one}");
        }
    }
}
