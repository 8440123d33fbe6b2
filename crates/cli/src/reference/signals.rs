//! What conditions and placeholders can ask for.

use footlight_core::consent::Purpose;
use footlight_core::signal::Source;
use footlight_core::signal::catalogue::{NAMED, entries};
use footlight_core::value::Type;

use super::{code, table};

pub(super) fn text() -> String {
    let mut out = String::from(
        "# Signals

Everything a condition or a placeholder can ask for. What is not known is unknown, and so is what needs a consent
that was not given: then the rule does not apply.

",
    );
    let own = entries().map(|entry| {
        let mut meaning = entry.meaning.to_owned();
        if !entry.values.is_empty() {
            let values: Vec<String> = entry.values.iter().map(|value| code(value)).collect();
            meaning = format!("{meaning} One of {}.", values.join(", "));
        }
        row(entry.name, meaning, (entry.kind, entry.source, entry.purpose))
    });
    let families = NAMED.iter().map(|family| {
        let name = format!("{}.{}", family.prefix, family.of.to_uppercase().replace(' ', "_"));
        row(&name, family.meaning.to_owned(), (family.kind, family.source, family.purpose))
    });
    table(&mut out, ["signal", "meaning", "type", "from", "needs consent"], own.chain(families));
    out
}

fn row(name: &str, meaning: String, (kind, source, purpose): (Type, Source, Purpose)) -> [String; 5] {
    let source = match source {
        Source::Request => "request",
        Source::FirstParty => "first party",
        Source::ZeroParty => "the visitor's own words",
        Source::Crm => "customer system",
    };
    let kind = match kind {
        Type::Bool => "true or false",
        Type::Int => "whole number",
        Type::Double => "number",
        Type::Text => "text",
        Type::TextList => "list of texts",
        Type::Timestamp => "time",
        Type::Duration => "duration",
    };
    let purpose = if purpose == Purpose::Necessary { "" } else { purpose.name() };
    [code(name), meaning, kind.to_owned(), source.to_owned(), purpose.to_owned()]
}
