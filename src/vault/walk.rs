//! Lists the notes of a vault. Opens none; asks the size of notes only and the type of nothing, as the folder
//! listing holds it. What may surprise the user (links, odd names, closed folders) is said.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::disk::stray;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::path::NotePath;

use super::filter::{Filter, is_markdown};
use super::root::VaultError;
use super::stamp::Stamp;

/// A note as the disk knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its identity: from the vault root, NFC.
    pub path: NotePath,
    /// The path to open, in the bytes of the file system.
    pub os_path: PathBuf,
    /// What tells whether it was written since.
    pub stamp: Stamp,
    /// Bytes to be read instead of the file's: what is staged.
    pub given: Option<Arc<[u8]>>,
}

/// What a walk found.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// The notes by path; no path stands twice.
    pub notes: Vec<Found>,
    /// What was left out and why, by path.
    pub diagnostics: Vec<Diagnostic>,
    /// The folders that were entered, the vault itself first; what is new in one of them may be a note.
    pub folders: Vec<PathBuf>,
    /// Temporary files of ours, perhaps left by a crash.
    pub strays: Vec<PathBuf>,
}

/// Lists the notes below `root`. Symbolic links are not followed. Fails only when `root` itself cannot be listed;
/// a vault that is there and empty is not an error here.
pub fn walk(root: &Path, filter: &Filter) -> Result<Walk, VaultError> {
    let mut walk = Walk { folders: vec![root.to_owned()], ..Walk::default() };
    let mut entries = WalkDir::new(root).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                walk.take_error(root, error)?;
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(relative) = relative.to_str() else {
            // Its parents were UTF-8, or they would not have been entered: the name itself is at fault.
            let shown = relative.to_string_lossy();
            if is_folder || is_markdown(&shown) {
                walk.take_odd_name(&shown);
            }
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        };
        let path = NotePath::new(relative);
        if is_folder {
            if !filter.enters_folder(path.as_str()) {
                entries.skip_current_dir();
            } else {
                walk.folders.push(entry.into_path());
            }
        } else {
            walk.take_file(path, &entry, filter);
        }
    }
    walk.notes.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.os_path.cmp(&b.os_path)));
    walk.settle_twins();
    walk.diagnostics.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.code.cmp(b.code)));
    Ok(walk)
}

impl Walk {
    fn say(&mut self, finding: Finding, path: &NotePath) {
        self.diagnostics.push(finding.about(path));
    }

    fn take_file(&mut self, path: NotePath, entry: &DirEntry, filter: &Filter) {
        if entry.file_name().to_str().is_some_and(stray::is_ours) {
            self.strays.push(entry.path().to_owned());
            return;
        }
        if entry.path_is_symlink() {
            return self.take_link(&path, entry.path(), filter);
        }
        if !filter.is_note(path.as_str()) {
            return;
        }
        if !entry.file_type().is_file() {
            return self.say(Finding::new("note-not-a-file", []), &path);
        }
        match entry.metadata() {
            Ok(metadata) => {
                let os_path = entry.path().to_owned();
                self.notes.push(Found { path, os_path, stamp: Stamp::of(&metadata), given: None });
            }
            // Removed since its folder was listed.
            Err(error) if error.io_error().is_some_and(is_gone) => {}
            Err(error) => self.say(Finding::new("note-unreadable", [&reason(&error)]), &path),
        }
    }

    /// A link is worth a word only where notes would be expected behind it.
    fn take_link(&mut self, path: &NotePath, os_path: &Path, filter: &Filter) {
        let to_note = filter.is_note(path.as_str());
        if to_note || (filter.enters_folder(path.as_str()) && fs::metadata(os_path).is_ok_and(|target| target.is_dir()))
        {
            self.say(Finding::new("link-not-followed", [path.as_str()]), path);
        }
    }

    fn take_odd_name(&mut self, shown: &str) {
        let path = NotePath::new(shown);
        self.say(Finding::new("name-not-utf-8", [path.as_str()]), &path);
    }

    fn take_error(&mut self, root: &Path, error: walkdir::Error) -> Result<(), VaultError> {
        if error.depth() == 0 {
            let error = error.into_io_error().unwrap_or_else(|| io::Error::other("loop of links"));
            return Err(VaultError::from_io(root, error));
        }
        if error.io_error().is_some_and(is_gone) {
            return Ok(());
        }
        let place = error.path().unwrap_or(root);
        let path = NotePath::new(&place.strip_prefix(root).unwrap_or(place).to_string_lossy());
        self.say(Finding::new("folder-unreadable", [path.as_str(), &reason(&error)]), &path);
        Ok(())
    }

    /// Names that a case-folding or normalising disk takes for one. Two that differ in normal form only have one
    /// identity, so one of them is read; two that differ in case are both.
    fn settle_twins(&mut self) {
        let mut first_of: HashMap<String, NotePath> = HashMap::with_capacity(self.notes.len());
        let mut kept: Vec<Found> = Vec::with_capacity(self.notes.len());
        for found in std::mem::take(&mut self.notes) {
            // Equal paths stand side by side.
            if let Some(same) = kept.last_mut().filter(|last| last.path == found.path) {
                self.diagnostics.push(Finding::new("name-same", [found.path.as_str()]).about(&found.path));
                if found.os_path.ends_with(found.path.as_str()) {
                    *same = found;
                }
                continue;
            }
            match first_of.entry(found.path.as_str().to_lowercase()) {
                Entry::Vacant(place) => {
                    place.insert(found.path.clone());
                }
                Entry::Occupied(first) => {
                    let names = [found.path.as_str(), first.get().as_str()];
                    self.diagnostics.push(Finding::new("name-twin", names).about(&found.path));
                }
            }
            kept.push(found);
        }
        self.notes = kept;
    }
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

fn reason(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), io::Error::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::obsidian::{IgnoreRule, ObsidianSettings};
    use tempfile::TempDir;

    fn vault(files: &[&str]) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        root
    }

    fn paths(walk: &Walk) -> Vec<&str> {
        walk.notes.iter().map(|found| found.path.as_str()).collect()
    }

    fn said(walk: &Walk) -> Vec<(&str, &str)> {
        walk.diagnostics.iter().map(|d| (d.code, d.path.as_str())).collect()
    }

    #[test]
    fn notes_come_by_path_with_their_size_and_nothing_else_comes() {
        let root =
            vault(&["b.md", "a/z.md", "a.md", "人脉/张三.MD", "a/x.txt", ".obsidian/x.md", "旧/x.md", "e.md/in.md"]);
        let settings =
            ObsidianSettings { ignore: vec![IgnoreRule::Prefix("旧/".into())], ..ObsidianSettings::default() };
        let walk = walk(root.path(), &Filter::new(&settings).0).unwrap();
        assert_eq!(paths(&walk), ["a.md", "a/z.md", "b.md", "e.md/in.md", "人脉/张三.MD"]);
        assert!(walk.notes.iter().all(|found| found.stamp.size == 4 && found.os_path.is_file()));
        assert_eq!(said(&walk), []);
    }

    #[test]
    fn walking_finds_just_what_the_filter_says_of_each_path() {
        let files = ["a.md", "x/.trash/b.md", "x/y/c.md", "Old/d.md", "Old 2/e.md", "x/f.excalidraw.md", "x/draft1.md"];
        let root = vault(&files);
        let ignore = vec![IgnoreRule::Prefix("old/".into()), IgnoreRule::Pattern("draft".into())];
        let (filter, _) = Filter::new(&ObsidianSettings { ignore, ..ObsidianSettings::default() });
        let mut expected: Vec<_> = files.into_iter().filter(|file| filter.is_note(file)).collect();
        expected.sort_unstable();
        assert_eq!(paths(&walk(root.path(), &filter).unwrap()), expected);
        assert_eq!(expected, ["Old 2/e.md", "a.md", "x/y/c.md"]);
    }

    #[test]
    fn a_vault_that_is_not_there_is_an_error_and_an_empty_one_is_not() {
        let root = vault(&[]);
        assert_eq!(paths(&walk(root.path(), &Filter::default()).unwrap()), [""; 0]);
        let gone = root.path().join("gone");
        assert!(matches!(walk(&gone, &Filter::default()), Err(VaultError::Missing(path)) if path == gone));
    }

    #[cfg(unix)]
    mod unix {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        #[test]
        fn links_are_not_followed_and_those_that_hide_notes_are_said() {
            let root = vault(&["a.md", "x/b.md"]);
            let outside = vault(&["c.md"]);
            symlink(outside.path(), root.path().join("linked")).unwrap();
            symlink(outside.path().join("c.md"), root.path().join("c.md")).unwrap();
            symlink("..", root.path().join("x/parent")).unwrap();
            symlink("loop", root.path().join("loop")).unwrap();
            symlink("nowhere.md", root.path().join("dangling.md")).unwrap();
            symlink(outside.path(), root.path().join(".hidden")).unwrap();
            let walk = walk(root.path(), &Filter::default()).unwrap();
            assert_eq!(paths(&walk), ["a.md", "x/b.md"]);
            let code = "link-not-followed";
            assert_eq!(said(&walk), [(code, "c.md"), (code, "dangling.md"), (code, "linked"), (code, "x/parent")]);
        }

        #[test]
        fn a_vault_reached_by_a_link_is_walked() {
            let root = vault(&["a.md"]);
            let other = tempfile::tempdir().unwrap();
            let link = other.path().join("vault");
            symlink(root.path(), &link).unwrap();
            assert_eq!(paths(&walk(&link, &Filter::default()).unwrap()), ["a.md"]);
        }

        #[test]
        fn names_outside_utf8_are_said_and_skipped_with_all_below_them() {
            let root = vault(&["a.md"]);
            let odd = |name: &[u8]| root.path().join(OsStr::from_bytes(name));
            // 张三 in GB18030.
            fs::write(odd(b"\xd5\xc5\xc8\xfd.md"), "").unwrap();
            fs::write(odd(b"\xd5\xc5.png"), "").unwrap();
            fs::create_dir(odd(b"\xc8\xfd")).unwrap();
            fs::write(odd(b"\xc8\xfd").join("in.md"), "").unwrap();
            let walk = walk(root.path(), &Filter::default()).unwrap();
            assert_eq!(paths(&walk), ["a.md"]);
            let codes: Vec<_> = walk.diagnostics.iter().map(|d| d.code).collect();
            assert_eq!(codes, ["name-not-utf-8"; 2]);
        }

        #[test]
        fn a_pipe_with_the_name_of_a_note_is_said_and_skipped() {
            let root = vault(&["a.md"]);
            let made = std::process::Command::new("mkfifo").arg(root.path().join("x.md")).status().unwrap();
            assert!(made.success());
            let walk = walk(root.path(), &Filter::default()).unwrap();
            assert_eq!((paths(&walk), said(&walk)), (vec!["a.md"], vec![("note-not-a-file", "x.md")]));
        }

        #[test]
        fn a_closed_folder_is_said_and_the_rest_is_read() {
            let root = vault(&["a.md", "closed/b.md", "z.md"]);
            let closed = root.path().join("closed");
            fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
            let open_to_root = fs::read_dir(&closed).is_ok();
            let walk = walk(root.path(), &Filter::default()).unwrap();
            fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
            if open_to_root {
                println!("a_closed_folder_is_said: not tried, as this user may read everything");
                return;
            }
            assert_eq!((paths(&walk), said(&walk)), (vec!["a.md", "z.md"], vec![("folder-unreadable", "closed")]));
        }

        #[test]
        fn twins_by_case_are_both_read_and_twins_by_normal_form_once_by_their_own_bytes() {
            let composed = "caf\u{e9}.md";
            let decomposed = "cafe\u{301}.md";
            let upper = ["CAF\u{c9}.md", "CAFE\u{301}.md"];
            let root = vault(&["Ann.md", "ann.md", decomposed, composed, "日记/e\u{301}.md", upper[0], upper[1]]);
            if fs::read_dir(root.path()).unwrap().count() < 7 {
                println!("twins: not tried, as this disk takes the names for one");
                return;
            }
            let walk = walk(root.path(), &Filter::default()).unwrap();
            assert_eq!(paths(&walk), ["Ann.md", upper[0], "ann.md", composed, "日记/\u{e9}.md"]);
            let (same, twin) = ("name-same", "name-twin");
            assert_eq!(said(&walk), [(same, upper[0]), (twin, "ann.md"), (same, composed), (twin, composed)]);
            assert!(walk.notes[1].os_path.ends_with(upper[0]));
            assert!(walk.notes[3].os_path.ends_with(composed));
            assert!(walk.notes[4].os_path.ends_with("e\u{301}.md"), "opened by its own bytes");
        }

        #[test]
        fn names_equal_only_by_compatibility_are_no_twins() {
            let root = vault(&["①.md", "1.md", "a  b.md", "a b.md"]);
            assert_eq!(said(&walk(root.path(), &Filter::default()).unwrap()), []);
        }
    }

    #[test]
    fn the_real_vaults_are_walked_whole() {
        let Some(corpora) = std::env::var_os("VAULT_SCAN_CORPORA") else {
            println!("the_real_vaults_are_walked_whole: not tried, VAULT_SCAN_CORPORA is not set");
            return;
        };
        for name in ["kepano", "obsidian-tasks-test-data", "vcf-contacts", "digitalgov-authors"] {
            let walk = walk(&Path::new(&corpora).join(name), &Filter::default()).unwrap();
            println!("{name}: {} notes, {:?}", walk.notes.len(), said(&walk));
            assert!(walk.notes.len() > 3, "{name}");
            assert_eq!(said(&walk), [], "{name}");
            for found in &walk.notes {
                assert!(
                    matches!(super::super::read::read_note(found), super::super::read::NoteRead::Text(..)),
                    "{found:?}"
                );
            }
        }
    }
}
