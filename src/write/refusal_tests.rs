//! Every refusal, on the real disk: the reason is named, and no byte of anything changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use super::apply::Writer;
use super::context::WriteContext;
use super::intent::{Intent, Log, LogLine, NewNote, TaskChange, TaskEdit};
use super::refusal::Refusal;
use super::target::TargetPath;
use crate::disk::faulty::{Fault, FaultyDisk};
use crate::disk::real::RealDisk;
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::model::path::NotePath;
use crate::state::folder::State;
use crate::vocabulary::Vocabulary;

const NOTE: &str = "---\nname: 张三\n---\n\n## 记录\n- 2026-11-01 午餐\n";
const PATH: &str = "People/张三.md";
const MERGE: &str = "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> phone\n";

/// A vault with one note, and nothing that takes long.
struct Vault {
    folder: tempfile::TempDir,
}

impl Vault {
    fn new() -> Self {
        let vault = Vault { folder: tempfile::tempdir().unwrap() };
        fs::create_dir_all(vault.path("People")).unwrap();
        vault.put(PATH, NOTE);
        vault
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("vault").join(path)
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(path), bytes).unwrap();
    }

    /// Each file with its SHA-256 and the time it was written; folders and links have the time alone.
    fn hashes(&self) -> BTreeMap<PathBuf, (String, std::time::SystemTime)> {
        let entries = walkdir::WalkDir::new(self.folder.path().join("vault")).into_iter().map(Result::unwrap);
        let hash = |path: &Path| Sha256::digest(fs::read(path).unwrap()).iter().map(|b| format!("{b:02x}")).collect();
        let seen = entries.filter(|entry| !entry.file_type().is_dir()).map(|entry| {
            let hash = if entry.file_type().is_file() { hash(entry.path()) } else { String::new() };
            (entry.path().to_owned(), (hash, entry.metadata().unwrap().modified().unwrap()))
        });
        seen.collect()
    }

    fn with_writer<T>(&self, fault: Fault, act: impl FnOnce(&Writer<'_>) -> T) -> T {
        let disk = FaultyDisk::new(Arc::new(RealDisk), fault);
        let root = self.path("");
        let state = State::new(Arc::new(disk.clone()), &self.folder.path().join("state"), &root);
        let tasks = TasksSettings::default();
        let context = WriteContext { words: Vocabulary::built_in(), language: Language::Chinese, tasks: &tasks };
        act(&Writer { disk: &disk, root: &root, state: &state, context })
    }

    /// Plans and writes; gives why not.
    fn refused(&self, fault: Fault, intent: Intent) -> Option<Refusal> {
        self.with_writer(fault, |writer| {
            let mut plan = writer.plan(vec![intent]);
            let mut outcome = writer.apply(&plan);
            assert!(plan.failed.is_empty() && outcome.failed.is_empty(), "{plan:?} {outcome:?}");
            plan.refused.append(&mut outcome.refused);
            plan.refused.pop().map(|(_, refusal)| refusal)
        })
    }

    fn refuses(&self, fault: Fault, intent: Intent, refusal: &Refusal) {
        let before = self.hashes();
        assert_eq!(self.refused(fault, intent).as_ref(), Some(refusal));
        assert!(self.hashes() == before, "{refusal:?}: something changed");
    }
}

fn log(path: &str) -> Intent {
    let target = TargetPath::existing(&NotePath::new(path)).unwrap();
    let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let line = LogLine { date, channel: None, text: "通话".into(), nested: Vec::new(), id: None };
    Intent::Log(Log { target, lines: vec![line] })
}

#[test]
fn notes_whose_bytes_are_not_certain_stay_as_they_are() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(NOTE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gbk = [NOTE.as_bytes(), &[0xd5, 0xc5, 0xc8, 0xfd]].concat();
    let large = format!("{NOTE}{}", "x".repeat(4_000_000));
    let (_, body) = NOTE.split_once("\n\n").unwrap();
    let cases: Vec<(Vec<u8>, Refusal)> = vec![
        (utf16, Refusal::Utf16),
        (gbk, Refusal::NotUtf8),
        (format!("{NOTE}\0").into(), Refusal::NulByte),
        (NOTE.replace('\n', "\r").into(), Refusal::LoneCarriageReturn),
        (NOTE.replacen("\n---\n", "\n", 1).into(), Refusal::OpenFrontMatter),
        (format!("\n\n{NOTE}").into(), Refusal::BlankBeforeFrontMatter),
        (format!("{NOTE}{MERGE}").into(), Refusal::MergeMarkers { line: 7 }),
        (format!("---\nname: 张三\n{MERGE}---\n{body}").into(), Refusal::MergeMarkers { line: 3 }),
        (large.clone().into(), Refusal::TooLarge { bytes: large.len() as u64 }),
    ];
    for (bytes, refusal) in cases {
        let vault = Vault::new();
        vault.put(PATH, bytes);
        vault.refuses(Fault::Hasty, log(PATH), &refusal);
    }
}

#[test]
fn notes_that_stand_in_two_versions_stay_as_they_are() {
    let copies = [
        ("张三 (Conflicted copy MyMac 202611201430).md", "other"),
        ("张三.sync-conflict-20261120-143000-ABCDEFG.md", "other"),
        ("张三（李四的冲突副本 2026-11-20）.md", "other"),
        ("张三-HOST.md", NOTE),
        ("张三 2.md", NOTE),
    ];
    for (name, text) in copies {
        let vault = Vault::new();
        vault.put(&format!("People/{name}"), text);
        vault.refuses(Fault::Hasty, log(PATH), &Refusal::ConflictCopy { name: name.into() });
        vault.put(&format!("People/{name}"), "# something else\n\nwith its own lines\n");
        let by_name_alone = text == "other";
        assert_eq!(vault.refused(Fault::Hasty, log(PATH)).is_some(), by_name_alone, "{name}");
    }
    let vault = Vault::new();
    vault.put("People/Anna.md", NOTE);
    vault.put("People/anna.md", NOTE);
    if vault.hashes().len() == 3 {
        vault.refuses(Fault::Hasty, log("People/Anna.md"), &Refusal::Twin { name: "anna.md".into() });
    }
}

#[test]
fn what_is_no_note_of_this_vault_stays_as_it_is() {
    let vault = Vault::new();
    fs::create_dir(vault.path("People/folder.md")).unwrap();
    vault.refuses(Fault::Hasty, log("People/folder.md"), &Refusal::NotAFile);
    vault.refuses(Fault::Hasty, log("People/nobody.md"), &Refusal::Gone);
    vault.refuses(Fault::Hasty, log("People/张三.md/x.md"), &Refusal::NotAFolder { name: "张三.md".into() });
    vault.refuses(Fault::Placeholder, log(PATH), &Refusal::Placeholder);
    vault.refuses(Fault::BusyExchange, log(PATH), &Refusal::InUse);
    let text = String::from("---\n---\n");
    let new = |path: &str| Intent::Note(NewNote { target: TargetPath::new(path).unwrap(), text: text.clone() });
    vault.refuses(Fault::Hasty, new(PATH), &Refusal::Exists);
    vault.put("People/Anna.md", NOTE);
    if !vault.path("People/anna.md").exists() {
        vault.refuses(Fault::Hasty, new("People/anna.md"), &Refusal::Twin { name: "Anna.md".into() });
    }
    fs::create_dir_all(vault.path(".git/rebase-merge")).unwrap();
    vault.refuses(Fault::Hasty, log(PATH), &Refusal::GitAtWork { file: "rebase-merge".into() });
    vault.refuses(Fault::Hasty, new("People/新人.md"), &Refusal::GitAtWork { file: "rebase-merge".into() });
}

#[test]
fn a_log_line_and_a_task_for_one_note_both_land_on_their_own_lines() {
    let vault = Vault::new();
    let twice = format!("{NOTE}\n## 任务\n- [ ] 回电\n- [ ] 回电\n");
    vault.put(PATH, &twice);
    let target = TargetPath::existing(&NotePath::new(PATH)).unwrap();
    let change = TaskChange::Done(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
    let read_from = Some(Sha256::digest(&twice).into());
    let task = |number| {
        let line = String::from("- [ ] 回电");
        Intent::Task(TaskEdit { target: target.clone(), line, number, read_from, change })
    };
    vault.with_writer(Fault::Hasty, |writer| {
        let plan = writer.plan(vec![log(PATH), task(10), log(PATH), task(9)]);
        assert_eq!((plan.changes.len(), plan.refused.len()), (4, 0), "{plan:?}");
        let outcome = writer.apply(&plan);
        assert_eq!(outcome.written.len(), 4, "{outcome:?}");
    });
    let text = fs::read_to_string(vault.path(PATH)).unwrap();
    assert_eq!((text.matches("[x] 回电").count(), text.matches("通话").count()), (2, 2), "{text}");
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn links_and_locked_notes_stay_as_they_are() {
        let vault = Vault::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("a.md"), NOTE).unwrap();
        symlink(outside.path().join("a.md"), vault.path("People/out.md")).unwrap();
        symlink("nowhere.md", vault.path("People/broken.md")).unwrap();
        vault.refuses(Fault::Hasty, log("People/out.md"), &Refusal::LinkOutside);
        vault.refuses(Fault::Hasty, log("People/broken.md"), &Refusal::LinkBroken);
        assert_eq!(fs::read_to_string(outside.path().join("a.md")).unwrap(), NOTE);
        fs::set_permissions(vault.path(PATH), Permissions::from_mode(0o444)).unwrap();
        vault.refuses(Fault::Hasty, log(PATH), &Refusal::ReadOnly);
        fs::set_permissions(vault.path(PATH), Permissions::from_mode(0o644)).unwrap();
        fs::hard_link(vault.path(PATH), vault.path("second name")).unwrap();
        vault.refuses(Fault::Hasty, log(PATH), &Refusal::HardLinks { count: 2 });
    }

    #[test]
    fn a_note_keeps_its_mode_attributes_and_link_and_names_nobody_would_make() {
        let vault = Vault::new();
        let long = format!("People/{}.md", "长".repeat(84));
        for path in [&long, "People/what?.md", "People/dots....md", "People/E\u{301}mile.md"] {
            vault.put(path, NOTE);
            fs::set_permissions(vault.path(path), Permissions::from_mode(0o640)).unwrap();
            let has_attributes = xattr::set(vault.path(path), "user.colour", b"red").is_ok();
            assert_eq!(vault.refused(Fault::Hasty, log(path)), None, "{path}");
            assert_ne!(fs::read_to_string(vault.path(path)).unwrap(), NOTE, "{path}");
            assert_eq!(fs::metadata(vault.path(path)).unwrap().mode() & 0o7777, 0o640, "{path}");
            if has_attributes {
                assert_eq!(xattr::get(vault.path(path), "user.colour").unwrap().as_deref(), Some(&b"red"[..]));
            }
        }
        fs::create_dir(vault.path("real")).unwrap();
        vault.put("real/a.md", NOTE);
        symlink("../real/a.md", vault.path("People/linked.md")).unwrap();
        assert_eq!(vault.refused(Fault::Hasty, log("People/linked.md")), None);
        assert!(vault.path("People/linked.md").is_symlink());
        assert_ne!(fs::read_to_string(vault.path("real/a.md")).unwrap(), NOTE);
        assert_eq!(fs::read_dir(vault.path("real")).unwrap().count(), 1);
    }

    #[test]
    fn an_editor_that_still_holds_the_old_note_open_saves_into_recovery() {
        use std::io::Write as _;
        let vault = Vault::new();
        let mut editor = fs::OpenOptions::new().append(true).open(vault.path(PATH)).unwrap();
        assert_eq!(vault.refused(Fault::Hasty, log(PATH)), None);
        editor.write_all(b"saved late\n").unwrap();
        let kept = vault.with_writer(Fault::Hasty, |writer| {
            let listing = writer.state.listing().unwrap();
            writer.state.kept_bytes(&listing.copies[0].id).unwrap()
        });
        assert_eq!(String::from_utf8(kept).unwrap(), format!("{NOTE}saved late\n"));
    }
}
