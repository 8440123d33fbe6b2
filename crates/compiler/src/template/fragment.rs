//! A content must leave the page around it as it is: what it opens it closes, and it is never code.

use std::ops::Range;

use html5gum::Error;

use super::tokens::{Token, TokenKind};
use super::url;
use crate::diagnostic::{Diagnostic, contents};
use crate::document::Excerpt;
use crate::program::Program;

/// Elements without an end tag (HTML Standard, "Void elements").
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "param",
];
/// Elements that run, load or redirect, or change how the rest of the page is read.
const NOT_ALLOWED: &[&str] = &[
    "script",
    "noscript",
    "object",
    "embed",
    "applet",
    "frame",
    "frameset",
    "base",
    "meta",
    "link",
    "plaintext",
    "xmp",
    "noembed",
    "noframes",
];
const WHOLE_PAGE: &[&str] = &["html", "head", "body"];
/// Foreign elements, in which `<path/>` closes itself.
const FOREIGN: &[&str] = &["svg", "math"];

pub(super) fn check(source: Excerpt<'_>, tokens: &[Token], program: &mut Program) {
    let mut fragment =
        Fragment { source, diagnostics: &mut program.diagnostics, open: Vec::new(), attributes: Vec::new() };
    for token in tokens {
        fragment.token(token);
    }
    for (name, span) in std::mem::take(&mut fragment.open) {
        let at = source.at(span);
        fragment.diagnostics.push(contents::unclosed(at, &name));
    }
}

struct Fragment<'s, 'o> {
    source: Excerpt<'s>,
    diagnostics: &'o mut Vec<Diagnostic>,
    /// Open elements with the bytes of their start tags.
    open: Vec<(String, Range<usize>)>,
    /// The attributes of the tag that is being read.
    attributes: Vec<String>,
}

impl Fragment<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn token(&mut self, token: &Token) {
        let at = self.source.at(token.span.clone());
        match &token.kind {
            TokenKind::TagOpen(name) => self.start(name, &token.span),
            TokenKind::AttributeName(name) => {
                if name.starts_with("on") {
                    self.report(contents::event_handler(at, name));
                } else if name == "srcdoc" {
                    self.report(contents::code_attribute(at, name));
                }
                if self.attributes.contains(name) {
                    self.report(contents::attribute_twice(at, name));
                }
                self.attributes.push(name.clone());
            }
            TokenKind::AttributeValue(value) => {
                if let Some(name) = self.attributes.last()
                    && url::is_url_attribute(name)
                    && url::is_code(value)
                {
                    self.report(contents::code_url(at));
                }
            }
            TokenKind::TagClose { self_closing } => self.tag_close(*self_closing, token.span.end),
            TokenKind::EndTag(name) => self.end(name, &token.span),
            TokenKind::Doctype => self.report(contents::page_element(at, "!doctype")),
            TokenKind::Error(error) => self.error(*error, &token.span),
            TokenKind::Text | TokenKind::Comment => {}
        }
    }

    fn start(&mut self, name: &str, span: &Range<usize>) {
        let at = self.source.at(span.clone());
        if NOT_ALLOWED.contains(&name) {
            self.report(contents::element_not_allowed(at, name));
        } else if WHOLE_PAGE.contains(&name) {
            self.report(contents::page_element(at, name));
        }
        self.attributes.clear();
        self.open.push((name.to_owned(), span.clone()));
    }

    fn tag_close(&mut self, self_closing: bool, end: usize) {
        let is_foreign = self.open.iter().any(|(name, _)| FOREIGN.contains(&name.as_str()));
        let Some((name, span)) = self.open.last_mut() else { return };
        span.end = end.max(span.end);
        let is_void = VOID.contains(&name.as_str()) && !is_foreign;
        if is_void || (self_closing && is_foreign) {
            self.open.pop();
        } else if self_closing {
            let (name, at) = (name.clone(), self.source.at(span.clone()));
            self.open.pop();
            self.report(contents::self_closing(at, &name));
        }
    }

    fn end(&mut self, name: &str, span: &Range<usize>) {
        let at = self.source.at(span.clone());
        if VOID.contains(&name) {
            return self.report(contents::void_end(at, name));
        }
        match self.open.iter().rposition(|(open, _)| open == name) {
            None => self.report(contents::stray_end(at, name)),
            Some(index) => {
                if let Some((inner, inner_span)) = self.open.get(index + 1) {
                    let diagnostic = contents::misnested(at, name, self.source.at(inner_span.clone()), inner);
                    self.report(diagnostic);
                }
                self.open.truncate(index);
            }
        }
    }

    fn error(&mut self, error: Error, span: &Range<usize>) {
        let text = self.source.text;
        let end = span.end.min(text.len());
        let mut start = span.start.min(end.saturating_sub(1));
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = end.max(start);
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let at = self.source.at(start..end);
        match error {
            // A lone `&` is common, and every browser reads it as one.
            Error::UnknownNamedCharacterReference | Error::MissingSemicolonAfterCharacterReference => {}
            Error::EofInTag | Error::EofBeforeTagName => self.report(contents::end_inside(at, "a tag")),
            Error::EofInComment => self.report(contents::end_inside(at, "a comment")),
            Error::EofInScriptHtmlCommentLikeText | Error::EofInCdata => {
                self.report(contents::end_inside(at, "a script"));
            }
            error => self.report(contents::html_syntax(at, &error.to_string())),
        }
    }
}
