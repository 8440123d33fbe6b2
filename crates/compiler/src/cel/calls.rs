//! Functions.

use std::ops::Range;

use footlight_core::condition::{Node, Quantifier, TextTest};
use footlight_core::time::{Span, Timestamp};
use footlight_core::value::Type;

use super::lower::{Lowered, Lowering, Place};
use super::syntax::{Expression, Kind, Name};
use super::{Constant, names};
use crate::calendar;
use crate::diagnostic::{Diagnostic, conditions, names as unknown};

const FUNCTIONS: &[&str] = &["has", "size", "timestamp", "duration"];
const METHODS: &[&str] = &["startsWith", "endsWith", "contains", "size", "exists", "all"];

/// The names of all functions.
#[cfg(test)]
pub(crate) fn function_names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().chain(METHODS).copied().chain(["money"])
}

/// What CEL has and the subset has not, and what to write instead.
pub const OUTSIDE: &[(&str, &str, &str)] = &[
    ("matches", "regular expressions", "use `startsWith`, `endsWith`, `contains` or `in`"),
    ("exists_one", "the macros `exists_one`, `map` and `filter`", "use `exists` or `all`"),
    ("map", "the macros `exists_one`, `map` and `filter`", "use `exists` or `all`"),
    ("filter", "the macros `exists_one`, `map` and `filter`", "use `exists` or `all`"),
    ("int", "conversions", "write whole numbers without a point: `2`"),
    ("uint", "unsigned numbers", "write whole numbers: `2`"),
    ("double", "conversions", "write numbers with a point: `2.0`"),
    ("string", "conversions", "write texts in quotes: `'2'`"),
    ("bytes", "bytes", "write a text"),
    ("bool", "conversions", "write `true` or `false`"),
    ("dyn", "dynamic values", "leave out `dyn`"),
    ("type", "questions about types", "the type of every signal is known; see the catalogue"),
    ("getHours", "parts of points in time", "use `time.shop_hour` or `time.visitor_hour`"),
    ("getDayOfWeek", "parts of points in time", "use `time.shop_weekday` or `time.visitor_weekday`"),
    ("getDate", "parts of points in time", "use `time.shop_date`"),
    ("getDayOfMonth", "parts of points in time", "use `time.shop_date`"),
    ("getMonth", "parts of points in time", "use `time.shop_date`"),
    ("getFullYear", "parts of points in time", "use `time.shop_date`"),
    ("getMinutes", "parts of points in time", "use `time.shop_hour`"),
    ("getSeconds", "parts of points in time", "compare with a duration: `a - b > duration('30s')`"),
    ("lowerAscii", "functions that change texts", "compare with all spellings: `in ['A', 'a']`"),
    ("upperAscii", "functions that change texts", "compare with all spellings: `in ['A', 'a']`"),
];

impl Lowering<'_, '_> {
    /// `name(…)`
    pub(super) fn call(
        &mut self,
        name: &Name,
        arguments: &[Expression],
        span: &Range<usize>,
    ) -> Option<Lowered> {
        match (name.text.as_str(), arguments) {
            ("has", [argument]) => self.has(argument),
            ("size", [argument]) => self.size(argument),
            ("timestamp", [argument]) => self.timestamp(argument),
            ("duration", [argument]) => self.duration(argument),
            ("money", [argument]) => self.money(argument, name),
            ("has", _) => self.wrong_arguments(name, "has(signal)"),
            ("size", _) => self.wrong_arguments(name, "size(value)"),
            ("timestamp", _) => self.wrong_arguments(name, "timestamp('2026-11-20T00:00:00+01:00')"),
            ("duration", _) => self.wrong_arguments(name, "duration('36h')"),
            ("money", _) => self.wrong_arguments(name, "money('49.90')"),
            _ => {
                for argument in arguments {
                    self.lower(argument);
                }
                if METHODS.contains(&name.text.as_str()) {
                    let form = format!("value.{}(…)", name.text);
                    let diagnostic = conditions::arguments(self.at(span), &name.text, &form);
                    return self.report(diagnostic);
                }
                self.unknown_function(name, FUNCTIONS)
            }
        }
    }

    /// `of.name(…)`
    pub(super) fn method(
        &mut self,
        of: &Expression,
        name: &Name,
        arguments: &[Expression],
        span: &Range<usize>,
    ) -> Option<Lowered> {
        match (name.text.as_str(), arguments) {
            ("startsWith", [part]) => self.text_test(TextTest::StartsWith, of, name, part),
            ("endsWith", [part]) => self.text_test(TextTest::EndsWith, of, name, part),
            ("contains", [part]) => self.text_test(TextTest::Contains, of, name, part),
            ("size", []) => self.size(of),
            ("exists", arguments) => self.quantifier(Quantifier::Exists, of, name, arguments),
            ("all", arguments) => self.quantifier(Quantifier::All, of, name, arguments),
            ("startsWith" | "endsWith" | "contains", _) => {
                let form = format!("text.{}('part')", name.text);
                self.wrong_arguments(name, &form)
            }
            ("size", _) => self.wrong_arguments(name, "value.size()"),
            (function, _) if FUNCTIONS.contains(&function) => {
                let form = format!("{function}(…)");
                let diagnostic = conditions::arguments(self.at(span), function, &form);
                self.report(diagnostic)
            }
            _ => {
                let is_outside = OUTSIDE.iter().any(|(known, ..)| *known == name.text);
                if !is_outside {
                    self.lower(of);
                }
                self.unknown_function(name, METHODS)
            }
        }
    }

    fn wrong_arguments(&mut self, name: &Name, form: &str) -> Option<Lowered> {
        let diagnostic = conditions::arguments(self.at(&name.span), &name.text, form);
        self.report(diagnostic)
    }

    fn unknown_function(&mut self, name: &Name, known: &[&str]) -> Option<Lowered> {
        let at = self.at(&name.span);
        let outside = OUTSIDE.iter().find(|(outside, ..)| *outside == name.text);
        self.report(match outside {
            Some((_, what, instead)) => conditions::outside_subset(at, what, instead),
            None => unknown::unknown_function(at, &name.text, known.iter().copied()),
        })
    }

    fn has(&mut self, argument: &Expression) -> Option<Lowered> {
        if names::path(argument).is_none() {
            let diagnostic =
                conditions::expected_type(self.at(&argument.span), "`has`", "a signal", "an expression");
            return self.report(diagnostic);
        }
        match self.lower(argument)? {
            Lowered::Node { id, .. } => self.node(Node::Known(id), Type::Bool),
            Lowered::Constant(_) => None,
        }
    }

    fn size(&mut self, argument: &Expression) -> Option<Lowered> {
        let count = |count: usize| Some(Lowered::Constant(Constant::Int(i64::try_from(count).ok()?)));
        match self.lower(argument)? {
            Lowered::Constant(Constant::Text(text)) => count(text.chars().count()),
            Lowered::Constant(Constant::List(elements)) => count(elements.len()),
            Lowered::Node { id, kind: Type::Text | Type::TextList } => self.node(Node::Size(id), Type::Int),
            other => {
                let diagnostic = conditions::expected_type(
                    self.at(&argument.span),
                    "`size`",
                    "a text or a list",
                    other.kind_name(),
                );
                self.report(diagnostic)
            }
        }
    }

    fn text_test(
        &mut self,
        test: TextTest,
        of: &Expression,
        name: &Name,
        part: &Expression,
    ) -> Option<Lowered> {
        let (text, part_lowered) = (self.lower(of), self.lower(part));
        let (text, part_lowered) = (text?, part_lowered?);
        for (operand, span) in [(&text, &of.span), (&part_lowered, &part.span)] {
            if operand.kind() != Some(Type::Text) {
                let place = format!("`{}`", name.text);
                let diagnostic =
                    conditions::expected_type(self.at(span), &place, "texts", operand.kind_name());
                return self.report(diagnostic);
            }
        }
        if let (Lowered::Constant(Constant::Text(text)), Lowered::Constant(Constant::Text(part))) =
            (&text, &part_lowered)
        {
            let holds = match test {
                TextTest::StartsWith => text.starts_with(part.as_str()),
                TextTest::EndsWith => text.ends_with(part.as_str()),
                TextTest::Contains => text.contains(part.as_str()),
            };
            return Some(Lowered::Constant(Constant::Bool(holds)));
        }
        let text = self.as_node(text, &of.span)?;
        let part = self.as_node(part_lowered, &part.span)?;
        self.node(Node::TextTest { test, text, part }, Type::Bool)
    }

    /// The text that a function is called with; it must be written out.
    fn written(&mut self, argument: &Expression, function: &str) -> Option<String> {
        if let Kind::Text(text) = &argument.kind {
            return Some(text.clone());
        }
        let diagnostic = conditions::expected_type(
            self.at(&argument.span),
            &format!("`{function}`"),
            "a text that is written out",
            "something else",
        );
        self.report(diagnostic);
        None
    }

    fn timestamp(&mut self, argument: &Expression) -> Option<Lowered> {
        let text = self.written(argument, "timestamp")?;
        let at = self.at(&argument.span);
        match Timestamp::parse(&text).map(Timestamp::to_instant) {
            None => self.report(conditions::bad_timestamp(at, &text)),
            Some(instant) if !calendar::is_in_range(instant) => {
                self.report(conditions::date_out_of_range(at, &text))
            }
            Some(instant) => self.constant(Constant::Timestamp(instant.unix_ms)),
        }
    }

    fn duration(&mut self, argument: &Expression) -> Option<Lowered> {
        let text = self.written(argument, "duration")?;
        let nanos = Span::parse(&text).map(Span::nanos);
        // Bundles count in milliseconds.
        let ms = nanos
            .filter(|nanos| nanos % 1_000_000 == 0)
            .and_then(|nanos| i64::try_from(nanos / 1_000_000).ok());
        match ms {
            Some(ms) => self.constant(Constant::Duration(ms)),
            None => {
                let diagnostic: Diagnostic = conditions::bad_duration(self.at(&argument.span), &text);
                self.report(diagnostic)
            }
        }
    }

    fn money(&mut self, argument: &Expression, name: &Name) -> Option<Lowered> {
        if self.place != Place::Placeholder {
            let diagnostic = conditions::outside_subset(
                self.at(&name.span),
                "formatted amounts",
                "`money()` is for texts; compare with a number: `cart.value > 49.90`",
            );
            return self.report(diagnostic);
        }
        let text = self.written(argument, "money")?;
        let units = self.scope.base_minor_units;
        let amount = footlight_core::money::Amount::parse(&text, units);
        match amount {
            Ok(amount) => self.node(Node::Money(amount.minor), Type::Text),
            Err(error) => {
                let at = self.at(&argument.span);
                self.report(
                    crate::diagnostic::site::bad_amount(at, &text, error)
                        .help("write an amount in the base currency: `money('49.90')`"),
                )
            }
        }
    }
}
