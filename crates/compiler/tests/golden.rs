//! Bundles as they were once written: this release reads its own, and refuses every other one by name.

use std::path::{Path, PathBuf};

use footlight_compiler::{Options, Sources, compile, file};
use footlight_core::bundle::{BundleError, FORMAT_VERSION, load};

/// 2026-11-20T00:00:00Z
const NOW_MS: i64 = 1_795_132_800_000;

fn golden(version: u16) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/golden");
    folder.join(format!("v{version}.footlight"))
}

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

/// What was written once is read for as long as the format has this version. With `UPDATE=1` it is written instead: for a
/// new version, or for one that no shop has yet.
fn own() -> Vec<u8> {
    let path = golden(FORMAT_VERSION);
    if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
        let compilation = compile(&shop(), Options { now_ms: NOW_MS });
        let bundle = compilation.bundle.unwrap();
        let (bytes, _) = file::encode(&bundle, &compilation.notes, NOW_MS as u64 / 1000).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    std::fs::read(&path).expect("a golden bundle of this version: run the test with UPDATE=1")
}

#[test]
fn the_golden_bundle_of_this_version_is_read() {
    let bytes = own();
    let loaded = load(&bytes, "fjell").expect("another layout is another format version");
    assert_eq!(loaded.bundle.rules.len(), 5);
    let notes = file::notes(&bytes).unwrap();
    assert_eq!(notes.rules.len(), 5);
    assert_eq!(notes.facts.len(), loaded.bundle.facts.len());
    assert!(!notes.conditions.is_empty() && !notes.signals.is_empty());
}

#[test]
fn cut_at_any_byte_it_is_refused() {
    let bytes = own();
    for length in 0..bytes.len() {
        assert_eq!(load(&bytes[..length], "").unwrap_err(), BundleError::Truncated, "cut at {length}");
    }
}

#[test]
fn with_any_bit_flipped_it_is_refused() {
    let bytes = own();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(load(&flipped, "").is_err(), "bit {bit}");
    }
}

#[test]
fn bundles_of_other_versions_are_refused_by_that_name() {
    for version in (1..FORMAT_VERSION).chain([FORMAT_VERSION + 1, u16::MAX]) {
        let bytes = std::fs::read(golden(version)).unwrap_or_else(|_| {
            let mut newer = own();
            newer[4..6].copy_from_slice(&version.to_le_bytes());
            newer
        });
        assert_eq!(load(&bytes, "").unwrap_err(), BundleError::Version { found: version });
    }
}
