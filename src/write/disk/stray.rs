//! Temporary files a crash left behind: their names, and clearing them.
//!
//! Who writes a temporary file holds a lock on it, which the system lets go when the process ends, however it ends. So
//! a file that can be locked has nobody who will rename it.

use std::fs::{self, File, Metadata, TryLockError};
use std::path::Path;
use std::time::Duration;

/// How the name of a temporary file begins; short, and nothing of the note's own name.
pub(super) const PREFIX: &str = ".vs-";
/// How it ends.
pub(super) const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between.
pub(super) const RANDOM: usize = 10;

/// A write takes milliseconds; where a disk knows no locks, a temporary file this old has nobody who will rename it.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Removes abandoned temporary files from `folder`. They hold generated text only. Clearing is a courtesy, so what
/// cannot be cleared is left.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(is_ours)
            && entry.metadata().is_ok_and(|metadata| metadata.is_file())
            && is_abandoned(&entry.path(), folder)
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Marks a temporary file as being written by a process that lives. Where a disk knows no locks, its age will tell.
pub(super) fn claim(temp: &File) {
    let _ = temp.try_lock();
}

fn is_abandoned(path: &Path, folder: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => file.metadata().is_ok_and(|metadata| is_old(&metadata, folder)),
    }
}

/// The age is taken against a file just made in `folder`: the disk's own clock, which on a network may not be ours.
fn is_old(metadata: &Metadata, folder: &Path) -> bool {
    let Ok(fresh) = tempfile::tempfile_in(folder) else { return false };
    let now = fresh.metadata().and_then(|fresh| fresh.modified());
    let age = now.ok().zip(metadata.modified().ok()).and_then(|(now, then)| now.duration_since(then).ok());
    age.is_some_and(|age| age > ABANDONED)
}

/// Exactly the names made here, so that no file of a person's is ever taken for one.
fn is_ours(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|name| name.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_made_here_are_ours() {
        assert!(is_ours(".vs-abcDEF0123.tmp"));
        for name in [".vs-abc.tmp", ".vs-abcDEF0123", "vs-abcDEF0123.tmp", ".vs-abcDEF012张.tmp", ".vs-abc-EF0123.tmp"]
        {
            assert!(!is_ours(name), "{name}");
        }
    }
}
