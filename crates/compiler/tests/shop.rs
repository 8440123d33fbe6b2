//! A small shop compiles into a bundle that loads again.

use std::path::Path;

use footlight_compiler::file::{self, encode};
use footlight_compiler::{Compilation, Options, Sources, cases, compile};
use footlight_core::bundle::{CacheClass, load};
use footlight_core::decide::Engine;
use footlight_core::stage::Stage;

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

fn shop() -> Sources {
    fn add(sources: &mut Sources, root: &Path, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(sources, root, &path);
            } else {
                let relative = path.strip_prefix(root).unwrap().to_str().unwrap();
                sources.add(relative, std::fs::read(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shop");
    let mut sources = Sources::new();
    add(&mut sources, &root, &root);
    sources
}

fn compiled(sources: &Sources) -> Compilation {
    compile(sources, Options { now_ms: NOW_MS })
}

#[test]
fn a_small_shop_compiles_and_loads_again() {
    let compilation = compiled(&shop());
    assert_eq!(compilation.diagnostics, []);
    let bundle = compilation.bundle.unwrap();
    let (bytes, id) = encode(&bundle, &compilation.notes, 0).unwrap();
    let loaded = load(&bytes, "fjell").unwrap();
    assert_eq!((loaded.id, loaded.bundle), (id, bundle));
    assert_eq!(file::notes(&bytes).unwrap(), compilation.notes);
}

#[test]
fn the_same_sources_give_the_same_bytes_from_a_windows_checkout_too() {
    let unix = shop();
    let mut windows = Sources::new();
    for (path, file) in unix.iter() {
        let text = unix.text(file).replace('\n', "\r\n");
        windows.add(path.replace('/', "\\"), [b"\xEF\xBB\xBF", text.as_bytes()].concat());
    }
    let [unix, windows] = [unix, windows].map(|sources| {
        let compilation = compiled(&sources);
        assert_eq!(compilation.diagnostics, []);
        encode(&compilation.bundle.unwrap(), &compilation.notes, 0).unwrap()
    });
    assert_eq!(unix, windows);
}

#[test]
fn each_stage_is_shared_as_far_as_its_rules_allow() {
    let bundle = compiled(&shop()).bundle.unwrap();
    let class = |stage: Stage| bundle.stages[stage as usize].cache.clone();
    assert_eq!(class(Stage::Homepage), CacheClass::Private);
    assert!(
        matches!(class(Stage::Cart), CacheClass::Shared { variants: 18, .. }),
        "{:?}",
        class(Stage::Cart)
    );
    assert_eq!(class(Stage::Checkout), CacheClass::Static);
}

#[test]
fn the_shops_own_cases_pass() {
    let sources = shop();
    let Compilation { bundle, notes, .. } = compiled(&sources);
    let bundle = bundle.unwrap();
    let (cases, diagnostics) = cases::read(&sources, Some(&bundle), &notes, NOW_MS);
    assert_eq!(diagnostics, []);
    assert_eq!(cases.len(), 5);
    let engine = Engine::new(bundle);
    for case in cases {
        let verdict = cases::run(&case, &engine, &notes);
        assert_eq!(verdict.failures, [], "{}: {:#?}", case.name, verdict.explanation);
    }
}
