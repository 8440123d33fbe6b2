//! Rule sources in memory: the compiler knows no file system.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{At, Diagnostic, syntax};

/// Names one file of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// No file: its path and text are empty.
    pub(crate) const NONE: Self = Self(u32::MAX);
}

/// One file.
#[derive(Clone, Debug)]
struct File {
    path: String,
    /// Without a byte order mark. Empty when the file is not UTF-8.
    text: String,
    has_bom: bool,
    /// Where the first byte is that is no UTF-8.
    broken_at: Option<usize>,
    /// Where each line begins: in bytes, and in UTF-16 code units. Made when a place is first asked for.
    lines: OnceCell<Vec<(usize, usize)>>,
}

/// The files of a rules directory by path, relative to it and with `/`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    by_path: BTreeMap<String, FileId>,
}

impl Sources {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the file at `path`, replacing one that was added under the same path.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let path = path.into().replace('\\', "/");
        let bytes = bytes.into();
        let has_bom = bytes.starts_with(b"\xEF\xBB\xBF");
        let bytes = if has_bom { bytes.get(3..).unwrap_or_default().to_vec() } else { bytes };
        let (text, broken_at) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(valid))
            }
        };
        let file = File { path: path.clone(), text, has_bom, broken_at, lines: OnceCell::new() };
        match self.by_path.get(&path).and_then(|id| self.files.get_mut(id.0 as usize)) {
            Some(slot) => *slot = file,
            None => {
                let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
                self.files.push(file);
                self.by_path.insert(path, id);
            }
        }
    }

    /// All files by path, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&str, FileId)> {
        self.by_path.iter().map(|(path, id)| (path.as_str(), *id))
    }

    /// The file at `path`.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// Where the file lies.
    #[must_use]
    pub fn path(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |file| &file.path)
    }

    /// The file's text without a byte order mark; what is no UTF-8 is replaced by U+FFFD. Spans count its bytes.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |file| &file.text)
    }

    /// Bytes that stand in the file before [`Self::text`]: 3 when it begins with a byte order mark.
    #[must_use]
    pub fn bom_length(&self, id: FileId) -> usize {
        if self.files.get(id.0 as usize).is_some_and(|file| file.has_bom) { 3 } else { 0 }
    }

    /// The line that an offset is on, from 0, and where it begins: in bytes, and in UTF-16 code units.
    pub(crate) fn line(&self, id: FileId, offset: usize) -> (usize, usize, usize) {
        let Some(file) = self.files.get(id.0 as usize) else { return (0, 0, 0) };
        let lines = file.lines.get_or_init(|| {
            let mut place = (0, 0);
            let starts = file.text.split_inclusive('\n').map(|line| {
                place = (place.0 + line.len(), place.1 + line.encode_utf16().count());
                place
            });
            [(0, 0)].into_iter().chain(starts).collect()
        });
        let line = lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        // A last line without an end begins nothing behind it.
        let is_behind = line > 0 && offset == file.text.len() && !file.text.ends_with('\n');
        let line = if is_behind { line - 1 } else { line };
        let (bytes, utf16) = lines.get(line).copied().unwrap_or_default();
        (line, bytes, utf16)
    }

    /// The file's text, unless it is not UTF-8.
    pub(crate) fn read(&self, id: FileId) -> Result<&str, Diagnostic> {
        match self.files.get(id.0 as usize) {
            Some(File { broken_at: Some(valid), text, .. }) => {
                let end = text.get(*valid..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                Err(syntax::not_utf8(At::new(id, *valid..*valid + end)))
            }
            Some(file) => Ok(&file.text),
            None => Ok(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let mut sources = Sources::new();
        sources.add("a.toml", *b"\xEF\xBB\xBFa = 1");
        let id = sources.find("a.toml").unwrap();
        assert_eq!((sources.text(id), sources.bom_length(id)), ("a = 1", 3));
    }

    #[test]
    fn a_windows_path_is_the_same_path() {
        let mut sources = Sources::new();
        sources.add("content\\hero.html", *b"");
        assert!(sources.find("content/hero.html").is_some());
    }

    #[test]
    fn what_is_not_utf_8_is_an_error_at_its_first_bad_byte() {
        let mut sources = Sources::new();
        sources.add("a.toml", *b"a = 'caf\xE9'");
        let id = sources.find("a.toml").unwrap();
        assert_eq!(sources.read(id).unwrap_err().at.span().start, 8);
    }
}
