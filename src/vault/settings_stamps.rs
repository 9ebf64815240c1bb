//! The files that settings are read from, so that a change of any is seen: ours, and those of Obsidian that are used.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::obsidian;
use super::stamp::{Stamp, stamp};

/// The folder of the vault that holds our settings.
const OURS: &str = ".vault-scan";

/// The settings as one file at the root.
const AT_ROOT: &str = "vault-scan.toml";

/// Whether a path from the vault root is a file, or a folder, that settings are read from.
pub fn is_settings(path: &str) -> bool {
    path == AT_ROOT
        || path == OURS
        || path.strip_prefix(OURS).is_some_and(|rest| rest.starts_with('/') && !rest.ends_with('~'))
        || obsidian::FILES.contains(&path)
}

/// The folders in which they lie, as far as these exist: for a watcher.
pub fn settings_folders(root: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        below(root, OURS).filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path).collect();
    let of_obsidian =
        obsidian::FILES.iter().filter_map(|file| Path::new(file).parent()).map(|folder| root.join(folder));
    folders.extend(of_obsidian.filter(|folder| folder.is_dir()));
    folders.sort();
    folders.dedup();
    folders
}

/// What the listing tells of each of them.
pub fn settings_stamps(root: &Path) -> BTreeMap<PathBuf, Stamp> {
    let ours = below(root, OURS).map(walkdir::DirEntry::into_path);
    let others = obsidian::FILES.iter().chain(&[AT_ROOT]).map(|file| root.join(file));
    ours.chain(others).filter_map(|path| stamp(&path).map(|stamp| (path, stamp))).collect()
}

fn below(root: &Path, folder: &str) -> impl Iterator<Item = walkdir::DirEntry> {
    WalkDir::new(root.join(folder)).max_depth(3).into_iter().filter_map(Result::ok)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_changed_a_new_and_a_removed_file_of_settings_are_seen_and_no_other() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            fs::create_dir_all(root.path().join(path).parent().unwrap()).unwrap();
            fs::write(root.path().join(path), text).unwrap();
        };
        write(".obsidian/app.json", "{}");
        let mut before = settings_stamps(root.path());
        for (path, text, matters) in [
            (".obsidian/workspace.json", "{}", false),
            (".obsidian/app.json", "{ }", true),
            (".vault-scan/config.toml", "", true),
            (".vault-scan/templates/agenda.md.j2", "x", true),
            ("vault-scan.toml", "", true),
            ("People/a.md", "", false),
        ] {
            write(path, text);
            let now = settings_stamps(root.path());
            assert_eq!(now != before, matters, "{path}");
            before = now;
        }
        fs::remove_file(root.path().join("vault-scan.toml")).unwrap();
        assert_ne!(settings_stamps(root.path()), before);
        let folders = settings_folders(root.path());
        assert_eq!(folders.len(), 3, "{folders:?}");
    }
}
