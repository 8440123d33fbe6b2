//! Reads a rules directory into memory.

use std::fs;
use std::path::{Path, PathBuf};

use footlight_compiler::Sources;

use crate::failure::Failure;

/// Reads every file below `root` that the compiler may want: TOML and HTML, hidden ones left out. Links are followed.
pub(crate) fn read(root: &Path) -> Result<Sources, Failure> {
    let mut reader = Reader { sources: Sources::new(), root, above: Vec::new() };
    reader.folder(root)?;
    if reader.sources.find("site.toml").is_none() {
        return Err(Failure::NoRules { path: root.to_owned() });
    }
    Ok(reader.sources)
}

struct Reader<'r> {
    sources: Sources,
    root: &'r Path,
    /// The folders on the way, with their links followed.
    above: Vec<PathBuf>,
}

impl Reader<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let unreadable = |error| Failure::Read { path: folder.to_owned(), error };
        let real = folder.canonicalize().map_err(unreadable)?;
        if self.above.contains(&real) {
            return Err(Failure::Loop { path: folder.to_owned(), to: real });
        }
        self.above.push(real);
        let mut entries =
            fs::read_dir(folder).map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
        // Errors should not depend on the order in which a disk lists its files.
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if !entry.file_name().to_string_lossy().starts_with('.') {
                self.entry(&entry)?;
            }
        }
        self.above.pop();
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry) -> Result<(), Failure> {
        let path = entry.path();
        let is_source = path.extension().is_some_and(|extension| extension == "toml" || extension == "html");
        let mut kind = entry.file_type().map_err(|error| Failure::Read { path: path.clone(), error })?;
        if kind.is_symlink() {
            kind = match fs::metadata(&path) {
                Ok(metadata) => metadata.file_type(),
                Err(_) if is_source => return Err(Failure::DeadLink { path }),
                Err(_) => return Ok(()),
            };
        }
        match (kind.is_dir(), is_source) {
            (true, true) => Err(Failure::NotAFile { path, what: "a folder" }),
            (true, false) => self.folder(&path),
            // Reading a pipe could wait for ever.
            (false, true) if !kind.is_file() => Err(Failure::NotAFile { path, what: "no regular file" }),
            (false, true) => {
                let bytes = fs::read(&path).map_err(|error| Failure::Read { path: path.clone(), error })?;
                let relative = path.strip_prefix(self.root).unwrap_or(&path);
                self.sources.add(relative.to_string_lossy(), bytes);
                Ok(())
            }
            (false, false) => Ok(()),
        }
    }
}
