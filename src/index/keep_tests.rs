//! What is kept equals a new index, after any edits.

use std::collections::BTreeMap;

use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::{collection, prop_assert_eq, proptest};

use super::*;
use crate::index::build::build_index;
use crate::index::record::PersonId;
use crate::index::support::{at, daily, day, line, log, note, open_task, options, other, person, wiki};
use crate::model::diagnostic::Finding;
use crate::model::entry::{EntryLink, NestedItem, Setting, UndatedLine};
use crate::model::item_id::ItemId;
use crate::model::moves::{Move, MoveKind};
use crate::model::note::{Held, NoteKind, Tag};
use crate::model::person::Relation;
use crate::model::span::Span;
use crate::model::task::TaskState;

const PATHS: [&str; 9] =
    ["P/Ann.md", "P/Bob.md", "P/张三.md", "Q/Ann.md", "Me.md", "2026-11-19.md", "2026-11-20.md", "M/x.md", "Todo.md"];
const TARGETS: [&str; 9] = ["Ann", "P/Ann", "Bob", "张三", "老张", "Me", "Zoe", "Todo", "nobody"];
const DAYS: [&str; 4] = ["2026-10-01", "2026-11-19", "2026-11-20", "2026-12-01"];
/// Names and aliases that one may take from another.
const NAMES: [&str; 4] = ["", "老张", "Zoe", "Bob"];

/// Something in a note.
#[derive(Clone, Debug)]
enum Part {
    Entry { day: &'static str, link: Option<&'static str>, moved: Option<MoveKind>, id: Option<u32> },
    Nested { day: &'static str, link: &'static str },
    Undated { link: &'static str },
    Task { text: &'static str, link: Option<&'static str>, state: TaskState },
    IntroducedBy(&'static str),
    Related(&'static str),
    LastContact(&'static str),
    Tagged,
    Odd,
}

fn part() -> impl Strategy<Value = Part> {
    let link = || proptest::option::of(select(&TARGETS[..]));
    let moved = proptest::option::of(select(&[MoveKind::Skip, MoveKind::Snooze, MoveKind::Got][..]));
    prop_oneof![
        6 => (select(&DAYS[..]), link(), moved, proptest::option::of(0..3u32))
            .prop_map(|(day, link, moved, id)| Part::Entry { day, link, moved, id }),
        2 => (select(&DAYS[..]), select(&TARGETS[..])).prop_map(|(day, link)| Part::Nested { day, link }),
        2 => select(&TARGETS[..]).prop_map(|link| Part::Undated { link }),
        3 => (select(&["call", "write"][..]), link(), select(&[TaskState::Open, TaskState::Done, TaskState::Cancelled][..]))
            .prop_map(|(text, link, state)| Part::Task { text, link, state }),
        1 => select(&TARGETS[..]).prop_map(Part::IntroducedBy),
        1 => select(&TARGETS[..]).prop_map(Part::Related),
        1 => select(&DAYS[..]).prop_map(Part::LastContact),
        1 => any::<()>().prop_map(|()| Part::Tagged),
        1 => any::<()>().prop_map(|()| Part::Odd),
    ]
}

/// What a note is to the others.
#[derive(Clone, Copy, Debug, Default)]
struct Face {
    name: &'static str,
    alias: &'static str,
    /// Whether it is about something else than its path makes one think.
    is_turned: bool,
}

#[derive(Clone, Debug)]
enum Edit {
    Write(&'static str, Vec<Part>),
    Turn(&'static str, Face),
    Remove(&'static str),
    Move(&'static str, &'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = || select(&PATHS[..]);
    let face = (select(&NAMES[..]), select(&NAMES[..]), any::<bool>());
    let face = face.prop_map(|(name, alias, is_turned)| Face { name, alias, is_turned });
    prop_oneof![
        8 => (path(), collection::vec(part(), 0..6)).prop_map(|(path, parts)| Edit::Write(path, parts)),
        2 => (path(), face).prop_map(|(path, face)| Edit::Turn(path, face)),
        1 => path().prop_map(Edit::Remove),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Move(from, to)),
    ]
}

/// A vault as texts would be: what each note is, and what is in it.
type Vault = BTreeMap<&'static str, (Face, Vec<Part>)>;

fn perform(vault: &mut Vault, edit: &Edit) {
    match edit {
        Edit::Write(path, parts) => vault.entry(path).or_default().1 = parts.clone(),
        Edit::Turn(path, face) => vault.entry(path).or_default().0 = *face,
        Edit::Remove(path) => drop(vault.remove(path)),
        Edit::Move(from, to) => {
            if let Some(moved) = vault.remove(from) {
                vault.insert(to, moved);
            }
        }
    }
}

fn built(path: &str, face: Face, parts: &[Part]) -> Note {
    let is_person = path.starts_with(['P', 'Q']) != face.is_turned;
    let begun = match path {
        _ if is_person => person(path),
        "Me.md" => note(path, NoteKind::Owner),
        "M/x.md" => note(path, NoteKind::Meeting).held(Held::Planned),
        _ if path.starts_with("20") => daily(path),
        _ => other(path),
    };
    let begun = if is_person && !face.name.is_empty() { begun.name(face.name) } else { begun };
    let mut built = begun.aliases(if face.alias.is_empty() { &[] } else { std::slice::from_ref(&face.alias) }).build();
    built.date = built.date.or((path == "M/x.md").then(|| day("2026-11-21")));
    for part in parts {
        add(&mut built, part);
    }
    built
}

fn add(note: &mut Note, part: &Part) {
    let line_number = 10 + (note.entries.len() + note.tasks.len() + note.undated.len()) as u32;
    let link = |target: &str| EntryLink { link: wiki(target), setting: Setting::Plain };
    match part {
        Part::Entry { day, link: target, moved, id } => {
            let mut entry = if note.person.is_some() { log(day) } else { line(day) }.0;
            entry.links.extend(target.map(link));
            entry.moves.extend(moved.map(|kind| crate::model::moves::Move {
                kind,
                detail: None,
                span: Span::default(),
            }));
            (entry.id, entry.line) = (id.map(ItemId), line_number);
            note.entries.push(entry);
        }
        Part::Nested { day, link: target } => {
            let mut entry = line(day).0;
            entry.line = line_number;
            entry.nested.push(NestedItem {
                text: "below".into(),
                moves: vec![Move { kind: MoveKind::Got, detail: Some("help".into()), span: Span::default() }],
                fields: vec![],
                links: vec![link(target)],
                id: Some(ItemId(7)),
                span: Span::default(),
                line: line_number,
                last_line: line_number,
            });
            note.entries.push(entry);
        }
        Part::Undated { link: target } => note.undated.push(UndatedLine {
            setting: Setting::Plain,
            task: None,
            text: "undated".into(),
            links: vec![link(target)],
            line: line_number,
        }),
        Part::Task { text, link, state } => {
            let mut task = open_task(text, line_number);
            task.links.extend(link.map(wiki));
            task.state = *state;
            note.tasks.push(task);
        }
        Part::Tagged => note.tags.push(Tag { name: "x".into(), span: Span::default() }),
        Part::Odd => note.tags.push(Tag { name: "odd".into(), span: Span::default() }),
        _ => {
            let Some(person) = note.person.as_mut().map(Arc::make_mut) else { return };
            match part {
                Part::IntroducedBy(target) => person.introduced_by = Some(wiki(target)),
                Part::Related(target) => person.relations.push(Relation { link: wiki(target), label: "x".into() }),
                Part::LastContact(date) => person.last_contact = Some(at(day(date))),
                _ => {}
            }
        }
    }
}

fn notes(vault: &Vault) -> Vec<Arc<Note>> {
    vault.iter().map(|(path, (face, parts))| Arc::new(built(path, *face, parts))).collect()
}

/// What reading a note with a certain tag finds.
fn found(note: &Note) -> Vec<Diagnostic> {
    let odd = note.tags.iter().filter(|tag| *tag.name == *"odd");
    odd.map(|_| Finding::new("snooze-without-date", []).about(&note.path)).collect()
}

fn reading(notes: &[Arc<Note>]) -> Vec<Diagnostic> {
    notes.iter().flat_map(|note| found(note)).collect()
}

/// Takes in what differs between two versions of a vault.
fn take_in(kept: &mut KeptIndex, before: &[Arc<Note>], now: &[Arc<Note>]) -> bool {
    let changed: Vec<Arc<Note>> = now.iter().filter(|note| !before.contains(note)).cloned().collect();
    let is_listed_alike = before.len() == now.len() && before.iter().zip(now).all(|(a, b)| a.path == b.path);
    let reading = |path: &NotePath| now.iter().filter(|note| note.path == *path).flat_map(|note| found(note)).collect();
    is_listed_alike && kept.update(changed, &reading, &options())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_equals_a_new_index_after_any_edits(
        first in collection::vec(edit(), 0..12),
        rounds in collection::vec((collection::vec(edit(), 1..3), any::<bool>()), 1..12),
    ) {
        let mut vault = Vault::new();
        first.iter().for_each(|edit| perform(&mut vault, edit));
        let mut known = notes(&vault);
        let mut kept = KeptIndex::new(known.clone(), reading(&known), &options());
        let mut held = None;
        for (edits, is_held) in &rounds {
            edits.iter().for_each(|edit| perform(&mut vault, edit));
            let now = notes(&vault);
            if !take_in(&mut kept, &known, &now) {
                kept = KeptIndex::new(now.clone(), reading(&now), &options());
            }
            known = now;
            let fresh = build_index(&known, reading(&known), &options());
            prop_assert_eq!(format!("{:#?}", kept.index()), format!("{fresh:#?}"));
            // Somebody may still read an older one.
            held = is_held.then(|| kept.index().clone());
        }
        drop(held);
    }
}

fn two_people() -> Vault {
    let said = |link| vec![Part::Entry { day: "2026-11-19", link: Some(link), moved: None, id: None }];
    Vault::from([
        ("P/Ann.md", (Face::default(), vec![])),
        ("P/Bob.md", (Face { alias: "老张", ..Face::default() }, vec![])),
        ("2026-11-19.md", (Face::default(), said("Bob"))),
        ("2026-11-20.md", (Face::default(), vec![])),
    ])
}

/// Whether a kept index takes in an edit of [`two_people`], and the index then.
fn edited(edit: &Edit) -> (bool, Arc<Index>, Arc<Index>) {
    let mut vault = two_people();
    let before = notes(&vault);
    let mut kept = KeptIndex::new(before.clone(), Vec::new(), &options());
    let first = kept.index().clone();
    perform(&mut vault, edit);
    let could = take_in(&mut kept, &before, &notes(&vault));
    (could, first, kept.index().clone())
}

#[test]
fn what_a_note_says_is_taken_in_and_what_it_is_to_the_others_is_not() {
    let face = |name, alias, is_turned| Face { name, alias, is_turned };
    let table = [
        (Edit::Write("2026-11-20.md", vec![Part::Undated { link: "Ann" }]), true),
        (Edit::Write("P/Ann.md", vec![Part::IntroducedBy("Bob")]), true),
        (Edit::Write("P/Ann.md", vec![Part::Task { text: "call", link: None, state: TaskState::Open }]), true),
        (Edit::Turn("P/Ann.md", face("Zoe", "", false)), false),
        (Edit::Turn("P/Ann.md", face("", "老张", false)), false),
        (Edit::Turn("2026-11-20.md", face("", "老张", false)), false),
        (Edit::Turn("P/Ann.md", face("", "", true)), false),
        (Edit::Turn("2026-11-20.md", face("", "", true)), false),
        (Edit::Remove("2026-11-20.md"), false),
        (Edit::Move("2026-11-20.md", "Todo.md"), false),
        (Edit::Write("Todo.md", vec![]), false),
    ];
    for (edit, expected) in table {
        assert_eq!(edited(&edit).0, expected, "{edit:?}");
    }
}

#[test]
fn whoever_a_save_does_not_speak_of_keeps_the_record_they_had() {
    let call = Part::Entry { day: "2026-11-20", link: Some("Bob"), moved: None, id: None };
    let (_, before, now) = edited(&Edit::Write("2026-11-20.md", vec![call]));
    let is_same = |id: usize| Arc::ptr_eq(&before.people[id], &now.people[id]);
    assert_eq!((is_same(0), is_same(1)), (true, false));
    assert_eq!(now.person(PersonId(1)).unwrap().contacts.len(), 2);
}

#[test]
fn a_hint_that_is_told_once_moves_to_the_next_note_when_the_first_lets_it_be() {
    let mut vault = two_people();
    let said = || vec![Part::Entry { day: "2026-11-19", link: Some("老张"), moved: None, id: None }];
    for path in ["2026-11-19.md", "2026-11-20.md"] {
        perform(&mut vault, &Edit::Write(path, said()));
    }
    let before = notes(&vault);
    let mut kept = KeptIndex::new(before.clone(), Vec::new(), &options());
    let told = |kept: &KeptIndex| {
        let told = kept.index().diagnostics.iter();
        told.map(|one| format!("{} {}", one.path, one.code)).collect::<Vec<_>>()
    };
    assert_eq!(told(&kept), ["2026-11-19.md alias-link"]);
    perform(&mut vault, &Edit::Write("2026-11-19.md", vec![]));
    assert!(take_in(&mut kept, &before, &notes(&vault)));
    assert_eq!(told(&kept), ["2026-11-20.md alias-link"]);
}
