//! The text form of a route pattern: `/c/:category`, `/p/:sku.html`, `/blog/*`.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::ops::Range;

use serde::{Deserialize, Serialize};

use super::percent;
use super::route::{End, MAX_CAPTURES, RoutePattern, Segment};

/// Whether `/cart` and `/cart/` are the same page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrailingSlash {
    /// They are, however the pattern is written.
    #[default]
    Ignored,
    /// They are not: the path must end as the pattern does.
    AsWritten,
}

/// Why a text is no route pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteError {
    /// What is wrong.
    pub kind: RouteErrorKind,
    /// Where it is, in bytes of the pattern's text; never empty unless the text is.
    pub span: Range<usize>,
}

/// What is wrong with a route pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteErrorKind {
    /// It does not begin with `/`.
    NoLeadingSlash,
    /// It has a `?` or `#`: routes see the path alone.
    NotAPath,
    /// Two slashes follow each other.
    EmptySegment,
    /// A `:` without a name of letters, digits and `_`.
    NoName,
    /// A second `:` in one segment: where the first capture ends would be a guess.
    TwoInOneSegment,
    /// A name that an earlier capture has.
    NameTaken,
    /// More than [`MAX_CAPTURES`] captures.
    TooManyCaptures,
    /// A `*` that is not the whole of the last segment.
    WildcardNotLast,
}

impl RoutePattern {
    /// Compiles the pattern `text`.
    ///
    /// A pattern is a path. A segment is literal text, or a `:name` with literal text before or after it. A last
    /// segment `*` stands for the page above it and everything below: `/blog/*` is `/blog`, `/blog/a`, `/blog/a/b`.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn parse(text: &str, trailing_slash: TrailingSlash) -> Result<Self, RouteError> {
        if let Some(at) = text.find(['?', '#']) {
            return Err(RouteErrorKind::NotAPath.at(at..text.len()));
        }
        let Some(path) = text.strip_prefix('/') else {
            let first = text.chars().next().map_or(0, char::len_utf8);
            return Err(RouteErrorKind::NoLeadingSlash.at(0..first));
        };
        let (inner, has_slash) = path.strip_suffix('/').map_or((path, false), |inner| (inner, true));
        let end = match trailing_slash {
            TrailingSlash::Ignored => End::MaybeSlash,
            TrailingSlash::AsWritten if has_slash || path.is_empty() => End::Slash,
            TrailingSlash::AsWritten => End::NoSlash,
        };
        let mut pattern = Self { segments: Vec::new(), end };
        if path.is_empty() {
            return Ok(pattern);
        }
        let mut start = 1;
        for part in inner.split('/') {
            let span = start..start + part.len();
            start = span.end + 1;
            if part.is_empty() {
                return Err(RouteErrorKind::EmptySegment.at(span.start - 1..span.start + 1));
            }
            if let Some(star) = part.find('*') {
                let is_last = part == "*" && span.end == text.len();
                if !is_last {
                    let star = span.start + star;
                    return Err(RouteErrorKind::WildcardNotLast.at(star..star + 1));
                }
                pattern.end = End::Anything;
            } else {
                pattern.push(part, span)?;
            }
        }
        Ok(pattern)
    }

    fn push(&mut self, part: &str, span: Range<usize>) -> Result<(), RouteError> {
        let decoded = |text: &str| percent::decode(text).into_owned();
        let Some((prefix, rest)) = part.split_once(':') else {
            self.segments.push(Segment::Literal(decoded(part)));
            return Ok(());
        };
        let name_length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (name, suffix) = rest.split_at_checked(name_length).unwrap_or((rest, ""));
        let colon = span.start + prefix.len();
        let capture = colon..colon + 1 + name_length;
        if name.is_empty() {
            return Err(RouteErrorKind::NoName.at(capture));
        }
        if let Some(second) = suffix.find(':') {
            return Err(RouteErrorKind::TwoInOneSegment.at(capture.end + second..capture.end + second + 1));
        }
        if self.capture_names().any(|taken| taken == name) {
            return Err(RouteErrorKind::NameTaken.at(capture));
        }
        if self.capture_names().count() == MAX_CAPTURES {
            return Err(RouteErrorKind::TooManyCaptures.at(capture));
        }
        let (prefix, suffix) = (decoded(prefix), decoded(suffix));
        self.segments.push(Segment::Capture { prefix, name: name.to_string(), suffix });
        Ok(())
    }
}

impl RouteErrorKind {
    fn at(self, span: Range<usize>) -> RouteError {
        RouteError { kind: self, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        use RouteErrorKind::{
            EmptySegment, NameTaken, NoLeadingSlash, NoName, NotAPath, TooManyCaptures, TwoInOneSegment,
            WildcardNotLast,
        };
        for (text, kind, underlined) in [
            ("", NoLeadingSlash, ""),
            ("cart", NoLeadingSlash, "c"),
            ("über", NoLeadingSlash, "ü"),
            ("/cart?x=1", NotAPath, "?x=1"),
            ("/cart#top", NotAPath, "#top"),
            ("//", EmptySegment, "//"),
            ("/c//x", EmptySegment, "//"),
            ("/c//", EmptySegment, "//"),
            ("/c/:", NoName, ":"),
            ("/c/:-x", NoName, ":"),
            ("/c/:ü", NoName, ":"),
            ("/c/:a:b", TwoInOneSegment, ":"),
            ("/c/:a-:b", TwoInOneSegment, ":"),
            ("/:a/:b/:a", NameTaken, ":a"),
            ("/:a/:b/:c/:d/:e.html", TooManyCaptures, ":e"),
            ("/blog*", WildcardNotLast, "*"),
            ("/blog/*/x", WildcardNotLast, "*"),
            ("/blog/*/", WildcardNotLast, "*"),
            ("/blog/**", WildcardNotLast, "*"),
        ] {
            let error = RoutePattern::parse(text, TrailingSlash::Ignored).unwrap_err();
            assert_eq!((error.kind, &text[error.span]), (kind, underlined), "{text:?}");
        }
    }

    #[test]
    fn captures_are_named_from_left_to_right() {
        let pattern = RoutePattern::parse("/:lang/p/:sku.html", TrailingSlash::Ignored).unwrap();
        assert_eq!(pattern.capture_names().collect::<Vec<_>>(), ["lang", "sku"]);
    }

    proptest! {
        #[test]
        fn every_text_compiles_or_has_a_span_inside_it(text in "\\PC{0,30}|/[a:/*ü%]{0,20}") {
            for policy in [TrailingSlash::Ignored, TrailingSlash::AsWritten] {
                if let Err(error) = RoutePattern::parse(&text, policy) {
                    prop_assert!(text.get(error.span).is_some());
                }
            }
        }

        #[test]
        fn a_literal_pattern_matches_itself(text in "(/[a-z0-9.~-]{1,5}){0,4}/?") {
            let text = if text.is_empty() { "/" } else { &text };
            for policy in [TrailingSlash::Ignored, TrailingSlash::AsWritten] {
                prop_assert!(RoutePattern::parse(text, policy).unwrap().matches(text).is_some());
            }
        }
    }
}
