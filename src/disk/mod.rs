//! The file layer below everything that is written: few calls, each of which may fail by itself.
//!
//! `state` and `write` reach the disk through [`Disk`] alone, so that one protocol runs on the real disk, on one whose
//! n-th call fails, and on one that forgets what was not synced. What is absent: what is written, and why.

#[cfg(test)]
pub(crate) mod faulty;
pub mod git;
pub mod open;
mod platform;
pub mod real;
#[cfg(test)]
pub(crate) mod simulated;
pub mod stray;
#[cfg(windows)]
mod windows;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Who may read a new file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever the process's mask lets: files of the vault.
    Shared,
    /// The user alone, 0600 and 0700: our own folders.
    Private,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; only where links are not followed.
    Link,
    /// A pipe, a device, a socket.
    Other,
}

/// What the disk says of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// What it is.
    pub kind: FileKind,
    /// Size in bytes.
    pub size: u64,
    /// How many names the file has.
    pub links: u64,
    /// Whether writing is forbidden to everyone.
    pub read_only: bool,
    /// Whether its bytes still lie in a cloud.
    pub placeholder: bool,
}

/// A file just created, open for writing. While it is open it is locked, so that nobody takes it for abandoned.
pub trait NewFile: Debug {
    /// Writes all of `bytes` at the end.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Gives it the owner, mode and extended attributes of the file at `model`.
    ///
    /// # Errors
    /// The mode cannot be set. What only the superuser may set, and attributes the disk does not take, are left.
    fn take_after(&mut self, model: &Path) -> io::Result<()>;

    /// Brings its bytes to the disk for good.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn sync(&mut self) -> io::Result<()>;
}

/// A lock that a process holds until the value goes away, or the process does.
pub trait Held: Send + Debug {}

/// The calls the program makes to change files, and to look at what it changes. Paths are absolute.
pub trait Disk: Send + Sync + Debug {
    /// What `path` leads to, links followed.
    ///
    /// # Errors
    /// Whatever the disk says; `NotFound` for a path that leads nowhere.
    fn stat(&self, path: &Path) -> io::Result<Stat>;

    /// What `path` itself is, links not followed.
    ///
    /// # Errors
    /// As [`Disk::stat`].
    fn stat_link(&self, path: &Path) -> io::Result<Stat>;

    /// The path without links and dots.
    ///
    /// # Errors
    /// As [`Disk::stat`].
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;

    /// The names in a folder, in no order.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// All bytes of a regular file, opened without waiting.
    ///
    /// # Errors
    /// `InvalidInput` for what is no regular file, `FileTooLarge` over `limit` bytes, else what the disk says.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Makes one folder.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken.
    fn make_folder(&self, path: &Path, access: Access) -> io::Result<()>;

    /// Creates a file, exclusively.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken.
    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn NewFile>>;

    /// Gives `from` the name `to`, whatever has it. A replaced file is gone.
    ///
    /// # Errors
    /// `CrossesDevices` if `to` is on another disk.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives `from` the name `to`, which must be free.
    ///
    /// # Errors
    /// `AlreadyExists` if it is not; `Unsupported` where the disk cannot promise it.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Lets two files change names, in one step.
    ///
    /// # Errors
    /// `Unsupported` where the disk or the system cannot.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder last through a power cut.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes a file or a folder the user's alone, 0600 or 0700.
    ///
    /// # Errors
    /// Whatever the disk says.
    fn make_private(&self, path: &Path) -> io::Result<()>;

    /// Takes the advisory lock of the file at `path`, made if need be, without waiting; nothing when somebody has it.
    /// A disk that knows no locks gives one that keeps nobody out.
    ///
    /// # Errors
    /// The file cannot be made or opened.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>>;

    /// Waits. Time passes on a disk: others write to it.
    fn pause(&self, time: Duration);

    /// Whether nobody alive holds the file at `path` open as its [`NewFile`].
    fn is_abandoned(&self, path: &Path) -> bool;
}
