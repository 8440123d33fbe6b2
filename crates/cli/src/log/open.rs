//! Opens a log, whatever it is packed with; what it begins with decides, not its name.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::LogError;
use crate::failure::Failure;

/// A log that is being read.
pub(super) struct Opened {
    pub(super) name: String,
    pub(super) reader: Box<dyn Read + Send>,
}

/// Counts what was read of the file itself, packed as it is.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// How long the files are, when all are files.
pub(super) fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    let length = |path: &PathBuf| {
        let data = std::fs::metadata(path).ok()?;
        data.is_file().then_some(data.len())
    };
    paths.iter().map(length).sum()
}

/// Opens a log; `-` is the standard input.
pub(super) fn open(path: &Path, bytes: &Arc<AtomicU64>) -> Result<Opened, Failure> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let unreadable = |error| Failure::Read { path: path.to_owned(), error };
    let file: Box<dyn Read + Send> = if is_stdin {
        Box::new(io::stdin())
    } else {
        if path.is_dir() {
            return Err(Failure::Log(LogError::Folder { path: path.to_owned() }));
        }
        Box::new(File::open(path).map_err(unreadable)?)
    };
    let mut file = Counted { inner: file, bytes: Arc::clone(bytes) };
    let mut start = Vec::with_capacity(8);
    file.by_ref().take(8).read_to_end(&mut start).map_err(unreadable)?;
    let packed = |with, unpack| Err(Failure::Log(LogError::Packed { name: name.clone(), with, unpack }));
    let kind = start.clone();
    let whole = Cursor::new(start).chain(file);
    let reader: Box<dyn Read + Send> = match kind.as_slice() {
        [] => return Err(Failure::Log(LogError::Empty { name })),
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(1 << 16, whole))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            Box::new(zstd::stream::read::Decoder::new(whole).map_err(unreadable)?)
        }
        [0xfd, b'7', b'z', b'X', b'Z', ..] => return packed("xz", "xz -dc"),
        [b'B', b'Z', b'h', ..] => return packed("bzip2", "bzip2 -dc"),
        [b'P', b'K', 3, 4, ..] => return packed("zip", "unzip -p"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(Failure::Log(LogError::Utf16 { name })),
        [0xef, 0xbb, 0xbf, ..] => {
            let mut whole = whole;
            whole.by_ref().take(3).read_exact(&mut [0; 3]).map_err(unreadable)?;
            Box::new(whole)
        }
        _ => Box::new(whole),
    };
    Ok(Opened { name, reader })
}
