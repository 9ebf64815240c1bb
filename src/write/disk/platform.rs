//! What systems do differently: owners, modes, hard links, and making a rename last.

use std::fs::{File, Metadata, Permissions};
use std::path::Path;

#[cfg(unix)]
pub(super) fn hard_links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
pub(super) fn hard_links(_: &Metadata) -> u64 {
    1
}

/// What the process's mask leaves of "everyone may read and write", as for any file an editor creates.
#[cfg(unix)]
pub(super) fn new_file_mode() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
pub(super) fn new_file_mode() -> Option<Permissions> {
    None
}

/// Gives the new file the owner and group of the old one, so that a run by root or in a shared folder locks nobody
/// out. Who may not give files away keeps what the folder gives: the write itself must not fail for that.
#[cfg(unix)]
pub(super) fn keep_owner(file: &File, replaced: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(now) = file.metadata() else { return };
    if (now.uid(), now.gid()) != (replaced.uid(), replaced.gid())
        && fchown(file, Some(replaced.uid()), Some(replaced.gid())).is_err()
    {
        let _ = fchown(file, None, Some(replaced.gid()));
    }
}

#[cfg(not(unix))]
pub(super) fn keep_owner(_: &File, _: &Metadata) {}

/// Makes the rename last through a power cut. Some network disks cannot; the file itself is safe by then, so that
/// is no failure.
#[cfg(unix)]
pub(super) fn sync_folder_of(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder_of(_: &Path) {}
