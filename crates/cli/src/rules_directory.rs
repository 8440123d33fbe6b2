//! Reads a rules directory into memory.

use std::fs;
use std::path::Path;

use footlight_compiler::Sources;

use crate::failure::Failure;

/// Reads every file below `root` that the compiler may want: TOML and HTML, hidden ones left out.
pub(crate) fn read(root: &Path) -> Result<Sources, Failure> {
    let mut sources = Sources::new();
    add(&mut sources, root, root)?;
    if sources.find("site.toml").is_none() {
        return Err(Failure::NoRules { path: root.to_owned() });
    }
    Ok(sources)
}

fn add(sources: &mut Sources, root: &Path, folder: &Path) -> Result<(), Failure> {
    let unreadable = |error| Failure::Read { path: folder.to_owned(), error };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            add(sources, root, &path)?;
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "html") {
            let bytes = fs::read(&path).map_err(|error| Failure::Read { path: path.clone(), error })?;
            let relative = path.strip_prefix(root).unwrap_or(&path);
            sources.add(relative.to_string_lossy(), bytes);
        }
    }
    Ok(())
}
