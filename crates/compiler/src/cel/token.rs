//! Tokens.

use std::ops::Range;

/// A token and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Identifier(String),
    /// The magnitude of a whole number: a minus sign before it is a token of its own.
    Int(u64),
    Double(f64),
    Text(String),
    True,
    False,
    Null,
    In,
    /// A number or text that has been reported already.
    Broken,
    Symbol(Symbol),
    End,
}

/// Punctuation and operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    ParenOpen,
    ParenClose,
    BracketOpen,
    BracketClose,
    BraceOpen,
    BraceClose,
    Dot,
    Comma,
    Colon,
    Question,
    Not,
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
}

impl Symbol {
    /// Longest first, so that `<=` is not `<`.
    pub(super) const ALL: [(&'static str, Self); 24] = [
        ("&&", Self::And),
        ("||", Self::Or),
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("(", Self::ParenOpen),
        (")", Self::ParenClose),
        ("[", Self::BracketOpen),
        ("]", Self::BracketClose),
        ("{", Self::BraceOpen),
        ("}", Self::BraceClose),
        (".", Self::Dot),
        (",", Self::Comma),
        (":", Self::Colon),
        ("?", Self::Question),
        ("!", Self::Not),
        ("<", Self::Less),
        (">", Self::Greater),
        ("+", Self::Plus),
        ("-", Self::Minus),
        ("*", Self::Star),
        ("/", Self::Slash),
        ("%", Self::Percent),
    ];
}
