//! Finds the vault around a folder, and says why it cannot be read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Folders that make their parent a vault: ours, then Obsidian's.
const MARKERS: [&str; 2] = [".vault-scan", ".obsidian"];

/// Why a folder cannot serve as a vault.
#[derive(Debug, Error)]
pub enum VaultError {
    /// There is nothing at this path.
    #[error("{}: no such folder", .0.display())]
    Missing(PathBuf),
    /// There is something, but not a folder.
    #[error("{}: not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder is there and cannot be listed.
    #[error("{}: cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, #[source] io::Error),
    /// Nobody named a vault, and the current folder is everything there is: the whole disk or the home folder.
    #[error("{}: no vault here", .0.display())]
    NoneHere(PathBuf),
}

impl VaultError {
    /// The folder it is about.
    pub fn path(&self) -> &Path {
        match self {
            VaultError::Missing(path)
            | VaultError::NotAFolder(path)
            | VaultError::NoneHere(path)
            | VaultError::Unreadable(path, _) => path,
        }
    }

    pub(super) fn from_io(path: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => VaultError::Missing(path.to_owned()),
            io::ErrorKind::NotADirectory => VaultError::NotAFolder(path.to_owned()),
            _ => VaultError::Unreadable(path.to_owned(), error),
        }
    }
}

/// The vault that `start` (an absolute path) lies in: the nearest folder upwards with `.vault-scan` or
/// `.obsidian` in it, else the nearest with `.git`, else `start` itself. `home` is the user's home folder, if known.
///
/// # Errors
/// A folder that cannot be listed; or no marker, and `start` is the root of the disk or `home`: nobody means those.
pub fn find_vault(start: &Path, home: Option<&Path>) -> Result<PathBuf, VaultError> {
    check_folder(start)?;
    let marked = start.ancestors().find(|folder| MARKERS.iter().any(|marker| folder.join(marker).is_dir()));
    // In a linked work tree `.git` is a file.
    let found = marked.or_else(|| start.ancestors().find(|folder| folder.join(".git").exists()));
    match found {
        Some(folder) => Ok(folder.to_owned()),
        None if start.parent().is_none() || home == Some(start) => Err(VaultError::NoneHere(start.to_owned())),
        None => Ok(start.to_owned()),
    }
}

/// Whether a folder can be listed, for a vault the user names outright.
pub fn check_folder(folder: &Path) -> Result<(), VaultError> {
    fs::read_dir(folder).map(drop).map_err(|error| VaultError::from_io(folder, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_folder_or_obsidians_wins_over_a_nearer_git_and_the_nearest_wins() {
        let home = tempfile::tempdir().unwrap();
        let deep = home.path().join("vault/sub/deep");
        fs::create_dir_all(&deep).unwrap();
        assert_eq!(find_vault(&deep, None).unwrap(), deep, "nothing marks a vault");
        assert_eq!(find_vault(&deep, Some(home.path())).unwrap(), deep, "below the home folder");
        assert!(matches!(find_vault(&deep, Some(&deep)), Err(VaultError::NoneHere(_))), "the home folder itself");
        fs::write(home.path().join(".git"), "gitdir: elsewhere").unwrap();
        assert_eq!(find_vault(&deep, None).unwrap(), home.path(), ".git alone");
        fs::create_dir(home.path().join("vault/.obsidian")).unwrap();
        fs::create_dir(home.path().join("vault/sub/.git")).unwrap();
        assert_eq!(find_vault(&deep, None).unwrap(), home.path().join("vault"), ".obsidian above .git");
        fs::create_dir(home.path().join("vault/sub/.vault-scan")).unwrap();
        assert_eq!(find_vault(&deep, None).unwrap(), home.path().join("vault/sub"), "the nearest marker");
    }

    #[test]
    fn what_is_no_folder_is_named() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("a.md");
        fs::write(&file, "").unwrap();
        assert!(matches!(find_vault(&file, None), Err(VaultError::NotAFolder(path)) if path == file));
        let missing = home.path().join("none");
        assert!(matches!(find_vault(&missing, None), Err(VaultError::Missing(path)) if path == missing));
    }
}
