//! Whether git is at work on the vault: a checkout, a merge, a rebase. Only the names that git leaves while it is are
//! looked at; nothing of git's is opened but the file that tells where a linked worktree keeps them.

use std::fs;
use std::path::{Path, PathBuf};

use super::read::read_text;

/// What stands in git's folder while it changes files, or waits for somebody to solve conflicts.
const AT_WORK: [&str; 3] = ["index.lock", "MERGE_HEAD", "rebase-merge"];

/// Whether git is at work on the files at `root`.
pub fn git_is_at_work(root: &Path) -> bool {
    git_folder(root).is_some_and(|git| AT_WORK.iter().any(|name| fs::symlink_metadata(git.join(name)).is_ok()))
}

/// The folder of git that the worktree around `root` uses. A linked worktree and a submodule have a file that names it.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let dot_git = root.ancestors().map(|folder| folder.join(".git")).find(|path| fs::symlink_metadata(path).is_ok())?;
    if dot_git.is_dir() {
        return Some(dot_git);
    }
    let text = read_text(&dot_git).ok()?;
    let named = text.strip_prefix("gitdir:")?.trim();
    Some(dot_git.parent()?.join(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_is_seen_in_the_vault_above_it_and_in_a_linked_worktree() {
        let home = tempfile::tempdir().unwrap();
        let make = |path: &str| fs::create_dir_all(home.path().join(path)).unwrap();
        make("repo/.git/worktrees/w");
        make("repo/vault");
        make("w/vault");
        fs::write(home.path().join("w/.git"), "gitdir: ../repo/.git/worktrees/w\n").unwrap();
        for (git, roots, others) in [
            ("repo/.git", ["repo", "repo/vault"], ["w", "w/vault"]),
            ("repo/.git/worktrees/w", ["w", "w/vault"], ["repo", "repo/vault"]),
        ] {
            let at_work = |root: &str| git_is_at_work(&home.path().join(root));
            for name in AT_WORK {
                let sign = home.path().join(git).join(name);
                fs::write(&sign, "").unwrap();
                assert!(roots.iter().all(|root| at_work(root)), "{git} {name}");
                assert!(!others.iter().any(|root| at_work(root)), "{git} {name}");
                fs::remove_file(sign).unwrap();
                assert!(!roots.iter().any(|root| at_work(root)), "{git} {name}");
            }
        }
    }
}
