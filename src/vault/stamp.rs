//! What a listing tells of a file without opening it: enough to see that it was written since.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// Size and time of the last write of a regular file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// When it was last written; `None` where the system does not tell.
    pub modified: Option<SystemTime>,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Stamp { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// The stamp of the regular file at `path`, links not followed; `None` for anything else, and for nothing.
pub fn stamp(path: &Path) -> Option<Stamp> {
    fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|metadata| Stamp::of(&metadata))
}

/// Whether `path` is a folder, links not followed.
pub fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}
