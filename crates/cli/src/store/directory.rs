//! A directory as a store. A file is there complete or not at all: it is written aside, flushed to the disk, and moved
//! into place. Writers take turns by a lock, which the system takes away from those that die.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Address, Cause, Object, Store, StoreError, Version, Write};
use crate::release::step;

/// Where files are written before they are moved into place; same file system, hidden, empty unless somebody is writing.
const ASIDE: &str = ".writing";
const LOCK: &str = ".lock";
const LONGEST_WAIT: Duration = Duration::from_secs(20);

pub(crate) struct Directory {
    root: PathBuf,
}

impl Directory {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn failed(&self, key: &str, error: io::Error) -> StoreError {
        self.error(key, Cause::Io(error))
    }

    fn error(&self, key: &str, cause: Cause) -> StoreError {
        StoreError::new(&Address::Directory(self.root.clone()), key, cause)
    }

    /// Waits for the turn to write; it ends when the file is dropped, or its process dies.
    fn turn(&self, key: &str) -> Result<File, StoreError> {
        let failed = |error| self.failed(key, error);
        fs::create_dir_all(self.root.join(ASIDE)).map_err(failed)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.root.join(LOCK))
            .map_err(failed)?;
        let began = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) if began.elapsed() < LONGEST_WAIT => {
                    sleep(Duration::from_millis(10));
                }
                Err(TryLockError::WouldBlock) => return Err(self.error(key, Cause::Locked)),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// Puts bytes into place, with or `over` what was there; only for who has the turn.
    fn put(&self, key: &str, bytes: &[u8], over: Over) -> io::Result<()> {
        let (place, aside) = (self.root.join(key), self.root.join(ASIDE).join(key.replace('/', "-")));
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        let mut file = File::create(&aside)?;
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        drop(file);
        step::reached(step::Step::Written(key));
        let moved = written.and_then(|()| match over {
            Over::Anything => fs::rename(&aside, &place),
            Over::Nothing => link(&aside, &place),
        });
        moved.inspect_err(|_| _ = fs::remove_file(&aside))?;
        flush_folder(folder)
    }

    fn read(&self, key: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.root.join(key)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Store for Directory {
    fn get(&self, key: &str) -> Result<Option<Object>, StoreError> {
        let bytes = self.read(key).map_err(|error| self.failed(key, error))?;
        Ok(bytes.map(|bytes| Object { version: Version::of_bytes(&bytes), bytes }))
    }

    fn create(&self, key: &str, bytes: &[u8]) -> Result<Write, StoreError> {
        let _turn = self.turn(key)?;
        if self.root.join(key).exists() {
            return Ok(Write::Refused);
        }
        match self.put(key, bytes, Over::Nothing) {
            Ok(()) => Ok(Write::Done),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Write::Refused),
            Err(error) => Err(self.failed(key, error)),
        }
    }

    fn replace(&self, key: &str, bytes: &[u8], seen: Option<&Version>) -> Result<Write, StoreError> {
        let _turn = self.turn(key)?;
        let now = self.get(key)?.map(|object| object.version);
        if now.as_ref() != seen {
            return Ok(Write::Refused);
        }
        self.put(key, bytes, Over::Anything).map(|()| Write::Done).map_err(|error| self.failed(key, error))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.failed(folder, error)),
        };
        let mut keys = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| self.failed(folder, error))?;
            keys.push(format!("{folder}{}", entry.file_name().to_string_lossy()));
        }
        keys.sort_unstable();
        Ok(keys)
    }

    fn keeps_conditions(&self, _: &str, _: &[u8]) -> Result<bool, StoreError> {
        Ok(true)
    }

    fn sweep(&self) -> Result<usize, StoreError> {
        let aside = self.root.join(ASIDE);
        if !aside.exists() {
            return Ok(0);
        }
        let failed = |error| self.failed(ASIDE, error);
        let _turn = self.turn(ASIDE)?;
        let mut swept = 0;
        for entry in fs::read_dir(&aside).map_err(failed)? {
            fs::remove_file(entry.map_err(failed)?.path()).map_err(failed)?;
            swept += 1;
        }
        Ok(swept)
    }
}

/// What a file may replace.
#[derive(Clone, Copy)]
enum Over {
    Nothing,
    Anything,
}

/// Moves a file where none is. A link never replaces anything, even on network drives whose locks do nothing; where
/// there are no links, the turn has to do.
fn link(aside: &Path, place: &Path) -> io::Result<()> {
    match fs::hard_link(aside, place) {
        Ok(()) => fs::remove_file(aside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(aside, place),
    }
}

/// Makes a rename last: on POSIX the folder has to be flushed, too.
fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("footlight-directory-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_key_is_created_once_and_replaced_only_as_it_was_seen() {
        let scratch = Scratch::new("once");
        let store = Directory::new(scratch.0.clone());
        assert!(store.get("live.json").unwrap().is_none());
        assert!(store.list("history/").unwrap().is_empty());
        assert_eq!(store.create("history/1", b"a").unwrap(), Write::Done);
        assert_eq!(store.create("history/1", b"b").unwrap(), Write::Refused);
        assert_eq!(store.replace("live.json", b"1", None).unwrap(), Write::Done);
        assert_eq!(store.replace("live.json", b"2", None).unwrap(), Write::Refused);
        let seen = store.get("live.json").unwrap().unwrap();
        assert_eq!(store.replace("live.json", b"2", Some(&seen.version)).unwrap(), Write::Done);
        assert_eq!(store.replace("live.json", b"3", Some(&seen.version)).unwrap(), Write::Refused);
        assert_eq!(store.get("live.json").unwrap().unwrap().bytes, b"2");
        assert_eq!(store.list("history/").unwrap(), ["history/1"]);
    }

    #[test]
    fn of_many_writers_at_once_one_wins() {
        let scratch = Scratch::new("many");
        let store = Directory::new(scratch.0.clone());
        let won = |write: &(dyn Fn(&[u8]) -> Write + Sync)| {
            std::thread::scope(|scope| {
                let writers: Vec<_> =
                    (0..8_u8).map(|writer| scope.spawn(move || write(&[writer]) == Write::Done)).collect();
                writers.into_iter().filter_map(|writer| writer.join().ok()).filter(|won| *won).count()
            })
        };
        assert_eq!(won(&|bytes| store.create("a", bytes).unwrap()), 1);
        assert_eq!(won(&|bytes| store.replace("b", bytes, None).unwrap()), 1);
    }

    #[test]
    fn what_a_killed_writer_left_is_swept() {
        let scratch = Scratch::new("swept");
        let store = Directory::new(scratch.0.clone());
        assert_eq!(store.sweep().unwrap(), 0);
        store.create("a", b"a").unwrap();
        fs::write(scratch.0.join(ASIDE).join("bundles-x"), b"half").unwrap();
        assert_eq!((store.sweep().unwrap(), store.sweep().unwrap()), (1, 0));
        assert_eq!(store.get("a").unwrap().unwrap().bytes, b"a");
    }
}
