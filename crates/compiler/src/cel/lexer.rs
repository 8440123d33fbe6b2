//! From text to tokens (CEL language definition, "Syntax").

use super::string_literal;
use super::token::{Symbol, Token, TokenKind};
use crate::diagnostic::{Diagnostic, conditions};
use crate::document::Excerpt;

/// All tokens of `source`, ended by [`TokenKind::End`]. What is no token is reported and left out.
pub(super) fn tokens(source: Excerpt<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Token> {
    let mut lexer = Lexer { source, position: 0, tokens: Vec::new(), diagnostics };
    while lexer.step() {}
    let end = source.text.len();
    lexer.tokens.push(Token { kind: TokenKind::End, span: end..end });
    lexer.tokens
}

struct Lexer<'s, 'o> {
    source: Excerpt<'s>,
    position: usize,
    tokens: Vec<Token>,
    diagnostics: &'o mut Vec<Diagnostic>,
}

impl<'s> Lexer<'s, '_> {
    fn rest(&self) -> &'s str {
        self.source.text.get(self.position..).unwrap_or("")
    }

    /// Reads one token; `false` at the end.
    fn step(&mut self) -> bool {
        self.skip_blank();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        if let Some((length, raw, bytes)) = string_literal::opening(rest) {
            self.string(length, raw, bytes);
        } else if first.is_ascii_digit() || (first == '.' && rest.get(1..).is_some_and(starts_with_digit)) {
            self.number();
        } else if first.is_ascii_alphabetic() || first == '_' {
            self.word();
        } else if let Some((text, symbol)) = Symbol::ALL.iter().find(|(text, _)| rest.starts_with(text)) {
            self.push(text.len(), TokenKind::Symbol(*symbol));
        } else {
            self.stray(first);
        }
        true
    }

    /// Skips white space and comments.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
            let skipped = rest.len() - trimmed.len();
            let comment =
                if trimmed.starts_with("//") { trimmed.find('\n').unwrap_or(trimmed.len()) } else { 0 };
            if skipped + comment == 0 {
                return;
            }
            self.position += skipped + comment;
        }
    }

    fn push(&mut self, length: usize, kind: TokenKind) {
        let span = self.position..self.position + length;
        self.position = span.end;
        self.tokens.push(Token { kind, span });
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        let kind = match word {
            "true" => TokenKind::True,
            "false" => TokenKind::False,
            "null" => TokenKind::Null,
            "in" => TokenKind::In,
            _ => TokenKind::Identifier(word.to_owned()),
        };
        self.push(length, kind);
    }

    fn number(&mut self) {
        let rest = self.rest();
        let hexadecimal = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X"));
        if let Some(digits) = hexadecimal.filter(|digits| digits.starts_with(|c: char| c.is_ascii_hexdigit()))
        {
            let length = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
            let value = u64::from_str_radix(digits.get(..length).unwrap_or(""), 16).ok();
            self.whole(length + 2, value);
            return;
        }
        let (length, is_double) = decimal_length(rest);
        let written = rest.get(..length).unwrap_or("");
        if is_double {
            let kind = match written.parse::<f64>() {
                Ok(number) if number.is_finite() => TokenKind::Double(number),
                _ => {
                    let at = self.source.at(self.position..self.position + length);
                    self.diagnostics.push(conditions::number_too_large(at, written));
                    TokenKind::Broken
                }
            };
            self.push(length, kind);
        } else {
            self.whole(length, written.parse().ok());
        }
    }

    fn whole(&mut self, length: usize, value: Option<u64>) {
        let at = self.source.at(self.position..self.position + length);
        let written = self.rest().get(..length).unwrap_or("");
        if self.rest().get(length..).is_some_and(|rest| rest.starts_with(['u', 'U'])) {
            let at = self.source.at(self.position..self.position + length + 1);
            self.diagnostics.push(conditions::unsigned(at, written));
            self.push(length + 1, TokenKind::Broken);
        } else if let Some(value) = value.filter(|value| *value <= 1 << 63) {
            self.push(length, TokenKind::Int(value));
        } else {
            self.diagnostics.push(conditions::number_too_large(at, written));
            self.push(length, TokenKind::Broken);
        }
    }

    fn string(&mut self, prefix: usize, is_raw: bool, is_bytes: bool) {
        let start = self.position;
        let literal = string_literal::read(self.rest().get(prefix..).unwrap_or(""), is_raw, is_bytes);
        let length = prefix + literal.length;
        for problem in literal.problems {
            let span = start + prefix + problem.span.start..start + prefix + problem.span.end;
            self.diagnostics.push(conditions::bad_text(self.source.at(span), problem.kind));
        }
        let kind = match literal.text {
            Some(_) if is_bytes => {
                self.diagnostics.push(conditions::bytes(self.source.at(start..start + length)));
                TokenKind::Broken
            }
            Some(text) => TokenKind::Text(text),
            None => TokenKind::Broken,
        };
        self.push(length, kind);
    }

    fn stray(&mut self, first: char) {
        let rest = self.rest();
        let at = self.source.at(self.position..self.position + first.len_utf8());
        self.diagnostics.push(conditions::stray_character(at, first));
        if let Some(closing) = typographic(first)
            && let Some(inner) = rest.get(first.len_utf8()..).and_then(|rest| rest.find(closing))
        {
            // All of these quotes take as many bytes.
            self.push(inner + 2 * first.len_utf8(), TokenKind::Broken);
            return;
        }
        // One message for a run of the same character: `=` for `==` and the like.
        let kind = match first {
            '=' => Some(Symbol::Equal),
            '&' => Some(Symbol::And),
            '|' => Some(Symbol::Or),
            _ => None,
        };
        let run =
            if kind.is_some() { first.len_utf8() } else { rest.len() - rest.trim_start_matches(first).len() };
        match kind {
            Some(symbol) => self.push(run, TokenKind::Symbol(symbol)),
            None => self.position += run,
        }
    }
}

/// What closes a quote that a word processor has made.
fn typographic(quote: char) -> Option<[char; 2]> {
    match quote {
        '‘' | '‚' => Some(['’', '‘']),
        '’' => Some(['’', '’']),
        '“' | '„' => Some(['”', '“']),
        '”' => Some(['”', '”']),
        _ => None,
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// How long the decimal number at the front is, and whether it is a double.
fn decimal_length(text: &str) -> (usize, bool) {
    let digits_from = |from: usize| {
        let rest = text.get(from..).unwrap_or("");
        from + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
    };
    let mut length = digits_from(0);
    let mut is_double = false;
    if text.get(length..).and_then(|rest| rest.strip_prefix('.')).is_some_and(starts_with_digit) {
        length = digits_from(length + 1);
        is_double = true;
    }
    if let Some(exponent) = text.get(length..).and_then(|rest| rest.strip_prefix(['e', 'E'])) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        if exponent.get(sign..).is_some_and(starts_with_digit) {
            length = digits_from(length + 1 + sign);
            is_double = true;
        }
    }
    (length, is_double)
}
