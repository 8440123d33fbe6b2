//! The demo shop's rules, and the README beside them: what merchandisers copy must work.

use std::fs;
use std::path::{Path, PathBuf};

use footlight_compiler::{Compilation, Diagnostic, Options, Sources, cases, compile};
use footlight_core::decide::Engine;
use footlight_tests::demo::{self, NOW_MS};

const OPTIONS: Options = Options { now_ms: NOW_MS };

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules")
}

fn demo() -> Sources {
    let mut sources = Sources::new();
    for (path, bytes) in demo::files() {
        sources.add(path, bytes);
    }
    sources
}

/// What is wrong, one a line.
fn complaints(compilation: &Compilation, sources: &Sources) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let report = diagnostic.report(sources);
        format!("{}:{}: {}", report.place.file, report.place.start.line, report.message)
    };
    compilation.diagnostics.iter().map(line).collect()
}

/// The names of the cases that fail, with what came instead.
fn failures(sources: &Sources, compilation: Compilation, from_file: &str) -> (usize, Vec<String>) {
    let bundle = compilation.bundle.expect("the rules compile");
    let notes = compilation.notes;
    let (cases, wrong) = cases::read(sources, Some(&bundle), &notes, NOW_MS);
    assert!(wrong.is_empty(), "{wrong:?}");
    let cases: Vec<_> =
        cases.into_iter().filter(|case| sources.path(case.at.file).starts_with(from_file)).collect();
    let engine = Engine::new(bundle);
    let failed = cases.iter().filter_map(|case| {
        let verdict = cases::run(case, &engine, &notes);
        (!verdict.failures.is_empty()).then(|| format!("{}: {:?}", case.name, verdict.failures))
    });
    (cases.len(), failed.collect())
}

#[test]
fn the_demo_shops_rules_are_without_fault_and_its_cases_hold() {
    let sources = demo();
    let compilation = compile(&sources, OPTIONS);
    assert_eq!(complaints(&compilation, &sources), Vec::<String>::new());
    let (count, failed) = failures(&sources, compilation, "tests/");
    assert_eq!(failed, Vec::<String>::new());
    assert!(count >= 30, "{count} cases");
}

/// A fenced block of the README: the words behind the fence, and its text.
fn blocks() -> Vec<(String, String)> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in readme.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(words)) => open = Some((words.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

fn append(sources: &mut Sources, path: &str, text: &str) {
    let before = sources.find(path).map_or("", |file| sources.text(file)).to_owned();
    sources.add(path, format!("{before}\n{text}"));
}

#[test]
fn every_example_of_the_readme_compiles_and_every_case_of_it_holds() {
    let mut sources = demo();
    let mut examples = 0;
    for (words, text) in blocks() {
        let path = match words.as_str() {
            "html" => "content/readme.html",
            "toml" if text.starts_with("[[segment]]") => "segments.toml",
            "toml" if text.starts_with("[[case]]") => "tests/readme.toml",
            "toml" if text.starts_with("[[rule]]") && !text.contains("stages = ") => "category.toml",
            "toml" if text.starts_with("[[rule]]") => "readme.toml",
            "toml" => "site.toml",
            _ => continue,
        };
        append(&mut sources, path, &text);
        examples += 1;
    }
    assert!(examples >= 6, "{examples} examples");
    let compilation = compile(&sources, OPTIONS);
    // An example of a segment or a content has no rule that uses it.
    let wrong: Vec<String> = complaints(&compilation, &sources)
        .into_iter()
        .filter(|complaint| !complaint.contains(": no rule uses the "))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    let (count, failed) = failures(&sources, compilation, "tests/readme.toml");
    assert_eq!((count, failed), (1, Vec::new()));
}

#[test]
fn the_readme_shows_the_messages_that_its_mistakes_get() {
    let blocks = blocks();
    let wrong = blocks.iter().position(|(words, _)| words == "toml wrong").unwrap();
    let (mistakes, shown) = (&blocks[wrong].1, &blocks[wrong + 1].1);
    let mut sources = demo();
    sources.add("socks.toml", mistakes.as_str());
    let compilation = compile(&sources, OPTIONS);
    assert_eq!(compilation.diagnostics.len(), 3, "{:?}", complaints(&compilation, &sources));
    for diagnostic in &compilation.diagnostics {
        let report = diagnostic.report(&sources);
        let place =
            format!("rules/{}:{}:{}", report.place.file, report.place.start.line, report.place.start.column);
        let title = format!("error[{}]: {}", report.code, report.message);
        for part in [title.as_str(), &place, report.why, report.help.as_deref().unwrap_or("")] {
            assert!(shown.contains(part), "the README does not show: {part}");
        }
    }
}
