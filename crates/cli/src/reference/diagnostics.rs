//! A page for each code, with what is really said.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use footlight_compiler::examples::{self, Example};
use footlight_compiler::{Severity, diagnostic};

use super::{Page, code, table};
use crate::render;

/// So many examples are shown of one code.
const MOST_SHOWN: usize = 10;

pub(super) fn pages() -> Vec<Page> {
    let mut examples: Vec<Example> = examples::all().collect();
    // One slip is easier to see than one among many.
    examples.sort_by_key(|example| example.diagnostics.len());
    let mut pages =
        vec![Page { name: "diagnostics".to_owned(), path: "diagnostics/README.md".to_owned(), text: list() }];
    pages.extend(diagnostic::codes().map(|code| Page {
        name: code.name.to_owned(),
        path: format!("diagnostics/{}.md", code.name),
        text: page(code, &examples),
    }));
    pages
}

fn list() -> String {
    let mut out = String::from(
        "# Diagnostics

What `footlight check` says. With an error no bundle is built, and the shop goes on with the last good one; a warning
is worth a second look.

",
    );
    let rows = diagnostic::codes().map(|found| {
        let name = format!("[{}]({}.md)", code(found.name), found.name);
        [name, found.severity.name().to_owned(), found.why.to_owned()]
    });
    table(&mut out, ["code", "", "why"], rows);
    out
}

fn page(code: &'static diagnostic::Code, examples: &[Example]) -> String {
    let effect = match code.severity {
        Severity::Error => "An error: no bundle is built as long as it is there.",
        Severity::Warning => "A warning: a bundle is built all the same.",
    };
    let mut out = format!("# {}\n\n{effect}\n\n**Why:** {}.\n", code.name, code.why);
    let mut said = BTreeSet::new();
    for example in examples {
        let of_code = example.diagnostics.iter().filter(|found| found.code == code);
        let mut is_named = false;
        for found in of_code {
            if said.len() == MOST_SHOWN || !said.insert((&found.message, &found.help)) {
                continue;
            }
            if !is_named {
                let _ = writeln!(out, "\n## {}", capital(&example.name));
                is_named = true;
            }
            let text = render::text(found, &example.sources, Path::new("rules"));
            let plain = anstream::adapter::strip_str(&text).to_string();
            let trimmed: Vec<&str> = plain.lines().map(str::trim_end).collect();
            let _ = writeln!(out, "\n```text\n{}\n```", trimmed.join("\n"));
            if let Some(help) = &found.help {
                let end = if help.ends_with('?') { "" } else { "." };
                let _ = writeln!(out, "\nInstead: {help}{end}");
            }
        }
    }
    out
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
