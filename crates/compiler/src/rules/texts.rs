//! Text templates in rules, with a text for each language where they differ.

use footlight_core::template::Template;

use crate::contents::{Compiled, with_nearest};
use crate::diagnostic::contents;
use crate::document::{Item, Value};
use crate::program::Program;
use crate::template::{self, Target};

/// Compiles a text, or a table of texts by language; `None` when something was wrong, and reported.
pub(super) fn compile(item: &Item, target: Target, program: &mut Program) -> Option<Compiled> {
    match &item.value {
        Value::Text { .. } => {
            let default = template::text(item.excerpt()?, target, program)?;
            Some(Compiled { default, variants: Vec::new() })
        }
        Value::Table(entries) => {
            let locales = program.scope.locales.clone();
            let mut variants: Vec<(String, Template)> = Vec::new();
            let mut is_sound = true;
            for entry in entries {
                if !locales.contains(&entry.key) {
                    let known = locales.iter().map(String::as_str);
                    program.report(contents::unknown_language(entry.key_at, &entry.key, known));
                    is_sound = false;
                }
                match entry.item.excerpt().and_then(|text| template::text(text, target, program)) {
                    Some(template) => variants.push((entry.key.clone(), template)),
                    None => is_sound = false,
                }
            }
            let first = locales.first()?;
            let default =
                variants.iter().find(|(locale, _)| locale == first).map(|(_, template)| template.clone());
            if default.is_none() && !entries.iter().any(|entry| entry.key == *first) {
                program.report(contents::no_default_text(item.at, first));
            }
            let default = default?;
            is_sound.then(|| with_nearest(default, &variants, &locales))
        }
        _ => None,
    }
}
