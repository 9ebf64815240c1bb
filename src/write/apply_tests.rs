//! What a real folder looks like before and after.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use super::super::generated::{GeneratedFile, Presence};
use super::*;
use crate::disk::real::RealDisk;
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::state::record::KeptAs;
use crate::vocabulary::Vocabulary;

const AGENDA: &str = "Reports/Agenda.md";

fn file(path: &str, body: &str) -> GeneratedFile {
    GeneratedFile::new(TargetPath::new(path).unwrap(), "agenda", "", body, Presence::Always).unwrap()
}

fn with_writer<T>(root: &Path, act: impl FnOnce(&Writer<'_>) -> T) -> T {
    let real = root.canonicalize().unwrap_or_else(|_| root.into());
    let state = State::new(Arc::new(RealDisk), &real.with_file_name("state"), root);
    let tasks = TasksSettings::default();
    let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks: &tasks };
    act(&Writer { disk: &RealDisk, root, state: &state, context })
}

fn apply(root: &Path, plan: &Plan) -> Outcome {
    with_writer(root, |writer| writer.apply(plan))
}

fn planned(root: &Path, path: &str, body: &str) -> Plan {
    with_writer(root, |writer| writer.plan(vec![Intent::Report(file(path, body))]))
}

/// One run, as a command makes it; gives the refusal if there is one.
fn run(root: &Path, path: &str, body: &str) -> Option<Refusal> {
    let mut plan = planned(root, path, body);
    let mut outcome = apply(root, &plan);
    assert!(plan.failed.is_empty() && outcome.failed.is_empty(), "{plan:?} {outcome:?}");
    plan.refused.append(&mut outcome.refused);
    plan.refused.pop().map(|(_, refusal)| refusal)
}

/// A vault in a folder that goes away with it; beside it is our own folder.
struct Vault {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Vault {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault");
        fs::create_dir(&path).unwrap();
        Vault { folder, path }
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn state(&self) -> State {
        let home = self.folder.path().canonicalize().unwrap().join("state");
        State::new(Arc::new(RealDisk), &home, &self.path)
    }

    /// Every kept file with its bytes.
    fn kept(&self) -> Vec<(KeptAs, Vec<u8>)> {
        let state = self.state();
        let records = state.listing().unwrap().records.into_iter();
        records.filter_map(|record| Some((record.kept_as, state.kept_bytes(&record.id).ok()?))).collect()
    }
}

/// A vault that holds the agenda with the body `one`.
fn vault() -> Vault {
    let vault = Vault::empty();
    assert_eq!(run(vault.path(), AGENDA, "one"), None);
    vault
}

/// Every path below `root` with its bytes; folders and links have none.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            }
            found.insert(entry.path(), if kind.is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() });
        }
    }
    found
}

fn refuses(root: &Path, path: &str, refusal: &Refusal) {
    let before = snapshot(root);
    assert_eq!(run(root, path, "two").as_ref(), Some(refusal));
    assert_eq!(snapshot(root), before);
}

fn agenda_of(root: &Path) -> String {
    fs::read_to_string(root.join(AGENDA)).unwrap()
}

#[test]
fn the_folder_is_made_the_file_written_and_nothing_left_behind() {
    let vault = vault();
    assert_eq!(run(vault.path(), AGENDA, "two"), None);
    assert!(agenda_of(vault.path()).contains("\ntwo\n"));
    assert_eq!(snapshot(vault.path()).len(), 2);
    assert_eq!(run(vault.path(), "a/b/c.md", "deep"), None);
    assert!(vault.path().join("a/b/c.md").is_file());
}

#[test]
fn a_second_run_touches_nothing() {
    let vault = vault();
    let path = vault.path().join(AGENDA);
    let before = fs::metadata(&path).unwrap();
    let plan = planned(vault.path(), AGENDA, "one");
    assert_eq!((plan.changes.len(), plan.unchanged.len()), (0, 1));
    assert!(apply(vault.path(), &plan).written.is_empty());
    let after = fs::metadata(&path).unwrap();
    assert_eq!(after.modified().unwrap(), before.modified().unwrap());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::ino(&after), std::os::unix::fs::MetadataExt::ino(&before));
}

#[test]
fn files_that_are_not_ours_or_damaged_stay_as_they_are() {
    let vault = vault();
    let good = agenda_of(vault.path());
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let missing = Refusal::MarkerMissing { marker: "<!-- vault-scan:end agenda -->".into() };
    let cases = [
        (b"# my own agenda\n".to_vec(), Refusal::Foreign),
        (Vec::new(), Refusal::Foreign),
        (utf16, Refusal::Utf16),
        (good.replace("end agenda", "end").into_bytes(), missing),
        (format!("{good}<<<<<<< HEAD\n").into_bytes(), Refusal::MergeMarkers { line: good.lines().count() + 1 }),
    ];
    for (bytes, refusal) in cases {
        fs::write(vault.path().join(AGENDA), bytes).unwrap();
        refuses(vault.path(), AGENDA, &refusal);
    }
}

#[test]
fn a_rivals_save_between_plan_and_write_is_merged_not_lost() {
    let vault = vault();
    let plan = planned(vault.path(), AGENDA, "two");
    fs::write(vault.path().join(AGENDA), agenda_of(vault.path()) + "saved meanwhile\n").unwrap();
    let outcome = apply(vault.path(), &plan);
    assert_eq!(outcome.written.len(), 1);
    let text = agenda_of(vault.path());
    assert!(text.contains("\ntwo\n") && text.ends_with("saved meanwhile\n"));
}

#[test]
fn a_file_that_appears_between_plan_and_write_is_not_overwritten() {
    let vault = Vault::empty();
    let late = planned(vault.path(), AGENDA, "one");
    assert_eq!(run(vault.path(), AGENDA, "one"), None);
    assert_eq!(apply(vault.path(), &late).unchanged.len(), 1);
    fs::write(vault.path().join(AGENDA), "# mine\n").unwrap();
    assert_eq!(apply(vault.path(), &late).refused[0].1, Refusal::Foreign);
    assert_eq!(agenda_of(vault.path()), "# mine\n");
}

#[test]
fn a_file_deleted_between_plan_and_write_is_made_again() {
    let vault = vault();
    let plan = planned(vault.path(), AGENDA, "two");
    fs::remove_file(vault.path().join(AGENDA)).unwrap();
    assert!(matches!(apply(vault.path(), &plan).written[0].edit, Edit::Create { .. }));
}

#[test]
fn names_that_are_one_file_elsewhere_are_refused() {
    let vault = Vault::empty();
    fs::create_dir(vault.path().join("Reports")).unwrap();
    fs::write(vault.path().join("Reports/agenda.MD"), "mine").unwrap();
    if vault.path().join("Reports/AGENDA.md").exists() {
        return; // This disk folds case: there are no twins on it.
    }
    refuses(vault.path(), AGENDA, &Refusal::Twin { name: "agenda.MD".into() });
    refuses(vault.path(), "reports/Stale.md", &Refusal::Twin { name: "Reports".into() });
    fs::write(vault.path().join(AGENDA), "mine too").unwrap();
    refuses(vault.path(), AGENDA, &Refusal::Twin { name: "agenda.MD".into() });
}

#[test]
fn a_name_with_its_letters_composed_differently_is_opened_by_its_own_bytes() {
    let vault = Vault::empty();
    let folder = vault.path().join("Re\u{301}seau");
    fs::create_dir(&folder).unwrap();
    assert_eq!(run(vault.path(), "R\u{e9}seau/Agenda.md", "one"), None);
    fs::rename(folder.join("Agenda.md"), folder.join("E\u{301}t\u{e9}.md")).unwrap();
    assert_eq!(run(vault.path(), "R\u{e9}seau/\u{c9}t\u{e9}.md", "two"), None);
    assert_eq!(snapshot(vault.path()).len(), 2);
}

#[test]
fn a_folder_or_a_file_in_the_way_is_refused() {
    let vault = vault();
    fs::create_dir(vault.path().join("Reports/Plan.md")).unwrap();
    refuses(vault.path(), "Reports/Plan.md", &Refusal::NotAFile);
    refuses(vault.path(), "Reports/Agenda.md/x.md", &Refusal::NotAFolder { name: "Agenda.md".into() });
}

#[test]
fn a_vault_that_is_not_there_is_a_failure_not_a_new_folder() {
    let vault = Vault::empty();
    let gone = vault.path().join("gone");
    assert_eq!(planned(&gone, AGENDA, "one").failed.len(), 1);
    assert_eq!(apply(&gone, &planned(vault.path(), AGENDA, "one")).failed.len(), 1);
    assert!(!gone.exists());
}

#[test]
fn temporary_files_of_a_crash_are_cleared_by_the_next_run_even_if_it_writes_nothing() {
    let vault = vault();
    let reports = vault.path().join("Reports");
    for body in ["one", "two"] {
        let names = [".vs-aaaaaaaaaa.tmp", ".vs-bbbbbbbbbb.tmp", ".vs-notes.md", ".vs-short.tmp"];
        let [_, alive, ..] = names.map(|name| {
            let mut file = File::create(reports.join(name)).unwrap();
            file.write_all(body.as_bytes()).unwrap();
            file
        });
        alive.lock().unwrap();
        File::create(reports.join(".vs-cccccccccc.tmp")).unwrap();
        assert_eq!(run(vault.path(), AGENDA, body), None);
        let exists = names.map(|name| reports.join(name).exists());
        assert_eq!(exists, [false, true, true, true], "{body}: only what nobody is writing goes");
        assert!(!reports.join(".vs-cccccccccc.tmp").exists(), "an empty file goes");
        assert!(vault.kept().contains(&(KeptAs::Stray, body.into())), "{body}: it is kept");
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn the_mode_is_kept_and_a_new_file_gets_that_of_any_new_file() {
        let vault = vault();
        let path = vault.path().join(AGENDA);
        let plain = vault.path().join("plain");
        File::create(&plain).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode(), fs::metadata(&plain).unwrap().mode());
        for (mode, body) in [(0o640, "two"), (0o755, "three"), (0o600, "four"), (0o664, "five")] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(run(vault.path(), AGENDA, body), None);
            assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, mode);
        }
    }

    #[test]
    fn a_link_inside_the_vault_is_written_beside_the_real_file() {
        let vault = vault();
        fs::create_dir(vault.path().join("real")).unwrap();
        fs::rename(vault.path().join(AGENDA), vault.path().join("real/a.md")).unwrap();
        symlink("../real/a.md", vault.path().join(AGENDA)).unwrap();
        assert_eq!(run(vault.path(), AGENDA, "two"), None);
        assert!(vault.path().join(AGENDA).is_symlink());
        assert!(fs::read_to_string(vault.path().join("real/a.md")).unwrap().contains("\ntwo\n"));
    }

    #[test]
    fn links_out_of_the_vault_and_to_nowhere_are_refused() {
        let vault = vault();
        let outside = tempfile::tempdir().unwrap();
        fs::copy(vault.path().join(AGENDA), outside.path().join("a.md")).unwrap();
        fs::remove_file(vault.path().join(AGENDA)).unwrap();
        symlink(outside.path().join("a.md"), vault.path().join(AGENDA)).unwrap();
        symlink(outside.path(), vault.path().join("Out")).unwrap();
        symlink("nowhere", vault.path().join("Reports/Plan.md")).unwrap();
        let before = snapshot(outside.path());
        refuses(vault.path(), AGENDA, &Refusal::LinkOutside);
        refuses(vault.path(), "Out/a.md", &Refusal::LinkOutside);
        refuses(vault.path(), "Out/new.md", &Refusal::LinkOutside);
        refuses(vault.path(), "Reports/Plan.md", &Refusal::LinkBroken);
        assert_eq!(snapshot(outside.path()), before);
    }

    #[test]
    fn a_vault_reached_through_a_link_is_a_vault() {
        let vault = vault();
        let other = tempfile::tempdir().unwrap();
        symlink(vault.path(), other.path().join("vault")).unwrap();
        assert_eq!(run(&other.path().join("vault"), AGENDA, "two"), None);
    }

    #[test]
    fn read_only_and_hard_linked_files_are_refused_only_when_they_would_change() {
        let vault = vault();
        let path = vault.path().join(AGENDA);
        fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
        refuses(vault.path(), AGENDA, &Refusal::ReadOnly);
        assert_eq!(run(vault.path(), AGENDA, "one"), None);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        fs::hard_link(&path, vault.path().join("second name")).unwrap();
        refuses(vault.path(), AGENDA, &Refusal::HardLinks { count: 2 });
        assert_eq!(run(vault.path(), AGENDA, "one"), None);
    }

    #[test]
    fn a_pipe_in_the_way_is_refused_without_waiting_for_it() {
        let vault = vault();
        assert!(Command::new("mkfifo").arg(vault.path().join("Reports/Plan.md")).status().unwrap().success());
        refuses(vault.path(), "Reports/Plan.md", &Refusal::NotAFile);
    }

    #[test]
    fn a_pipe_or_a_link_by_the_name_of_a_temporary_file_is_left_alone_without_waiting() {
        let vault = vault();
        let [pipe, link] = [".vs-0000000000.tmp", ".vs-0000000001.tmp"].map(|name| vault.path().join(name));
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        symlink(AGENDA, &link).unwrap();
        let started = with_writer(vault.path(), |writer| writer.start(&[pipe.clone(), link.clone()]));
        assert!(started.failed.is_empty(), "{started:?}");
        assert!(pipe.symlink_metadata().is_ok() && link.is_symlink());
    }

    #[test]
    fn a_second_name_that_a_crash_left_goes_and_the_note_is_one_file_again() {
        let vault = vault();
        let temp = vault.path().join("Reports/.vs-0000000000.tmp");
        fs::hard_link(vault.path().join(AGENDA), &temp).unwrap();
        let started = with_writer(vault.path(), |writer| writer.start(std::slice::from_ref(&temp)));
        assert!(started.failed.is_empty() && !temp.exists(), "{started:?}");
        assert_eq!(run(vault.path(), AGENDA, "two"), None);
    }

    #[test]
    fn a_folder_that_may_not_be_written_leaves_the_old_file() {
        let vault = vault();
        let reports = vault.path().join("Reports");
        let plan = planned(vault.path(), AGENDA, "two");
        fs::set_permissions(&reports, Permissions::from_mode(0o555)).unwrap();
        let allowed_anyway = File::create(reports.join("probe")).is_ok(); // The superuser may.
        let before = snapshot(vault.path());
        if !allowed_anyway {
            assert_eq!(apply(vault.path(), &plan).failed.len(), 1);
            assert_eq!(snapshot(vault.path()), before);
        }
        fs::set_permissions(&reports, Permissions::from_mode(0o755)).unwrap();
    }

    /// Run by the next test in a process of its own, in a vault whose file sizes are limited to 4 or 8 kB.
    #[test]
    #[ignore = "needs a limit on file sizes"]
    fn in_a_full_vault() {
        let vault = Path::new(".");
        let before = snapshot(vault);
        let outcome = apply(vault, &planned(vault, AGENDA, &"long line\n".repeat(10_000)));
        assert_eq!((outcome.written.len(), outcome.failed.len()), (0, 1), "{outcome:?}");
        let outcome = apply(vault, &planned(vault, "Reports/New.md", &"long line\n".repeat(10_000)));
        assert_eq!((outcome.written.len(), outcome.failed.len()), (0, 1), "{outcome:?}");
        assert_eq!(snapshot(vault), before);
    }

    #[test]
    fn a_full_disk_leaves_the_old_file_and_no_temporary_one() {
        let vault = vault();
        let before = snapshot(vault.path());
        let test = "write::apply::tests::unix::in_a_full_vault";
        let script = format!("trap '' XFSZ; ulimit -f 8; exec \"$0\" --exact {test} --ignored --nocapture");
        let binary = fs::read_link("/proc/self/exe");
        let Ok(binary) = binary else { return };
        let output = Command::new("sh").arg("-c").arg(script).arg(binary).current_dir(vault.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{output:?}");
        assert_eq!(snapshot(vault.path()), before);
    }
}
