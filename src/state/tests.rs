//! The state folder on a real disk: what is kept, in which order it is found, and what survives strangers in it.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::folder::State;
use super::id::{id_at, time_of};
use super::record::{EditKind, Kept, KeptAs, Record, hash};
use super::seen::suddenly_empty;
use crate::disk::real::RealDisk;

struct Place {
    folder: TempDir,
    state: State,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("vault")).unwrap();
        let state = Place::state_in(&folder);
        Place { folder, state }
    }

    fn state_in(folder: &TempDir) -> State {
        State::new(Arc::new(RealDisk), &folder.path().join("home"), &folder.path().join("vault"))
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join("vault").join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn keep(&self, state: &State, path: &str, old: &str, new: &str) -> Record {
        let from = self.file(".vs-0000000001.tmp", old);
        state.keep(&from, &Kept::before(path, EditKind::Log, old.as_bytes(), new.as_bytes())).unwrap()
    }
}

#[test]
fn a_displaced_file_is_moved_itself_and_its_record_says_whose_it_was() {
    let place = Place::new();
    let from = place.file(".vs-0000000001.tmp", "old");
    let open = fs::OpenOptions::new().append(true).open(&from).unwrap();
    let record = place.state.keep(&from, &Kept::before("人脉/张三.md", EditKind::Log, b"old", b"new")).unwrap();
    assert!(!from.exists());
    assert_eq!(place.state.kept_bytes(&record.id).unwrap(), b"old");
    std::io::Write::write_all(&mut &open, b" and what an editor saved late").unwrap();
    assert_eq!(place.state.kept_bytes(&record.id).unwrap(), b"old and what an editor saved late");
    let listing = place.state.listing().unwrap();
    assert_eq!(listing.records, [record]);
    assert_eq!((listing.copies.len(), listing.broken), (1, 0));
}

#[cfg(unix)]
#[test]
fn the_folder_is_the_users_alone_and_no_name_in_it_tells_a_note() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.keep(&place.state, "人脉/张三.md", "a", "b");
    place.state.set_seen(3).unwrap();
    let _lock = place.state.lock().unwrap();
    for entry in walkdir::WalkDir::new(place.folder.path().join("home")) {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if entry.file_type().is_dir() { 0o700 } else { 0o600 }, "{}", entry.path().display());
        assert!(!entry.file_name().to_string_lossy().contains("张三"));
    }
    let name = place.state.folder().file_name().unwrap().to_str().unwrap();
    let real = place.folder.path().join("vault").canonicalize().unwrap();
    assert_eq!(name, &hash(real.as_os_str().as_encoded_bytes())[..16]);
}

#[test]
fn nothing_is_made_until_something_is_kept() {
    let place = Place::new();
    assert_eq!(place.state.seen(), None);
    assert_eq!(place.state.listing().unwrap(), Default::default());
    assert!(place.state.listing().unwrap().runs().is_empty() && place.state.compare_late().unwrap().is_empty());
    assert_eq!(place.state.expire().unwrap(), 0);
    assert!(!place.folder.path().join("home").exists());
}

#[test]
fn many_writers_at_once_never_take_each_others_names() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let state = Place::state_in(&place.folder);
            scope.spawn(move || {
                for n in 0..25 {
                    let text = format!("{thread} {n}");
                    if n % 2 == 0 {
                        state.keep_bytes(text.as_bytes(), &Kept::rival("a.md", EditKind::Log)).unwrap();
                    } else {
                        state.note_created(&Kept::created("a.md", EditKind::Note, text.as_bytes())).unwrap();
                    }
                }
            });
        }
    });
    let listing = place.state.listing().unwrap();
    assert_eq!((listing.records.len(), listing.copies.len(), listing.broken), (200, 104, 0));
    for copy in listing.copies {
        let bytes = place.state.kept_bytes(&copy.id).unwrap();
        assert_eq!(copy.record.unwrap().before, Some(hash(&bytes)));
    }
}

#[test]
fn one_lock_waits_for_the_other_and_a_second_watcher_is_told() {
    let place = Place::new();
    let other = Place::state_in(&place.folder);
    let held = place.state.lock().unwrap();
    let waiting = std::thread::spawn(move || other.lock().map(|_| ()));
    std::thread::sleep(std::time::Duration::from_millis(30));
    assert!(!waiting.is_finished());
    drop(held);
    waiting.join().unwrap().unwrap();
    let watcher = place.state.lock_watch().unwrap();
    assert!(watcher.is_some() && Place::state_in(&place.folder).lock_watch().unwrap().is_none());
    drop(watcher);
    assert!(Place::state_in(&place.folder).lock_watch().unwrap().is_some());
}

#[test]
fn strangers_in_the_folder_and_records_cut_short_hide_nothing() {
    let place = Place::new();
    let whole = place.keep(&place.state, "a.md", "old", "new");
    let recovery = place.state.folder().join("recovery");
    for (name, text) in [
        ("notes.txt", "x"),
        ("0000000000.md", "bytes without a record"),
        ("0000000001.md", "bytes with half a record"),
        ("0000000001.json", "{\"id\":\"0000"),
        ("0000000002.json", "{}"),
        ("../escape.json", "{}"),
    ] {
        fs::write(recovery.join(name), text).unwrap();
    }
    fs::create_dir(recovery.join("0000000003.json")).unwrap();
    let listing = place.state.listing().unwrap();
    let ids: Vec<_> = listing.copies.iter().map(|copy| (copy.id.as_str(), copy.record.is_some())).collect();
    assert_eq!(ids, [(whole.id.as_str(), true), ("0000000001", false), ("0000000000", false)]);
    assert_eq!((listing.records.len(), listing.broken), (1, 3));
    assert!(place.state.kept_bytes("../../x").is_err());
}

#[test]
fn a_run_is_what_one_run_wrote_to_notes_and_is_gone_once_undone() {
    let place = Place::new();
    let first = place.state.clone();
    let a = place.keep(&first, "a.md", "1", "2");
    let b = place.keep(&first, "b.md", "1", "2");
    let second = place.state.next_run();
    let c = place.keep(&second, "a.md", "2", "3");
    let report = Kept { edit: EditKind::Report, ..Kept::before("Reports/Agenda.md", EditKind::Report, b"x", b"y") };
    second.keep_bytes(b"x", &report).unwrap();
    second.keep_bytes(b"x", &Kept::rival("a.md", EditKind::Log)).unwrap();
    let written = |state: &State| -> Vec<Vec<String>> {
        let ids = |run: super::listing::Run| run.writes.into_iter().map(|write| write.id).collect();
        state.listing().unwrap().runs().into_iter().map(ids).collect()
    };
    assert_eq!(written(&place.state), [vec![c.id.clone()], vec![a.id.clone(), b.id.clone()]]);
    let undo = Kept { undoes: vec![c.id], ..Kept::before("a.md", EditKind::Undo, b"3", b"2") };
    place.state.next_run().keep_bytes(b"3", &undo).unwrap();
    assert_eq!(written(&place.state), [vec![a.id, b.id]]);
}

#[test]
fn names_ascend_when_the_clock_was_set_back() {
    let place = Place::new();
    let recovery = place.state.folder().join("recovery");
    fs::create_dir_all(&recovery).unwrap();
    let future = id_at(time_of("zzzzzzzzzz").unwrap() - 1000);
    fs::write(recovery.join(format!("{future}.md")), "").unwrap();
    let next = place.state.keep_bytes(b"x", &Kept::rival("a.md", EditKind::Log)).unwrap();
    assert!(next.id > future);
}

#[test]
fn copies_from_before_the_clock_was_set_back_are_compared_all_the_same() {
    let place = Place::new();
    let kept = place.keep(&place.state, "a.md", "old", "new");
    let blob = place.state.folder().join("recovery").join(format!("{}.md", kept.id));
    fs::write(blob, "saved late").unwrap();
    let earlier = time_of(&kept.id).unwrap() - 3_600_000_000;
    assert_eq!(place.state.compare_late_at(earlier).unwrap(), [kept]);
}

#[test]
fn copies_go_after_thirty_days_and_not_before() {
    const DAY: u64 = 24 * 60 * 60 * 1_000_000;
    let place = Place::new();
    let kept = place.keep(&place.state, "a.md", "old", "new");
    let created = place.state.note_created(&Kept::created("b.md", EditKind::Note, b"x")).unwrap();
    let at = time_of(&kept.id).unwrap();
    let count = || place.state.listing().unwrap().records.len();
    for (now, removed, left) in [
        (at + 29 * DAY, 0, 2),
        (at + 30 * DAY - 1, 0, 2), // looked at less than a day ago
        (at + 30 * DAY, 0, 2),
        (time_of(&created.id).unwrap() + 31 * DAY, 3, 0),
    ] {
        assert_eq!((place.state.expire_at(now).unwrap(), count()), (removed, left), "{now}");
    }
}

#[test]
fn copies_of_a_vault_that_was_moved_expire_with_those_of_any_other() {
    let place = Place::new();
    let kept = place.keep(&place.state, "a.md", "old", "new");
    let elsewhere = State::new(Arc::new(RealDisk), &place.folder.path().join("home"), place.folder.path());
    let later = time_of(&kept.id).unwrap() + 31 * 24 * 60 * 60 * 1_000_000;
    fs::create_dir(place.folder.path().join("home/not ours")).unwrap();
    assert_eq!((elsewhere.expire_all_at(later).unwrap(), elsewhere.expire_all_at(later).unwrap()), (2, 0));
    assert_eq!(place.state.listing().unwrap().copies, []);
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_may_read_is_closed_again() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.state.make_private().unwrap();
    assert!(!place.state.folder().exists(), "nothing is made for it");
    place.keep(&place.state, "a.md", "old", "new");
    fs::set_permissions(place.state.folder(), PermissionsExt::from_mode(0o755)).unwrap();
    place.state.make_private().unwrap();
    assert_eq!(fs::metadata(place.state.folder()).unwrap().permissions().mode() & 0o7777, 0o700);
}

#[test]
fn what_an_editor_saved_late_is_told_once() {
    let place = Place::new();
    let kept = place.keep(&place.state, "a.md", "old", "new");
    let same = place.keep(&place.state, "b.md", "old", "new");
    let blob = place.state.folder().join("recovery").join(format!("{}.md", kept.id));
    fs::write(blob, "old, saved late").unwrap();
    let later = |seconds: u64| time_of(&same.id).unwrap() + seconds * 1_000_000;
    assert_eq!(place.state.compare_late_at(later(1)).unwrap(), []);
    assert_eq!(place.state.compare_late_at(later(2)).unwrap(), [kept]);
    assert_eq!(place.state.compare_late_at(later(3)).unwrap(), []);
}

#[test]
fn a_file_that_could_only_be_copied_goes_away_after_two_seconds_unless_somebody_saved_into_it() {
    for (late, told) in [(None, 0), (Some("saved late"), 1)] {
        let place = Place::new();
        let leftover = place.file(".vs-0000000001.tmp", "old");
        let record = place.state.keep_bytes(b"old", &Kept::before("a.md", EditKind::Log, b"old", b"new")).unwrap();
        let record = Record { leftover: Some(leftover.to_str().unwrap().into()), ..record };
        let file = place.state.folder().join("recovery").join(format!("{}.json", record.id));
        fs::write(file, serde_json::to_vec(&record).unwrap()).unwrap();
        if let Some(text) = late {
            fs::write(&leftover, text).unwrap();
        }
        let changed = place.state.compare_leftovers().unwrap();
        assert!(!leftover.exists());
        assert_eq!(changed.len(), told);
        for record in changed {
            assert_eq!((record.kept_as, record.path.as_str()), (KeptAs::Rival, "a.md"));
            assert_eq!(place.state.kept_bytes(&record.id).unwrap(), b"saved late");
        }
    }
}

#[test]
fn half_the_notes_and_ten_of_them_must_go_before_a_vault_is_taken_for_empty() {
    for (before, now, empty) in [
        (0, 0, false),
        (9, 0, false),
        (10, 0, true),
        (10, 1, false),
        (20, 11, false),
        (20, 10, true),
        (21, 11, false),
        (21, 10, true),
        (1000, 501, false),
        (1000, 500, true),
        (5, 1000, false),
    ] {
        assert_eq!(suddenly_empty(before, now), empty, "{before} {now}");
    }
}

#[test]
fn the_number_of_notes_seen_is_written_only_when_it_changed() {
    let place = Place::new();
    place.state.set_seen(12).unwrap();
    let file = place.state.folder().join("seen");
    let first = fs::metadata(&file).unwrap().modified().unwrap();
    place.state.set_seen(12).unwrap();
    assert_eq!((place.state.seen(), fs::metadata(&file).unwrap().modified().unwrap()), (Some(12), first));
    fs::write(&file, "many").unwrap();
    assert_eq!(place.state.seen(), None);
}
