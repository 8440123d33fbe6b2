//! The place where each placeholder stands, and how it is escaped there.

use std::ops::Range;

use footlight_core::template::Escape;

use super::placeholders::Part;
use super::tokens::{Token, TokenKind};
use super::url;
use crate::diagnostic::templates::{self, UnsafePlace};
use crate::document::Excerpt;
use crate::program::Program;

/// One escape for each placeholder, in order; `None` where the place is not safe, which is reported.
pub(super) fn escapes(
    source: Excerpt<'_>,
    parts: &[Part],
    tokens: &[Token],
    program: &mut Program,
) -> Vec<Option<Escape>> {
    let mut escapes = Vec::new();
    for part in parts {
        let Part::Placeholder { whole, .. } = part else { continue };
        match place(source.text, whole, tokens) {
            Ok(escape) => escapes.push(Some(escape)),
            Err(place) => {
                program.report(templates::unsafe_place(source.at(whole.clone()), place));
                escapes.push(None);
            }
        }
    }
    escapes
}

/// How a placeholder at `whole` is escaped. What is not known to be safe is not.
fn place(text: &str, whole: &Range<usize>, tokens: &[Token]) -> Result<Escape, UnsafePlace> {
    let mut element = "";
    let mut attribute = "";
    for token in tokens {
        let contains = token.span.start <= whole.start && whole.end <= token.span.end;
        match &token.kind {
            TokenKind::TagOpen(name) => {
                element = name;
                attribute = "";
            }
            TokenKind::AttributeName(name) => attribute = name,
            TokenKind::EndTag(_) => element = "",
            TokenKind::AttributeValue(_) if contains => {
                return in_attribute(text, whole, &token.span, element, attribute);
            }
            TokenKind::Text if contains => {
                return match element {
                    "script" | "noscript" => Err(UnsafePlace::Script),
                    "style" => Err(UnsafePlace::Style),
                    "plaintext" | "xmp" | "iframe" | "noembed" | "noframes" => Err(UnsafePlace::Tag),
                    _ => Ok(Escape::Text),
                };
            }
            TokenKind::Comment if contains => return Err(UnsafePlace::Comment),
            _ => {}
        }
    }
    Err(UnsafePlace::Tag)
}

fn in_attribute(
    text: &str,
    whole: &Range<usize>,
    value: &Range<usize>,
    element: &str,
    attribute: &str,
) -> Result<Escape, UnsafePlace> {
    let before = value.start.checked_sub(1).and_then(|index| text.as_bytes().get(index));
    let is_quoted = matches!(before, Some(b'"' | b'\''));
    match attribute {
        _ if !is_quoted => Err(UnsafePlace::UnquotedAttribute),
        _ if attribute.starts_with("on") => Err(UnsafePlace::EventHandler),
        "style" => Err(UnsafePlace::StyleAttribute),
        "srcdoc" => Err(UnsafePlace::Srcdoc),
        "content" if element == "meta" => Err(UnsafePlace::Refresh),
        _ if url::is_url_attribute(attribute) => {
            let prefix = text.get(value.start..whole.start).unwrap_or("");
            if url::fixes_destination(url::last_candidate(attribute, prefix)) {
                Ok(Escape::UrlPart)
            } else {
                Err(UnsafePlace::UrlStart)
            }
        }
        _ => Ok(Escape::Attribute),
    }
}
