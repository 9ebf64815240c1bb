//! What is kept equals a fresh reading, whatever was done to the vault.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof};
use proptest::{collection, prop_assert_eq, proptest};
use tempfile::TempDir;

use super::known::{Fresh, NOT_DOWNLOADED, fresh};
use super::*;
use crate::app::load::Loaded;
use crate::app::reports::Output;
use crate::cli::config::ConfigFile;
use crate::cli::settings::resolve;
use crate::index::record::Index;
use crate::model::diagnostic::Finding;
use crate::model::today::Today;
use crate::render::report_files::ReportFile;
use crate::vault::read::NoteRead;
use crate::watch::look::Look;
use crate::watch::moment::Now;

/// Names that meet: twins by case, stems in two folders, names of copies, a name that hides a folder.
const NAMES: [&str; 14] = [
    "People/张三.md",
    "People/张三 2.md",
    "People/张三-PC.md",
    "People/张三.sync-conflict-20261120-143000-ABCDEFG.md",
    "Old/张三.md",
    "People/Ann.md",
    "People/ann.md",
    "People/Bob (Conflicted copy MyMac 202611201430).md",
    "People/Bob.md",
    "2026-11-18.md",
    "Daily/2026-11-19.md",
    "Me.md",
    "People/deep/er/Eve.md",
    "People/notes.txt",
];

const TEXTS: [&str; 12] = [
    "---\ntype: person\ncadence: 2w\naliases: [老张, ZS]\n---\n# x\n\n## Log\n- 2026-11-01 lunch: talked #got/intro\n- [ ] send the book 📅 2026-11-25\n",
    "---\ntype: person\ncadence: monthly\nintroduced_by: \"[[Bob]]\"\n---\n## Log\n- 2026-10-02 met\n",
    "---\ntype: me\nname: Me\n---\n",
    "- 09:30 lunch: with [[张三]] and [[Bob]]\n- call: [[老张]]\n- [ ] write to [[Ann]]\n",
    "---\ntype: person\nlast_contact: 2026-01-01\nbirthday: nonsense\n---\n- 2026-11-03 call: [[张三]]\n",
    "<<<<<<< a\n- 2026-11-03 x\n=======\n>>>>>>> b\n",
    "---\ntype: meeting\ndate: 2026-11-21\nattendees: [\"[[Bob]]\", \"[[ZS]]\"]\n---\n",
    "nothing in particular\n",
    // The alias of another, their tasks done and to do, ties both ways, an answer of the agenda.
    "---\ntype: person\nname: 安\naliases: [ZS, Bob]\nrelations:\n  - \"[[张三]]\"\nmanager: \"[[Eve]]\"\n---\n## Log\n- 2026-11-19 call: x ^vs-0badcafe\n- 2026-11-18 #snooze\n- [x] send ✅ 2026-11-20\n- [ ] write 📅 2026-11-21\n",
    "---\ntype: person\nlast_contact: 2026-10-01\n---\n## Log\n- 2026-11-19 lunch: [[ZS]] [[老张]] ^vs-0badcafe\n- [ ] with [[张三]]\n- [-] not [[Bob]]\n",
    "---\ntype: meeting\ndate: 2026-11-18\n---\n- [[张三]] and [[ann]] came\n- 2026-11-17 call: [[老张]]\n",
    "[[张三]] without a day, [[ZS]] too\n- [x] told [[Eve]] ✅ 2026-11-20\n",
];

/// Something done to the vault.
#[derive(Clone, Debug)]
enum Act {
    Write(usize, usize),
    Append(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    RenameFolder,
    Touch(usize),
    Bytes(usize),
    /// A look without any word of what happened.
    Reconcile,
    LookAtEveryByte,
}

fn act() -> impl Strategy<Value = Act> {
    let (name, text) = (0..NAMES.len(), 0..TEXTS.len());
    prop_oneof![
        6 => (name.clone(), text.clone()).prop_map(|(name, text)| Act::Write(name, text)),
        2 => (name.clone(), text).prop_map(|(name, text)| Act::Append(name, text)),
        3 => name.clone().prop_map(Act::Remove),
        3 => (name.clone(), name.clone()).prop_map(|(from, to)| Act::Rename(from, to)),
        1 => Just(Act::RenameFolder),
        1 => name.clone().prop_map(Act::Touch),
        1 => name.prop_map(Act::Bytes),
        1 => Just(Act::Reconcile),
        1 => Just(Act::LookAtEveryByte),
    ]
}

/// Does it; the files an event would name.
fn perform(root: &Path, act: &Act) -> Option<Look> {
    let at = |name: &usize| root.join(NAMES[*name]);
    let make = |path: &Path| fs::create_dir_all(path.parent().unwrap()).unwrap();
    let files = |paths: &[PathBuf]| Some(Look::Files(paths.iter().cloned().collect()));
    match act {
        Act::Write(name, text) => {
            make(&at(name));
            fs::write(at(name), TEXTS[*text]).unwrap();
            files(&[at(name)])
        }
        Act::Append(name, text) => {
            let before = fs::read(at(name)).unwrap_or_default();
            make(&at(name));
            fs::write(at(name), [&before, TEXTS[*text].as_bytes()].concat()).unwrap();
            files(&[at(name)])
        }
        Act::Remove(name) => {
            let _ = fs::remove_file(at(name));
            files(&[at(name)])
        }
        Act::Rename(from, to) => {
            make(&at(to));
            let _ = fs::rename(at(from), at(to));
            files(&[at(from), at(to)])
        }
        Act::RenameFolder => {
            let [a, b] = [root.join("People/deep"), root.join("Moved")];
            let _ = if a.exists() { fs::rename(&a, &b) } else { fs::rename(&b, &a) };
            Some(Look::Everything(BTreeSet::new()))
        }
        Act::Touch(name) => {
            if let Ok(bytes) = fs::read(at(name)) {
                fs::write(at(name), bytes).unwrap();
            }
            files(&[at(name)])
        }
        Act::Bytes(name) => {
            make(&at(name));
            fs::write(at(name), b"\xd5\xc5\xc8\xfd").unwrap();
            files(&[at(name)])
        }
        Act::Reconcile => Some(Look::Everything(BTreeSet::new())),
        Act::LookAtEveryByte => Some(Look::EveryByte),
    }
}

fn options() -> Options {
    resolve(&ConfigFile::default(), Default::default()).options
}

fn shown(loaded: &Loaded, day: u32) -> String {
    let today = Today(chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap());
    let report = |report| loaded.report(report, Output::Markdown, today).unwrap();
    let reports = ReportFile::ALL.map(report);
    let Index {
        people,
        owner,
        follow_ups,
        meetings,
        diagnostics,
        dated_diagnostics,
        counts,
        closed,
        affairs,
        answers,
        ledger,
    } = &*loaded.index;
    let index =
        format!("{people:#?}{owner:#?}{follow_ups:#?}{meetings:#?}{diagnostics:#?}{dated_diagnostics:#?}{counts:#?}");
    let index = format!("{index}{affairs:#?}{closed:#?}{answers:#?}{ledger:#?}");
    format!("{}\n{index}\n{:?}{:?}", reports.join("\n"), loaded.language, loaded.shared_stems)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_equals_a_fresh_reading_after_any_edits(
        acts in collection::vec((act(), any::<bool>()), 1..14),
    ) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("People")).unwrap();
        let mut vault = Vault::open(root.path(), options(), SystemTime::now(), &|_| {}).unwrap();
        vault.keep_made();
        let mut waiting: BTreeSet<PathBuf> = BTreeSet::new();
        let mut everything = None;
        for (number, (act, looks)) in acts.iter().enumerate() {
            match perform(root.path(), act) {
                Some(Look::Files(files)) => waiting.extend(files),
                Some(look) if everything != Some(Look::EveryByte) => everything = Some(look),
                _ => {}
            }
            if !looks && number + 1 < acts.len() {
                continue;
            }
            // Longer than an emptied note is waited for.
            let when = at(60 * number as u64);
            vault.update(&Look::Files(std::mem::take(&mut waiting)), when).unwrap();
            if let Some(look) = everything.take() {
                vault.update(&look, when).unwrap();
            }
            let mut fresh = Vault::open(root.path(), options(), UNIX_EPOCH, &|_| {}).unwrap();
            // Some days see several rounds, so that lines are there to be taken.
            let day = 20 + number as u32 / 4;
            prop_assert_eq!(shown(&vault.loaded(), day), shown(&fresh.loaded(), day));
        }
    }
}

fn vault(files: &[(&str, &str)]) -> (TempDir, Vault) {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        fs::create_dir_all(root.path().join(path).parent().unwrap()).unwrap();
        fs::write(root.path().join(path), text).unwrap();
    }
    let vault = Vault::open(root.path(), options(), SystemTime::now(), &|_| {}).unwrap();
    (root, vault)
}

fn at(seconds: u64) -> Now {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    Now { moment: Duration::from_secs(seconds), wall: SystemTime::now(), date, midnight: Duration::from_secs(3600) }
}

fn files(root: &TempDir, names: &[&str]) -> Look {
    Look::Files(names.iter().map(|name| root.path().join(name)).collect())
}

#[test]
fn one_saved_note_costs_one_reading_and_a_note_saved_as_it_was_is_no_news() {
    let (root, mut vault) = vault(&[("People/张三.md", TEXTS[0]), ("People/Bob.md", TEXTS[1]), ("a.md", TEXTS[3])]);
    fs::write(root.path().join("People/Bob.md"), TEXTS[4]).unwrap();
    let updated = vault.update(&files(&root, &["People/Bob.md"]), at(1)).unwrap();
    assert_eq!((updated.opened, updated.changed.len()), (1, 1));
    fs::write(root.path().join("People/Bob.md"), TEXTS[4]).unwrap();
    let updated = vault.update(&files(&root, &["People/Bob.md"]), at(2)).unwrap();
    assert_eq!((updated.opened, updated.is_news()), (1, false));
}

#[test]
fn a_name_that_is_no_note_and_never_was_costs_nothing() {
    let (root, mut vault) = vault(&[("a.md", TEXTS[3])]);
    let updated = vault.update(&files(&root, &["gone.md"]), at(1)).unwrap();
    assert_eq!(updated, Updated::default());
}

#[test]
fn a_note_written_twice_within_what_a_disk_can_tell_apart_is_read_again_though_its_stamp_is_the_same() {
    let (root, mut vault) = vault(&[("a.md", "one\n"), ("b.md", "one\n")]);
    let path = root.path().join("a.md");
    let stamp = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "<<<\n").unwrap();
    fs::File::options().append(true).open(&path).unwrap().set_modified(stamp).unwrap();
    assert!(vault.update(&Look::Everything(BTreeSet::new()), at(1)).unwrap().opened > 0);
    let old = SystemTime::now() + Duration::from_secs(60);
    vault.update(&Look::Everything(BTreeSet::new()), Now { wall: old, ..at(61) }).unwrap();
    let settled = vault.update(&Look::Everything(BTreeSet::new()), Now { wall: old, ..at(62) }).unwrap();
    assert_eq!(settled.opened, 0);
}

#[test]
fn a_note_whose_time_went_back_is_read_again() {
    let (root, mut vault) = vault(&[("a.md", "one\n")]);
    let later = Now { wall: SystemTime::now() + Duration::from_secs(60), ..at(60) };
    vault.update(&Look::Everything(BTreeSet::new()), later).unwrap();
    let path = root.path().join("a.md");
    fs::write(&path, "two\n").unwrap();
    fs::File::options().append(true).open(&path).unwrap().set_modified(UNIX_EPOCH + Duration::from_secs(1)).unwrap();
    let updated = vault.update(&Look::Everything(BTreeSet::new()), later).unwrap();
    assert_eq!((updated.opened, updated.changed.len()), (1, 1));
}

#[test]
fn an_emptied_note_stays_known_for_ten_seconds() {
    let (root, mut vault) = vault(&[("People/Bob.md", TEXTS[1])]);
    fs::write(root.path().join("People/Bob.md"), "").unwrap();
    let look = files(&root, &["People/Bob.md"]);
    let updated = vault.update(&look, at(100)).unwrap();
    assert_eq!((updated.is_news(), updated.again), (false, Some(Duration::from_secs(110))));
    let contacts = |vault: &mut Vault| vault.loaded().index.people.first().map_or(0, |person| person.contacts.len());
    assert_eq!(contacts(&mut vault), 1);
    assert!(!vault.update(&Look::Everything(BTreeSet::new()), at(109)).unwrap().is_news());
    assert_eq!(contacts(&mut vault), 1);
    let updated = vault.update(&Look::Everything(BTreeSet::new()), at(110)).unwrap();
    assert_eq!((updated.is_news(), updated.again), (true, None));
    assert_eq!(contacts(&mut vault), 0);
    fs::write(root.path().join("People/Bob.md"), TEXTS[1]).unwrap();
    assert!(vault.update(&look, at(111)).unwrap().is_news());
    assert_eq!(contacts(&mut vault), 1);
}

#[test]
fn a_note_found_empty_counts_as_half_saved_for_ten_seconds_after_it_was_written() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("People/Bob.md");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let written = SystemTime::now() - Duration::from_secs(3600);
    for (text, age, half) in [("", 0, true), ("", 9, true), ("", 11, false), ("- x\n", 0, false)] {
        fs::write(&path, text).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
        let options = resolve(&ConfigFile::default(), Default::default()).options;
        let wall = written + Duration::from_secs(age);
        let loaded = Vault::open(root.path(), options, wall, &|_| {}).unwrap().loaded();
        let expected = half.then(|| NotePath::new("People/Bob.md"));
        assert_eq!(loaded.half_saved, expected, "{text:?} after {age} s");
    }
}

#[test]
fn a_note_that_a_sync_client_took_off_the_disk_stays_as_it_was_and_is_told() {
    let (_root, vault) = vault(&[("People/Bob.md", TEXTS[1])]);
    let known = vault.known.first().unwrap();
    let gone = NoteRead::Unread(Finding::new(NOT_DOWNLOADED, []));
    let Fresh::Other { note, findings, .. } = fresh(known, gone, known.role.clone(), &vault.context(), at(1)) else {
        panic!("it is told");
    };
    assert_eq!(note, known.note);
    assert_eq!(findings.iter().map(|told| told.code).collect::<Vec<_>>(), [NOT_DOWNLOADED]);
}

#[test]
fn a_note_that_becomes_the_copy_of_another_by_its_text_is_no_person_any_more() {
    let (root, mut vault) = vault(&[("People/Bob.md", TEXTS[1]), ("People/Bob 2.md", TEXTS[0])]);
    assert_eq!(vault.loaded().index.people.len(), 2);
    fs::write(root.path().join("People/Bob.md"), TEXTS[0]).unwrap();
    vault.update(&files(&root, &["People/Bob.md"]), at(1)).unwrap();
    assert_eq!(vault.loaded().index.people.len(), 1);
    fs::write(root.path().join("People/Bob.md"), TEXTS[1]).unwrap();
    vault.update(&files(&root, &["People/Bob.md"]), at(2)).unwrap();
    assert_eq!(vault.loaded().index.people.len(), 2);
}

#[test]
fn a_vault_that_went_away_is_an_error_and_what_was_known_stays() {
    let (root, mut vault) = vault(&[("a.md", "one\n")]);
    let path = root.path().to_owned();
    drop(root);
    let gone = Look::Files(BTreeSet::from([path.join("a.md")]));
    assert!(matches!(vault.update(&gone, at(1)), Err(VaultError::Missing(_))));
    assert_eq!(vault.len(), 1);
}
