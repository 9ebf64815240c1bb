//! Who may write, and who watches. Locks are advisory: they keep our own processes apart, and nobody else.

use std::io::{self, ErrorKind};
use std::time::Duration;

use crate::disk::Held;

use super::folder::State;

/// How long a write waits for another: a write takes milliseconds, and many may queue.
const TRIES: usize = 6000;
const PAUSE: Duration = Duration::from_millis(5);

/// Held around one write; others wait.
#[derive(Debug)]
pub struct WriteLock {
    _held: Box<dyn Held>,
}

/// Held by the one watcher of a vault.
#[derive(Debug)]
pub struct WatchLock {
    _held: Box<dyn Held>,
}

impl State {
    /// Waits for its turn to write to the vault.
    ///
    /// # Errors
    /// `TimedOut` when somebody holds the lock for half a minute, else what the disk says. Our folder may be
    /// read-only, or its disk full.
    pub fn lock(&self) -> io::Result<WriteLock> {
        for _ in 0..TRIES {
            if let Some(held) = self.try_lock("write.lock")? {
                return Ok(WriteLock { _held: held });
            }
            self.disk().pause(PAUSE);
        }
        Err(ErrorKind::TimedOut.into())
    }

    /// Becomes the watcher of the vault; nothing when there is one.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn lock_watch(&self) -> io::Result<Option<WatchLock>> {
        Ok(self.try_lock("watch.lock")?.map(|held| WatchLock { _held: held }))
    }

    fn try_lock(&self, name: &str) -> io::Result<Option<Box<dyn Held>>> {
        self.make_folders(self.folder())?;
        self.disk().lock(&self.folder().join(name))
    }
}
