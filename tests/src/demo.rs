//! The demo shop's rules.

use std::fs;
use std::path::{Path, PathBuf};

/// 20 November 2026, ten o'clock in Berlin.
pub const NOW_MS: i64 = 1_795_165_200_000;

/// The files of the rules directory, as paths within it, sorted, with their bytes.
///
/// # Panics
/// When they cannot be read.
#[must_use]
pub fn files() -> Vec<(String, Vec<u8>)> {
    fn add(files: &mut Vec<(String, Vec<u8>)>, root: &Path, folder: &Path) {
        let entries = fs::read_dir(folder).expect("the demo's rules are there");
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                add(files, root, &path);
            } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "html") {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push((name, fs::read(&path).unwrap_or_default()));
            }
        }
    }
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules");
    let mut files = Vec::new();
    add(&mut files, &root, &root);
    files.sort();
    files
}
