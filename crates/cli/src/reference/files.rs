//! The keys of the TOML files, from the schemas that editors read.

use std::fmt::Write as _;

use footlight_compiler::schemas;
use serde_json::{Map, Value};

use super::{code, table};

/// The files, in the order in which a site is written, each with its schema.
const FILES: [(&str, &str); 6] = [
    ("site.toml", "site.schema.json"),
    ("segments.toml", "segments.schema.json"),
    ("Rule files: homepage.toml, product.toml, …", "rules.schema.json"),
    ("journey.toml", "journey.schema.json"),
    ("Price lists: prices/*.toml", "prices.schema.json"),
    ("Tests: tests/*.toml", "cases.schema.json"),
];

pub(super) fn text() -> String {
    let mut out = String::from(
        "# Files and their keys

A file's first line can name its schema, so that editors list its keys: `#:schema ./schema/site.schema.json`.
`footlight new` puts the schemas beside a new site. Keys in bold must be there.
",
    );
    let schemas = schemas();
    for (title, name) in FILES {
        let text = schemas.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text.as_str());
        let schema: Value = serde_json::from_str(text).unwrap_or_default();
        let _ = writeln!(out, "\n## {title}");
        record(&mut out, "", &schema, false);
    }
    out
}

/// The keys of a table, then those of the tables in it.
fn record(out: &mut String, path: &str, schema: &Value, is_list: bool) {
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !properties.is_empty() {
        if !path.is_empty() {
            let header = if is_list { format!("[[{path}]]") } else { format!("[{path}]") };
            let _ = writeln!(out, "\n### `{header}`");
        }
        out.push('\n');
        let rows = properties.iter().map(|(key, property)| {
            let name = if required.contains(&key.as_str()) { format!("**`{key}`**") } else { code(key) };
            [name, property["description"].as_str().unwrap_or("").to_owned(), kind(property)]
        });
        table(out, ["key", "meaning", "value"], rows);
    }
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for (key, property) in properties {
        tables(out, &below(key), property);
    }
    if path.is_empty() && schema["additionalProperties"]["properties"].is_object() {
        tables(out, "", schema);
    } else if path.is_empty() && properties.is_empty() {
        let _ = writeln!(
            out,
            "\nEach key is a name of the shop's own, such as a product id; its value: {}.",
            kind(&schema["additionalProperties"])
        );
    }
}

/// The tables that a value is, or holds.
fn tables(out: &mut String, path: &str, schema: &Value) {
    let items = &schema["items"];
    let values = &schema["additionalProperties"];
    if schema["properties"].is_object() {
        record(out, path, schema, false);
    } else if items["properties"].is_object() {
        record(out, path, items, true);
    } else if values["properties"].is_object() {
        let name = if path.is_empty() { "STAGE".to_owned() } else { format!("{path}.NAME") };
        record(out, &name, values, false);
    } else if let Some(first) =
        schema["anyOf"].as_array().and_then(|any| any.iter().find(|one| one["properties"].is_object()))
    {
        record(out, path, first, false);
    }
}

/// What a value is, in a word or two.
fn kind(schema: &Value) -> String {
    if let Some(choices) = schema["enum"].as_array() {
        let all: Vec<String> = choices.iter().filter_map(Value::as_str).map(code).collect();
        return all.join(", ");
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let mut all: Vec<String> = any.iter().map(kind).collect();
        all.dedup();
        return match all.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["text", "number"] => "decimal number".to_owned(),
            all => all.join(", or "),
        };
    }
    let bounds = match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        (Some(least), Some(most)) => format!(", {least} to {most}"),
        _ => String::new(),
    };
    match schema["type"].as_str() {
        Some("array") => format!("list of: {}", kind(&schema["items"])),
        Some("object") if schema["properties"].is_object() => "table".to_owned(),
        Some("object") => format!("table by name of: {}", kind(&schema["additionalProperties"])),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("integer") => format!("whole number{bounds}"),
        Some("number") => "number".to_owned(),
        Some("string") => "text".to_owned(),
        _ => schema["const"].as_bool().map_or_else(String::new, |value| format!("`{value}`")),
    }
}
