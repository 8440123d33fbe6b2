//! From names to signals, and which values a signal can take.

use footlight_core::condition::Node;
use footlight_core::signal::{NamedFamily, Plain, Signal, catalogue};
use footlight_core::value::Type;

use super::Constant;
use super::lower::{Lowered, Lowering};
use super::syntax::{Expression, Kind};
use crate::diagnostic::{conditions, names as unknown};
use crate::site::countries;

/// The parts of `a.b.c` or `a.b['c']`; `None` when the expression is no such name.
pub(super) fn path(expression: &Expression) -> Option<Vec<&str>> {
    match &expression.kind {
        Kind::Identifier(name) => Some(vec![name]),
        Kind::Select { of, name } => {
            let mut parts = path(of)?;
            parts.push(&name.text);
            Some(parts)
        }
        Kind::Index { of, index } => {
            let Kind::Text(name) = &index.kind else { return None };
            let mut parts = path(of)?;
            parts.push(name);
            Some(parts)
        }
        _ => None,
    }
}

/// The value that says the same in the catalogue's words.
fn same_thing<'k>(written: &str, known: &'k [String]) -> Option<&'k str> {
    let lower = written.to_lowercase();
    let meant = match lower.as_str() {
        "mobile" | "smartphone" | "handy" => "phone",
        "pc" | "computer" | "laptop" => "desktop",
        "crawler" | "spider" => "bot",
        "e-mail" | "mail" | "newsletter" => "email",
        "ad" | "cpc" | "paid" => "ads",
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => {
            lower.get(..3)?
        }
        other => other,
    };
    known.iter().map(String::as_str).find(|known| *known == meant)
}

/// What a signal's values are compared with.
enum Values {
    /// These alone.
    Listed(Vec<String>),
    /// Countries.
    Countries,
    /// Anything.
    Any,
}

impl Lowering<'_, '_> {
    pub(super) fn name(&mut self, expression: &Expression) -> Option<Lowered> {
        let at = self.at(&expression.span);
        let Some(parts) = path(expression) else {
            let diagnostic = conditions::outside_subset(
                at,
                "fields of computed values",
                "name signals as the catalogue does: `geo.country`",
            );
            return self.report(diagnostic);
        };
        if let [variable] = parts.as_slice()
            && let Some(depth) = self.variables.iter().rev().position(|bound| bound == variable)
        {
            let Ok(depth) = u8::try_from(depth) else { return None };
            return self.node(Node::Element { depth }, Type::Text);
        }
        let name = parts.join(".");
        if let Some(entry) = catalogue::by_name(&name) {
            let without_source = self.scope.without_source.iter().find(|(signal, _)| *signal == entry.signal);
            if let Some((_, declare)) = without_source {
                return self.report(unknown::without_source(at, entry.name, declare));
            }
            return self.node(Node::Signal(Signal::Plain(entry.signal)), entry.kind);
        }
        for family in catalogue::NAMED {
            if name == family.prefix {
                return self.report(unknown::family_without_name(at, family.prefix, family.of));
            }
            let prefix_parts = family.prefix.split('.').count();
            if parts.len() == prefix_parts + 1 && name.starts_with(&format!("{}.", family.prefix)) {
                let member = parts.last().copied().unwrap_or("").to_owned();
                return self.member(family, &member, expression);
            }
        }
        let members: Vec<&str> = catalogue::entries()
            .map(|entry| entry.name)
            .filter(|known| known.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.')))
            .collect();
        if !members.is_empty() {
            return self.report(unknown::group_without_name(at, &name, &members));
        }
        if let [single] = parts.as_slice() {
            if self.scope.segments.iter().any(|segment| segment == single) {
                let single = (*single).to_owned();
                return self.report(unknown::segment_as_signal(at, &single));
            }
            return self.report(unknown::unquoted_text(at, single));
        }
        let families = catalogue::NAMED.iter().map(|family| family.prefix);
        let candidates = catalogue::entries().map(|entry| entry.name).chain(families);
        self.report(unknown::unknown_signal(at, &name, candidates))
    }

    /// A signal of a family that takes names.
    fn member(&mut self, family: &NamedFamily, name: &str, expression: &Expression) -> Option<Lowered> {
        let at = self.at(&expression.span);
        let position = |known: usize| u16::try_from(known).ok();
        match family.prefix {
            "url.query" => {
                let id = self.texts.intern(name);
                self.node(Node::Signal(Signal::Query(id)), family.kind)
            }
            "visitor.affinity" => {
                let id = self.texts.intern(name);
                self.node(Node::Signal(Signal::Affinity(id)), family.kind)
            }
            "route" => {
                let captures = self.scope.captures.iter().map(String::as_str);
                if captures.clone().any(|known| known == name) {
                    let id = self.texts.intern(name);
                    return self.node(Node::Signal(Signal::Route(id)), family.kind);
                }
                let declare = format!("let a route in site.toml capture it: `path = \"/…/:{name}\"`");
                self.report(unknown::unknown_member(at, "route", family.of, name, captures, &declare))
            }
            "answers" => {
                let questions = self.scope.questions.iter().map(|(question, _)| question.as_str());
                if let Some(index) = questions.clone().position(|known| known == name) {
                    return self.node(Node::Signal(Signal::Answer(position(index)?)), family.kind);
                }
                let declare = format!("declare it in site.toml: `[questions.{name}]`");
                self.report(unknown::unknown_member(at, "answers", family.of, name, questions, &declare))
            }
            _ => {
                let custom = self.scope.custom.iter().map(|(custom, _)| custom.as_str());
                if let Some(index) = custom.clone().position(|known| known == name) {
                    let kind = self.scope.custom.get(index)?.1;
                    return self.node(Node::Signal(Signal::Custom(position(index)?)), kind);
                }
                let declare = format!("declare it in site.toml: `[custom.{name}]`");
                self.report(unknown::unknown_member(at, "custom", family.of, name, custom, &declare))
            }
        }
    }

    /// Reports constants that the signal they are compared with never takes.
    pub(super) fn check_values(
        &mut self,
        signal: &Lowered,
        constants: &[Lowered],
        span: &std::ops::Range<usize>,
    ) {
        let Lowered::Node { id, .. } = signal else { return };
        let Some(Node::Signal(signal)) = self.nodes.get(*id) else { return };
        let signal = *signal;
        let (name, values) = self.values_of(signal);
        let mut written = Vec::new();
        for constant in constants {
            if let Lowered::Constant(Constant::Text(text)) = constant {
                written.push(text.clone());
            }
        }
        for text in written {
            let help = match &values {
                Values::Any => return,
                Values::Listed(known) if known.contains(&text) => continue,
                Values::Listed(known) => match same_thing(&text, known) {
                    Some(meant) => Some(format!("did you mean `{meant}`?")),
                    None => crate::diagnostic::among(&text, "value", known.iter().map(String::as_str)),
                },
                Values::Countries if countries::is_country(&text) => continue,
                Values::Countries => countries::suggestion(&text),
            };
            let at = self.literal_at(span, &text);
            self.diagnostics.push(conditions::impossible_value(at, &name, &text, help));
        }
    }

    /// Where a text literal stands within `span`; all of it when it is not there as written.
    fn literal_at(&self, span: &std::ops::Range<usize>, text: &str) -> crate::diagnostic::At {
        let within = self.source.text.get(span.clone()).unwrap_or("");
        for quote in ['\'', '"'] {
            let literal = format!("{quote}{text}{quote}");
            if let Some(start) = within.find(&literal) {
                let start = span.start + start;
                return self.source.at(start..start + literal.len());
            }
        }
        self.source.at(span.clone())
    }

    fn values_of(&self, signal: Signal) -> (String, Values) {
        let scope = self.scope;
        let listed = |values: &[String]| Values::Listed(values.to_vec());
        match signal {
            Signal::Plain(plain) => {
                let Some(entry) = catalogue::entry(plain) else { return (String::new(), Values::Any) };
                let values = match plain {
                    Plain::GeoCountry => Values::Countries,
                    Plain::MarketId => {
                        Values::Listed(scope.markets.iter().map(|market| market.0.clone()).collect())
                    }
                    Plain::MarketCurrency => {
                        Values::Listed(scope.markets.iter().map(|market| market.1.clone()).collect())
                    }
                    Plain::MarketLocale => {
                        Values::Listed(scope.markets.iter().map(|market| market.2.clone()).collect())
                    }
                    Plain::LanguageTag => listed(&scope.locales),
                    Plain::VisitorValueTier => listed(&scope.tiers),
                    Plain::ShippingZone => listed(&scope.shipping_zones),
                    Plain::ShippingMethod => listed(&scope.shipping_methods),
                    _ if entry.values.is_empty() => Values::Any,
                    _ => Values::Listed(entry.values.iter().map(|&value| value.to_owned()).collect()),
                };
                (entry.name.to_owned(), values)
            }
            Signal::Answer(index) => match scope.questions.get(usize::from(index)) {
                Some((question, answers)) => (format!("answers.{question}"), listed(answers)),
                None => (String::new(), Values::Any),
            },
            _ => (String::new(), Values::Any),
        }
    }
}
