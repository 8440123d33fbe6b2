//! The fragment's tokens with their places, from an HTML tokenizer that follows the standard.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span, Tokenizer};

use super::placeholders::Part;

/// A token and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

/// What a token is. A start tag is several: its name, its attributes, its end.
#[derive(Clone, Debug)]
pub(super) enum TokenKind {
    TagOpen(String),
    AttributeName(String),
    /// The value, character references decoded; the span is that of the value without its quotes.
    AttributeValue(String),
    TagClose {
        self_closing: bool,
    },
    EndTag(String),
    Text,
    Comment,
    Doctype,
    Error(Error),
}

/// Tokenizes `text` with every byte of a placeholder read as a letter, so that a placeholder is part of whatever it
/// stands in and cannot change how the rest is read.
pub(super) fn tokens(text: &str, parts: &[Part]) -> Vec<Token> {
    let mut filled = text.as_bytes().to_vec();
    for part in parts {
        if let Part::Placeholder { whole, .. } = part
            && let Some(bytes) = filled.get_mut(whole.clone())
        {
            bytes.fill(b'x');
        }
    }
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        let owned = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let kind = match event {
            CallbackEvent::OpenStartTag { name } => TokenKind::TagOpen(owned(name)),
            CallbackEvent::AttributeName { name } => TokenKind::AttributeName(owned(name)),
            CallbackEvent::AttributeValue { value } => TokenKind::AttributeValue(owned(value)),
            CallbackEvent::CloseStartTag { self_closing } => TokenKind::TagClose { self_closing },
            CallbackEvent::EndTag { name } => TokenKind::EndTag(owned(name)),
            CallbackEvent::String { .. } => TokenKind::Text,
            CallbackEvent::Comment { .. } => TokenKind::Comment,
            CallbackEvent::Doctype { .. } => TokenKind::Doctype,
            CallbackEvent::Error(error) => TokenKind::Error(error),
        };
        Some(Token { kind, span: span.start..span.end })
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(&filled, emitter).filter_map(Result::ok).collect()
}
