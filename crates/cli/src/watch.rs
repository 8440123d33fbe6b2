//! Notices that files were saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::failure::Failure;

/// Editors write a file in several steps; what follows within this time belongs to them.
const QUIET: Duration = Duration::from_millis(80);

/// Changes without a pause are shown all the same after this time.
const PATIENCE: Duration = Duration::from_secs(1);

/// Files and folders that are watched, folders with all that is below.
pub(crate) struct Watch {
    watcher: RecommendedWatcher,
    changes: Receiver<()>,
    paths: Vec<Watched>,
}

struct Watched {
    path: PathBuf,
    is_there: bool,
}

impl Watch {
    /// Begins to watch.
    pub(crate) fn new(paths: &[&Path]) -> Result<Self, Failure> {
        let (sender, changes) = mpsc::channel();
        let notice = move |event: notify::Result<Event>| {
            // An error may mean that events were lost.
            if event.map_or(true, |event| is_change(&event.kind)) {
                // Nobody listens any more: the watch is over.
                let _ = sender.send(());
            }
        };
        let first = paths.first().copied().unwrap_or(Path::new("."));
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| Failure::Watch { path, error }
        };
        let mut watcher = notify::recommended_watcher(notice).map_err(failed(first))?;
        for path in paths {
            watcher.watch(path, RecursiveMode::Recursive).map_err(failed(path))?;
        }
        let paths = paths.iter().map(|path| Watched { path: (*path).to_owned(), is_there: true }).collect();
        Ok(Self { watcher, changes, paths })
    }

    /// Waits until something was saved, and nothing more for a moment.
    pub(crate) fn next(&mut self) {
        loop {
            match self.changes.recv_timeout(PATIENCE) {
                Ok(()) => break,
                // A folder that was away is watched by nobody.
                Err(RecvTimeoutError::Timeout) => {
                    if self.paths.iter().any(|watched| !watched.is_there && watched.path.exists()) {
                        break;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(PATIENCE),
            }
        }
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE && self.changes.recv_timeout(QUIET).is_ok() {}
        // A folder may be another one by now, under the same name.
        for watched in &mut self.paths {
            let _ = self.watcher.unwatch(&watched.path);
            watched.is_there = self.watcher.watch(&watched.path, RecursiveMode::Recursive).is_ok();
        }
    }
}

/// Whether something is different now; that files are read is not.
fn is_change(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}
