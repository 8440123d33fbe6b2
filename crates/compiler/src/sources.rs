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
    /// Without a byte order mark; what is no UTF-8 is replaced by U+FFFD.
    text: String,
    has_bom: bool,
    broken: Option<Broken>,
    /// Where each line begins: in bytes, and in UTF-16 code units. Made when a place is first asked for.
    lines: OnceCell<Vec<(usize, usize)>>,
}

/// How a file is no UTF-8.
#[derive(Clone, Copy, Debug)]
enum Broken {
    /// Where the first byte is that is none, and which.
    Byte {
        at: usize,
        byte: u8,
    },
    Utf16,
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
        let (text, broken) = if let Some(text) = utf16(&bytes) {
            (text, Some(Broken::Utf16))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let byte = error.as_bytes().get(at).copied().unwrap_or(0);
                    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                    (text, Some(Broken::Byte { at, byte }))
                }
            }
        };
        let file = File { path: path.clone(), text, has_bom, broken, lines: OnceCell::new() };
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

    /// The file's text. That it is not UTF-8 is reported; what can be read of it is still worth checking.
    pub(crate) fn read(&self, id: FileId, diagnostics: &mut Vec<Diagnostic>) -> &str {
        let Some(file) = self.files.get(id.0 as usize) else { return "" };
        let File { path, text, .. } = file;
        match file.broken {
            Some(Broken::Byte { at, byte }) => {
                let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                diagnostics.push(syntax::not_utf8(At::new(id, at..at + end), path, byte, windows_1252(byte)));
            }
            Some(Broken::Utf16) => diagnostics.push(syntax::utf16(At::new(id, 0..0), path)),
            None => {}
        }
        text
    }
}

/// The text of a file in UTF-16, which begins with a byte order mark.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes.get(2..)?.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// The letter that a byte most likely was: those above 9F are the same in Latin-1, Windows-1252 and Unicode.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80 => Some('€'),
        0x84 => Some('„'),
        0x85 => Some('…'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0xA0.. => Some(char::from(byte)),
        _ => None,
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
        let mut found = Vec::new();
        assert_eq!(sources.read(id, &mut found), "a = 'caf\u{fffd}'");
        assert_eq!(found[0].at.span().start, 8);
        assert_eq!(found[0].label.as_deref(), Some("the byte E9; in Latin-1 and Windows-1252 it is `é`"));
    }

    #[test]
    fn what_is_utf_16_is_called_so() {
        let mut sources = Sources::new();
        for bytes in [b"\xFF\xFEa\0=\0", b"\xFE\xFF\0a\0="] {
            sources.add("a.toml", *bytes);
            let mut found = Vec::new();
            assert_eq!(sources.read(sources.find("a.toml").unwrap(), &mut found), "a=");
            assert!(found[0].message.starts_with("the file is UTF-16"), "{}", found[0].message);
        }
    }
}
