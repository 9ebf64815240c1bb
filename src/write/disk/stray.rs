//! Temporary files a crash left behind: their names, and clearing them.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::Duration;

/// How the name of a temporary file begins; short, and nothing of the note's own name.
pub(super) const PREFIX: &str = ".vs-";
/// How it ends.
pub(super) const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between.
pub(super) const RANDOM: usize = 10;

/// A write takes milliseconds; a temporary file this old has nobody who will rename it.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Removes abandoned temporary files from `folder`. They hold generated text only. The age is taken against `fresh`,
/// a file just made there: the disk's own clock, which on a network may not be ours. Clearing is a courtesy, so what
/// cannot be cleared is left.
pub(super) fn sweep(folder: &Path, fresh: &Metadata) {
    let Ok(now) = fresh.modified() else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_str().is_some_and(is_ours) {
            continue;
        }
        let Ok(metadata) = entry.metadata() else { continue };
        let age = metadata.modified().ok().and_then(|then| now.duration_since(then).ok());
        if metadata.is_file() && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_file(entry.path());
        }
    }
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
