//! What people read when something is wrong: message, help and the underlined text, together.
//!
//! `diagnostics/*.toml` have the cases: small changes to sources that are right. Beside each, a `.txt` has what is said.
//! With `UPDATE=1` the `.txt` files are written instead of compared; read them before they are committed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use footlight_compiler::{At, Diagnostic, Options, Sources, cases, compile, compile_after, diagnostic};

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

const BASE: [(&str, &str); 4] = [
    ("site.toml", include_str!("diagnostics/base/site.toml")),
    ("segments.toml", include_str!("diagnostics/base/segments.toml")),
    ("homepage.toml", include_str!("diagnostics/base/homepage.toml")),
    ("content/hero/boots.html", include_str!("diagnostics/base/boots.html")),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The base with a case's changes: `edit` swaps a text in a file for another, `add` puts one at the end, `files` are
/// whole files, and an empty one is taken away. `before` is a case by itself: the bundle that these sources replace.
fn sources(case: &toml::Table) -> Sources {
    let mut files: Vec<(String, String)> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let table = |key: &str| case.get(key).and_then(|value| value.as_table()).cloned().unwrap_or_default();
    for (path, edits) in table("edit") {
        let text = &mut files.iter_mut().find(|(known, _)| *known == path).expect("a file of the base").1;
        let edits: Vec<&str> = edits.as_array().unwrap().iter().map(|edit| edit.as_str().unwrap()).collect();
        for pair in edits.chunks(2) {
            assert!(text.contains(pair[0]), "`{}` is not in {path}", pair[0]);
            *text = text.replacen(pair[0], pair[1], 1);
        }
    }
    for (path, added) in table("add") {
        match files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, text)) => text.push_str(added.as_str().unwrap()),
            None => files.push((path, added.as_str().unwrap().to_owned())),
        }
    }
    for (path, text) in table("files") {
        files.retain(|(known, _)| *known != path);
        files.push((path, text.as_str().unwrap().to_owned()));
    }
    let mut sources = Sources::new();
    for (path, text) in files.into_iter().filter(|(_, text)| !text.is_empty()) {
        // What no TOML text can say.
        let bytes = text.replace("<E9>", "\u{0}").into_bytes();
        let bytes: Vec<u8> = bytes.into_iter().map(|byte| if byte == 0 { 0xE9 } else { byte }).collect();
        sources.add(path, bytes);
    }
    sources
}

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
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")) {
        let document: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let mut got = String::new();
        for case in document["case"].as_array().unwrap() {
            let case = case.as_table().unwrap();
            let sources = sources(case);
            let options = Options { now_ms: NOW_MS };
            // What the shop had before.
            let before = case.get("before").and_then(|before| before.as_table());
            let compilation = match before.map(|before| compile(&self::sources(before), options)) {
                Some(before) => compile_after((&before.bundle.unwrap(), &before.notes), &sources, options),
                None => compile(&sources, options),
            };
            assert_eq!(compilation.bundle.is_none(), compilation.has_errors());
            let mut all = compilation.diagnostics;
            all.extend(cases::check(&sources, compilation.bundle.as_ref(), &compilation.notes));
            seen.extend(all.iter().map(|diagnostic| diagnostic.code.name));
            writeln!(got, "# {}\n{}", case["name"].as_str().unwrap(), said(&all, &sources)).unwrap();
        }
        let expected = path.with_extension("txt");
        if update {
            std::fs::write(&expected, &got).unwrap();
        }
        let written = std::fs::read_to_string(&expected).unwrap_or_default();
        assert!(got == written, "{} says otherwise:\n{got}", path.display());
    }
    let unseen: Vec<&str> =
        diagnostic::codes().map(|code| code.name).filter(|name| !seen.contains(name)).collect();
    // More things than a test wants to write.
    assert_eq!(unseen, ["too-many"], "codes without a case");
}

#[test]
fn the_base_is_right() {
    let sources = sources(&toml::Table::new());
    assert_eq!(said(&compile(&sources, Options { now_ms: NOW_MS }).diagnostics, &sources), "nothing\n");
}
