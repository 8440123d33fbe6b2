//! The conformance tests of the Common Expression Language, as far as rules may use it: once with constants folded by
//! the compiler, once with everything left to the edge's evaluator. What is outside of the subset is skipped by name,
//! with the compiler's own reason.

#[path = "cel_suite/textproto.rs"]
mod textproto;

use std::collections::BTreeMap;

use footlight_compiler::expression::{Folding, Value, evaluate};
use footlight_tests::material;
use textproto::{Field, Message, parse};

const FILES: [&str; 7] = ["basic", "comparisons", "integer_math", "lists", "logic", "parse", "plumbing"];

/// What a test came to.
enum Verdict {
    Passed,
    Skipped(String),
    Failed(String),
}

#[test]
fn the_supported_subset_passes_the_conformance_tests() {
    for folding in [Folding::Folded, Folding::Evaluated] {
        let (mut passed, mut failed) = (0, Vec::new());
        let mut skipped: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in FILES {
            let Some(path) = material::find(&format!("02-rules/cel-spec/testdata/{file}.textproto")) else {
                return;
            };
            let suite = parse(&std::fs::read_to_string(path).unwrap());
            for section in suite.messages("section") {
                for test in section.messages("test") {
                    let name = format!(
                        "{file}/{}/{}",
                        section.text("name").unwrap_or_default(),
                        test.text("name").unwrap_or_default()
                    );
                    match run(test, folding) {
                        Verdict::Passed => passed += 1,
                        Verdict::Skipped(reason) => skipped.entry(reason).or_default().push(name),
                        Verdict::Failed(how) => failed.push(format!("{name}: {how}")),
                    }
                }
            }
        }
        let count: usize = skipped.values().map(Vec::len).sum();
        println!("{folding:?}: {passed} passed, {count} skipped, {} failed", failed.len());
        for (reason, names) in &skipped {
            println!("  skipped, {reason} ({}): {}", names.len(), names.join(", "));
        }
        assert!(failed.is_empty(), "{folding:?}:\n{}", failed.join("\n"));
        assert!(passed >= 290, "{folding:?}: only {passed} tests ran");
    }
}

fn run(test: &Message, folding: Folding) -> Verdict {
    let mut text = test.text("expr").unwrap_or_default();
    let mut bindings = Vec::new();
    let mut names = Vec::new();
    for binding in test.messages("bindings") {
        let name = binding.text("key").unwrap_or_default();
        let bound = binding.message("value").and_then(|value| value.message("value")).and_then(value_of);
        let Some(value) = bound else {
            return Verdict::Skipped("a binding of a type that signals do not have".into());
        };
        text = with_signal(&text, &name);
        names.push((name, value));
    }
    bindings.extend(names.iter().map(|(name, value)| (name.as_str(), value.clone())));
    let expects_error = test.message("eval_error").is_some() || test.message("unknown").is_some();
    let expected =
        test.message("value").or_else(|| test.message("typed_result").and_then(|r| r.message("result")));
    let expected = match expected {
        Some(message) => match value_of(message) {
            Some(value) => Some(value),
            None => return Verdict::Skipped("its result is of a type that rules do not have".into()),
        },
        // Without an expectation it is `true`.
        None if !expects_error => Some(Value::Bool(true)),
        None => None,
    };
    match (evaluate(&text, &bindings, folding), expected) {
        (Ok(Value::Unknown), None) => Verdict::Passed,
        (Ok(value), Some(expected)) if same(&value, &expected) => Verdict::Passed,
        (Ok(Value::Unknown), Some(_)) if text.contains("0.0/0.0") => {
            Verdict::Skipped("what is not a number is no result, and unknown".into())
        }
        (Ok(value), expected) => Verdict::Failed(format!("`{text}` is {value:?}, not {expected:?}")),
        (Err(diagnostics), expected) => {
            let first = &diagnostics[0];
            match (first.code.name, expected) {
                // What has no value is an error before anybody visits.
                ("constant-fault", None) => Verdict::Passed,
                ("constant-fault", Some(_)) => Verdict::Skipped(
                    "a constant without a value is an error even where it does not matter".into(),
                ),
                ("outside-subset", _) => Verdict::Skipped(reason(&first.message)),
                ("type-mismatch" | "not-a-condition", _) => {
                    Verdict::Skipped("types are checked when rules are compiled".into())
                }
                ("unknown-signal" | "unknown-function", _) => {
                    Verdict::Skipped("it uses a name that rules do not have".into())
                }
                ("too-deep", _) => Verdict::Skipped("it nests deeper than the evaluator goes".into()),
                (code, expected) => {
                    Verdict::Failed(format!("`{text}`: {code}: {}, not {expected:?}", first.message))
                }
            }
        }
    }
}

fn reason(message: &str) -> String {
    message.split(" are not in the subset").next().unwrap_or(message).to_owned()
}

/// `x` becomes `custom.x`, outside of quotes.
fn with_signal(text: &str, name: &str) -> String {
    let mut out = String::new();
    let mut quote = None;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let is_name = quote.is_none()
            && rest.starts_with(name)
            && !out.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
            && !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if is_name && !matches!(name, "true" | "false" | "null") {
            out.push_str("custom.");
            out.push_str(name);
            rest = &rest[name.len()..];
            continue;
        }
        match quote {
            Some(open) if open == character => quote = None,
            None if character == '\'' || character == '"' => quote = Some(character),
            _ => {}
        }
        out.push(character);
        rest = &rest[character.len_utf8()..];
    }
    out
}

/// A value of the types that rules have.
fn value_of(message: &Message) -> Option<Value> {
    let (kind, field) = message.first()?;
    let word = match field {
        Field::Word(word) => word.clone(),
        Field::Bytes(bytes) => String::from_utf8(bytes.clone()).ok()?,
        Field::Message(inner) if kind == "list_value" => {
            return inner.messages("values").map(value_of).collect::<Option<_>>().map(Value::List);
        }
        Field::Message(_) => return None,
    };
    match kind {
        "bool_value" => word.parse().ok().map(Value::Bool),
        "int64_value" => word.parse().ok().map(Value::Int),
        "double_value" => word.parse().ok().map(Value::Double),
        "string_value" => Some(Value::Text(word)),
        _ => None,
    }
}

fn same(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Double(a), Value::Double(b)) => a == b,
        (a, b) => a == b,
    }
}
