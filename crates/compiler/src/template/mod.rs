//! Templates: texts and HTML fragments with `{{ }}`, cut into literal and placeholder pieces.
//!
//! How a placeholder is escaped depends on where it stands, and is decided here, once.

mod context;
mod fragment;
mod placeholders;
mod tokens;
mod url;

use std::borrow::Cow;

use footlight_core::template::{Escape, Piece, Template};
use footlight_core::value::Type;

use crate::cel::{self, Constant, Lowered, Place};
use crate::diagnostic::templates;
use crate::document::Excerpt;
use crate::program::Program;
use placeholders::Part;
pub(crate) use url::is_url_attribute;

/// What a plain-text template becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Text between tags.
    Text,
    /// An attribute's value, which the rewriter escapes.
    Attribute,
    /// An attribute's value that is a URL.
    Url,
}

/// Compiles a plain-text template; `None` when something was wrong, and reported.
pub(crate) fn text(source: Excerpt<'_>, target: Target, program: &mut Program) -> Option<Template> {
    let parts = placeholders::cut(source, &mut program.diagnostics)?;
    let escape = match target {
        Target::Text => Escape::Text,
        Target::Attribute => Escape::Plain,
        Target::Url => Escape::UrlPart,
    };
    if target == Target::Url {
        url::check(source, &parts, program);
    }
    assemble(source, &parts, &mut |_| Some(escape), target == Target::Text, program)
}

/// Compiles an HTML fragment; `None` when something was wrong, and reported.
pub(crate) fn html(source: Excerpt<'_>, program: &mut Program) -> Option<Template> {
    let parts = placeholders::cut(source, &mut program.diagnostics)?;
    let before = program.diagnostics.len();
    let tokens = tokens::tokens(source.text, &parts);
    fragment::check(source, &tokens, program);
    let escapes = context::escapes(source, &parts, &tokens, program);
    let mut index = 0;
    let mut next = |_: &Part| {
        let escape = escapes.get(index).copied().flatten();
        index += 1;
        escape
    };
    let template = assemble(source, &parts, &mut next, false, program);
    template.filter(|_| program.diagnostics.len() == before)
}

/// Puts the pieces together; constants become literals.
fn assemble(
    source: Excerpt<'_>,
    parts: &[Part],
    escape_of: &mut dyn FnMut(&Part) -> Option<Escape>,
    escapes_literals: bool,
    program: &mut Program,
) -> Option<Template> {
    let mut literal = String::new();
    let mut pieces = Vec::new();
    let mut is_sound = true;
    for part in parts {
        match part {
            Part::Literal(span) => {
                let text = without_carriage_returns(source.text.get(span.clone()).unwrap_or(""));
                if escapes_literals {
                    Escape::Text.write(&text, &mut literal)
                } else {
                    literal.push_str(&text)
                }
            }
            Part::Placeholder { expression, .. } => {
                let escape = escape_of(part);
                let Some((lowered, escape)) =
                    placeholder(source.part(expression.clone()), program).zip(escape)
                else {
                    is_sound = false;
                    continue;
                };
                match lowered {
                    Lowered::Constant(Constant::Text(text)) => escape.write(&text, &mut literal),
                    Lowered::Constant(Constant::Int(number)) => literal.push_str(&number.to_string()),
                    lowered => {
                        if !literal.is_empty() {
                            pieces.push(Piece::Literal(program.texts.intern(&literal)));
                            literal.clear();
                        }
                        let value = lowered.into_node(&mut program.nodes, &mut program.texts)?;
                        pieces.push(Piece::Placeholder { value, escape });
                    }
                }
            }
        }
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(program.texts.intern(&literal)));
    }
    is_sound.then_some(Template { pieces })
}

/// The value of a placeholder: a text or a whole number.
fn placeholder(expression: Excerpt<'_>, program: &mut Program) -> Option<Lowered> {
    if expression.text.trim().is_empty() {
        program.report(templates::empty(expression.whole));
        return None;
    }
    let lowered = cel::lower(expression, Place::Placeholder, program)?;
    match lowered.kind() {
        Some(Type::Text | Type::Int) => Some(lowered),
        _ => {
            program.report(templates::wrong_type(expression.all(), lowered.kind_name()));
            None
        }
    }
}

/// The same bundle comes of a Windows checkout.
fn without_carriage_returns(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}
