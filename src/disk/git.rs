//! Whether git is at work in the folder of a vault: it rewrites notes itself then, and so do people who solve a merge.
//!
//! What is absent: git. Only the names of files are looked at that it keeps while it works.

use std::path::{Path, PathBuf};

use super::{Disk, FileKind};

/// What git is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitWork {
    /// A command runs right now, or one crashed: the file that says so.
    Running(PathBuf),
    /// A merge or a rebase has begun and not ended, perhaps waiting for a person: the file that says so.
    Unfinished(PathBuf),
}

impl GitWork {
    /// The file or folder that gives the work away.
    pub fn file(&self) -> &Path {
        match self {
            GitWork::Running(file) | GitWork::Unfinished(file) => file,
        }
    }
}

/// A pointer to the folder of a linked worktree is one line.
const POINTER_LIMIT: u64 = 16 << 10;

/// What git is doing in the repository that `root` lies in, if there is one and it does something.
pub fn work_in(disk: &dyn Disk, root: &Path) -> Option<GitWork> {
    let folder = root.ancestors().find_map(|folder| git_folder(disk, folder))?;
    let there = |name: &str| {
        let path = folder.join(name);
        disk.stat_link(&path).is_ok().then_some(path)
    };
    there("index.lock")
        .map(GitWork::Running)
        .or_else(|| ["MERGE_HEAD", "rebase-merge", "rebase-apply"].into_iter().find_map(there).map(GitWork::Unfinished))
}

/// The file that git writes last whenever it changed the worktree that `root` lies in; it need not exist.
pub fn index_of(disk: &dyn Disk, root: &Path) -> Option<PathBuf> {
    root.ancestors().find_map(|folder| git_folder(disk, folder)).map(|folder| folder.join("index"))
}

/// Where git keeps what it knows of the worktree at `folder`. A linked worktree or a submodule has a file that names
/// the place.
fn git_folder(disk: &dyn Disk, folder: &Path) -> Option<PathBuf> {
    let path = folder.join(".git");
    match disk.stat(&path).ok()?.kind {
        FileKind::Folder => Some(path),
        FileKind::File => {
            let pointer = String::from_utf8(disk.read(&path, POINTER_LIMIT).ok()?).ok()?;
            Some(folder.join(pointer.strip_prefix("gitdir:")?.trim()))
        }
        FileKind::Link | FileKind::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::disk::real::RealDisk;

    #[test]
    fn work_of_git_is_seen_in_a_repository_below_one_and_in_a_linked_worktree() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let seen = |vault: &str| work_in(&RealDisk, &root.join(vault));
        for path in ["repo/.git/worktrees/w", "repo/vault/notes", "linked", "plain"] {
            fs::create_dir_all(root.join(path)).unwrap();
        }
        fs::write(root.join("linked/.git"), "gitdir: ../repo/.git/worktrees/w\n").unwrap();
        for vault in ["repo", "repo/vault", "linked", "plain"] {
            assert_eq!(seen(vault), None, "{vault}");
        }
        for name in ["MERGE_HEAD", "rebase-merge", "rebase-apply"] {
            let file = root.join("repo/.git").join(name);
            fs::write(&file, "").unwrap();
            assert_eq!(seen("repo"), Some(GitWork::Unfinished(file.clone())));
            assert_eq!(seen("repo/vault"), Some(GitWork::Unfinished(file.clone())));
            assert_eq!((seen("linked"), seen("plain")), (None, None));
            fs::write(root.join("repo/.git/index.lock"), "").unwrap();
            assert!(matches!(seen("repo"), Some(GitWork::Running(_))));
            fs::remove_file(file).unwrap();
            fs::remove_file(root.join("repo/.git/index.lock")).unwrap();
        }
        fs::write(root.join("repo/.git/worktrees/w/index.lock"), "").unwrap();
        assert_eq!(seen("linked").unwrap().file(), root.join("linked/../repo/.git/worktrees/w/index.lock"));
        assert_eq!(seen("repo"), None);
    }
}
