//! What a watcher tells, of whatever system: the closed list.

use std::path::PathBuf;

/// A hint that something changed. Paths are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file may have been made, written or removed.
    File(PathBuf),
    /// A folder may have been made, renamed or removed; of what is in it not every file is named.
    Folder(PathBuf),
    /// Either; the system does not say. A rename is told so.
    Either(PathBuf),
    /// Events were lost, or the watcher had trouble: anything may have changed.
    Lost,
    /// No more folders can be watched.
    Limit,
    /// The user wants the program to end.
    Stop,
}
