//! The real pages of the reference material.

use std::io::Read;
use std::path::{Path, PathBuf};

use footlight_tests::material;

pub struct Page {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Every page, by name. Empty when the material is not there.
pub fn pages() -> Vec<Page> {
    let Some(root) = material::find("01-html") else { return Vec::new() };
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&root).unwrap().display().to_string();
    paths.iter().map(|path| Page { name: name(path), bytes: read(path) }).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, paths);
        } else if name.ends_with(".html") || name.ends_with(".html.gz") {
            paths.push(path);
        }
    }
}

fn read(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut page).unwrap();
        return page;
    }
    bytes
}
