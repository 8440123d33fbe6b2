//! Slips, and sources that make them: what each diagnostic looks like. The tests hold what is said of them to what is
//! written down beside them, and the reference shows them, so that it cannot go stale.

use crate::diagnostic::Diagnostic;
use crate::document::{self, Item};
use crate::sources::Sources;
use crate::{Options, cases, compile, compile_after};

/// Sources that are right.
const BASE: [(&str, &str); 4] = [
    ("site.toml", include_str!("../tests/diagnostics/base/site.toml")),
    ("segments.toml", include_str!("../tests/diagnostics/base/segments.toml")),
    ("homepage.toml", include_str!("../tests/diagnostics/base/homepage.toml")),
    ("content/hero/boots.html", include_str!("../tests/diagnostics/base/boots.html")),
];

/// Slips, a file for each family of codes.
const FAMILIES: [(&str, &str); 13] = [
    ("syntax", include_str!("../tests/diagnostics/syntax.toml")),
    ("shapes", include_str!("../tests/diagnostics/shapes.toml")),
    ("names", include_str!("../tests/diagnostics/names.toml")),
    ("site", include_str!("../tests/diagnostics/site.toml")),
    ("conditions", include_str!("../tests/diagnostics/conditions.toml")),
    ("templates", include_str!("../tests/diagnostics/templates.toml")),
    ("contents", include_str!("../tests/diagnostics/contents.toml")),
    ("journey", include_str!("../tests/diagnostics/journey.toml")),
    ("governance", include_str!("../tests/diagnostics/governance.toml")),
    ("experiments", include_str!("../tests/diagnostics/experiments.toml")),
    ("reach", include_str!("../tests/diagnostics/reach.toml")),
    ("sharing", include_str!("../tests/diagnostics/sharing.toml")),
    ("traffic", include_str!("../tests/diagnostics/traffic.toml")),
];

/// 2026-11-20T00:00:00Z, the time of all examples.
pub const NOW_MS: i64 = 1_795_132_800_000;

/// One example.
#[derive(Debug)]
pub struct Example {
    /// The family of codes that it belongs to.
    pub family: &'static str,
    /// What it is.
    pub name: String,
    /// Sources with a slip or several.
    pub sources: Sources,
    /// What is said of them.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a bundle comes of them.
    pub compiles: bool,
}

/// All examples, family by family.
pub fn all() -> impl Iterator<Item = Example> {
    FAMILIES.into_iter().flat_map(|(family, text)| {
        let mut files = Sources::new();
        files.add("examples.toml", text);
        let mut slips = Vec::new();
        let item = files.find("examples.toml").map(|file| document::parse(file, text, &mut slips));
        debug_assert!(slips.is_empty(), "{slips:?}");
        let cases: Vec<Item> =
            item.and_then(|item| item.get("case").map(|cases| cases.list().to_vec())).unwrap_or_default();
        cases.into_iter().map(move |case| example(family, &case))
    })
}

/// Sources without a slip.
#[must_use]
pub fn base() -> Sources {
    sources(None)
}

fn example(family: &'static str, case: &Item) -> Example {
    let sources = sources(Some(case));
    let options = Options { now_ms: NOW_MS };
    let before = case.get("before").map(|before| compile(&self::sources(Some(before)), options));
    let compilation = match before.as_ref().and_then(|before| Some((before.bundle.as_ref()?, &before.notes)))
    {
        Some(before) => compile_after(before, &sources, options),
        None => compile(&sources, options),
    };
    let mut diagnostics = compilation.diagnostics;
    diagnostics.extend(cases::check(&sources, compilation.bundle.as_ref(), &compilation.notes));
    let compiles = compilation.bundle.is_some();
    Example { family, name: text(case.get("name")).to_owned(), sources, diagnostics, compiles }
}

/// The base with a case's changes: `edit` swaps a text in a file for another, `add` puts one at the end, `files` are
/// whole files, and an empty one is taken away. `before` is a case by itself: the bundle that these sources replace.
fn sources(case: Option<&Item>) -> Sources {
    let mut files: Vec<(String, String)> =
        BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let entries = |key: &str| case.and_then(|case| case.get(key)).map_or(&[][..], Item::entries);
    for edit in entries("edit") {
        let file = files.iter_mut().find(|(path, _)| *path == edit.key);
        debug_assert!(file.is_some(), "`{}` is not in the base", edit.key);
        let Some((path, file)) = file else { continue };
        for pair in edit.item.list().chunks(2) {
            let (from, to) = (text(pair.first()), text(pair.get(1)));
            debug_assert!(file.contains(from), "`{from}` is not in {path}");
            *file = file.replacen(from, to, 1);
        }
    }
    for added in entries("add") {
        match files.iter_mut().find(|(path, _)| *path == added.key) {
            Some((_, file)) => file.push_str(text(Some(&added.item))),
            None => files.push((added.key.clone(), text(Some(&added.item)).to_owned())),
        }
    }
    for whole in entries("files") {
        files.retain(|(path, _)| *path != whole.key);
        files.push((whole.key.clone(), text(Some(&whole.item)).to_owned()));
    }
    let mut sources = Sources::new();
    for (path, text) in files.into_iter().filter(|(_, text)| !text.is_empty()) {
        // What no TOML text can say.
        let bytes: Vec<u8> = text.replace("<E9>", "\u{0}").into_bytes();
        sources.add(
            path,
            bytes.into_iter().map(|byte| if byte == 0 { 0xE9 } else { byte }).collect::<Vec<u8>>(),
        );
    }
    sources
}

fn text(item: Option<&Item>) -> &str {
    item.and_then(Item::excerpt).map_or("", |excerpt| excerpt.text)
}
