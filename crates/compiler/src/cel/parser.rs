//! From tokens to the syntax tree: precedence climbing over CEL's grammar.

use std::ops::Range;

use footlight_core::condition::MAX_DEPTH;

use super::lexer;
use super::syntax::{Binary, Expression, Kind, Name};
use super::token::{Symbol, Token, TokenKind};
use crate::diagnostic::{Diagnostic, conditions};
use crate::document::Excerpt;

/// Words that CEL keeps for later.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Parentheses within parentheses: they cost the parser depth but not the evaluator.
const MAX_PARSE_DEPTH: usize = 4 * MAX_DEPTH;

/// Parses `source`. What is wrong is reported; there is always an expression, possibly with broken parts.
pub(super) fn parse(source: Excerpt<'_>, diagnostics: &mut Vec<Diagnostic>) -> Expression {
    let errors_before = diagnostics.len();
    let tokens = lexer::tokens(source, diagnostics);
    let mut parser = Parser { source, tokens, position: 0, depth: 0, errors_before, diagnostics };
    let expression = parser.expression();
    if !matches!(parser.peek(), TokenKind::End) {
        parser.unexpected("an operator, or the end");
    }
    expression
}

struct Parser<'s, 'o> {
    source: Excerpt<'s>,
    tokens: Vec<Token>,
    position: usize,
    depth: usize,
    /// Only the first structural error of an expression is reported: later ones follow from it.
    errors_before: usize,
    diagnostics: &'o mut Vec<Diagnostic>,
}

impl Parser<'_, '_> {
    fn peek(&self) -> &TokenKind {
        self.tokens.get(self.position).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn span(&self) -> Range<usize> {
        self.tokens.get(self.position).map_or(0..0, |token| token.span.clone())
    }

    fn advance(&mut self) {
        if self.position + 1 < self.tokens.len() {
            self.position += 1;
        }
    }

    fn take(&mut self, symbol: Symbol) -> bool {
        let found = *self.peek() == TokenKind::Symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() == self.errors_before {
            self.diagnostics.push(diagnostic);
        }
    }

    fn unexpected(&mut self, expected: &str) {
        let span = self.span();
        let found = self.source.text.get(span.clone()).unwrap_or("").to_owned();
        let at = if found.is_empty() { self.source.all() } else { self.source.at(span) };
        self.report(conditions::unexpected(at, &found, expected));
    }

    fn expect(&mut self, symbol: Symbol, text: &str) {
        if !self.take(symbol) {
            self.unexpected(text);
        }
    }

    fn node(&mut self, kind: Kind, span: Range<usize>, operands_depth: usize) -> Expression {
        let depth = operands_depth + 1;
        if depth > MAX_PARSE_DEPTH {
            let at = self.source.at(span.clone());
            self.report(conditions::too_deep(at, MAX_DEPTH));
            return Expression { kind: Kind::Broken, span, depth: 1 };
        }
        Expression { kind, span, depth }
    }

    /// `a ? b : c`
    fn expression(&mut self) -> Expression {
        self.depth += 1;
        if self.depth > MAX_PARSE_DEPTH {
            let span = self.span();
            self.report(conditions::too_deep(self.source.at(span.clone()), MAX_DEPTH));
            self.depth -= 1;
            return self.give_up(span);
        }
        let test = self.or();
        let expression = if self.take(Symbol::Question) {
            let then = self.or();
            self.expect(Symbol::Colon, "`:` and the value otherwise");
            let otherwise = self.expression();
            let depth = test.depth.max(then.depth).max(otherwise.depth);
            let span = test.span.start..otherwise.span.end;
            let kind = Kind::Conditional {
                test: Box::new(test),
                then: Box::new(then),
                otherwise: Box::new(otherwise),
            };
            self.node(kind, span, depth)
        } else {
            test
        };
        self.depth -= 1;
        expression
    }

    fn or(&mut self) -> Expression {
        self.joined(Symbol::Or, Self::and, Kind::Or)
    }

    fn and(&mut self) -> Expression {
        self.joined(Symbol::And, Self::relation, Kind::And)
    }

    /// Operands joined by one associative operator, in one node: a long chain is not deep.
    fn joined(
        &mut self,
        symbol: Symbol,
        operand: fn(&mut Self) -> Expression,
        kind: fn(Vec<Expression>) -> Kind,
    ) -> Expression {
        let first = operand(self);
        if *self.peek() != TokenKind::Symbol(symbol) {
            return first;
        }
        let mut operands = vec![first];
        while self.take(symbol) {
            operands.push(operand(self));
        }
        let depth = operands.iter().map(|operand| operand.depth).max().unwrap_or(0);
        let start = operands.first().map_or(0, |operand| operand.span.start);
        let end = operands.last().map_or(0, |operand| operand.span.end);
        self.node(kind(operands), start..end, depth)
    }

    fn relation(&mut self) -> Expression {
        self.binary(Self::addition, |token| match token {
            TokenKind::In => Some(Binary::In),
            TokenKind::Symbol(Symbol::Equal) => Some(Binary::Equal),
            TokenKind::Symbol(Symbol::NotEqual) => Some(Binary::NotEqual),
            TokenKind::Symbol(Symbol::Less) => Some(Binary::Less),
            TokenKind::Symbol(Symbol::LessOrEqual) => Some(Binary::LessOrEqual),
            TokenKind::Symbol(Symbol::Greater) => Some(Binary::Greater),
            TokenKind::Symbol(Symbol::GreaterOrEqual) => Some(Binary::GreaterOrEqual),
            _ => None,
        })
    }

    fn addition(&mut self) -> Expression {
        self.binary(Self::multiplication, |token| match token {
            TokenKind::Symbol(Symbol::Plus) => Some(Binary::Add),
            TokenKind::Symbol(Symbol::Minus) => Some(Binary::Subtract),
            _ => None,
        })
    }

    fn multiplication(&mut self) -> Expression {
        self.binary(Self::unary, |token| match token {
            TokenKind::Symbol(Symbol::Star) => Some(Binary::Multiply),
            TokenKind::Symbol(Symbol::Slash) => Some(Binary::Divide),
            TokenKind::Symbol(Symbol::Percent) => Some(Binary::Remainder),
            _ => None,
        })
    }

    fn binary(
        &mut self,
        operand: fn(&mut Self) -> Expression,
        operator: fn(&TokenKind) -> Option<Binary>,
    ) -> Expression {
        let mut left = operand(self);
        while let Some(found) = operator(self.peek()) {
            let operator_span = self.span();
            self.advance();
            let right = operand(self);
            let span = left.span.start..right.span.end;
            let depth = left.depth.max(right.depth);
            let kind =
                Kind::Binary { operator: found, operator_span, left: Box::new(left), right: Box::new(right) };
            left = self.node(kind, span, depth);
        }
        left
    }

    /// `!a`, `!!a`, `-a`, `--a`
    fn unary(&mut self) -> Expression {
        let start = self.span().start;
        let (symbol, wrap): (Symbol, fn(Box<Expression>) -> Kind) = match self.peek() {
            TokenKind::Symbol(Symbol::Not) => (Symbol::Not, Kind::Not),
            TokenKind::Symbol(Symbol::Minus) => (Symbol::Minus, Kind::Negate),
            _ => return self.member(false),
        };
        let mut starts = Vec::new();
        while *self.peek() == TokenKind::Symbol(symbol) {
            starts.push(self.span().start);
            self.advance();
        }
        // The minus before a number belongs to it: the least int has no positive twin.
        let is_negative_literal =
            symbol == Symbol::Minus && matches!(self.peek(), TokenKind::Int(_) | TokenKind::Double(_));
        if is_negative_literal {
            starts.pop();
        }
        let mut expression = self.member(is_negative_literal);
        if is_negative_literal && starts.is_empty() {
            expression.span.start = start;
        }
        for start in starts.into_iter().rev() {
            let (span, depth) = (start..expression.span.end, expression.depth);
            expression = self.node(wrap(Box::new(expression)), span, depth);
        }
        expression
    }

    /// A primary with `.name`, `.name(…)` and `[…]` behind it.
    fn member(&mut self, is_negative: bool) -> Expression {
        let mut of = self.primary(is_negative);
        loop {
            if self.take(Symbol::Dot) {
                let Some(name) = self.selector() else {
                    self.unexpected("a name after the point");
                    return of;
                };
                let (start, depth) = (of.span.start, of.depth);
                if self.take(Symbol::ParenOpen) {
                    let (arguments, end) = self.arguments(Symbol::ParenClose, "`)`");
                    let depth = arguments.iter().map(|argument| argument.depth).fold(depth, usize::max);
                    of = self.node(Kind::Method { of: Box::new(of), name, arguments }, start..end, depth);
                } else {
                    let span = start..name.span.end;
                    of = self.node(Kind::Select { of: Box::new(of), name }, span, depth);
                }
            } else if self.take(Symbol::BracketOpen) {
                let index = self.expression();
                let end = self.span().end;
                self.expect(Symbol::BracketClose, "`]`");
                let (start, depth) = (of.span.start, of.depth.max(index.depth));
                let kind = Kind::Index { of: Box::new(of), index: Box::new(index) };
                of = self.node(kind, start..end, depth);
            } else if *self.peek() == TokenKind::Symbol(Symbol::BraceOpen) {
                let at = self.source.at(of.span.clone());
                self.report(conditions::outside_subset(
                    at,
                    "messages",
                    "compare signals with texts, numbers, `true` and `false`",
                ));
                return self.give_up(of.span);
            } else {
                return of;
            }
        }
    }

    /// Skips the rest of the expression.
    fn give_up(&mut self, span: Range<usize>) -> Expression {
        self.position = self.tokens.len().saturating_sub(1);
        Expression { kind: Kind::Broken, span, depth: 1 }
    }

    /// The name behind a point: reserved words are names there.
    fn selector(&mut self) -> Option<Name> {
        let span = self.span();
        let text = match self.peek() {
            TokenKind::Identifier(name) => name.clone(),
            _ => return None,
        };
        self.advance();
        Some(Name { text, span })
    }

    /// Expressions up to the closing symbol, and where that ends.
    fn arguments(&mut self, close: Symbol, text: &str) -> (Vec<Expression>, usize) {
        let mut arguments = Vec::new();
        while *self.peek() != TokenKind::Symbol(close) {
            if matches!(self.peek(), TokenKind::End) {
                self.unexpected(text);
                return (arguments, self.span().end);
            }
            let before = self.position;
            arguments.push(self.expression());
            let more = self.take(Symbol::Comma);
            if !more || (close == Symbol::ParenClose && *self.peek() == TokenKind::Symbol(close)) {
                if more {
                    self.unexpected("another argument after the comma");
                }
                break;
            }
            if self.position == before {
                break;
            }
        }
        let end = self.span().end;
        self.expect(close, &format!("`,` or {text}"));
        (arguments, end)
    }

    fn primary(&mut self, is_negative: bool) -> Expression {
        let span = self.span();
        let kind = match self.peek().clone() {
            TokenKind::True => Kind::Bool(true),
            TokenKind::False => Kind::Bool(false),
            TokenKind::Int(magnitude) => self.whole(magnitude, is_negative, span.clone()),
            TokenKind::Double(number) => Kind::Double(if is_negative { -number } else { number }),
            TokenKind::Text(text) => Kind::Text(text),
            TokenKind::Broken => Kind::Broken,
            TokenKind::Null => {
                let diagnostic = conditions::null(self.source.at(span.clone()));
                self.diagnostics.push(diagnostic);
                Kind::Broken
            }
            TokenKind::Identifier(name) => return self.named(name, span),
            TokenKind::Symbol(Symbol::ParenOpen) => {
                self.advance();
                let mut inner = self.expression();
                inner.span = span.start..self.span().end;
                self.expect(Symbol::ParenClose, "`)`");
                return inner;
            }
            TokenKind::Symbol(Symbol::BracketOpen) => {
                self.advance();
                let (elements, end) = self.arguments(Symbol::BracketClose, "`]`");
                let depth = elements.iter().map(|element| element.depth).max().unwrap_or(0);
                return self.node(Kind::List(elements), span.start..end, depth);
            }
            TokenKind::Symbol(Symbol::BraceOpen) => {
                self.report(conditions::outside_subset(
                    self.source.at(span.clone()),
                    "maps",
                    "write the comparisons one by one",
                ));
                return self.give_up(span);
            }
            TokenKind::Symbol(Symbol::Dot) => {
                // A leading point asks for the outermost name; there are no others.
                self.advance();
                let TokenKind::Identifier(name) = self.peek().clone() else {
                    self.unexpected("a name after the point");
                    return Expression { kind: Kind::Broken, span, depth: 1 };
                };
                let span = self.span();
                return self.named(name, span);
            }
            _ => {
                self.unexpected("a value: a signal, a number, a text, `true`, `false`, a list or `(`");
                if !matches!(
                    self.peek(),
                    TokenKind::End | TokenKind::Symbol(Symbol::ParenClose | Symbol::BracketClose)
                ) {
                    self.advance();
                }
                return Expression { kind: Kind::Broken, span, depth: 1 };
            }
        };
        self.advance();
        Expression { kind, span, depth: 1 }
    }

    fn whole(&mut self, magnitude: u64, is_negative: bool, span: Range<usize>) -> Kind {
        let value =
            if is_negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() };
        value.map_or_else(
            || {
                let written = self.source.text.get(span.clone()).unwrap_or("").to_owned();
                let diagnostic = conditions::number_too_large(self.source.at(span), &written);
                self.diagnostics.push(diagnostic);
                Kind::Broken
            },
            Kind::Int,
        )
    }

    fn named(&mut self, text: String, span: Range<usize>) -> Expression {
        if RESERVED.contains(&text.as_str()) {
            self.report(conditions::reserved(self.source.at(span.clone()), &text));
            return self.give_up(span);
        }
        self.advance();
        if self.take(Symbol::ParenOpen) {
            let (arguments, end) = self.arguments(Symbol::ParenClose, "`)`");
            let depth = arguments.iter().map(|argument| argument.depth).max().unwrap_or(0);
            let whole = span.start..end;
            return self.node(Kind::Call { name: Name { text, span }, arguments }, whole, depth);
        }
        Expression { kind: Kind::Identifier(text), span, depth: 1 }
    }
}
