//! A compiled route pattern and what it captures.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::percent;
use crate::ascii::pieces;
use crate::wire;

/// The most captures that one route pattern may have.
pub const MAX_CAPTURES: usize = 4;

/// A route pattern such as `/p/:sku`, compiled by [`RoutePattern::parse`].
///
/// Paths are compared percent-decoded, segment by segment and case-sensitively; an escaped slash (`%2F`) separates
/// no segments. A capture takes at least one character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutePattern {
    pub(super) segments: Vec<Segment>,
    pub(super) end: End,
}

/// What one path segment must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Segment {
    Literal(String),
    Capture { prefix: String, name: String, suffix: String },
}

/// What may follow the last segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum End {
    MaybeSlash,
    Slash,
    NoSlash,
    /// `/*`: nothing, or any number of segments.
    Anything,
}

/// What a route pattern captured from a path, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures<'a> {
    captured: [Option<(&'a str, Cow<'a, str>)>; MAX_CAPTURES],
}

impl RoutePattern {
    /// What the pattern captures from `path` (as in [`super::Url::path`]), or `None` when it does not match.
    #[must_use]
    pub fn matches<'a>(&'a self, path: &'a str) -> Option<Captures<'a>> {
        let path = path.strip_prefix("/")?;
        let (inner, has_slash) = path.strip_suffix("/").map_or((path, false), |inner| (inner, true));
        let mut parts = pieces(inner, b'/');
        if path.is_empty() {
            parts.next();
        }
        let mut captures = Captures::default();
        let mut free = captures.captured.iter_mut();
        for segment in &self.segments {
            let part = percent::decode(parts.next()?);
            match segment {
                Segment::Literal(literal) if part == *literal => {}
                Segment::Literal(_) => return None,
                Segment::Capture { prefix, name, suffix } => {
                    *free.next()? = Some((name, between(part, prefix, suffix)?));
                }
            }
        }
        let ends = match self.end {
            End::Anything => true,
            End::MaybeSlash => parts.next().is_none(),
            End::Slash => parts.next().is_none() && (has_slash || path.is_empty()),
            End::NoSlash => parts.next().is_none() && !has_slash,
        };
        ends.then_some(captures)
    }

    /// The names of the captures, from left to right.
    pub fn capture_names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Capture { name, .. } => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }
}

impl<'a> Captures<'a> {
    /// The percent-decoded text captured as `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(candidate, _)| *candidate == name).map(|(_, value)| value)
    }

    /// Takes the text captured as `name` out, still borrowed from the path where nothing had to be decoded.
    #[must_use]
    pub fn take(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let of_name =
            |entry: &&mut Option<(&str, _)>| matches!(entry, Some((candidate, _)) if *candidate == name);
        self.captured.iter_mut().find(of_name)?.take().map(|(_, value)| value)
    }

    /// All names and percent-decoded texts, from left to right.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &str)> {
        self.captured.iter().flatten().map(|(name, value)| (*name, &**value))
    }
}

/// `part` without `prefix` and `suffix`, when at least one character is between them.
fn between<'a>(part: Cow<'a, str>, prefix: &str, suffix: &str) -> Option<Cow<'a, str>> {
    match part {
        Cow::Borrowed(part) => strip(part, prefix, suffix).map(Cow::Borrowed),
        Cow::Owned(part) if prefix.is_empty() && suffix.is_empty() => Some(Cow::Owned(part)),
        Cow::Owned(part) => strip(&part, prefix, suffix).map(|inner| Cow::Owned(inner.into())),
    }
}

fn strip<'a>(part: &'a str, prefix: &str, suffix: &str) -> Option<&'a str> {
    part.strip_prefix(prefix)?.strip_suffix(suffix).filter(|inner| !inner.is_empty())
}

wire::structs! {
    RoutePattern { segments, end }
}

wire::enums! {
    Segment: 2 {
        0 => Literal { 0 },
        1 => Capture { prefix, name, suffix },
    }
    End: 4 {
        0 => MaybeSlash {},
        1 => Slash {},
        2 => NoSlash {},
        3 => Anything {},
    }
}

#[cfg(test)]
mod tests {
    use super::super::TrailingSlash;
    use super::*;
    use proptest::prelude::*;

    fn pattern(text: &str) -> RoutePattern {
        RoutePattern::parse(text, TrailingSlash::Ignored).unwrap()
    }

    #[test]
    fn patterns_match_and_capture() {
        type Row = (&'static str, &'static str, Option<&'static [(&'static str, &'static str)]>);
        let table: &[Row] = &[
            ("/", "/", Some(&[])),
            ("/", "//", None),
            ("/", "/x", None),
            ("/", "", None),
            ("/cart", "/cart", Some(&[])),
            ("/cart", "/cart/", Some(&[])),
            ("/cart", "/cart//", None),
            ("/cart", "/Cart", None),
            ("/cart", "/carts", None),
            ("/cart", "/cart/x", None),
            ("/cart", "cart", None),
            ("/cart", "/c%61rt", Some(&[])),
            ("/über", "/%C3%BCber", Some(&[])),
            ("/%C3%BCber", "/über", Some(&[])),
            ("/c/:category", "/c/boots", Some(&[("category", "boots")])),
            ("/c/:category", "/c/boots/", Some(&[("category", "boots")])),
            ("/c/:category", "/c/", None),
            ("/c/:category", "/c", None),
            ("/c/:category", "/c//", None),
            ("/c/:category", "/c/a/b", None),
            ("/c/:category", "/c/hiking%20boots", Some(&[("category", "hiking boots")])),
            ("/c/:category", "/c/a%2Fb", Some(&[("category", "a/b")])),
            ("/c/:category", "/c/%FF%zz", Some(&[("category", "\u{fffd}%zz")])),
            ("/c/:category", "/c/a+b", Some(&[("category", "a+b")])),
            ("/p/:sku.html", "/p/T-100.html", Some(&[("sku", "T-100")])),
            ("/p/:sku.html", "/p/T%2D100%2Ehtml", Some(&[("sku", "T-100")])),
            ("/p/:sku.html", "/p/a.html.html", Some(&[("sku", "a.html")])),
            ("/p/:sku.html", "/p/.html", None),
            ("/p/:sku.html", "/p/T-100", None),
            ("/item-:id", "/item-7", Some(&[("id", "7")])),
            ("/item-:id-x", "/item-7-x", Some(&[("id", "7")])),
            ("/item-:id-x", "/item-x", None),
            ("/:lang/c/:category", "/de/c/zelte", Some(&[("lang", "de"), ("category", "zelte")])),
            ("/blog/*", "/blog", Some(&[])),
            ("/blog/*", "/blog/", Some(&[])),
            ("/blog/*", "/blog/a/b//c", Some(&[])),
            ("/blog/*", "/blogs", None),
            ("/*", "/", Some(&[])),
            ("/*", "/any/thing", Some(&[])),
            ("/o/:order/*", "/o/7/items", Some(&[("order", "7")])),
            ("/o/:order/*", "/o", None),
        ];
        for (text, path, expected) in table {
            let pattern = pattern(text);
            let captures = pattern.matches(path);
            let read = captures.as_ref().map(|captures| captures.iter().collect::<Vec<_>>());
            assert_eq!(read.as_deref(), *expected, "{text} on {path}");
        }
    }

    #[test]
    fn a_strict_trailing_slash_must_be_as_written() {
        let strict = |text| RoutePattern::parse(text, TrailingSlash::AsWritten).unwrap();
        for (text, path, expected) in [
            ("/cart", "/cart", true),
            ("/cart", "/cart/", false),
            ("/cart/", "/cart/", true),
            ("/cart/", "/cart", false),
            ("/", "/", true),
            ("/blog/*", "/blog", true),
            ("/blog/*", "/blog/", true),
        ] {
            assert_eq!(strict(text).matches(path).is_some(), expected, "{text} on {path}");
        }
    }

    #[test]
    fn captures_borrow_from_the_path_unless_decoded() {
        let pattern = pattern("/:a/:b");
        let mut captures = pattern.matches("/plain/e%20f").unwrap();
        assert_eq!(captures.get("a"), Some("plain"));
        assert!(matches!(captures.take("a"), Some(Cow::Borrowed("plain"))));
        assert_eq!(captures.take("a"), None);
        assert_eq!(captures.take("b").as_deref(), Some("e f"));
        assert_eq!(captures.get("c"), None);
    }

    #[test]
    fn a_compiled_pattern_survives_the_bundle() {
        let pattern = pattern("/:lang/p/sku-:sku.html");
        let bytes = postcard::to_allocvec(&pattern).unwrap();
        assert_eq!(postcard::from_bytes::<RoutePattern>(&bytes), Ok(pattern));
    }

    #[test]
    fn more_captures_than_a_parsed_pattern_can_have_never_match() {
        let capture =
            |name: &str| Segment::Capture { prefix: "".into(), name: name.into(), suffix: "".into() };
        let hostile =
            RoutePattern { segments: ["a", "b", "c", "d", "e"].map(capture).into(), end: End::Anything };
        assert_eq!(hostile.matches("/1/2/3/4/5"), None);
    }

    proptest! {
        #[test]
        fn no_path_makes_it_panic(path in "\\PC{0,40}|[/a%2fF.]{0,30}") {
            for text in ["/", "/*", "/a", "/a/*", "/:x", "/:x.a/:y", "/a:x%2f"] {
                let _ = pattern(text).matches(&path);
            }
        }

        #[test]
        fn a_plain_segment_is_captured_as_it_is(segment in "[a-zA-Z0-9_.~-]{1,20}") {
            let (pattern, path) = (pattern("/p/:sku"), alloc::format!("/p/{segment}"));
            let captures = pattern.matches(&path).unwrap();
            prop_assert_eq!(captures.get("sku"), Some(&*segment));
        }
    }
}
