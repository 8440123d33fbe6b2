//! What people read when something is wrong: message, help and the underlined text, together.
//!
//! `diagnostics/*.toml` have the cases: small changes to sources that are right, as `examples.rs` reads them. Beside each, a
//! `.txt` has what is said.
//! With `UPDATE=1` the `.txt` files are written instead of compared; read them before they are committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use footlight_compiler::examples::{self, NOW_MS};
use footlight_compiler::{At, Diagnostic, Options, Sources, compile, diagnostic};

fn said(all: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    let place = |at: At| {
        let text = sources.text(at.file).get(at.span()).unwrap_or("?");
        format!("{}: {}", sources.path(at.file), text.escape_debug())
    };
    for diagnostic in all {
        let severity = diagnostic.code.severity.name();
        writeln!(out, "{severity}[{}]: {}", diagnostic.code.name, diagnostic.message).unwrap();
        writeln!(out, "    at {}", place(diagnostic.at)).unwrap();
        if let Some(label) = &diagnostic.label {
            writeln!(out, "    label: {label}").unwrap();
        }
        for label in &diagnostic.labels {
            writeln!(out, "    also {}: {}", place(label.at), label.message).unwrap();
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "    help: {help}").unwrap();
        }
    }
    if all.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

#[test]
fn each_slip_is_said_as_written_down_and_every_code_has_a_case() {
    let update = std::env::var("UPDATE").is_ok_and(|value| value == "1");
    let mut seen = BTreeSet::new();
    let mut got: BTreeMap<&str, String> = BTreeMap::new();
    for example in examples::all() {
        let all = &example.diagnostics;
        let is_of_rules = |found: &&Diagnostic| !example.sources.path(found.at.file).starts_with("tests/");
        assert_eq!(example.compiles, !all.iter().filter(is_of_rules).any(Diagnostic::is_error));
        seen.extend(all.iter().map(|diagnostic| diagnostic.code.name));
        let out = got.entry(example.family).or_default();
        writeln!(out, "# {}\n{}", example.name, said(all, &example.sources)).unwrap();
    }
    for (family, got) in got {
        let expected =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics").join(format!("{family}.txt"));
        if update {
            std::fs::write(&expected, &got).unwrap();
        }
        let written = std::fs::read_to_string(&expected).unwrap_or_default();
        assert!(got == written, "{} says otherwise:\n{got}", expected.display());
    }
    let unseen: Vec<&str> =
        diagnostic::codes().map(|code| code.name).filter(|name| !seen.contains(name)).collect();
    // More things than a test wants to write.
    assert_eq!(unseen, ["too-many"], "codes without a case");
}

#[test]
fn the_base_is_right() {
    let sources = examples::base();
    assert_eq!(said(&compile(&sources, Options { now_ms: NOW_MS }).diagnostics, &sources), "nothing\n");
}
