//! An expression by itself, outside of any site: checked, compiled, and evaluated as the edge evaluates it.

use footlight_core::bundle::{Bundle, CustomSignal, Origin};
use footlight_core::condition::{Evaluation, Truths};
use footlight_core::consent::{Purpose, Purposes};
use footlight_core::request::Request;
use footlight_core::signal::Signals;
use footlight_core::texts::Texts;
use footlight_core::url::Url;
use footlight_core::value::{self, Type};

pub use crate::cel::Folding;
use crate::cel::{self, Constant, Lowered, Place};
use crate::diagnostic::{At, Diagnostic};
use crate::document::{Excerpt, Offsets};
use crate::program::Program;
use crate::site;
use crate::sources::Sources;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No data, or no result.
    Unknown,
    /// `bool`
    Bool(bool),
    /// `int`
    Int(i64),
    /// `double`
    Double(f64),
    /// `string`
    Text(String),
    /// `timestamp`, in milliseconds since 1970
    Timestamp(i64),
    /// `duration`, in milliseconds
    Duration(i64),
    /// `list`
    List(Vec<Self>),
}

const SITE: &str = r#"
site = "expression"
hosts = ["expression.example"]
locales = ["en"]
base = { currency = "EUR" }
time_zone = "UTC"
"#;

/// Evaluates `text`, in which `custom.NAME` stands for the bound values (bool, int, double or text).
///
/// # Errors
/// What is wrong with the expression.
pub fn evaluate(
    text: &str,
    bindings: &[(&str, Value)],
    constants: Folding,
) -> Result<Value, Vec<Diagnostic>> {
    let mut sources = Sources::new();
    sources.add("site.toml", SITE);
    let mut program = Program { years: (2020, 2030), ..Program::default() };
    let declared = sources.find("site.toml").and_then(|file| site::read(file, &sources, &mut program));
    let Some(declared) = declared else { return Err(program.diagnostics) };
    let mut bundle_site = declared.site;
    let mut query = Vec::new();
    for (name, value) in bindings {
        let Some((kind, text)) = bound(value) else { continue };
        program.scope.custom.push(((*name).to_owned(), kind));
        bundle_site.custom.push(CustomSignal {
            kind,
            origin: Origin::Query((*name).to_owned()),
            purpose: Purpose::Necessary,
        });
        query.push(format!("{name}={text}"));
    }
    let offsets = Offsets::Shift(0);
    let source = Excerpt::new(text, &offsets, At { start: 0, end: 0, ..At::nowhere() });
    let Some(lowered) = cel::lower_as(source, Place::Condition, constants, &mut program) else {
        return Err(program.diagnostics);
    };
    let root = match lowered {
        Lowered::Constant(constant) => return Ok(constant.into()),
        Lowered::Node { id, .. } => id,
    };
    let bundle = Bundle {
        site: bundle_site,
        texts: program.texts.into_table(),
        nodes: program.nodes.into_nodes(),
        facts: Vec::new(),
        segments: Vec::new(),
        slots: 0,
        targets: Vec::new(),
        selectors: Vec::new(),
        contents: Vec::new(),
        rules: Vec::new(),
        stages: Vec::new(),
    };
    let url = format!("https://expression.example/?{}", query.join("&"));
    let request = Request { url: &url, ..Request::default() };
    let signals = Signals::new(&bundle, &request, Purposes::ALL, None, Url::parse(&url), None);
    let mut truths = Truths::default();
    let mut evaluation = Evaluation::new(&bundle.nodes, &bundle.texts, &signals, &mut truths);
    Ok(owned(evaluation.value(root), &bundle.texts))
}

/// A bound value's type, and how a query parameter writes it.
fn bound(value: &Value) -> Option<(Type, String)> {
    Some(match value {
        Value::Bool(value) => (Type::Bool, value.to_string()),
        Value::Int(number) => (Type::Int, number.to_string()),
        Value::Double(number) => (Type::Double, format!("{number:?}")),
        Value::Text(text) => (Type::Text, text.bytes().map(|byte| format!("%{byte:02x}")).collect()),
        _ => return None,
    })
}

impl From<Constant> for Value {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Bool(value) => Self::Bool(value),
            Constant::Int(number) => Self::Int(number),
            Constant::Double(number) => Self::Double(number),
            Constant::Text(text) => Self::Text(text),
            Constant::Timestamp(ms) => Self::Timestamp(ms),
            Constant::Duration(ms) => Self::Duration(ms),
            Constant::List(elements) => Self::List(elements.into_iter().map(Self::from).collect()),
        }
    }
}

/// A value on its own; `texts` are those of the bundle that it comes from.
fn owned<'a>(value: value::Value<'a>, texts: &'a Texts) -> Value {
    match value {
        value::Value::Unknown(_) => Value::Unknown,
        value::Value::Bool(value) => Value::Bool(value),
        value::Value::Int(number) => Value::Int(number),
        value::Value::Double(number) => Value::Double(number),
        value::Value::Text(text) => Value::Text(text.to_owned()),
        value::Value::Timestamp(ms) => Value::Timestamp(ms),
        value::Value::Duration(ms) => Value::Duration(ms),
        value::Value::TextList(list) => {
            let elements = (0..list.len()).filter_map(|index| list.get(index, texts));
            Value::List(elements.map(|text| Value::Text(text.to_owned())).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_or_not_an_expression_has_one_value() {
        for (text, expected) in [
            ("custom.n + 1 == 8 && custom.t.startsWith('a')", Value::Bool(true)),
            ("custom.n / 2", Value::Int(3)),
            ("custom.t in ['b', 'a%b']", Value::Bool(true)),
            ("custom.d < 2", Value::Bool(true)),
            ("['x', 'y'].exists(e, e == custom.t || e == 'y')", Value::Bool(true)),
            (
                "timestamp('2026-11-20T00:00:00Z') - duration('1h') < timestamp('2026-11-20T00:00:00Z')",
                Value::Bool(true),
            ),
            ("-(-9223372036854775807 - 1) == 0", Value::Unknown),
        ] {
            let bindings =
                [("n", Value::Int(7)), ("t", Value::Text("a%b".to_owned())), ("d", Value::Double(1.5))];
            for constants in [Folding::Folded, Folding::Evaluated] {
                let value = evaluate(text, &bindings, constants);
                match (value, constants) {
                    (Err(diagnostics), Folding::Folded) if expected == Value::Unknown => {
                        assert_eq!(diagnostics[0].code.name, "constant-fault");
                    }
                    (value, _) => assert_eq!(value, Ok(expected.clone()), "{text} {constants:?}"),
                }
            }
        }
    }
}
