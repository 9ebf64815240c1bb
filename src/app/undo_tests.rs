//! Runs that wrote notes, taken back on a real disk.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::{Undo, note_undone, undo_of};
use crate::disk::real::RealDisk;
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::state::folder::State;
use crate::state::record::{EditKind, Kept};
use crate::vocabulary::Vocabulary;
use crate::write::apply::{Outcome, Writer};
use crate::write::context::WriteContext;
use crate::write::intent::{Intent, NewNote, Restore};
use crate::write::plan::Plan;
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

struct Place {
    folder: TempDir,
    state: State,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("vault")).unwrap();
        let state = State::new(Arc::new(RealDisk), &folder.path().join("home"), &folder.path().join("vault"));
        Place { folder, state }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("vault").join(name)
    }

    fn text(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    fn with_writer<T>(&self, state: &State, act: impl FnOnce(&Writer<'_>) -> T) -> T {
        let (words, tasks) = (Vocabulary::built_in(), TasksSettings::default());
        let context = WriteContext { words, language: Language::English, tasks: &tasks };
        let root = self.folder.path().join("vault");
        act(&Writer { disk: state.disk().as_ref(), root: &root, state, context })
    }

    /// What the writer does to a note, in a run.
    fn write(&self, state: &State, name: &str, new: &str) {
        let old = fs::read(self.path(name)).unwrap();
        let from = self.path(".vs-0000000001.tmp");
        fs::write(&from, &old).unwrap();
        fs::write(self.path(name), new).unwrap();
        state.keep(&from, &Kept::before(name, EditKind::Log, &old, new.as_bytes())).unwrap();
    }

    fn create(&self, state: &State, name: &str, text: &str) {
        let target = TargetPath::new(name).unwrap();
        let intent = Intent::Note(NewNote { target, text: text.into() });
        let outcome = self.with_writer(state, |writer| writer.apply(&writer.plan(vec![intent])));
        assert_eq!(outcome.written.len(), 1, "{outcome:?}");
    }

    fn plan(&self) -> (Undo, Plan) {
        let run = self.state.listing().unwrap().runs().into_iter().next().unwrap();
        let undo = undo_of(&run, &self.state).unwrap();
        let plan = self.with_writer(&self.state, |writer| writer.plan(undo.intents.clone()));
        (undo, plan)
    }

    fn undo(&self) -> Outcome {
        let (undo, plan) = self.plan();
        assert!(undo.refused.is_empty() && plan.refused.is_empty(), "{:?} {:?}", undo.refused, plan.refused);
        self.with_writer(&self.state.next_run(), |writer| writer.apply(&plan))
    }
}

#[test]
fn the_last_run_is_taken_back_to_the_byte_and_then_the_one_before() {
    let place = Place::new();
    fs::write(place.path("a.md"), "\u{feff}---\r\nx: 1\r\n---\r\nno final line end").unwrap();
    let first = place.text("a.md").unwrap();
    place.write(&place.state.next_run(), "a.md", "two");
    let run = place.state.next_run();
    place.write(&run, "a.md", "three");
    place.write(&run, "a.md", "four");
    assert_eq!(place.undo().written.len(), 1);
    assert_eq!(place.text("a.md").unwrap(), "two");
    place.undo();
    assert_eq!(place.text("a.md").unwrap(), first);
    assert!(place.state.listing().unwrap().runs().is_empty());
}

#[test]
fn a_note_that_was_created_is_taken_away_and_kept() {
    let place = Place::new();
    place.create(&place.state, "人脉/新人.md", "# 新人\n");
    assert_eq!(place.undo().written.len(), 1);
    assert_eq!(place.text("人脉/新人.md"), None);
    let copies = place.state.listing().unwrap().copies;
    assert_eq!(copies.len(), 1);
    assert_eq!(place.state.kept_bytes(&copies[0].id).unwrap(), "# 新人\n".as_bytes());
    assert!(place.state.listing().unwrap().runs().is_empty());
    assert_eq!(fs::read_dir(place.path("人脉")).unwrap().count(), 0, "nothing of ours is left behind");
}

#[test]
fn what_a_person_changed_since_is_refused_and_stays() {
    let saved_after = |place: &Place| {
        fs::write(place.path("a.md"), "old").unwrap();
        place.write(&place.state, "a.md", "new");
        fs::write(place.path("a.md"), "new, and mine").unwrap();
    };
    let saved_between = |place: &Place| {
        fs::write(place.path("a.md"), "old").unwrap();
        place.write(&place.state, "a.md", "new");
        fs::write(place.path("a.md"), "new, and mine").unwrap();
        place.write(&place.state, "a.md", "new, and mine, and newer");
    };
    let created = |place: &Place| {
        place.create(&place.state, "a.md", "new");
        fs::write(place.path("a.md"), "new, and mine").unwrap();
    };
    let cases: [&dyn Fn(&Place); 3] = [&saved_after, &saved_between, &created];
    for (number, act) in cases.into_iter().enumerate() {
        let place = Place::new();
        act(&place);
        let before = place.text("a.md");
        let (undo, plan) = place.plan();
        let refused: Vec<Refusal> = undo.refused.into_iter().chain(plan.refused).map(|(_, refusal)| refusal).collect();
        assert_eq!(refused, [Refusal::ChangedSince], "{number}");
        assert!(plan.changes.is_empty());
        assert_eq!(place.text("a.md"), before);
    }
}

#[test]
fn a_note_that_went_and_a_copy_that_went_are_refused() {
    let place = Place::new();
    fs::write(place.path("a.md"), "old").unwrap();
    place.write(&place.state, "a.md", "new");
    fs::remove_file(place.path("a.md")).unwrap();
    let (_, plan) = place.plan();
    assert_eq!(plan.refused[0].1, Refusal::Gone);
    fs::write(place.path("a.md"), "new").unwrap();
    let id = place.state.listing().unwrap().copies[0].id.clone();
    fs::write(place.state.folder().join("recovery").join(format!("{id}.md")), "saved late").unwrap();
    let (undo, _) = place.plan();
    assert_eq!(undo.refused[0].1, Refusal::CopyGone);
}

#[test]
fn a_note_that_is_back_already_counts_as_taken_back() {
    let place = Place::new();
    fs::write(place.path("a.md"), "old").unwrap();
    place.write(&place.state, "a.md", "new");
    fs::write(place.path("a.md"), "old").unwrap();
    let (undo, plan) = place.plan();
    assert_eq!((plan.changes.len(), plan.unchanged.len()), (0, 1));
    for intent in &undo.intents {
        let Intent::Restore(restore) = intent else { panic!("{intent:?}") };
        note_undone(restore, &place.state).unwrap();
    }
    assert!(place.state.listing().unwrap().runs().is_empty());
}

#[test]
fn a_save_in_the_instant_a_note_is_taken_away_is_not_lost() {
    let place = Place::new();
    place.create(&place.state, "a.md", "new");
    let (_, plan) = place.plan();
    fs::write(place.path("a.md"), "saved by a person").unwrap();
    let outcome = place.with_writer(&place.state.next_run(), |writer| writer.apply(&plan));
    assert_eq!(outcome.refused[0].1, Refusal::ChangedSince);
    assert_eq!(place.text("a.md").unwrap(), "saved by a person");
}

#[test]
fn a_record_that_leads_out_of_the_vault_is_nobodys() {
    let place = Place::new();
    let outside = place.folder.path().join("outside.md");
    fs::write(&outside, "new").unwrap();
    place.state.keep_bytes(b"old", &Kept::before("../outside.md", EditKind::Log, b"old", b"new")).unwrap();
    let (undo, _) = place.plan();
    assert!(undo.intents.is_empty());
    assert_eq!(fs::read(outside).unwrap(), b"new");
}

#[test]
fn the_restored_note_keeps_its_mode() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let place = Place::new();
        fs::write(place.path("a.md"), "old").unwrap();
        place.write(&place.state, "a.md", "new");
        fs::set_permissions(place.path("a.md"), fs::Permissions::from_mode(0o640)).unwrap();
        place.undo();
        assert_eq!(fs::metadata(place.path("a.md")).unwrap().permissions().mode() & 0o777, 0o640);
        let restore = Restore {
            target: TargetPath::new("a.md").unwrap(),
            expected: String::new(),
            text: Some("old".into()),
            kind: EditKind::Undo,
            undoes: Vec::new(),
        };
        let plan = place.with_writer(&place.state, |writer| writer.plan(vec![Intent::Restore(restore)]));
        assert_eq!(plan.unchanged.len(), 1);
    }
}
