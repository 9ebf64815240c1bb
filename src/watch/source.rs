//! The system's watcher, and the clock that measures. Its events are made ours at once, and wait in a channel that can
//! be full: then they are lost, which is an event too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, MetadataKind, ModifyKind, RemoveKind};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::event::Event;
use super::moment::Moment;

/// More hints than this at once are worth no more than "look at everything".
const WAITING: usize = 4096;

/// Where one watch takes in all below it, a single one is set on the vault. Linux needs one for each folder, so there
/// only folders that may hold notes are watched.
const ONE_FOR_ALL: bool = cfg!(any(target_os = "macos", windows));

/// Why the system does not watch.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// So many folders are watched that the system allows no more.
    #[error("the limit of watches is reached")]
    Limit,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl From<notify::Error> for SourceError {
    fn from(error: notify::Error) -> Self {
        match error.kind {
            ErrorKind::MaxFilesWatch => SourceError::Limit,
            _ => SourceError::Other(error.to_string()),
        }
    }
}

/// What the threads of the watcher and of signals share with the loop.
#[derive(Debug)]
struct Shared {
    lost: AtomicBool,
    stops: AtomicBool,
    heard: AtomicBool,
}

/// Events, and time.
#[derive(Debug)]
pub struct Source {
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    sender: SyncSender<Event>,
    receiver: Receiver<Event>,
    shared: Arc<Shared>,
    begun: Instant,
}

/// Ends the loop from another thread.
#[derive(Clone, Debug)]
pub struct Stopper {
    sender: SyncSender<Event>,
    shared: Arc<Shared>,
}

impl Stopper {
    /// Lets the next event be the end.
    pub fn stop(&self) {
        self.shared.stops.store(true, Ordering::SeqCst);
        // Where there is no room the loop is awake anyway.
        let _ = self.sender.try_send(Event::Stop);
    }
}

impl Default for Source {
    fn default() -> Self {
        Source::new()
    }
}

impl Source {
    /// A source that only knows the time, until it listens.
    pub fn new() -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let shared =
            Shared { lost: AtomicBool::new(false), stops: AtomicBool::new(false), heard: AtomicBool::new(false) };
        let (watched, shared) = (BTreeSet::new(), Arc::new(shared));
        Source { watcher: None, watched, sender, receiver, shared, begun: Instant::now() }
    }

    /// Starts the system's watcher; nothing is watched yet.
    ///
    /// # Errors
    /// The system has none to give.
    pub fn listen(&mut self) -> Result<(), SourceError> {
        let (sender, shared) = (self.sender.clone(), self.shared.clone());
        let handler = move |told: notify::Result<notify::Event>| {
            shared.heard.store(true, Ordering::Relaxed);
            for event in translated(told) {
                match sender.try_send(event) {
                    Ok(()) | Err(TrySendError::Disconnected(_)) => {}
                    Err(TrySendError::Full(_)) => shared.lost.store(true, Ordering::SeqCst),
                }
            }
        };
        self.watcher = Some(RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false))?);
        Ok(())
    }

    /// Ends the system's watcher.
    pub fn deafen(&mut self) {
        self.watcher = None;
        self.watched.clear();
    }

    /// The time since the source was made.
    pub fn moment(&self) -> Moment {
        self.begun.elapsed()
    }

    /// Lets the loop be ended from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper { sender: self.sender.clone(), shared: self.shared.clone() }
    }

    /// Watches these folders, the vault first, and no others; how many are new. A folder that went meanwhile is left
    /// out: its own event tells of it.
    ///
    /// # Errors
    /// The system watches no more folders.
    pub fn cover(&mut self, folders: &[PathBuf]) -> Result<usize, SourceError> {
        let Some(watcher) = &mut self.watcher else { return Ok(0) };
        let folders = if ONE_FOR_ALL { folders.get(..1).unwrap_or_default() } else { folders };
        let mode = if ONE_FOR_ALL { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let wanted: BTreeSet<PathBuf> = folders.iter().cloned().collect();
        for gone in self.watched.difference(&wanted) {
            // The system may have dropped it already, with the folder.
            let _ = watcher.unwatch(gone);
        }
        self.watched.retain(|folder| wanted.contains(folder));
        let mut fresh = 0;
        for folder in wanted {
            if self.watched.contains(&folder) {
                continue;
            }
            match watcher.watch(&folder, mode).map_err(SourceError::from) {
                Ok(()) => {
                    fresh += 1;
                    self.watched.insert(folder);
                }
                Err(SourceError::Limit) => return Err(SourceError::Limit),
                Err(SourceError::Other(_)) => {}
            }
        }
        Ok(fresh)
    }

    /// Forgets what was watched at and below a folder: it may be another folder now, under the same name.
    pub fn forget(&mut self, folder: &Path) {
        if !ONE_FOR_ALL {
            self.watched.retain(|watched| !watched.starts_with(folder));
        }
    }

    /// Whether the watcher said anything yet.
    pub fn has_heard(&self) -> bool {
        self.shared.heard.load(Ordering::Relaxed)
    }

    /// The next event, if one comes within `patience`.
    pub fn next(&self, patience: Duration) -> Option<Event> {
        if self.shared.stops.load(Ordering::SeqCst) {
            return Some(Event::Stop);
        }
        if self.shared.lost.swap(false, Ordering::SeqCst) {
            // What still waits is older than what was lost, and part of "everything".
            while self.receiver.try_recv().is_ok() {}
            return Some(Event::Lost);
        }
        self.receiver.recv_timeout(patience).ok()
    }
}

/// What the watcher said, in our words. Lost events come first, whatever else it says.
fn translated(told: notify::Result<notify::Event>) -> Vec<Event> {
    let event = match told {
        Ok(event) => event,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return vec![Event::Limit],
        Err(_) => return vec![Event::Lost],
    };
    if event.need_rescan() {
        return vec![Event::Lost];
    }
    let ours: fn(PathBuf) -> Event = match event.kind {
        // Reading a note makes one: taking it for a change would turn in circles.
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => Event::Folder,
        EventKind::Create(CreateKind::File)
        | EventKind::Remove(RemoveKind::File)
        | EventKind::Modify(ModifyKind::Data(_)) => Event::File,
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => return Vec::new(),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => {
            Event::Either
        }
    };
    event.paths.into_iter().map(ours).collect()
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
