//! JSON Schemas of the TOML files, for editors (`#:schema ./schema/site.schema.json`).

use serde_json::{Map, Value, json};

use super::{CASES, JOURNEY, Keys, PRICES, RULES, Record, SEGMENTS, SITE, Shape};

/// Every schema with its file name.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    [
        ("site.schema.json", "site.toml: the shop, its markets, routes and slots", &SITE),
        ("journey.schema.json", "journey.toml: what each stage allows", &JOURNEY),
        ("segments.schema.json", "segments.toml: named audiences", &SEGMENTS),
        ("rules.schema.json", "rules: at a stage, for a segment, a slot gets content", &RULES),
        ("prices.schema.json", "a market's price list", &PRICES),
        ("cases.schema.json", "tests/*.toml: given this visitor and request, expect this", &CASES),
    ]
    .into_iter()
    .map(|(name, title, shape)| (name, document(title, shape)))
    .collect()
}

fn document(title: &str, shape: &Shape) -> String {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(title));
    if let Value::Object(of) = of(shape) {
        schema.extend(of);
    }
    let mut text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
    text.push('\n');
    text
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Name { path: false } => json!({ "type": "string", "pattern": "^[a-z0-9_-]{1,100}$" }),
        Shape::Name { path: true } => json!({ "type": "string", "pattern": "^[a-z0-9_-]+(/[a-z0-9_-]+)*$" }),
        Shape::Choice { choices, .. } => json!({ "type": "string", "enum": choices() }),
        Shape::Whole { least, most } => {
            let mut schema = json!({ "type": "integer" });
            if *least != i64::MIN {
                schema["minimum"] = json!(least);
            }
            if *most != i64::MAX {
                schema["maximum"] = json!(most);
            }
            schema
        }
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::False => json!({ "const": false }),
        Shape::Decimal => json!({
            "anyOf": [{ "type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$" }, { "type": "number" }]
        }),
        // Taplo hands TOML's dates on as texts.
        Shape::Moment | Shape::Date => json!({ "type": "string" }),
        Shape::List(element) => json!({ "type": "array", "items": of(element) }),
        Shape::Record(record) => of_record(record),
        Shape::Map { keys, value } => {
            let mut schema = json!({ "type": "object", "additionalProperties": of(value) });
            if let Keys::Choice { choices, .. } = keys {
                schema["propertyNames"] = json!({ "enum": choices() });
            }
            schema
        }
        Shape::Either(shapes) => json!({ "anyOf": shapes.iter().map(of).collect::<Vec<_>>() }),
    }
}

fn of_record(record: &Record) -> Value {
    let mut properties = Map::new();
    for field in record.fields {
        let mut schema = of(&field.shape);
        schema["description"] = json!(field.meaning);
        properties.insert(field.name.to_owned(), schema);
    }
    let required: Vec<&str> =
        record.fields.iter().filter(|field| field.required.is_some()).map(|field| field.name).collect();
    let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}
