//! Reference material: real pages, conformance suites and reference data, kept outside this repository.
//!
//! It is looked for in `$FOOTLIGHT_MATERIAL`, else in `../shared/material` beside the checkout. With `CI=true` a
//! missing file fails the test; elsewhere the test says that it was skipped.

use std::path::{Path, PathBuf};

/// The path of `relative` inside the reference material, or `None` after printing that the test is skipped.
///
/// # Panics
/// When the material is missing and `CI` is `true`.
#[must_use]
pub fn find(relative: &str) -> Option<PathBuf> {
    let root = std::env::var_os("FOOTLIGHT_MATERIAL")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/material"), PathBuf::from);
    let path = root.join(relative);
    if path.exists() {
        return Some(path);
    }
    let in_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!in_ci, "reference material `{relative}` is missing at {}", path.display());
    println!("skipped: reference material `{relative}` is not on this machine");
    None
}
