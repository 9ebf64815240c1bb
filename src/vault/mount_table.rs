//! What the system knows of mounted disks, and how the folder of the vault is told from another of the same name.

use std::fs;
use std::path::Path;

/// The mounts of this process, one a line; `None` where the system tells of none.
pub fn mount_table() -> Option<String> {
    fs::read("/proc/self/mountinfo").ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// What tells a folder from another that takes its name later, as an unmounted disk leaves one.
#[cfg(unix)]
pub fn identity(folder: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// Other systems keep an open folder from being replaced.
#[cfg(not(unix))]
pub fn identity(folder: &Path) -> Option<(u64, u64)> {
    fs::metadata(folder).ok().map(|_| (0, 0))
}

/// Gives the folder the mode it has, which every watcher that works tells of and which changes nothing. Whether it was
/// allowed to.
pub fn touch(folder: &Path) -> bool {
    fs::metadata(folder).and_then(|metadata| fs::set_permissions(folder, metadata.permissions())).is_ok()
}
