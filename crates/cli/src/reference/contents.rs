//! What a rule can change in a page.

use footlight_compiler::schemas;
use serde_json::Value;

use super::{code, table};

/// Keys of a rule that say what changes.
const CHANGES: [&str; 10] = [
    "content",
    "place",
    "text",
    "part",
    "headline",
    "call_to_action",
    "image",
    "attributes",
    "remove",
    "prices",
];

pub(super) fn text() -> String {
    let mut out = String::from(
        "# Contents and placeholders

A rule fills one slot. What it changes there:

",
    );
    let rules = schemas().into_iter().find(|(name, _)| *name == "rules.schema.json");
    let schema: Value = rules.and_then(|(_, text)| serde_json::from_str(&text).ok()).unwrap_or_default();
    let properties = &schema["properties"]["rule"]["items"]["properties"];
    let rows = CHANGES.into_iter().map(|key| {
        let property = &properties[key];
        let meaning = property["description"].as_str().unwrap_or("").to_owned();
        let choices = property["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let choices: Vec<String> = choices.map(code).collect();
        let choices =
            if choices.is_empty() { String::new() } else { format!("; one of {}", choices.join(", ")) };
        [code(key), format!("{meaning}{choices}")]
    });
    table(&mut out, ["key", "what it does"], rows);
    out.push_str(
        "
## Languages

`text`, `headline`, the call to action's `text` and the image's `alt` are a text, or one for each language of `locales` in
site.toml: `{ en = \"Welcome back\", de = \"Willkommen zurück\" }`. A content's languages are files: `content/hero/boots.html` is
the default, `boots.de.html` beside it the German. A visitor gets the nearest one to what their browser asks for.

## Contents are never code

Contents are HTML that any page could have around it: what is opened is closed, and there are no scripts, event handlers,
styles or frames. See [`code-in-content`](diagnostics/code-in-content.md), [`html-unclosed`](diagnostics/html-unclosed.md) and
[`html-stray-end`](diagnostics/html-stray-end.md).

## Placeholders

`{{ … }}` in a text or a content is filled in for each visitor. It takes any expression of a text or a whole number, in the
same words as [conditions](conditions.md): `{{ market.currency }}`, `{{ visitor.visits }}`, `{{ money('3.50') }}`,
`{{ time.shop_hour < 12 ? 'Good morning' : 'Good day' }}`. Where its value is unknown, the whole rule does not apply.

A value is escaped for the place where it stands:

| place | example | how |
|---|---|---|
| text | `<p>{{ geo.city }}</p>` | `&`, `<` and `>` become references |
| a quoted attribute | `title=\"{{ geo.city }}\"` | quotes, too |
| behind the path of a link | `href=\"/c/{{ visitor.favourite_category }}\"` | percent-encoded, so that it stays one part of the path or query |

Anywhere else a value could become code or structure, and does not compile: see
[`unsafe-placeholder`](diagnostics/unsafe-placeholder.md) for each such place and what to write instead.
",
    );
    out
}
